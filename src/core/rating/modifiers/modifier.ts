import type { CatalogIssue, Meter, UsagePrice } from '../../catalog/plan.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import type { ElementMeasures } from '../element-measures.ts'
import type { Aggregate, PricedPart, PriceScales } from '../models/price-model.ts'

/** A rate with all that its modifiers are made from. */
export interface RateToModify {
  readonly terms: RateTerms
  readonly price: Pick<UsagePrice, 'convert' | 'belowZero'>
  readonly meter: Pick<Meter, 'scale' | 'negative'>
  readonly scales: PriceScales
  /** Digits that discounts of the price add to amounts. */
  readonly discountDigits: number
  readonly measures: ElementMeasures
  /** A text of money at the scale and denominator of amounts. */
  readonly toAmount: (text: string) => bigint
}

/** A step before the model: what of a period's quantity the next step sees. Rising quantities give rising ones. */
export interface QuantityModifier {
  apply(quantity: bigint): bigint
  /** The last quantity in [low, high) of which the next step sees no more than `limit`; null where there is none. */
  lastWithin(limit: bigint, low: bigint, high: bigint): bigint | null
}

/** A step after the model: what becomes of a period's amount. */
export interface AmountModifier {
  apply(amount: bigint, aggregate: Aggregate): bigint
  /** By how much its amounts have a finer scale than those before it: 1 where it is the same. */
  readonly enlarges: bigint
  /** What an explanation says of it, by how much it changed the amount; null where that is nothing. */
  explain(change: bigint, aggregate: Aggregate): Omit<PricedPart, 'amount'> | null
}

/**
 * One thing that a rate may say besides its model. Each has a file; `modifiers.ts` lists them in the order in which they hold.
 * A modifier makes at most one step, and none where the rate does not name it.
 */
export interface Modifier {
  /** Of the period's quantity. */
  readonly ofQuantity?: (rate: RateToModify) => QuantityModifier | null
  /** Of the amount, where records and sessions have a part in it. */
  readonly ofRecords?: (rate: RateToModify) => AmountModifier | null
  /** Of the amount of the period as a whole. */
  readonly ofPeriod?: (rate: RateToModify) => AmountModifier | null
  /** Its texts of money: the price's scale is the longest of all. */
  readonly amounts?: (terms: RateTerms) => readonly (string | undefined)[]
  /** Rules that no schema can express. Paths are relative to the terms. */
  readonly check?: (terms: RateTerms) => CatalogIssue[]
}

/** A part of an explanation that has a label and an amount alone. */
export function told(label: string): Omit<PricedPart, 'amount'> {
  return { label, units: 0n, unitAmount: null, flatAmount: null }
}
