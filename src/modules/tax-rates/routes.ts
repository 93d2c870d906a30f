import { z } from 'zod'
import { keyOf, rateOn } from '../../core/tax/rates/rate-table.ts'
import { readRates } from '../../core/tax/rates/read-rates.ts'
import { RATE_FILES } from '../../core/tax/rates/shipped-rates.ts'
import type { RateSource, TaxRate } from '../../core/tax/rates/tax-rate.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { day } from '../../platform/http/dates.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { taxRatesAdded } from './events.ts'
import * as store from './store.ts'

/** Rows of one request; the CLI sends larger files in parts. */
const MAX_ROWS = 2_000
const BODY_LIMIT = 2 * 1024 * 1024
/** All own rows of a tenant: more than the counties and cities of the USA have with all their classes. */
const MAX_OWN = 200_000
/** Rows of one answer. */
const MAX_SHOWN = 5_000
/** Mistakes that one answer names. */
const MAX_FAULTS = 20

const text = z.string()
const rate = z
  .strictObject({
    country: text,
    region: text.optional(),
    county: text.optional(),
    city: text.optional(),
    tax: text.describe('A kind of tax: vat, gst, state_tax, levy, …'),
    class: text.describe('standard, reduced, …, general, goods, telecom, mobile, electronic or sim_card'),
    from: text,
    until: text.optional(),
    percent: text.optional(),
    perUnit: text.optional(),
    currency: text.optional(),
    base: text.optional(),
    name: text.optional(),
  })
  .meta({ id: 'TaxRate' })

const source = z.strictObject({ name: text, url: text, licence: text, asOf: z.iso.date() })
const listed = z.strictObject({
  items: z.array(
    z.strictObject({ ...rate.shape, isOwn: z.boolean(), source: text, asOf: z.iso.date().describe('Of its source') }),
  ),
  sources: z.array(source).describe('Of the rates that come with Kvit'),
})
const added = z.strictObject({ added: z.int(), known: z.int().describe('Rows that were there as they are') })

/** Rates of tax: those that come with Kvit, and rows of one's own. */
export function taxRateRoutes(): Route[] {
  const common = { url: '/v1/tax-rates', tag: 'Tax' } as const
  return [
    readRoute({
      ...common,
      scope: 'catalog:read',
      summary: 'Rates of tax with where they are from: own rows, and those that come with Kvit',
      query: z.object({
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, 'write two capital letters such as DE')
          .optional(),
        on: day.optional().describe('Those that hold on a day; else all that ever held'),
        own: z.stringbool().optional().describe('Own rows alone'),
      }),
      answer: listed,
      handle: async ({ db }, { query }) => listRates(db, query),
    }),
    writeRoute({
      ...common,
      scope: 'catalog:write',
      summary: 'Add rates of your own: they take the place of shipped ones of the same place, tax and class',
      status: 201,
      bodyLimit: BODY_LIMIT,
      body: z.strictObject({
        source: textUpTo(200).describe('Where they are from'),
        asOf: day.describe('The day as of which they are so there'),
        rates: z.array(rate).min(1).max(MAX_ROWS),
      }),
      answer: added,
      handle: async ({ db, nowMs }, { body }) => addRates(db, body, nowMs),
    }),
  ]
}

async function addRates(
  db: Database,
  { source: from, asOf, rates: rows }: { source: string; asOf: string; rates: readonly object[] },
  nowMs: number,
): Promise<z.infer<typeof added>> {
  const { rates, faults } = readRates(rows)
  if (faults.length > 0) throw new Refusal('unprocessable', faults.slice(0, MAX_FAULTS).join('; '))
  const own = new Map((await store.listOwnRates(db)).map(({ content }) => [store.nameOf(content), content]))
  const fresh = rates.filter((row) => !isSameRate(own.get(store.nameOf(row)), row))
  if ((await store.countOwnRates(db)) + fresh.length > MAX_OWN)
    throw new Refusal('unprocessable', `a tenant has at most ${MAX_OWN} rates of its own`)
  if (fresh.length === 0) return { added: 0, known: rates.length }
  const createdAt = new Date(nowMs)
  const drafts = fresh.map((content) => ({ id: newId(), content, source: from, asOf, createdAt }))
  await store.insertRates(db, drafts)
  const countries = [...new Set(fresh.map(({ country }) => country))].sort()
  const told = { rates: fresh.length, countries, source: from, asOf }
  await publish(db, [eventOf(taxRatesAdded, { objectId: drafts[0]?.id as string }, told)], nowMs)
  return { added: fresh.length, known: rates.length - fresh.length }
}

function isSameRate(known: TaxRate | undefined, row: TaxRate): boolean {
  const inOrder = (one: TaxRate): string => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
  return known !== undefined && inOrder(known) === inOrder(row)
}

type ShownRate = TaxRate & { readonly isOwn: boolean; readonly source: string; readonly asOf: string }

async function listRates(
  db: Database,
  query: { country?: string | undefined; on?: string | undefined; own?: boolean | undefined },
): Promise<object> {
  const own = (await store.listOwnRates(db)).map(({ content, source: from, asOf }): ShownRate => {
    return { ...content, isOwn: true, source: from, asOf }
  })
  const replaced = new Set(own.map(keyOf))
  const files = query.own === true ? [] : RATE_FILES
  const shipped = files.flatMap(({ rates, sources }) => {
    const [first] = sources as readonly [RateSource]
    return rates
      .filter((one) => !replaced.has(keyOf(one)))
      .map((one): ShownRate => ({ ...one, isOwn: false, source: first.name, asOf: first.asOf }))
  })
  const found = [...own, ...shipped].filter(({ country }) => query.country === undefined || country === query.country)
  const { on } = query
  const items =
    on === undefined
      ? found
      : [...Map.groupBy(found, keyOf).values()].flatMap((rows) => (rateOn(rows, on) as ShownRate | null) ?? [])
  if (items.length > MAX_SHOWN)
    throw new Refusal('unprocessable', `there are ${items.length} rates; ask for those of one country`)
  const sources = new Map(files.flatMap((file) => file.sources).map((one) => [one.name, one]))
  return { items, sources: [...sources.values()] }
}
