import { isUuid } from '../../core/base/id.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { Encrypted, KeyRing } from '../../platform/secrets/key-ring.ts'
import type { RadiusTerms } from './ports.ts'

/** Secrets that are shared with targets are encrypted at rest. */
export const TARGET_SECRETS: EncryptedColumn = {
  of: 'tenant',
  table: 'enforcementTarget',
  key: ['id'],
  keyId: 'keyId',
  ciphertext: 'ciphertext',
}

interface AnyTarget {
  readonly id: string
  readonly key: string
  readonly isOn: boolean
  readonly repeatHours: number | null
  readonly failures: number
  readonly restUntil: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A part of the network that is told of the states of services. */
export type Target = AnyTarget &
  (
    | { readonly kind: 'webhook'; readonly terms: { readonly url: string } }
    | { readonly kind: 'radius'; readonly terms: RadiusTerms }
  )

interface Keys {
  readonly ring: KeyRing
  /** Its name. */
  readonly tenant: string
}

const SHOWN = [
  'id',
  'key',
  'kind',
  'terms',
  'isOn',
  'repeatHours',
  'failures',
  'restUntil',
  'createdAt',
  'updatedAt',
] as const

/** @throws Refusal `not_found` */
export async function getTarget(db: Database, reference: string): Promise<Target> {
  const query = db.selectFrom('enforcementTarget').select(SHOWN)
  const found = await query.where(isUuid(reference) ? 'id' : 'key', '=', reference).executeTakeFirst()
  if (found === undefined)
    throw notFound(`enforcement target ${reference}`, '/v1/enforcement-targets', 'block target list')
  return found as unknown as Target
}

export async function listTargets(db: Database): Promise<Target[]> {
  return (await db.selectFrom('enforcementTarget').select(SHOWN).orderBy('key').execute()) as unknown as Target[]
}

/** @throws Refusal `already_exists` */
export async function insertTarget(
  db: Database,
  { ring, tenant }: Keys,
  { key, kind, isOn, repeatHours, terms }: Pick<Target, 'key' | 'kind' | 'isOn' | 'repeatHours' | 'terms'>,
  secret: string,
  nowMs: number,
): Promise<string> {
  const [id, createdAt] = [newId(), new Date(nowMs)]
  const encrypted = ring.encrypt(placeOf(TARGET_SECRETS, tenant, [id]), Buffer.from(secret))
  const row = { id, key, kind, isOn, repeatHours, terms: JSON.stringify(terms), ...encrypted }
  try {
    await db
      .insertInto('enforcementTarget')
      .values({ ...row, createdAt, updatedAt: createdAt })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('already_exists', `there is an enforcement target ${key}`)
    throw error
  }
  return id
}

/** What has failed before it was changed counts no longer. */
export async function updateTarget(
  db: Database,
  id: string,
  { isOn, repeatHours }: Pick<Target, 'isOn' | 'repeatHours'>,
  nowMs: number,
): Promise<void> {
  const set = { isOn, repeatHours, failures: 0, restUntil: null, updatedAt: new Date(nowMs) }
  await db.updateTable('enforcementTarget').set(set).where('id', '=', id).execute()
}

export async function deleteTarget(db: Database, id: string): Promise<void> {
  await db.deleteFrom('enforcementTarget').where('id', '=', id).execute()
}

export async function readSecret(db: Database, { ring, tenant }: Keys, id: string): Promise<string> {
  const query = db.selectFrom('enforcementTarget').select(['keyId', 'ciphertext']).where('id', '=', id)
  const row = (await query.executeTakeFirstOrThrow()) as unknown as Encrypted
  return ring.decrypt(placeOf(TARGET_SECRETS, tenant, [id]), row).toString('utf8')
}

/** Whether anybody answered: where nobody did, the target rests for 1, 2, 4 seconds and so on. */
export async function noteReached(
  db: Database,
  id: string,
  isReached: boolean,
  restUntil: (failures: number) => Date,
): Promise<void> {
  const query = db.selectFrom('enforcementTarget').select('failures').where('id', '=', id).forUpdate()
  const row = await query.executeTakeFirst()
  if (row === undefined || (isReached && row.failures === 0)) return
  const failures = isReached ? 0 : row.failures + 1
  const set = { failures, restUntil: isReached ? null : restUntil(failures) }
  await db.updateTable('enforcementTarget').set(set).where('id', '=', id).execute()
}
