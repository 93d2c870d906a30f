import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { RegistryMapping } from '../../core/terminals/registry.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

/** The adapter of gateways that are networks of terminals: no code asks them anything. */
export const TERMINAL = 'terminal'

/** What a terminal may show of an account. */
export const SHOWN = ['name', 'balance', 'due'] as const

/** A network of terminals, with the gateway that has its money. */
export interface Network {
  readonly gatewayId: string
  readonly name: string
  readonly isOpen: boolean
  readonly currency: string
  readonly zone: string
  readonly minMinor: string
  readonly maxMinor: string
  readonly accountBy: readonly string[]
  readonly shows: readonly (typeof SHOWN)[number][]
  readonly addresses: readonly string[] | null
  readonly format: 'xml' | 'json'
  readonly credits: 'by_account' | 'payment' | 'top_up'
  readonly registryMapping: RegistryMapping | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

const selectNetworks = (db: Database) =>
  db
    .selectFrom('terminalNetwork')
    .innerJoin('paymentGateway', 'paymentGateway.id', 'terminalNetwork.gatewayId')
    .selectAll('terminalNetwork')
    .select(['paymentGateway.name', 'paymentGateway.isOpen', 'paymentGateway.createdAt'])

export async function findNetwork(db: Database, name: string): Promise<Network | undefined> {
  return (await selectNetworks(db).where('paymentGateway.name', '=', name).executeTakeFirst()) as unknown as
    | Network
    | undefined
}

/** @throws Refusal `not_found` */
export async function getNetwork(db: Database, name: string): Promise<Network> {
  const found = await findNetwork(db, name)
  if (found === undefined) throw notFound(`terminal network ${name}`, '/v1/terminal-networks', 'terminal list')
  return found
}

export async function networkOfId(db: Database, gatewayId: string): Promise<Network> {
  const query = selectNetworks(db).where('terminalNetwork.gatewayId', '=', gatewayId)
  return (await query.executeTakeFirstOrThrow()) as unknown as Network
}

export async function listNetworks(db: Database): Promise<Network[]> {
  return (await selectNetworks(db).orderBy('paymentGateway.name').execute()) as unknown as Network[]
}

export type NetworkTerms = Pick<
  Network,
  | 'currency'
  | 'zone'
  | 'minMinor'
  | 'maxMinor'
  | 'accountBy'
  | 'shows'
  | 'addresses'
  | 'format'
  | 'credits'
  | 'registryMapping'
>

export async function putNetwork(db: Database, gatewayId: string, terms: NetworkTerms, nowMs: number): Promise<void> {
  const { accountBy, shows, addresses, registryMapping, ...plain } = terms
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
  const columns = {
    ...{ ...plain, accountBy: JSON.stringify(accountBy), shows: JSON.stringify(shows), addresses: json(addresses) },
    ...{ registryMapping: json(registryMapping), updatedAt: new Date(nowMs) },
  }
  await db
    .insertInto('terminalNetwork')
    .values({ gatewayId, ...columns })
    .onConflict((on) => on.column('gatewayId').doUpdateSet(columns))
    .execute()
}

/** As what payments and top-ups name a transaction: the same is recorded once. */
export function keyOf({ name }: Pick<Network, 'name'>, txnId: string): string {
  return `terminal:${name}:${txnId}`
}

export interface Transaction {
  readonly id: string
  readonly gatewayId: string
  readonly txnId: string
  readonly accountId: string | null
  readonly accountText: string
  readonly currency: string
  readonly amountMinor: string
  readonly paidAt: Date | null
  readonly terminal: string | null
  readonly state: 'pending' | 'paid' | 'refused' | 'cancelling' | 'cancelled'
  readonly kind: 'payment' | 'top_up' | null
  readonly paymentId: string | null
  readonly createdAt: Date
  readonly cancelledAt: Date | null
  readonly cancelReason: string | null
  readonly cancelledBy: string | null
}

/** @returns false where another request has brought the same id: this one waits until that is committed, or undone */
export async function insertTransaction(db: Database, row: Transaction): Promise<boolean> {
  const query = db.insertInto('terminalTransaction').values(row)
  const made = await query
    .onConflict((on) => on.columns(['gatewayId', 'txnId']).doNothing())
    .returning('id')
    .execute()
  return made.length > 0
}

export async function findTransaction(
  db: Database,
  gatewayId: string,
  txnId: string,
  isLocked = false,
): Promise<Transaction | undefined> {
  const query = db.selectFrom('terminalTransaction').selectAll().where('gatewayId', '=', gatewayId)
  const named = query.where('txnId', '=', txnId)
  return (await (isLocked ? named.forUpdate() : named).executeTakeFirst()) as Transaction | undefined
}

/** @throws Refusal `not_found` */
export async function getTransaction(db: Database, id: string): Promise<Transaction> {
  const query = db.selectFrom('terminalTransaction').selectAll()
  const found = isUuid(id) ? await query.where('id', '=', id).executeTakeFirst() : undefined
  if (found === undefined) throw notFound(`terminal payment ${id}`, '/v1/terminal-payments', 'terminal payments')
  return found as Transaction
}

/** @returns false where it is in none of the states any more: somebody else was quicker */
export async function changeTransaction(
  db: Database,
  id: string,
  from: readonly Transaction['state'][],
  changes: Partial<Transaction>,
): Promise<boolean> {
  const query = db.updateTable('terminalTransaction').set(changes).where('id', '=', id)
  return (await query.where('state', 'in', from).returning('id').execute()).length > 0
}

/** What a process that is no more, or was disturbed, has left half done. */
export async function listUnderWay(db: Database, limit: number): Promise<Transaction[]> {
  const query = db.selectFrom('terminalTransaction').selectAll().where('state', 'in', ['pending', 'cancelling'])
  return (await query.orderBy('id').limit(limit).execute()) as Transaction[]
}

export async function isPaidOut(db: Database, { gatewayId, txnId }: Transaction): Promise<boolean> {
  const query = db.selectFrom('gatewayPayoutLine').select('id').where('gatewayId', '=', gatewayId)
  return (await query.where('providerId', '=', txnId).executeTakeFirst()) !== undefined
}

/** Transactions by the network's ids. */
export async function transactionsNamed(
  db: Database,
  gatewayId: string,
  ids: readonly string[],
): Promise<Transaction[]> {
  const query = db.selectFrom('terminalTransaction').selectAll().where('gatewayId', '=', gatewayId)
  return (await query.where('txnId', '=', anyOf(ids, 'text')).execute()) as Transaction[]
}

/** Those that were paid in a time, by what the network says, or, where it does not, when they came. */
export async function transactionsBetween(
  db: Database,
  gatewayId: string,
  fromMs: number,
  untilMs: number,
): Promise<Transaction[]> {
  const at = sql<Date>`coalesce(paid_at, created_at)`
  const query = db.selectFrom('terminalTransaction').selectAll().where('gatewayId', '=', gatewayId)
  const within = query.where(at, '>=', new Date(fromMs)).where(at, '<', new Date(untilMs))
  return (await within.execute()) as Transaction[]
}

export interface Refused {
  readonly gatewayId: string
  readonly command: string
  readonly txnId: string
  readonly accountId: string | null
  readonly accountText: string
  readonly sumText: string
  readonly reason: string
}

/** Keeps what was refused; the same again is counted. @returns whether it is the first time */
export async function keepRefusal(
  db: Database,
  refused: Refused,
  nowMs: number,
): Promise<{ id: string; isNew: boolean }> {
  const [id, at] = [newId(), new Date(nowMs)]
  const { gatewayId, command, txnId, accountId, accountText, sumText, reason } = refused
  const { rows } = await sql<{ id: string; times: number }>`
    insert into ${sql.id(schemaOf(db), 'terminal_refusal')} as kept
      (id, gateway_id, command, txn_id, account_id, account_text, sum_text, reason, times, created_at, last_at)
    values (${id}, ${gatewayId}, ${command}, ${txnId}, ${accountId}, ${accountText}, ${sumText}, ${reason}, 1, ${at}, ${at})
    on conflict (gateway_id, command, txn_id, reason, md5(account_text), md5(sum_text))
    do update set times = kept.times + 1, last_at = excluded.last_at returning id, times`.execute(db)
  const [row] = rows
  return { id: row?.id ?? id, isNew: row?.times === 1 }
}
