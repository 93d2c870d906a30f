import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Database, inSchema } from '../src/platform/db.ts'

/**
 * TypeScript types of all tables, out of a database that the migrations have made: `src/platform/tables.ts`, which a test
 * compares. After a new migration `KVIT_WRITE_TABLES=1 ./kvit test test/table-types.test.ts` writes the file anew.
 */
export const TABLES_FILE = join(import.meta.dirname, '../src/platform/tables.ts')

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly isNullable: boolean
  readonly hasDefault: boolean
  /** What a check allows, as Postgres writes it: `CHECK ((kind = ANY (ARRAY['a'::text, 'b'::text])))`. */
  readonly check: string | null
}

/** By what Postgres calls a type, what comes out of a row; and where that differs, what may be put into one. */
const TYPES: Readonly<Record<string, readonly [selected: string, written?: string]>> = {
  bool: ['boolean'],
  int2: ['number'],
  int4: ['number'],
  int8: ['bigint', 'bigint | number'],
  numeric: ['string', 'string | bigint'],
  text: ['string'],
  uuid: ['string'],
  date: ['string'],
  timestamptz: ['Date'],
  bytea: ['Buffer', 'Uint8Array'],
  jsonb: ['unknown'],
  inet: ['string'],
  _text: ['string[]', 'readonly string[]'],
  _uuid: ['string[]', 'readonly string[]'],
  _int4: ['number[]', 'readonly number[]'],
  _int8: ['string[]', 'readonly bigint[]'],
  _numeric: ['string[]', 'readonly string[]'],
}

export async function tableTypes(db: Database, platformSchema: string, tenantSchema: string): Promise<string> {
  const tables = [...(await columnsOf(db, platformSchema)), ...(await columnsOf(db, tenantSchema))]
  const byTable = Map.groupBy(tables, ({ table }) => table)
  const parts = [...byTable].map(
    ([table, columns]) =>
      `interface ${typeName(table)}Table {\n${columns.map((column) => `  ${camel(column.column)}: ${typeOf(column)}\n`).join('')}}\n`,
  )
  const names = [...byTable.keys()].map((table) => `  ${camel(table)}: ${typeName(table)}Table\n`).join('')
  return [
    "import type { ColumnType, Generated } from 'kysely'\n",
    '/**\n * The columns of all tables, written by `tools/table-types.ts` out of the migrations: change those, not this.\n */',
    `export interface Tables {\n${names}}\n`,
    ...parts,
  ].join('\n')
}

async function columnsOf(db: Database, schema: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as "table", a.attname as "column", t.typname as type, not a.attnotnull as is_nullable, a.atthasdef as has_default,
      (select min(pg_get_constraintdef(k.oid)) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
          and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%') as "check"
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = ${schema}
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
    order by c.relname, a.attnum`.execute(inSchema(db, schema))
  return rows
}

function typeOf({ table, column, type, isNullable, hasDefault, check }: Column): string {
  const known = TYPES[type]
  if (known === undefined)
    throw new Error(`${table}.${column} has the type ${type}, which tools/table-types.ts does not know`)
  const words = check === null ? [] : [...check.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word]) => `'${word}'`)
  const [selected, written] = words.length > 0 && type === 'text' ? [words.join(' | ')] : known
  const or = (base: string): string => (isNullable && base !== 'unknown' ? `${base} | null` : base)
  const isOptional = hasDefault || isNullable
  if (written === undefined) return hasDefault ? `Generated<${or(selected)}>` : or(selected)
  const inserted = isOptional ? `${or(written)} | undefined` : written
  return `ColumnType<${or(selected)}, ${inserted}, ${or(written)}>`
}

const camel = (name: string): string => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const typeName = (name: string): string => camel(`_${name}`)

/** Writes the file. */
export async function writeTableTypes(text: string): Promise<void> {
  await writeFile(TABLES_FILE, text)
}
