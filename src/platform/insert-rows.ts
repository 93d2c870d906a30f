import { sql } from 'kysely'
import type { Database } from './db.ts'

/**
 * Inserts many rows by one statement with one parameter, whose text Postgres reads: a parameter for each value would take
 * longer to write than the rows to store. `db` is in a schema.
 * @param columns the SQL type of each column that rows have.
 */
export async function insertRows<Column extends string>(
  db: Database,
  table: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<Column, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return
  const names = Object.keys(columns) as Column[]
  const types = sql.raw(names.map((name) => `"${name}" ${columns[name]}`).join(', '))
  const all = sql`select * from json_to_recordset(${JSON.stringify(rows)}::json) as row(${types})`
  await db.insertInto(table).columns(names).expression(all).execute()
}
