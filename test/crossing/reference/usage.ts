import type { Meter, Plan, Rate, UsagePrice } from '../history.ts'
import type { Book, Filed } from './book.ts'
import type { Charge } from './bounds.ts'
import { dayOf, periodOf } from './calendar.ts'
import { type Fraction, ZERO } from './fraction.ts'
import { amountOfUses, quantityOf } from './rate-uses.ts'

export interface Counter extends Charge {
  readonly until: string
  readonly quantity: Fraction
  readonly records: number
}

/** One rate of a price, and the uses of one period that it prices, in the order in which they arrived. */
interface Pile {
  readonly plan: Plan
  readonly price: UsagePrice
  readonly cell: string
  readonly from: string
  readonly until: string
  readonly uses: Filed[]
}

/** Usage of all periods, priced from all records. */
export function usageOf(book: Book): Counter[] {
  const piles = pilesOf(book)
  return piles.map((pile) => {
    const { plan, price, cell, from, until, uses } = pile
    const meter = book.meter(price.meter)
    const rate = rateOf(price, cell)
    const exact = amountOf(pile, piles, meter)
    const quantity = quantityOf(rate, meter, uses)
    const key = `usage ${plan.code}@${plan.version} ${price.code} ${cell} ${from}`
    const minor = exact.minor(book.digits)
    const named = { key, name: price.name, kind: 'usage' as const, ofUsage: true, plan, priceCode: price.code }
    return { ...named, from, until, due: until, exact, minor, quantity, records: uses.length }
  })
}

function pilesOf(book: Book): Pile[] {
  const piles = new Map<string, Pile>()
  for (const record of book.records) {
    const period = periodOf(book.history.anchor, book.history.cycle, dayOf(record.time, book.history.zone))
    for (const price of record.plan.prices) {
      if (price.kind !== 'usage') continue
      if (price.phases !== undefined && !price.phases.includes(record.phase ?? '')) continue
      const meter = book.meter(price.meter)
      if (meter.eventType !== record.type) continue
      const group = meter.groupBy === undefined ? '' : `|${record.data[meter.groupBy]}`
      const value = meter.property === undefined ? '1' : (record.data[meter.property] ?? '')
      const cell = `${cellFor(book, price, record)}${group}`
      const key = [record.plan.code, record.plan.version, price.code, cell, period.from].join(' ')
      const pile = piles.get(key) ?? { plan: record.plan, price, cell, ...period, uses: [] }
      piles.set(key, pile)
      pile.uses.push({ ...record, value })
    }
  }
  return [...piles.values()]
}

/**
 * Usage carries over a change of plan: where another plan had a price of this code on this meter, what was used under it
 * earlier in the period keeps its place. Each run of uses under this plan costs what all uses up to its end come to, less
 * what those before it come to.
 */
function amountOf(pile: Pile, piles: readonly Pile[], meter: Meter): Fraction {
  const { price, cell, from } = pile
  const rate = rateOf(price, cell)
  const alike = piles.filter(
    (other) =>
      other.from === from &&
      other.cell === cell &&
      other.price.code === price.code &&
      other.price.meter === price.meter,
  )
  const arrived = alike.flatMap(({ uses }) => uses)
  const byTime = arrived.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time))
  let amount = ZERO
  for (let at = 0; at < byTime.length; ) {
    let end = at
    while (end < byTime.length && byTime[end]?.plan === byTime[at]?.plan) end++
    if (byTime[at]?.plan === pile.plan) {
      const inOrder = (uses: readonly Filed[]): Filed[] => (pile.uses.length === arrived.length ? pile.uses : [...uses])
      const until = amountOfUses(price, rate, meter, inOrder(byTime.slice(0, end)))
      amount = amount.plus(at === 0 ? until : until.minus(amountOfUses(price, rate, meter, byTime.slice(0, at))))
    }
    at = end
  }
  return amount
}

/** The rate that a cell of a price has. A cell of a meter with groups has the group behind a bar. */
function rateOf(price: UsagePrice, cell: string): Rate {
  const [name = ''] = cell.split('|')
  const rate =
    price.rate ??
    price.bands?.find((band) => band.name === name)?.rate ??
    (price.otherwise?.name === name ? price.otherwise.rate : undefined) ??
    price.matrix?.rates.find(({ when }) => Object.values(when).join(', ') === name)?.rate
  if (rate === undefined) throw new Error(`no rate ${cell} of ${price.code}`)
  return rate
}

function cellFor(book: Book, price: UsagePrice, record: Filed): string {
  if (price.rate !== undefined) return ''
  if (price.bands !== undefined) {
    const local = Temporal.Instant.from(record.time).toZonedDateTimeISO(price.zone ?? book.history.zone)
    const day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][local.dayOfWeek - 1] ?? ''
    const clock = local.toPlainTime().toString({ smallestUnit: 'minute' })
    const band = price.bands.find(({ days, from, to }) => days.includes(day) && from <= clock && clock < to)
    const name = band?.name ?? price.otherwise?.name
    if (name !== undefined) return name
  }
  const entry = price.matrix?.rates.find(({ when }) =>
    Object.entries(when).every(([key, value]) => record.data[key] === value),
  )
  if (entry === undefined) throw new Error(`no rate of ${price.code} for ${record.id}`)
  return Object.values(entry.when).join(', ')
}
