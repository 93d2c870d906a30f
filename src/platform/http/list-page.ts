import type { SelectQueryBuilder } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import { findCurrency } from '../../core/base/currency.ts'
import { parseMinor } from '../../core/base/money.ts'
import { byName, type Database } from '../db.ts'
import { Refusal } from '../problems.ts'
import { instant } from './dates.ts'
import { pageQuery } from './route.ts'

/**
 * Rows that one page looks at, at most, for those that its filters ask for. A page may so be short, or empty, while more
 * rows follow: its cursor says where to continue, and no list can hold the database up.
 */
const LOOKED_AT = 10_000

/** What every list with filters can be asked; each adds its own. */
export const listQuery = {
  ...pageQuery,
  before: z.uuid().optional().describe('`previousCursor` of a page: the page before that one'),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('What comes first'),
  createdFrom: instant.optional().describe('Made at this time or later'),
  createdUntil: instant.optional().describe('Made before this time'),
  text: z.string().min(1).max(128).optional().describe('A part of a key or name, in any case'),
}

export type ListQuery = z.output<z.ZodObject<typeof listQuery>>

/** A page in either direction. The previous cursor is null on the first page. */
export interface ListPage<T> {
  readonly items: T[]
  readonly nextCursor: string | null
  readonly previousCursor: string | null
}

/** The description of a page of a list with filters. */
export function listOf<T extends z.ZodType>(item: T): z.ZodType {
  const cursor = z.uuid().nullable()
  return z.strictObject({ items: z.array(item), nextCursor: cursor, previousCursor: cursor })
}

// biome-ignore lint/suspicious/noExplicitAny: the tables of all modules, as in db.ts
export type ListRows = SelectQueryBuilder<any, any, any>

export interface List {
  readonly table: string
  /** The column that says when a row was made. */
  readonly madeAt: string
  /** The column that rows are in order of; that of their making, their ids, when absent. */
  readonly position?: string
  /** Conditions that an index serves: rows that they leave out are not read. */
  readonly narrow?: (rows: ListRows) => ListRows
  /** Conditions on the rows that are looked at, which go by the name `row`. */
  readonly keep?: (rows: ListRows) => ListRows
}

/** A page of rows in their order. */
export async function listPage<T extends { id: string }>(
  db: Database,
  query: Omit<ListQuery, 'text'>,
  { table, madeAt, position = 'id', narrow = same, keep = same }: List,
): Promise<ListPage<T>> {
  const { limit, cursor, before, createdFrom, createdUntil } = query
  const start = startOf(cursor, before)
  const isBack = before !== undefined
  const isUp = (query.order === 'oldest') !== isBack
  const direction = isUp ? 'asc' : 'desc'
  let looked = narrow(byName(db).selectFrom(table))
    .selectAll(table)
    .orderBy(`${table}.${position}`, direction)
    .limit(LOOKED_AT)
  if (start !== undefined) {
    const from = position === 'id' ? start : await positionOf(db, table, position, start)
    looked = looked.where(`${table}.${position}`, isUp ? '>' : '<', from)
  }
  let kept = keep(db.selectFrom(looked.as('row')).selectAll('row'))
  if (createdFrom !== undefined) kept = kept.where(`row.${madeAt}`, '>=', new Date(createdFrom))
  if (createdUntil !== undefined) kept = kept.where(`row.${madeAt}`, '<', new Date(createdUntil))
  const found = await kept
    .orderBy(`row.${position}`, direction)
    .limit(limit + 1)
    .execute()
  const rows = found.slice(0, limit)
  const furthest = found.length > limit ? (rows.at(-1) as T).id : await lastLookedAt(db, looked, position, direction)
  if (!isBack) return { items: rows, nextCursor: furthest, previousCursor: start ? (rows[0]?.id ?? null) : null }
  return { items: rows.reverse(), nextCursor: rows.at(-1)?.id ?? null, previousCursor: furthest }
}

/** The row that a page begins after, in its direction. */
export function startOf(cursor: string | undefined, before: string | undefined): string | undefined {
  if (cursor !== undefined && before !== undefined)
    throw new Refusal('invalid_request', 'cursor and before: a page is after one or before another')
  return before ?? cursor
}

/** The place of a cursor's row in the order of the list. */
async function positionOf(db: Database, table: string, position: string, id: string): Promise<unknown> {
  const row = await byName(db).selectFrom(table).select(position).where('id', '=', id).executeTakeFirst()
  const found = row?.[position]
  if (found == null) throw new Refusal('invalid_request', `cursor: there is no ${id} in this list`)
  return found
}

/** Where the next page begins, after as many rows as one page reads; null where there were fewer. */
async function lastLookedAt(
  db: Database,
  looked: ListRows,
  position: string,
  direction: 'asc' | 'desc',
): Promise<string | null> {
  const rows = db
    .selectFrom(
      looked
        .clearSelect()
        .select(position === 'id' ? ['id'] : ['id', position])
        .as('row'),
    )
    .select('row.id')
  const last = await rows
    .orderBy(`row.${position}`, direction)
    .offset(LOOKED_AT - 1)
    .limit(1)
    .executeTakeFirst()
  return (last?.['id'] as string | undefined) ?? null
}

function same(rows: ListRows): ListRows {
  return rows
}

/** Of a page, the items of which more is asked than the database knows; what is cut off comes on the next page. */
export function keepOnPage<T extends { id: string }>(
  page: ListPage<T>,
  { limit, before }: Pick<ListQuery, 'limit' | 'before'>,
  isKept: (item: T) => boolean,
): ListPage<T> {
  const kept = page.items.filter(isKept)
  if (before === undefined) {
    const items = kept.slice(0, limit)
    return { ...page, items, nextCursor: kept.length > limit ? (items.at(-1) as T).id : page.nextCursor }
  }
  const items = kept.slice(-limit)
  return { ...page, items, previousCursor: kept.length > limit ? (items[0] as T).id : page.previousCursor }
}

/** A currency that a list is narrowed to. What is none would narrow it to nothing, silently. */
export const currencyQuery = z
  .string()
  .refine((code) => findCurrency(code) !== undefined, { error: ({ input }) => noCurrency(String(input)) })
  .optional()
  .describe('Its code in capitals, such as EUR')

function noCurrency(code: string): string {
  const meant = findCurrency(code.toUpperCase())
  const told = meant === undefined ? 'write a code in capitals, such as EUR' : `write ${meant.code}`
  return `${JSON.stringify(code.slice(0, 20))} is no currency: ${told}`
}

/** How lists of amounts are narrowed: both ends are in, and the currency says what the amounts are of. */
export function amountQuery<L extends string, M extends string>(
  least: L,
  most: M,
): Readonly<Record<L | M, z.ZodOptional<z.ZodString>>> {
  const amount = z
    .string()
    .regex(/^-?\d{1,30}(\.\d{1,18})?$/, 'write an amount such as 12.50')
    .optional()
  const needs = 'needs `currency`'
  return {
    [least]: amount.describe(`This much or more; ${needs}`),
    [most]: amount.describe(`This much or less; ${needs}`),
  } as never
}

/** Rows `row` whose amount in minor units is between two amounts of a currency. */
export function withAmounts(
  rows: ListRows,
  column: string,
  amounts: Readonly<Record<string, string | undefined>>,
  currency: string | undefined,
): ListRows {
  let found = rows
  for (const [name, amount] of Object.entries(amounts)) {
    if (amount === undefined) continue
    if (currency === undefined || findCurrency(currency) === undefined)
      throw new Refusal('invalid_request', `${name}: name the currency of the amount, too: currency=EUR`)
    const minor = parseMinor(amount, currency)
    if (minor === null) throw new Refusal('invalid_request', `${name}: ${amount} has more digits than ${currency}`)
    found = found.where(`row.${column}`, name.startsWith('min') ? '>=' : '<=', String(minor))
  }
  return found
}

/** Rows with a text in one of some columns, such as `row.key`; what a pattern would mean is taken as it is written. */
export function withText(rows: ListRows, text: string | undefined, columns: readonly string[]): ListRows {
  if (text === undefined) return rows
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return rows.where((on) => on.or(columns.map((column) => on(sql.ref(column), 'ilike', pattern))))
}

/** Rows whose columns have the values of the filter. */
export function having(rows: ListRows, values: Readonly<Record<string, string | undefined>>): ListRows {
  let found = rows
  for (const [column, value] of Object.entries(values)) if (value !== undefined) found = found.where(column, '=', value)
  return found
}
