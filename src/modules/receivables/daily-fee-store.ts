import { sql } from 'kysely'
import { noteChange } from '../../platform/changed-rows.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'

/** One day of a fee that a plan takes from the balance. */
export interface DailyFeeRow {
  readonly subscriptionId: string
  readonly priceCode: string
  readonly day: string
  readonly accountId: string
  readonly planVersionId: string
  readonly amountMinor: string
  readonly isPaid: boolean
  readonly takenAt: Date
}

/** The last day of each fee of some subscriptions, by subscription and price. */
export async function lastDays(db: Database, subscriptionIds: readonly string[]): Promise<Map<string, DailyFeeRow>> {
  const rows = await db
    .selectFrom('dailyFee')
    .selectAll()
    .where('subscriptionId', '=', anyOf(subscriptionIds))
    .distinctOn(['subscriptionId', 'priceCode'])
    .orderBy('subscriptionId')
    .orderBy('priceCode')
    .orderBy('day', 'desc')
    .execute()
  return new Map((rows as DailyFeeRow[]).map((row) => [feeKey(row), row]))
}

export function feeKey({ subscriptionId, priceCode }: Pick<DailyFeeRow, 'subscriptionId' | 'priceCode'>): string {
  return `${subscriptionId}\n${priceCode}`
}

/** Writes a day; one that was not paid may be paid later on the same day. */
export async function putDay(db: Database, row: DailyFeeRow): Promise<void> {
  const { subscriptionId: _s, priceCode: _p, day: _d, accountId: _a, ...later } = row
  const put = await db
    .insertInto('dailyFee')
    .values({ id: newId(), ...row })
    .onConflict((on) => on.columns(['subscriptionId', 'priceCode', 'day']).doUpdateSet(later))
    .returning('id')
    .executeTakeFirstOrThrow()
  await noteChange(db, 'day of fee', String(put['id']))
}

/** The days of accounts that were looked at, paid or not, in their order. */
export async function listDays(db: Database, accountIds: readonly string[]): Promise<DailyFeeRow[]> {
  const query = db.selectFrom('dailyFee').selectAll().where('accountId', '=', anyOf(accountIds))
  return await query.orderBy('day').execute()
}

/** What was taken of accounts day by day, in minor units. */
export async function takenMinor(db: Database, accountIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('dailyFee')
    .select(['accountId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', anyOf(accountIds))
    .where('isPaid', '=', true)
    .groupBy('accountId')
    .execute()
  return new Map(rows.map((row) => [row['accountId'] as string, BigInt(row.amount)]))
}
