import { sql } from 'kysely'
import { keyOf, type RateTable, rateTable } from '../../core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../../core/tax/rates/shipped-rates.ts'
import type { TaxRate } from '../../core/tax/rates/tax-rate.ts'
import type { Database } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'

/** A rate of the tenant's own. */
export interface OwnRate {
  readonly id: string
  readonly content: TaxRate
  /** Where it is from, in the caller's words, and as of which day it was so there. */
  readonly source: string
  readonly asOf: string
  readonly createdAt: Date
}

/** What names a rate among its kind: its place, tax, class and first day. */
export function nameOf(rate: TaxRate): string {
  return `${keyOf(rate)} ${rate.from}`
}

/** Own rates that hold: of those of one place, tax, class and first day the last one that was added. */
export async function listOwnRates(db: Database): Promise<OwnRate[]> {
  const rows = (await db.selectFrom('taxRate').selectAll().orderBy('id').execute()) as unknown as OwnRate[]
  return [...new Map(rows.map((row) => [nameOf(row.content), row])).values()]
}

export async function countOwnRates(db: Database): Promise<number> {
  const query = db.selectFrom('taxRate').select((of) => of.fn.countAll<string>().as('count'))
  return Number((await query.executeTakeFirstOrThrow()).count)
}

const COLUMNS = { id: 'uuid', content: 'jsonb', source: 'text', asOf: 'date', createdAt: 'timestamptz' } as const

export async function insertRates(db: Database, rates: readonly OwnRate[]): Promise<void> {
  await insertRows(db, { table: 'taxRate', columns: COLUMNS, rows: rates })
}

/** Rates by country: the tenant's own, and shipped ones of all else. */
export async function ratesInForce(db: Database): Promise<RateTable> {
  const { count, last } = await db
    .selectFrom('taxRate')
    .select((of) => [of.fn.countAll<string>().as('count'), sql<string | null>`max(id::text)`.as('last')])
    .executeTakeFirstOrThrow()
  if (last === null) return SHIPPED_TABLE
  // Rows are never changed, and ids are like no others: they name what there is.
  const name = `${last} ${count}`
  const known = tables.get(name)
  if (known !== undefined) return known
  const own = (await listOwnRates(db)).map(({ content }) => content)
  const table = rateTable(SHIPPED_RATES, own)
  if (tables.size === MAX_TABLES) tables.delete(tables.keys().next().value as string)
  tables.set(name, table)
  return table
}

const SHIPPED_TABLE = rateTable(SHIPPED_RATES)
/** Tables that were made before: those of cities of the USA have many rows, and previews ask again and again. */
const tables = new Map<string, RateTable>()
const MAX_TABLES = 8
