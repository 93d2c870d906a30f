import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

export interface DepositEntry {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly kind: 'taken' | 'applied' | 'released'
  readonly currency: string
  readonly amountMinor: string
  /** How it came in or went out; null of what was applied. */
  readonly method: 'bank' | 'cash' | null
  readonly reason: string
  readonly paymentId: string | null
  readonly recordedBy: string
  readonly recordedByPerson: string
  readonly createdAt: Date
}

export async function insertEntry(db: Database, entry: DepositEntry): Promise<void> {
  await db.insertInto('depositEntry').values(entry).execute()
}

export async function findEntry(db: Database, key: string): Promise<DepositEntry | undefined> {
  const query = db.selectFrom('depositEntry').selectAll().where('key', '=', key)
  return (await query.executeTakeFirst()) as DepositEntry | undefined
}

/** What is held of accounts, in minor units: of one, or of all that have left anything. */
export async function heldMinor(db: Database, accountId?: string): Promise<Map<string, bigint>> {
  let query = db
    .selectFrom('depositEntry as entry')
    .leftJoin('paymentReversal as back', 'back.paymentId', 'entry.paymentId')
    .select(['entry.accountId'])
    .select(
      sql<string>`sum(case when entry.kind = 'taken' then entry.amount_minor when back.id is not null then 0 else -entry.amount_minor end)::text`.as(
        'held',
      ),
    )
    .groupBy('entry.accountId')
  if (accountId !== undefined) query = query.where('entry.accountId', '=', accountId)
  return new Map((await query.execute()).map(({ accountId: of, held }) => [of, BigInt(held)]))
}
