import { sql } from 'kysely'
import { type Database, schemaOf } from '../../platform/db.ts'

/** Of an account's documents, those of a purpose. */
export interface EarlierAsked {
  readonly accountId: string
  readonly purpose: string
}

/** What the last bills came to, the latest first, each with what was bought on its day; and whether any document bills charges at all. */
export interface EarlierTotals {
  readonly totalsMinor: readonly bigint[]
  readonly isBilled: boolean
}

/** What was billed before, in the order of asking. @param limit of bills of each */
export async function earlierTotals(
  db: Database,
  asked: readonly EarlierAsked[],
  limit: number,
): Promise<EarlierTotals[]> {
  if (asked.length === 0) return []
  const invoice = sql.id(schemaOf(db), 'invoice')
  const { rows } = await sql<{ totals: readonly string[]; isAny: boolean }>`
    select array(
        select sum(total_minor)::text from ${invoice} as one
        where one.account_id = asked.account_id and one.purpose in (asked.purpose, 'commit')
        group by billing_day having bool_or(one.purpose = asked.purpose)
        order by billing_day desc limit ${limit}
      ) as totals,
      exists (
        select from ${invoice} as one where one.account_id = asked.account_id and one.purpose in ('cycle', 'start', 'commit')
      ) as is_any
    from unnest(${asked.map(({ accountId }) => accountId)}::uuid[], ${asked.map(({ purpose }) => purpose)}::text[])
      with ordinality as asked(account_id, purpose, place) order by place`.execute(db)
  return rows.map(({ totals, isAny }) => ({ totalsMinor: totals.map(BigInt), isBilled: totals.length > 0 || isAny }))
}
