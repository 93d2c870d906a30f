import type { Meter, Plan, Rate, UsagePrice } from '../history.ts'
import type { Book, Filed } from './book.ts'
import type { Charge } from './bounds.ts'
import { dayOf, periodOf } from './calendar.ts'
import { deckRate, destinationOf } from './deck.ts'
import { type Fraction, ZERO } from './fraction.ts'
import { restartsOf } from './life.ts'
import { amountOfUses, numberOf, quantityOf, sessionUnits } from './rate-uses.ts'

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
  /** Of a plan that is taken up again in a period: since when. */
  readonly visit: string
  readonly from: string
  readonly until: string
  readonly uses: Filed[]
}

/** Usage of all periods, priced from all records. */
export function usageOf(book: Book): Counter[] {
  const piles = pilesOf(book)
  return piles.map((pile) => {
    const { plan, price, cell, visit, from, until, uses } = pile
    const meter = book.meter(price.meter)
    const rate = rateOf(book, price, cell)
    const exact = amountOf(book, pile, piles, meter)
    const quantity = quantityOf(rate, meter, uses)
    const key = `usage ${plan.code}@${plan.version} ${price.code} ${cell} ${visit} ${from}`
    const minor = exact.minor(book.digits)
    const place = {
      shownFrom: from,
      rank: plan.prices.indexOf(price),
      cell: `${cell}${visit}`,
      charges: 'usage' as const,
    }
    const named = {
      key,
      name: price.name,
      kind: 'usage' as const,
      ofUsage: true,
      plan,
      priceCode: price.code,
      ...place,
    }
    return { ...named, from, until, due: until, exact, minor, quantity, records: uses.length }
  })
}

/** What a record brings to the price that it is charged by, after increments: what an allowance may cover. */
export function unitsOf(book: Book, record: Filed): Fraction {
  for (const price of pricesOf(book, record)) {
    const meter = book.meter(price.meter)
    const value = meter.property === undefined ? '1' : (record.data[meter.property] ?? '')
    const rate = rateOf(book, price, elementFor(book, price, record))
    return sessionUnits(rate, numberOf(meter, { ...record, value }))
  }
  return ZERO
}

/** The prices of a record's plan that hold in its phase and read its type. */
function pricesOf(book: Book, record: Filed): UsagePrice[] {
  return record.plan.prices.flatMap((price) => {
    if (price.kind !== 'usage' || book.meter(price.meter).eventType !== record.type) return []
    return price.phases === undefined || price.phases.includes(record.phase ?? '') ? [price] : []
  })
}

function pilesOf(book: Book): Pile[] {
  const piles = new Map<string, Pile>()
  for (const record of book.records) {
    const period = periodOf(book.history.anchor, book.history.cycle, dayOf(record.time, book.history.zone))
    for (const price of pricesOf(book, record)) {
      const meter = book.meter(price.meter)
      const group = meter.groupBy === undefined ? '' : `|${record.data[meter.groupBy]}`
      const value = meter.property === undefined ? '1' : (record.data[meter.property] ?? '')
      const cell = `${elementFor(book, price, record)}${group}`
      const { plan, visit } = record
      const key = [plan.code, plan.version, price.code, cell, visit, period.from].join(' ')
      const pile = piles.get(key) ?? { plan, price, cell, visit, ...period, uses: [] }
      piles.set(key, pile)
      pile.uses.push({ ...record, value })
    }
  }
  return [...piles.values()]
}

/**
 * Usage carries over a change of plan: where another plan had a price of this code on this meter, what was used under it
 * earlier in the period keeps its place. Each run of uses under this plan costs what all uses up to its end come to, less
 * what those before it come to. A change that restarts usage ends what is carried.
 */
function amountOf(book: Book, pile: Pile, piles: readonly Pile[], meter: Meter): Fraction {
  const { price, cell, from } = pile
  const rate = rateOf(book, price, cell)
  const alike = piles.filter(
    (other) =>
      other.from === from &&
      other.cell === cell &&
      other.price.code === price.code &&
      other.price.meter === price.meter,
  )
  const restarts = restartsOf(book.life())
  const countedSince = ({ time }: Filed): number => restarts.filter((restart) => restart <= Date.parse(time)).length
  let amount = ZERO
  for (const own of Map.groupBy(
    alike.flatMap(({ uses }) => uses),
    countedSince,
  ).values()) {
    const byTime = own.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time))
    const isOne = own.every((use) => pile.uses.includes(use))
    for (let at = 0; at < byTime.length; ) {
      const isOwn = pile.uses.includes(byTime[at] as Filed)
      let end = at
      while (end < byTime.length && pile.uses.includes(byTime[end] as Filed) === isOwn) end++
      if (isOwn) {
        const until = amountOfUses(price, rate, meter, isOne ? own : byTime.slice(0, end))
        amount = amount.plus(at === 0 ? until : until.minus(amountOfUses(price, rate, meter, byTime.slice(0, at))))
      }
      at = end
    }
  }
  return amount
}

/** The rate that a cell of a price has. A cell of a meter with groups has the group behind a bar. */
function rateOf(book: Book, price: UsagePrice, cell: string): Rate {
  const [name = ''] = cell.split('|')
  const rate =
    price.rate ??
    price.bands?.find((band) => band.name === name)?.rate ??
    (price.otherwise?.name === name ? price.otherwise.rate : undefined) ??
    price.matrix?.rates.find(({ when }) => Object.values(when).join(', ') === name)?.rate ??
    price.schedule?.rates.find(({ value }) => value === name)?.rate ??
    (price.deck === undefined ? undefined : deckRate(book, price.deck, name))
  if (rate === undefined) throw new Error(`no rate ${cell} of ${price.code}`)
  return rate
}

function elementFor(book: Book, price: UsagePrice, record: Filed): string {
  if (price.rate !== undefined) return ''
  if (price.bands !== undefined) {
    const local = Temporal.Instant.from(record.time).toZonedDateTimeISO(price.zone ?? book.history.zone)
    const day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][local.dayOfWeek - 1] ?? ''
    const clock = local.toPlainTime().toString({ smallestUnit: 'minute' })
    const band = price.bands.find(({ days, from, to }) => days.includes(day) && from <= clock && clock < to)
    const name = band?.name ?? price.otherwise?.name
    if (name !== undefined) return name
  }
  if (price.schedule !== undefined) {
    const { zone, days } = book.history.signal
    const value = days.find(({ day }) => day === dayOf(record.time, zone))?.value
    if (value !== undefined) return value
  }
  if (price.deck !== undefined) return destinationOf(book, record.data[price.deck.key] ?? '', record.time)
  const entry = price.matrix?.rates.find(({ when }) =>
    Object.entries(when).every(([key, value]) => record.data[key] === value),
  )
  if (entry === undefined) throw new Error(`no rate of ${price.code} for ${record.id}`)
  return Object.values(entry.when).join(', ')
}
