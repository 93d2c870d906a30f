import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** Invariants of the ledger, from the stored postings. */
export async function checkLedger(db: Database): Promise<CheckResult[]> {
  const unbalanced = await db
    .selectFrom('posting')
    .select(['entryId', 'currency'])
    .groupBy(['entryId', 'currency'])
    .having(sql<boolean>`sum(amount_minor) <> 0`)
    .limit(5)
    .execute()
  return [
    checkNone(
      'every posting sums to zero per currency',
      unbalanced.map((row) => `entry ${row['entryId']} in ${row['currency']}`),
    ),
  ]
}
