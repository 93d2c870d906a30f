import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, isUniqueViolation } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { Encrypted, KeyRing } from '../../platform/secrets/key-ring.ts'

/** Secrets of endpoints are encrypted at rest. */
export const WEBHOOK_SECRETS: EncryptedColumn = {
  of: 'tenant',
  table: 'webhookSecret',
  key: ['endpointId', 'id'],
  keyId: 'keyId',
  ciphertext: 'ciphertext',
}

export const ENDPOINT_STATES = ['on', 'off', 'disabled'] as const
export const REASONS = ['gone', 'failing'] as const

/** An address that is told what happens. */
export interface Endpoint {
  readonly id: string
  readonly key: string
  readonly url: string
  readonly description: string | null
  readonly types: readonly string[]
  readonly isOrdered: boolean
  readonly state: (typeof ENDPOINT_STATES)[number]
  readonly reason: (typeof REASONS)[number] | null
  readonly failingSince: Date | null
  readonly failures: number
  readonly restUntil: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What is set of an endpoint. */
export type EndpointTerms = Pick<Endpoint, 'url' | 'description' | 'types' | 'isOrdered' | 'state'>

/** @throws Refusal `not_found` */
export async function getEndpoint(db: Database, reference: string, isLocked = false): Promise<Endpoint> {
  const named = db
    .selectFrom('webhookEndpoint')
    .selectAll()
    .where(isUuid(reference) ? 'id' : 'key', '=', reference)
  const found = await (isLocked ? named.forUpdate() : named).executeTakeFirst()
  if (found === undefined) throw notFound(`webhook endpoint ${reference}`, '/v1/webhook-endpoints', 'webhook list')
  return found as unknown as Endpoint
}

export async function listEndpoints(db: Database): Promise<Endpoint[]> {
  return (await db.selectFrom('webhookEndpoint').selectAll().orderBy('key').execute()) as unknown as Endpoint[]
}

export async function countEndpoints(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('webhookEndpoint')
    .select(sql<string>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** @throws Refusal `already_exists` */
export async function insertEndpoint(db: Database, key: string, terms: EndpointTerms, nowMs: number): Promise<string> {
  const id = newId()
  const [createdAt, types] = [new Date(nowMs), JSON.stringify(terms.types)]
  try {
    await db
      .insertInto('webhookEndpoint')
      .values({ ...terms, id, key, types, createdAt, updatedAt: createdAt })
      .execute()
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal('already_exists', `there is a webhook endpoint ${key}`)
    throw error
  }
  return id
}

/** What an endpoint was before it was changed, or turned on, counts no longer: it begins anew. */
export async function updateEndpoint(db: Database, id: string, terms: EndpointTerms, nowMs: number): Promise<void> {
  const anew = { reason: null, failingSince: null, failures: 0, restUntil: null, updatedAt: new Date(nowMs) }
  const set = { ...terms, types: JSON.stringify(terms.types), ...anew }
  await db.updateTable('webhookEndpoint').set(set).where('id', '=', id).execute()
}

export async function deleteEndpoint(db: Database, id: string): Promise<void> {
  await db.deleteFrom('webhookEndpoint').where('id', '=', id).execute()
}

/** What became of requests to an endpoint, one after another: one that came through ends what had failed in a row. */
export async function noteOutcomes(
  db: Database,
  id: string,
  outcomes: {
    /** Whether each came through. */
    readonly outcomes: readonly boolean[]
    readonly nowMs: number
    readonly restUntil: (failures: number) => Date
  },
): Promise<Endpoint> {
  const endpoint = await getEndpoint(db, id, true)
  const at = new Date(outcomes.nowMs)
  let { failures, failingSince, restUntil } = endpoint
  for (const isThrough of outcomes.outcomes) {
    failures = isThrough ? 0 : failures + 1
    failingSince = isThrough ? null : (failingSince ?? at)
    restUntil = isThrough ? null : outcomes.restUntil(failures)
  }
  const set = { failures, failingSince, restUntil }
  // Nothing is written while all goes well.
  if (failures > 0 || endpoint.failures > 0)
    await db.updateTable('webhookEndpoint').set(set).where('id', '=', id).execute()
  return { ...endpoint, ...set }
}

export async function disableEndpoint(db: Database, id: string, reason: Endpoint['reason']): Promise<void> {
  await db.updateTable('webhookEndpoint').set({ state: 'disabled', reason }).where('id', '=', id).execute()
}

/** A secret as it is shown: not itself. */
export interface KeptSecret {
  readonly id: string
  readonly createdAt: Date
  readonly endsAt: Date | null
}

/** Secrets of an endpoint at a time: a request has a signature of each, and receivers look at few. */
const MAX_SECRETS = 5

/**
 * Keeps a further secret; those before it end at a time.
 * @throws Refusal where there are too many that have not ended
 */
export async function addSecret(
  db: Database,
  { ring, tenant }: { readonly ring: KeyRing; readonly tenant: string },
  endpointId: string,
  secret: string,
  { nowMs, earlierEndMs }: { readonly nowMs: number; readonly earlierEndMs: number },
): Promise<void> {
  if ((await listSecrets(db, nowMs, endpointId)).length >= MAX_SECRETS && earlierEndMs > nowMs)
    throw new Refusal(
      'conflict',
      `an endpoint has at most ${MAX_SECRETS} secrets: end the earlier ones at once (earlierHours 0)`,
    )
  const earlier = db.updateTable('webhookSecret').set({ endsAt: new Date(earlierEndMs) })
  await earlier
    .where('endpointId', '=', endpointId)
    .where((where) => where.or([where('endsAt', 'is', null), where('endsAt', '>', new Date(earlierEndMs))]))
    .execute()
  const id = newId()
  const { keyId, ciphertext } = ring.encrypt(placeOf(WEBHOOK_SECRETS, tenant, [endpointId, id]), Buffer.from(secret))
  const row = { endpointId, id, keyId, ciphertext, createdAt: new Date(nowMs), endsAt: null }
  await db.insertInto('webhookSecret').values(row).execute()
  await db
    .deleteFrom('webhookSecret')
    .where('endpointId', '=', endpointId)
    .where('endsAt', '<=', new Date(nowMs))
    .execute()
}

/** Of those that have not ended, the newest first. */
export async function listSecrets(
  db: Database,
  nowMs: number,
  endpointId?: string,
): Promise<(KeptSecret & { endpointId: string })[]> {
  const query = db
    .selectFrom('webhookSecret')
    .selectAll()
    .where((where) => where.or([where('endsAt', 'is', null), where('endsAt', '>', new Date(nowMs))]))
    .orderBy('id', 'desc')
  const rows = await (endpointId === undefined ? query : query.where('endpointId', '=', endpointId)).execute()
  return rows as unknown as (KeptSecret & { endpointId: string })[]
}

/** What a request is signed with. @throws Refusal `secrets_unavailable` */
export async function readSecrets(
  db: Database,
  { ring, tenant }: { readonly ring: KeyRing; readonly tenant: string },
  endpointId: string,
  nowMs: number,
): Promise<string[]> {
  const rows = await listSecrets(db, nowMs, endpointId)
  return rows.map((row) =>
    ring.decrypt(placeOf(WEBHOOK_SECRETS, tenant, [endpointId, row.id]), row as unknown as Encrypted).toString('utf8'),
  )
}
