/** Decimal texts as they stand in a plan file. `freeUnits` are taken from the quantity before the model sees it. */
interface Modifiers {
  readonly freeUnits?: string | undefined
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
