import { sql } from 'kysely'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import type { Database } from '../../platform/db.ts'

/** What a line refers to. Postgres does not ask for each of them when lines are written: the same transaction has read or written them. */
const REFERENCES = [
  { column: 'invoice_id', table: 'invoice' },
  { column: 'account_id', table: 'account' },
  { column: 'subscription_id', table: 'subscription' },
  { column: 'plan_version_id', table: 'plan_version' },
] as const
/** Lines that are named. */
const NAMED = 100

/** Every line is of a document, an account, a subscription and a version of a plan that are there. */
export async function checkReferences(db: Database, schema: string): Promise<CheckResult> {
  const lost: string[] = []
  for (const { column, table } of REFERENCES) {
    const { rows } = await sql<{ id: string }>`select line.id from ${sql.id(schema, 'invoice_line')} as line
      where line.${sql.id(column)} is not null
        and not exists (select from ${sql.id(schema, table)} as known where known.id = line.${sql.id(column)})
      limit ${NAMED}`.execute(db)
    lost.push(...rows.map(({ id }) => `line ${id}: no ${table.replace('_', ' ')}`))
  }
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.id(schema, 'invoice_line')}`.execute(db)
  return checkNone('lines refer to what is there', lost, `${rows[0]?.count} lines`)
}
