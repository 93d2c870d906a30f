import { sql } from 'kysely'
import { type Database, schemaOf } from '../../platform/db.ts'

export interface MoneyOfDay {
  readonly day: string
  readonly currency: string
  /** Documents less credit notes. */
  readonly billedMinor: string
  /** Payments less reversals. */
  readonly collectedMinor: string
}

/** Rows that one answer has at most: a month of three currencies a day, and some. */
const MAX_ROWS = 500

/** What was billed and collected by day, in UTC; what it reads is as much as was posted since. @param fromDay the first day */
export async function moneyByDay(db: Database, fromDay: string, until: Date): Promise<MoneyOfDay[]> {
  const isBilled = sql`template = 'invoice_issued' and ledger_account = 'receivable'`
  const isCollected = sql`template in ('payment_received', 'payment_reversed') and ledger_account = 'customer_prepaid'`
  const { rows } = await sql<MoneyOfDay>`
    select to_char(posted_at at time zone 'UTC', 'YYYY-MM-DD') as day, currency,
      coalesce(sum(amount_minor) filter (where ${isBilled}), 0)::text as "billedMinor",
      coalesce(-sum(amount_minor) filter (where ${isCollected}), 0)::text as "collectedMinor"
    from ${sql.id(schemaOf(db), 'posting')}
    where posted_at >= ${`${fromDay}T00:00:00Z`}::timestamptz and posted_at <= ${until} and ((${isBilled}) or (${isCollected}))
    group by 1, 2 order by 1, 2 limit ${MAX_ROWS}`.execute(db)
  return rows
}

/** Money of customers that is held, by currency, in minor units. Reads all postings of it. */
export async function prepaidHeld(db: Database): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('posting')
    .select(['currency', sql<string>`(-sum(amount_minor))::text`.as('minor')])
    .where('ledgerAccount', '=', 'customer_prepaid')
    .groupBy('currency')
    .execute()
  return new Map(rows.map((row) => [String(row.currency), row.minor]))
}
