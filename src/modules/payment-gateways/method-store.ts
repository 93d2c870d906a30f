import { isUuid } from '../../core/base/id.ts'
import type { Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'
import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { KeptMethod } from './ports.ts'

/** What gateways know means of payment by is encrypted at rest. */
export const METHOD_TOKENS: EncryptedColumn = {
  of: 'tenant',
  table: 'paymentMethod',
  key: ['id'],
  keyId: 'tokenKey',
  ciphertext: 'token',
}

export const METHOD_STATES = ['pending', 'active', 'failed', 'removed'] as const

/** A means of payment that an account has left with a gateway. */
export interface PaymentMethod {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly gatewayId: string
  readonly state: (typeof METHOD_STATES)[number]
  readonly kind: string | null
  readonly brand: string | null
  readonly last4: string | null
  readonly expires: string | null
  readonly isDefault: boolean
  readonly createdAt: Date
  readonly removedAt: Date | null
}

const COLUMNS = [
  ...(['id', 'key', 'accountId', 'gatewayId', 'state', 'kind', 'brand', 'last4', 'expires'] as const),
  ...(['isDefault', 'createdAt', 'removedAt'] as const),
]

export async function findMethod(db: Database, reference: string): Promise<PaymentMethod | undefined> {
  const column = isUuid(reference) ? 'id' : 'key'
  const query = db.selectFrom('paymentMethod').select(COLUMNS).where(column, '=', reference)
  return (await query.executeTakeFirst()) as PaymentMethod | undefined
}

/** @throws Refusal `not_found` */
export async function getMethod(db: Database, reference: string): Promise<PaymentMethod> {
  const found = await findMethod(db, reference)
  if (found === undefined) throw notFound(`means of payment ${reference}`, '/v1/payment-methods', 'payment-method list')
  return found
}

export async function defaultMethod(db: Database, accountId: string): Promise<PaymentMethod | undefined> {
  const query = db.selectFrom('paymentMethod').select(COLUMNS).where('accountId', '=', accountId)
  return (await query.where('isDefault', '=', true).executeTakeFirst()) as PaymentMethod | undefined
}

/** @param token what it is to be kept by, where it was entered elsewhere */
export async function insertMethod(
  db: Database,
  ring: KeyRing,
  tenant: string,
  method: Pick<PaymentMethod, 'id' | 'key' | 'accountId' | 'gatewayId' | 'createdAt'>,
  token: string | null,
): Promise<void> {
  const secret = token === null ? {} : encrypted(ring, tenant, method.id, token)
  await db
    .insertInto('paymentMethod')
    .values({ ...method, state: 'pending', isDefault: false, ...secret })
    .execute()
}

function encrypted(ring: KeyRing, tenant: string, id: string, token: string): { tokenKey: string; token: Buffer } {
  const { keyId, ciphertext } = ring.encrypt(placeOf(METHOD_TOKENS, tenant, [id]), Buffer.from(token, 'utf8'))
  return { tokenKey: keyId, token: ciphertext }
}

/** A gateway keeps it. The account's row is locked. */
export async function activateMethod(
  db: Database,
  ring: KeyRing,
  tenant: string,
  id: string,
  { token, kind, brand, last4, expires }: KeptMethod,
): Promise<void> {
  const kept = { state: 'active', kind, brand, last4, expires, ...encrypted(ring, tenant, id, token) }
  await db.updateTable('paymentMethod').set(kept).where('id', '=', id).execute()
}

/** @throws Refusal `secrets_unavailable` */
export async function tokenOf(db: Database, ring: KeyRing, tenant: string, id: string): Promise<string | null> {
  const row = await db.selectFrom('paymentMethod').select(['tokenKey', 'token']).where('id', '=', id).executeTakeFirst()
  if (row?.token == null || row.tokenKey === null) return null
  const kept = { keyId: row.tokenKey, ciphertext: row.token }
  return ring.decrypt(placeOf(METHOD_TOKENS, tenant, [id]), kept).toString('utf8')
}

/** Makes one the default of its account, or none. The account's row is locked. */
export async function setDefault(db: Database, accountId: string, id: string | null): Promise<void> {
  const of = db.updateTable('paymentMethod').where('accountId', '=', accountId)
  await of.set({ isDefault: false }).where('isDefault', '=', true).execute()
  if (id !== null) await of.set({ isDefault: true }).where('id', '=', id).execute()
}

/** It is charged no longer, and what the gateway knows it by is forgotten. */
export async function endMethod(db: Database, id: string, state: 'failed' | 'removed', nowMs: number): Promise<void> {
  const ended = { state, isDefault: false, tokenKey: null, token: null, removedAt: new Date(nowMs) }
  await db.updateTable('paymentMethod').set(ended).where('id', '=', id).execute()
}
