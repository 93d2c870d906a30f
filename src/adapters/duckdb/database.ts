import {
  BIGINT,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'

/** What archiving and looking up may take of the machine; more is spilt to disk. */
const SETTINGS = { threads: '2', memory_limit: '1GB', preserve_insertion_order: 'false' }
/** Rows that DuckDB takes at once. */
const CHUNK_ROWS = 2048

/** How a column is handed to DuckDB. */
const TYPES = { text: VARCHAR, integer: INTEGER, bigint: BIGINT, bigints: LIST(BIGINT) } as const
/** A column as DuckDB takes it. */
export type ColumnType = keyof typeof TYPES

export async function openDatabase(): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', SETTINGS)
}

/** Text as an SQL literal; paths are made by us, but a folder may have a quote in its name. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function parquet(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoted).join(', ')}], hive_partitioning = false)`
}

/** Amount and measures that pass 64 bits, as text. */
export const WIDE_TEXT = "array_to_string(wide::varchar[], ' ')"

/** Files of charges; those of earlier versions have no column of corrections, and few have amounts beyond 64 bits. */
export function chargesIn(paths: readonly string[]): string {
  return `(select null::varchar as change, null::decimal(38, 0)[] as wide where false union all by name
    select * from read_parquet([${paths.map(quoted).join(', ')}], hive_partitioning = false, union_by_name = true))`
}

/** Adds rows, given as columns, to a table whose columns have these types. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  types: readonly ColumnType[],
  columns: readonly (readonly unknown[])[],
): Promise<void> {
  const appender = await connection.createAppender(table)
  const duckTypes: DuckDBType[] = types.map((type) => TYPES[type])
  const rows = columns[0]?.length ?? 0
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - from)
    const chunk = DuckDBDataChunk.create(duckTypes, count)
    columns.forEach((column, at) => {
      const values = column.slice(from, from + count) as DuckDBValue[]
      const isList = types[at] === 'bigints'
      chunk.setColumnValues(
        at,
        isList ? values.map((list) => (list === null ? null : listValue(list as never))) : values,
      )
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** Runs a query and adds its rows to `columns`, in order; lists become arrays. */
export async function readInto(
  connection: DuckDBConnection,
  query: string,
  columns: readonly unknown[][],
  values: readonly DuckDBValue[] = [],
): Promise<void> {
  const result = await connection.stream(query, [...values])
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    chunk.getColumns().forEach((column, at) => {
      const target = columns[at] as unknown[]
      for (const value of column) target.push(isList(value) ? value.items : value)
    })
  }
}

function isList(value: DuckDBValue): value is DuckDBValue & { items: readonly DuckDBValue[] } {
  return value !== null && typeof value === 'object' && 'items' in value
}
