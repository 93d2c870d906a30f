import type { ColumnType } from './database.ts'

/** A column of the archive's files, and of the table that its rows are collected in. */
interface FileColumn {
  readonly type: ColumnType
  /** Rows may lack it. */
  readonly isNullable?: true
  /** How a file has it, for whoever reads it with a tool of their own, as an SQL expression over the table; as it is when absent. */
  readonly written?: string
  /** The way back, as an SQL expression over the file; as it is when absent. */
  readonly read?: string
}

/** Columns by their names, in the order in which files have them. */
export type FileColumns = Readonly<Record<string, FileColumn>>

interface Values {
  readonly text: string
  readonly integer: number
  readonly bigint: bigint
  readonly bigints: bigint[]
}

/** Rows as columns in memory, one list a column. */
export type RowsOf<Columns extends FileColumns> = {
  readonly [Name in keyof Columns]: (
    | Values[Columns[Name]['type']]
    | (Columns[Name] extends { readonly isNullable: true } ? null : never)
  )[]
}

export function emptyRows<Columns extends FileColumns>(columns: Columns): RowsOf<Columns> {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, []])) as unknown as RowsOf<Columns>
}

/** What a query selects of the table to write a file. @param without columns that the file does not have. */
export function writtenColumns(columns: FileColumns, without: readonly string[] = []): string {
  const all = Object.entries(columns).filter(([name]) => !without.includes(name))
  return all.map(([name, { written }]) => written ?? name).join(', ')
}

/** What a query selects of a file, in the order of the table. */
export function readColumns(columns: FileColumns): string {
  return Object.entries(columns)
    .map(([name, { read }]) => read ?? name)
    .join(', ')
}

export function typesOf(columns: FileColumns): ColumnType[] {
  return Object.values(columns).map(({ type }) => type)
}
