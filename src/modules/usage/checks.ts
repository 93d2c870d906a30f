import { sql } from 'kysely'
import { present } from '../../core/base/assert.ts'
import { type CheckResult, checkEqual, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/**
 * The suspense holds exactly what the journal says was suspended and not recycled. A record goes there, and leaves it, in the
 * transaction of its segment: both are counted at one moment. That segments hold what they count was checked before.
 */
export async function checkUsage(db: Database, schema: string): Promise<CheckResult[]> {
  const [row] = (
    await sql<Record<'waiting' | 'gone' | 'suspended' | 'recycled', string>>`
      select suspense.*, segments.* from
        (select count(*) filter (where status <> 'recycled') as waiting, count(*) filter (where status = 'recycled') as gone
          from ${sql.id(schema, 'suspense')}) as suspense,
        (select coalesce(sum(suspended), 0) as suspended, coalesce(sum(recycled), 0) as recycled from ${sql.id(schema, 'segment')}) as segments`.execute(
      db,
    )
  ).rows
  const { waiting, gone, suspended, recycled } = present(row, 'a count')
  const imports = await db
    .selectFrom('usageImport')
    .select('name')
    .where(sql<boolean>`(received <> charged + suspended + duplicates or received <> rows)`)
    .execute()
  return [
    checkEqual('suspended records are all in suspense', Number(waiting), Number(suspended) - Number(recycled)),
    checkEqual('recycled records left suspense', Number(gone), Number(recycled)),
    checkNone(
      'every row of a file is charged, suspended or a duplicate',
      imports.map((row) => String(row['name'])),
    ),
  ]
}
