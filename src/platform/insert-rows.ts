import { type RawBuilder, sql } from 'kysely'
import { type Database, schemaOf } from './db.ts'
import { toJson } from './http/json.ts'
import type { Tables } from './tables.ts'

/** New rows of one table, as values: whoever commits decides by which statement they are written. */
export interface NewRows {
  readonly table: keyof Tables
  /** The SQL type of each column that rows have. */
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly object[]
  /** SQL of columns whose value is not, or not always, in the row: it names the schema and the row, `row."accountId"`. */
  readonly filled?: Readonly<Record<string, (schema: string) => string>>
  /** What else is done in their transaction when they are written. */
  readonly after?: readonly ((db: Database) => Promise<void>)[]
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const quoted = (name: string): string => `"${name}"`

/** The columns of rows that a statement gets as JSON, by their names: `json_to_recordset($1::json) as row(${columnsOf({ id: 'uuid' })})`. */
export function columnsOf(columns: NewRows['columns']): RawBuilder<unknown> {
  return sql.raw(
    Object.entries(columns)
      .map(([name, type]) => `${quoted(name)} ${type}`)
      .join(', '),
  )
}

/**
 * Inserts rows by one statement with one parameter, whose text Postgres reads: a parameter for each value would take longer
 * to write than the rows to store.
 * @param among a part of the same statement; without a row in it nothing is inserted
 */
export function insertStatement(
  schema: string,
  { table, columns, rows, filled = {} }: NewRows,
  among: string | null = null,
): RawBuilder<unknown> {
  const names = Object.keys(columns)
  const values = names.map((name) => filled[name]?.(schema) ?? `row.${quoted(name)}`)
  const raw = (parts: readonly string[]): RawBuilder<unknown> => sql.raw(parts.join(', '))
  return sql`insert into ${sql.id(schema, snakeCase(table))} (${raw(names.map(snakeCase).map(quoted))})
    select ${raw(values)} from ${sql.raw(among === null ? '' : `${among} cross join `)}json_to_recordset(${toJson(rows)}::json) as row(${columnsOf(columns)})`
}

/** @param db in a schema. */
export async function insertRows(db: Database, rows: NewRows): Promise<void> {
  if (rows.rows.length === 0) return
  await insertStatement(schemaOf(db), rows).execute(db)
  for (const work of rows.after ?? []) await work(db)
}

/** As `insertRows`, of several tables by one statement. */
export async function insertAllRows(db: Database, all: readonly NewRows[]): Promise<void> {
  const inserts = byTable(all).map((rows) => insertStatement(schemaOf(db), rows))
  const last = inserts.pop()
  if (last === undefined) return
  const others = inserts.map((insert, place) => sql`${sql.raw(`rows_${place}`)} as (${insert})`)
  await sql`${others.length === 0 ? sql`` : sql`with ${sql.join(others)} `}${last}`.execute(db)
  for (const work of all.flatMap(({ after = [] }) => after)) await work(db)
}

/** Rows of the same table together, so that a statement writes each table once; tables without rows are left out. */
export function byTable(all: readonly NewRows[]): NewRows[] {
  const tables = Map.groupBy(
    all.filter(({ rows }) => rows.length > 0),
    ({ table }) => table,
  )
  const joined = [...tables.values()].map((own) => ({ ...(own[0] as NewRows), rows: own.flatMap(({ rows }) => rows) }))
  return joined.sort((a, b) => (a.table < b.table ? -1 : 1))
}
