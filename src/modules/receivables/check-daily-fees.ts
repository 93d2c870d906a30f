import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Days that are named where they differ; the check shows the first of them. */
const SHOWN = 6

/**
 * Every day of a fee that counts as paid was taken by the entry of the balance that bears its name, of the same account and
 * amount, and every such entry has its day. Entries are sealed (`bound-rows.ts`): so a day that is moved, made or taken away
 * without Kvit is found. Example: the day `fee:0190…:2026-04-03` at 133 minor units, and an entry of -1.33.
 */
export async function checkDailyFees(db: Database, schema: string): Promise<CheckResult> {
  const { rows } = await sql<{ key: string }>`
    select coalesce(fee.key, entry.key) as key
    from (
      select account_id, amount_minor, price_code || ':' || subscription_id || ':' || to_char(day, 'YYYY-MM-DD') as key
      from ${sql.id(schema, 'daily_fee')}
      where is_paid
    ) fee
    full join (
      select account_id, key, replace((-amount)::text, '.', '')::numeric as amount_minor
      from ${sql.id(schema, 'balance_entry')}
      where kind = 'daily_fee'
    ) entry on entry.key = fee.key
    where (fee.account_id, fee.amount_minor) is distinct from (entry.account_id, entry.amount_minor)
    order by 1
    limit ${SHOWN}`.execute(db)
  return checkNone(
    'every day of a fee that was paid is in the entries of its balance',
    rows.map(({ key }) => key),
  )
}
