/**
 * Decimal texts as they stand in a plan file. A record, or a session as a whole, is rounded up to increments; of the
 * period's total, `freeUnits` are taken before the model sees it; each record or session that is rated costs the fee.
 */
interface Modifiers {
  readonly freeUnits?: string | undefined
  readonly increments?: IncrementTerms | undefined
  readonly connectionFee?: string | undefined
}

/** Billing increments in the meter's units: 60/1 is `{ first: 60, next: 1 }`. Nothing used is nothing billed. */
interface IncrementTerms {
  readonly first: string
  readonly next: string
  /** What the first increment costs as a whole, in place of the price of its units. With `per_unit` only. */
  readonly firstAmount?: string | undefined
  /** Units of one session that are billed at most: what goes beyond is free. */
  readonly most?: string | undefined
}

export interface PerUnitTerms extends Modifiers {
  readonly model: 'per_unit'
  readonly unitAmount: string
}

/** `upTo` is the last quantity of the tier, inclusive; the last tier is open (null). */
export interface TierTerms {
  readonly upTo: string | null
  readonly unitAmount?: string | undefined
  readonly flatAmount?: string | undefined
}

export interface TieredTerms extends Modifiers {
  readonly model: 'graduated' | 'volume'
  readonly tiers: readonly TierTerms[]
  /** Charges the first tier's flat amount without usage. */
  readonly flatOnZero?: boolean | undefined
}

export interface PackageTerms extends Modifiers {
  readonly model: 'package'
  readonly amount: string
  /** Units in a package; a started package is charged whole. */
  readonly size: string
}

export type RateTerms = PerUnitTerms | TieredTerms | PackageTerms
