import { sql } from 'kysely'
import type { UsageCounts } from '../../engine/index.ts'
import { type CheckResult, checkEqual, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** The suspense holds exactly what the journal says was suspended and not recycled. */
export async function checkUsage(db: Database, totals: UsageCounts): Promise<CheckResult[]> {
  const rows = await db
    .selectFrom('suspense')
    .select(['status', sql<string>`count(*)`.as('records')])
    .groupBy('status')
    .execute()
  const count = (status: string): number => Number(rows.find((row) => row['status'] === status)?.records ?? 0)
  const imports = await db
    .selectFrom('usageImport')
    .select('name')
    .where(sql<boolean>`received <> charged + suspended + duplicates or received <> rows`)
    .execute()
  return [
    checkEqual(
      'suspended records are all in suspense',
      count('open') + count('written_off'),
      totals.suspended - totals.recycled,
    ),
    checkEqual('recycled records left suspense', count('recycled'), totals.recycled),
    checkNone(
      'every row of a file is charged, suspended or a duplicate',
      imports.map((row) => String(row['name'])),
    ),
  ]
}
