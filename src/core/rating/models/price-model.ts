import type { CatalogIssue } from '../../catalog/plan.ts'

/**
 * What a counter holds for a model: integers that only the model interprets. The first is always the quantity. A model
 * that needs more (number of events, carried amount, amount after per-event limits) declares more measures.
 */
export type Aggregate = readonly bigint[]

/** What one record brings to a price. */
export interface Use {
  /** Increase of the meter's aggregate, at the meter's scale. Negative where a meter can fall (latest, corrections). */
  readonly quantity: bigint
  /** Sessions that begin to be rated with this use: 1 for a record of its own, 0 where a session continues. */
  readonly sessions?: bigint
  /** What its last unit costs less than the others (`cutOf`); negative where a use is taken back. */
  readonly cut?: bigint
}

/** How the decimals of one price become integers: quantities and unit amounts each have one scale. */
export interface PriceScales {
  readonly quantityScale: number
  readonly priceScale: number
  /** Common denominator of all unit amounts (`per`). */
  readonly per: bigint
}

/** One step of an explanation: `units` at `unitAmount` each, plus `flatAmount`, make `amount`. Texts are exact. */
export interface PricedPart {
  readonly label: string
  readonly units: bigint
  /** Units are blocks, packages or sessions: the price is for each of them, whatever `per` says of units. */
  readonly isCounted?: boolean
  readonly unitAmount: string | null
  readonly flatAmount: string | null
  /** At the price's amount scale and denominator. */
  readonly amount: bigint
}

/**
 * A price is a function from a period's aggregate to an amount; a charge is its increase:
 * `charge = amountFor(after) − amountFor(before)`. So charges always add up to `amountFor(total)`, in any order of
 * records and however a period is cut.
 */
export interface PriceModel<Terms, Compiled> {
  /** How many integers the aggregate has. */
  readonly measures: number
  /** Each record has an amount of its own: a session cannot be charged in parts, nor its quantity be changed. */
  readonly isPerEvent?: true
  /** Every unit has the same price: a quantity below zero is credited. Others count it as nothing used. */
  readonly isLinear?: true
  /** The meter counts money: no number of seats has such a price. */
  readonly isOfMoney?: true
  /** Rules that no schema can express, such as the order of tiers. Paths are relative to the terms. */
  check(terms: Terms): CatalogIssue[]
  /** Every money text of the terms: the price's scale is the longest of them. */
  amounts(terms: Terms): string[]
  /** Every quantity text of the terms: none may have more digits than the meter. */
  quantities(terms: Terms): string[]
  compile(terms: Terms, scales: PriceScales): Compiled
  /** The aggregate after one more record. */
  accumulate(compiled: Compiled, aggregate: Aggregate, use: Use): Aggregate
  /** @returns money at scale quantityScale + priceScale, times `per`: an exact integer. */
  amountFor(compiled: Compiled, aggregate: Aggregate): bigint
  /** The last quantity that has a price; none, where every quantity has one. */
  lastPriced?(compiled: Compiled): bigint | null
  /** Quantities at which the amount may turn or jump: between two neighbours it only rises or only falls. */
  breakpoints(compiled: Compiled): readonly bigint[]
  explain(compiled: Compiled, aggregate: Aggregate): PricedPart[]
}

/** The aggregate of every model that needs the quantity alone. */
export function addQuantity(_compiled: unknown, aggregate: Aggregate, use: Use): Aggregate {
  return [(aggregate[0] as bigint) + use.quantity]
}

export function quantityOf(aggregate: Aggregate): bigint {
  return aggregate[0] as bigint
}
