import { type Exact, exact } from '../base/exact.ts'
import { divideRounded } from '../base/rounding.ts'
import { carriedPart } from './carried-usage.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import { NONE } from './element-measures.ts'
import type { Aggregate } from './models/price-model.ts'

/** What the model sees of an aggregate: the quantity as it is converted, less the free units. */
export function toPriced({ modifiers }: RateElement, aggregate: Aggregate): Aggregate {
  const used = aggregate[0] as bigint
  let quantity = used
  for (const modifier of modifiers.ofQuantity) quantity = modifier.apply(quantity)
  return quantity === used ? aggregate : [quantity, ...aggregate.slice(1)]
}

/** Whether a period's quantity, with so much more, has a price. */
export function hasPrice(element: RateElement, aggregate: Aggregate, more = 0n): boolean {
  if (element.lastPriced === null) return true
  const [quantity, ...rest] = aggregate as [bigint, ...bigint[]]
  return (toPriced(element, [quantity + more, ...rest])[0] as bigint) <= element.lastPriced
}

/** Money at scale quantityScale + priceScale, times `per`: the model's, with fees of sessions and what bounds of records have changed. */
export function recordedAmount(element: RateElement, aggregate: Aggregate): bigint {
  let amount = element.model.amountFor(element.compiled, toPriced(element, aggregate))
  for (const modifier of element.modifiers.ofRecords) amount = modifier.apply(amount, aggregate)
  return amount
}

/** Money at scale quantityScale + priceScale + discountDigits, times `per`; of usage that was carried over, too. */
export function amountOf(element: RateElement, aggregate: Aggregate): bigint {
  let amount = recordedAmount(element, aggregate)
  for (const modifier of element.modifiers.ofPeriod) amount = modifier.apply(amount, aggregate)
  return amount
}

/** What the price is of the usage that a counter began with; none where nothing was used before. */
export function carriedAmount(element: RateElement, aggregate: Aggregate): bigint {
  const carried = carriedPart(element.measures, aggregate)
  const later = carried === null || isNothing(carried) ? 0n : amountOf(element, carried)
  if (element.formerAt === NONE || aggregate.length <= element.formerAt) return later
  const former = aggregate.slice(element.formerAt, element.adjustedAt)
  return isNothing(former) ? later : later + amountOf(element, former)
}

function isNothing(aggregate: Aggregate): boolean {
  return aggregate.every((measure) => measure === 0n)
}

/** The exact price of a period's aggregate, before any rounding. */
export function exactAmount(price: CompiledPrice, element: RateElement, aggregate: Aggregate): Exact {
  const { quantityScale, priceScale, per } = price.scales
  const amount = amountOf(element, aggregate) - carriedAmount(element, aggregate)
  return exact(amount, quantityScale + priceScale + price.discountDigits, per)
}

/**
 * What has been charged at an aggregate: the price at the currency's rating scale, half-up. Whole and
 * beginning are rounded each, so that counters which follow each other at equal prices add up to one that counts all.
 */
export function chargedAmount(price: CompiledPrice, element: RateElement, aggregate: Aggregate): bigint {
  const whole = toRating(price, amountOf(element, aggregate))
  const carried = carriedAmount(element, aggregate)
  return carried === 0n ? whole : whole - toRating(price, carried)
}

function toRating({ toRating: { factor, divisor } }: CompiledPrice, amount: bigint): bigint {
  return divisor === 1n ? amount * factor : divideRounded(amount * factor, divisor, 'half_up')
}
