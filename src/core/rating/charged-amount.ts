import { type Exact, exact } from '../base/exact.ts'
import { divideRounded } from '../base/rounding.ts'
import { carriedPart } from './carried-usage.ts'
import { NONE } from './cell-measures.ts'
import type { Cell, CompiledPrice } from './compiled-price.ts'
import type { Aggregate } from './models/price-model.ts'

/** What the model sees of an aggregate: the quantity as it is converted, less the free units. */
export function toPriced({ modifiers }: Cell, aggregate: Aggregate): Aggregate {
  const used = aggregate[0] as bigint
  let quantity = used
  for (const modifier of modifiers.ofQuantity) quantity = modifier.apply(quantity)
  return quantity === used ? aggregate : [quantity, ...aggregate.slice(1)]
}

/** Whether a period's quantity, with so much more, has a price. */
export function hasPrice(cell: Cell, aggregate: Aggregate, more = 0n): boolean {
  if (cell.lastPriced === null) return true
  const [quantity, ...rest] = aggregate as [bigint, ...bigint[]]
  return (toPriced(cell, [quantity + more, ...rest])[0] as bigint) <= cell.lastPriced
}

/** Money at scale quantityScale + priceScale, times `per`: the model's, with fees of sessions and what bounds of records have changed. */
export function recordedAmount(cell: Cell, aggregate: Aggregate): bigint {
  let amount = cell.model.amountFor(cell.compiled, toPriced(cell, aggregate))
  for (const modifier of cell.modifiers.ofRecords) amount = modifier.apply(amount, aggregate)
  return amount
}

/** Money at scale quantityScale + priceScale + discountDigits, times `per`; of usage that was carried over, too. */
export function amountOf(cell: Cell, aggregate: Aggregate): bigint {
  let amount = recordedAmount(cell, aggregate)
  for (const modifier of cell.modifiers.ofPeriod) amount = modifier.apply(amount, aggregate)
  return amount
}

/** What the price is of the usage that a counter began with; none where nothing was used before. */
export function carriedAmount(cell: Cell, aggregate: Aggregate): bigint {
  const carried = carriedPart(cell.measures, aggregate)
  const later = carried === null || isNothing(carried) ? 0n : amountOf(cell, carried)
  if (cell.formerAt === NONE || aggregate.length <= cell.formerAt) return later
  const former = aggregate.slice(cell.formerAt, cell.adjustedAt)
  return isNothing(former) ? later : later + amountOf(cell, former)
}

function isNothing(aggregate: Aggregate): boolean {
  return aggregate.every((measure) => measure === 0n)
}

/** The exact price of a period's aggregate, before any rounding. */
export function exactAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): Exact {
  const { quantityScale, priceScale, per } = price.scales
  const amount = amountOf(cell, aggregate) - carriedAmount(cell, aggregate)
  return exact(amount, quantityScale + priceScale + price.discountDigits, per)
}

/**
 * What has been charged when the aggregate stands here: the price at the currency's rating scale, half-up. Whole and
 * beginning are rounded each, so that counters which follow each other at equal prices add up to one that counts all.
 */
export function chargedAmount(price: CompiledPrice, cell: Cell, aggregate: Aggregate): bigint {
  const whole = toRating(price, amountOf(cell, aggregate))
  const carried = carriedAmount(cell, aggregate)
  return carried === 0n ? whole : whole - toRating(price, carried)
}

function toRating({ toRating: { factor, divisor } }: CompiledPrice, amount: bigint): bigint {
  return divisor === 1n ? amount * factor : divideRounded(amount * factor, divisor, 'half_up')
}
