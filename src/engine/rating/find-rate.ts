import { present } from '../../core/base/assert.ts'
import { attributesOf, groupFaultAt, groupIn, groupProperties } from '../../core/rating/attributes.ts'
import { type CompiledPrice, elementOfKey, type RateElement } from '../../core/rating/compiled-price.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import type { Fault } from './fault.ts'
import { rateKeyInPeriod } from './plan-slots.ts'

/** One rate of a price, and the counter that a subscription has for it in a period. */
export interface CountedRate {
  readonly meter: PricedMeter
  /** The rate; its number names it among those of all prices, for one group of records where the price has groups. */
  readonly element: RateElement
  readonly rateKeyNumber: number
  /** Of the counter, in the table of all. */
  readonly place: number
  readonly period: number
}

/**
 * The counter of a rate; it is made where there was none.
 * @param elementAt the rate's place among the price's rate elements, or NO_RATE.
 * @param values of the price's attributes.
 */
export function findRate(
  counterMemory: CounterMemory,
  {
    subscription,
    period,
    startMs,
  }: { readonly subscription: number; readonly period: number; readonly startMs: number },
  meter: PricedMeter,
  elementAt: number,
  values: readonly string[],
): CountedRate | Fault {
  const { price } = meter
  const element = price.elements[elementAt]
  if (element === undefined) return ['no_price', `price ${price.price.code} ${describeMissing(price, values)}`]
  const named =
    price.groupAt < 0
      ? (meter.cells[elementAt] as number)
      : findGroup(counterMemory, subscription, meter, elementAt, period, values)
  if (typeof named !== 'number') return named
  const rateKeyNumber = rateKeyInPeriod(counterMemory, subscription, meter, named, period, startMs)
  const { subscriptions } = counterMemory.definitions.parties
  const place = counterMemory.counters.place(
    subscription,
    rateKeyNumber,
    period,
    subscriptions.recentCounter(subscription),
  )
  subscriptions.setRecentCounter(subscription, place)
  return { meter, element, rateKeyNumber, place, period }
}

/** The rate that a counter is of. */
export function rateOf({ counters, definitions }: CounterMemory, place: number): CountedRate {
  const { cell: rateKeyNumber, period } = counters.nameOf(place)
  const [planVersionId, priceCode, name] = definitions.names.rateElement(rateKeyNumber)
  const meter = present(definitions.catalog.meterOf(planVersionId, priceCode), 'a price')
  return { meter, element: present(elementOfKey(meter.price, name), 'a rate'), rateKeyNumber, place, period }
}

/** What a price has no rate for. */
function describeMissing({ price, attributes }: CompiledPrice, values: readonly string[]): string {
  const chosen = attributesOf(price).map(
    (name) => `${name} "${(values[attributes.indexOf(name)] ?? '').slice(0, 100)}"`,
  )
  return chosen.length === 0 ? 'has no rate for this time' : `has no rate for ${chosen.join(', ')} at this time`
}

/** Groups of one price that a subscription may have in a period: each is a counter, and a line on the invoice. */
const MAX_GROUPS = 1000
/** Counts are kept for so many subscriptions and periods of a price. */
const MAX_COUNTS = 100_000

/** The number of the cell of a group, or why there can be none. */
function findGroup(
  { counters, definitions }: CounterMemory,
  subscription: number,
  meter: PricedMeter,
  elementAt: number,
  period: number,
  values: readonly string[],
): number | Fault {
  const group = groupIn(meter.price, values)
  const known = meter.groups[elementAt]?.get(group)
  if (known !== undefined && counters.has(subscription, known, period)) return known
  const wrong = groupFaultAt(meter.price, values)
  if (wrong !== null) {
    const { property, fault } = wrong
    return fault === null ? ['missing_field', `data.${property}`] : ['bad_attribute', `data.${property}: ${fault}`]
  }
  const key = `${subscription} ${period}`
  const count = meter.groupCounts.get(key) ?? countGroups({ counters, definitions }, subscription, meter, period)
  const isFull = count >= MAX_GROUPS
  if (meter.groupCounts.size >= MAX_COUNTS) meter.groupCounts.clear()
  // Whoever asks opens the counter of the group.
  meter.groupCounts.set(key, isFull ? count : count + 1)
  if (!isFull) return definitions.catalog.numberOfGroup(meter, elementAt, group)
  const properties = groupProperties(meter.price.meter).join(', ')
  return [
    'too_many_groups',
    `data.${properties}: ${MAX_GROUPS} values in a period are kept apart, "${group}" is one more`,
  ]
}

/** Counters of a price that a subscription has in a period. */
function countGroups(
  { counters, definitions }: Pick<CounterMemory, 'counters' | 'definitions'>,
  subscription: number,
  { planVersionId, price }: PricedMeter,
  period: number,
): number {
  let count = 0
  for (const place of counters.ofSubscription(subscription)) {
    const name = counters.nameOf(place)
    const [version, code] = definitions.names.rateElement(name.cell)
    if (name.period === period && version === planVersionId && code === price.price.code) count++
  }
  return count
}
