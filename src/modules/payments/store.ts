import { type SelectQueryBuilder, sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { notFound } from '../../platform/problems.ts'
import type { Tables } from '../../platform/tables.ts'

export interface Payment {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly method: string
  readonly currency: string
  readonly amountMinor: string
  readonly receivedOn: string
  readonly reference: string | null
  readonly metadata: Metadata
  readonly createdAt: Date
  readonly lowersOwed: boolean
  readonly balanceAppliedAt: Date | null
}

export async function findPayment(db: Database, key: string): Promise<Payment | undefined> {
  return (await db.selectFrom('payment').selectAll().where('key', '=', key).executeTakeFirst()) as Payment | undefined
}

/** @param reference an id or a key. */
export async function getPayment(db: Database, reference: string): Promise<Payment> {
  const column = isUuid(reference) ? 'id' : 'key'
  const found = await db.selectFrom('payment').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw notFound(`payment ${reference}`, '/v1/payments', 'payment list')
  return found as Payment
}

const COLUMNS = {
  id: 'uuid',
  key: 'text',
  accountId: 'uuid',
  method: 'text',
  currency: 'text',
  amountMinor: 'numeric',
  receivedOn: 'date',
  reference: 'text',
  metadata: 'jsonb',
  createdAt: 'timestamptz',
  lowersOwed: 'boolean',
  balanceAppliedAt: 'timestamptz',
} as const

export function paymentRows(rows: readonly Payment[]): NewRows {
  return { table: 'payment', columns: COLUMNS, rows }
}

export async function listPayments(
  db: Database,
  filter: { limit: number; cursor?: string | undefined; accountId?: string | undefined },
): Promise<Payment[]> {
  let query = db.selectFrom('payment').selectAll().orderBy('id').limit(filter.limit)
  if (filter.cursor !== undefined) query = query.where('id', '>', filter.cursor)
  if (filter.accountId !== undefined) query = query.where('accountId', '=', filter.accountId)
  return (await query.execute()) as Payment[]
}

/** Payments of accounts in the order in which they were recorded, with what is left of them: nothing of what was taken back. */
export async function standingPayments(
  db: Database,
  accountIds: readonly string[],
): Promise<(Pick<Payment, 'id' | 'accountId'> & { readonly leftMinor: bigint })[]> {
  const taken = db
    .selectFrom('paymentReversal')
    .select(['paymentId', sql<string>`sum(amount_minor)`.as('minor')])
    .where('accountId', '=', anyOf(accountIds))
    .groupBy('paymentId')
    .as('taken')
  const rows = await db
    .selectFrom('payment')
    .leftJoin(taken, 'taken.paymentId', 'payment.id')
    .select([
      'payment.id',
      'payment.accountId',
      sql<string>`(amount_minor - coalesce(taken.minor, 0))::text`.as('left'),
    ])
    .where('payment.accountId', '=', anyOf(accountIds))
    .where(sql<boolean>`amount_minor > coalesce(taken.minor, 0)`)
    .orderBy('payment.id')
    .execute()
  return rows.map(({ id, accountId, left }) => ({ id, accountId, leftMinor: BigInt(left) }))
}

/** Payments that the balances of an account have not been notified of yet. */
export async function listToApply(db: Database, accountId: string): Promise<Payment[]> {
  const query = db.selectFrom('payment').selectAll().where('accountId', '=', accountId).where('lowersOwed', '=', true)
  return (await query.where('balanceAppliedAt', 'is', null).orderBy('id').execute()) as Payment[]
}

/** Asks for accounts with such payments, or reversals of payments; of some accounts, where these are given. */
export function selectAccountsToApply(
  db: Database,
  among?: readonly string[],
): SelectQueryBuilder<Tables, 'payment', { accountId: string }> {
  const isAmong = among === undefined ? sql<boolean>`true` : sql<boolean>`account_id = any(${among}::uuid[])`
  const payments = db.selectFrom('payment').select('accountId').where('lowersOwed', '=', true)
  const reversals = db.selectFrom('paymentReversal').select('accountId').where('raisesOwed', '=', true)
  return payments
    .where('balanceAppliedAt', 'is', null)
    .where(isAmong)
    .union(reversals.where('balanceAppliedAt', 'is', null).where(isAmong))
}

export async function accountsToApply(db: Database): Promise<string[]> {
  return (await selectAccountsToApply(db).execute()).map(({ accountId }) => accountId)
}

export async function markApplied(db: Database, id: string, nowMs: number): Promise<void> {
  await db
    .updateTable('payment')
    .set({ balanceAppliedAt: new Date(nowMs) })
    .where('id', '=', id)
    .execute()
}

/** Of some accounts, those that have payments. */
export async function withPayments(db: Database, accountIds: readonly string[]): Promise<string[]> {
  const query = db.selectFrom('payment').select('accountId').distinct()
  const rows = await query.where('accountId', '=', anyOf(accountIds)).execute()
  return rows.map((row) => row['accountId'] as string)
}

/** All payments of an account together, less those that were reversed. */
export async function paymentsMinor(db: Database, accountId: string): Promise<bigint> {
  const total = sql<string>`coalesce(sum(amount_minor), 0)::text`.as('total')
  const sumOf = async (table: 'payment' | 'paymentReversal'): Promise<bigint> =>
    BigInt(
      (await db.selectFrom(table).select(total).where('accountId', '=', accountId).executeTakeFirstOrThrow()).total,
    )
  return (await sumOf('payment')) - (await sumOf('paymentReversal'))
}

/** Notes that balances, which open now, have taken up all payments of their account. */
export async function markAllApplied(db: Database, accountId: string, nowMs: number): Promise<void> {
  await db
    .updateTable('payment')
    .set({ balanceAppliedAt: new Date(nowMs), lowersOwed: true })
    .where('accountId', '=', accountId)
    .where('balanceAppliedAt', 'is', null)
    .execute()
  await db
    .updateTable('paymentReversal')
    .set({ balanceAppliedAt: new Date(nowMs), raisesOwed: true })
    .where('accountId', '=', accountId)
    .where('balanceAppliedAt', 'is', null)
    .execute()
}
