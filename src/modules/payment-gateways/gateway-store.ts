import { newId, systemClock } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'
import { type EncryptedColumn, placeOf } from '../../platform/secrets/encrypted-columns.ts'
import type { Encrypted, KeyRing } from '../../platform/secrets/key-ring.ts'

/** Credentials of gateways are encrypted at rest. */
export const GATEWAY_SECRETS: EncryptedColumn = {
  of: 'tenant',
  table: 'paymentGatewaySecret',
  key: ['gatewayId', 'field'],
  keyId: 'keyId',
  ciphertext: 'ciphertext',
}

/** Which payments are begun at a gateway, beside its currencies. */
export interface Routing {
  /** Of customers; null is all, also those whose country is not known. */
  readonly countries: readonly string[] | null
  /** Decimals, both included; of currencies that have none, all amounts. */
  readonly amounts: readonly {
    readonly currency: string
    readonly least: string | null
    readonly most: string | null
  }[]
  /** After so many attempts in a row that it did not answer, it is asked last. */
  readonly unansweredMost: number | null
}

/** A payment provider as a tenant uses it. */
export interface Gateway {
  readonly id: string
  readonly name: string
  readonly adapter: string
  /** Null is all that the adapter takes. */
  readonly currencies: readonly string[] | null
  /** The lowest is asked first. */
  readonly priority: number
  readonly isOpen: boolean
  /** Null takes all. */
  readonly routing: Routing | null
  readonly createdAt: Date
}

export async function findGateway(db: Database, name: string): Promise<Gateway | undefined> {
  return (await db.selectFrom('paymentGateway').selectAll().where('name', '=', name).executeTakeFirst()) as
    | Gateway
    | undefined
}

/** @throws Refusal `not_found` */
export async function getGateway(db: Database, name: string): Promise<Gateway> {
  const found = await findGateway(db, name)
  if (found === undefined) throw notFound(`payment gateway ${name}`, '/v1/payment-gateways', 'gateway list')
  return found
}

export async function gatewayOfId(db: Database, id: string): Promise<Gateway> {
  return (await db.selectFrom('paymentGateway').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as Gateway
}

/** All of a tenant, in the order in which they are asked. */
export async function listGateways(db: Database): Promise<Gateway[]> {
  const query = db.selectFrom('paymentGateway').selectAll().orderBy('priority').orderBy('name')
  return (await query.execute()) as Gateway[]
}

/** The names of gateways, by id. */
export async function gatewayNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('paymentGateway').select(['id', 'name']).where('id', '=', anyOf(ids)).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type GatewayTerms = Pick<Gateway, 'currencies' | 'priority' | 'isOpen' | 'routing'>

export async function putGateway(
  db: Database,
  known: Gateway | undefined,
  { name, adapter, ...terms }: Pick<Gateway, 'name' | 'adapter'> & GatewayTerms,
  nowMs: number,
): Promise<string> {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
  const columns = { ...terms, currencies: json(terms.currencies), routing: json(terms.routing) }
  if (known !== undefined) {
    await db.updateTable('paymentGateway').set(columns).where('id', '=', known.id).execute()
    return known.id
  }
  const id = newId()
  await db
    .insertInto('paymentGateway')
    .values({ id, name, adapter, ...columns, createdAt: new Date(nowMs) })
    .execute()
  return id
}

/** Sets those credentials that are given; null takes one away. */
export async function putSecrets(
  db: Database,
  ring: KeyRing,
  tenant: string,
  gatewayId: string,
  secrets: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  for (const [field, secret] of Object.entries(secrets)) {
    if (secret === undefined) continue
    if (secret === null) {
      const query = db.deleteFrom('paymentGatewaySecret').where('gatewayId', '=', gatewayId)
      await query.where('field', '=', field).execute()
      continue
    }
    const kept = ring.encrypt(placeOf(GATEWAY_SECRETS, tenant, [gatewayId, field]), Buffer.from(secret, 'utf8'))
    const columns = { ...kept, setAt: new Date(systemClock.nowMs()) }
    await db
      .insertInto('paymentGatewaySecret')
      .values({ gatewayId, field, ...columns })
      .onConflict((on) => on.columns(['gatewayId', 'field']).doUpdateSet(columns))
      .execute()
  }
}

/** @throws Refusal `secrets_unavailable` */
export async function readSecrets(
  db: Database,
  ring: KeyRing,
  tenant: string,
  gatewayId: string,
): Promise<Record<string, string>> {
  const rows = await db.selectFrom('paymentGatewaySecret').selectAll().where('gatewayId', '=', gatewayId).execute()
  return Object.fromEntries(
    rows.map((row) => [
      row.field,
      ring.decrypt(placeOf(GATEWAY_SECRETS, tenant, [gatewayId, row.field]), row as Encrypted).toString('utf8'),
    ]),
  )
}

/** Which credentials are set, and since when, by gateway. */
export async function secretsSet(db: Database): Promise<Map<string, Map<string, Date>>> {
  const rows = await db.selectFrom('paymentGatewaySecret').select(['gatewayId', 'field', 'setAt']).execute()
  const set = new Map<string, Map<string, Date>>()
  for (const { gatewayId, field, setAt } of rows)
    set.set(gatewayId, (set.get(gatewayId) ?? new Map<string, Date>()).set(field, setAt))
  return set
}
