import type { Plan, Rate, UsagePrice } from '../history.ts'
import type { Billable, Book, Filed } from './book.ts'
import { dayOf, periodOf } from './calendar.ts'
import type { Fraction } from './fraction.ts'
import { amountOfUses, quantityOf } from './rate-uses.ts'

export interface Counter extends Billable {
  readonly until: string
  readonly quantity: Fraction
  readonly records: number
}

/** One rate of a price, and the uses of one period that it prices, in the order in which they arrived. */
interface Pile {
  readonly plan: Plan
  readonly price: UsagePrice
  readonly cell: string
  readonly rate: Rate
  readonly from: string
  readonly until: string
  readonly uses: Filed[]
}

/** Usage of all periods, priced from all records. */
export function usageOf(book: Book): Counter[] {
  const piles = new Map<string, Pile>()
  const pileOf = (pile: Omit<Pile, 'uses'>): Pile => {
    const key = [pile.plan.code, pile.price.code, pile.cell, pile.from].join(' ')
    const found = piles.get(key) ?? { ...pile, uses: [] }
    piles.set(key, found)
    return found
  }
  for (const record of book.records) {
    const period = periodOf(book.history.anchor, book.history.cycle, dayOf(record.time, book.history.zone))
    for (const price of record.plan.prices) {
      if (price.kind !== 'usage') continue
      const meter = book.meter(price.meter)
      if (meter.eventType !== record.type) continue
      const chosen = rateFor(book, price, record)
      const group = meter.groupBy === undefined ? '' : `|${record.data[meter.groupBy]}`
      const value = meter.property === undefined ? '1' : (record.data[meter.property] ?? '')
      const cell = `${chosen.cell}${group}`
      pileOf({ plan: record.plan, price, cell, rate: chosen.rate, ...period }).uses.push({ ...record, value })
    }
  }
  return [...piles].map(([key, { price, rate, from, until, uses }]) => {
    const meter = book.meter(price.meter)
    const exact = amountOfUses(price, rate, meter, uses)
    const quantity = quantityOf(rate, meter, uses)
    return { key: `usage ${key}`, name: price.name, kind: 'usage', from, until, exact, quantity, records: uses.length }
  })
}

function rateFor(book: Book, price: UsagePrice, record: Filed): { cell: string; rate: Rate } {
  if (price.rate !== undefined) return { cell: '', rate: price.rate }
  if (price.bands !== undefined) {
    const local = Temporal.Instant.from(record.time).toZonedDateTimeISO(price.zone ?? book.history.zone)
    const day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][local.dayOfWeek - 1] ?? ''
    const clock = local.toPlainTime().toString({ smallestUnit: 'minute' })
    const band = price.bands.find(({ days, from, to }) => days.includes(day) && from <= clock && clock < to)
    if (band !== undefined) return { cell: band.name, rate: band.rate }
    if (price.otherwise !== undefined) return { cell: price.otherwise.name, rate: price.otherwise.rate }
  }
  for (const { when, rate } of price.matrix?.rates ?? [])
    if (Object.entries(when).every(([key, value]) => record.data[key] === value))
      return { cell: Object.values(when).join(', '), rate }
  throw new Error(`no rate of ${price.code} for ${record.id}`)
}
