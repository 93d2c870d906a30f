import type { RoundingMode } from '../base/rounding.ts'

/**
 * Decimal texts as they are in a plan file, applied in this order: a record, or a session as a whole, is rounded up to
 * increments, its free units are taken off, and it counts no further than its maximum cost; of the period's total,
 * `freeUnits` are taken before the model sees it; each record or session that is rated costs the fee; each record's
 * amount is rounded and bounded; a discount is taken off; the period's maximum holds.
 */
interface Modifiers {
  readonly freeUnits?: string | undefined
  readonly increments?: IncrementTerms | undefined
  readonly freePerSession?: string | undefined
  readonly maximumCost?: MaximumCost | undefined
  readonly connectionFee?: string | undefined
  readonly perRecord?: PerRecordTerms | undefined
  readonly discountPercent?: string | undefined
  readonly maximum?: string | undefined
}

/** Billing increments in the meter's units: 60/1 is `{ first: 60, next: 1 }`. Nothing used is nothing billed. */
interface IncrementTerms {
  readonly first: string
  readonly next: string
}

/**
 * What a record or session costs at most: what is used beyond is free; or it is not granted any more, and what is told to
 * have been used all the same is charged.
 */
interface MaximumCost {
  readonly amount: string
  readonly afterwards: 'free' | 'disconnect'
}

/** The amount of each record, its fee included: rounded to so many digits, and within bounds. */
interface PerRecordTerms {
  readonly scale?: number | undefined
  readonly mode?: RoundingMode | undefined
  readonly minimum?: string | undefined
  readonly maximum?: string | undefined
}

/** From so many units of a record, or of a session as a whole, on: another price of a unit. */
interface UnitStep {
  readonly after: string
  readonly unitAmount: string
}

export interface PerUnitTerms extends Modifiers {
  readonly model: 'per_unit'
  readonly unitAmount: string
  /** 0.2 a minute for the first 60 seconds, then 0.1: `unitAmount` 0.2, a step of 0.1 after 60. */
  readonly steps?: readonly UnitStep[] | undefined
}

/** `upTo` is the last quantity of the tier, inclusive; the last tier is open (null), unless nothing is sold beyond it. */
export interface TierTerms {
  readonly upTo: string | null
  readonly unitAmount?: string | undefined
  readonly flatAmount?: string | undefined
  /** Units in a block, of which `unitAmount` is the price and a started one is charged whole. */
  readonly size?: string | undefined
}

/** Of tiers and of what is like them. */
interface Tiered extends Modifiers {
  /** Charges without usage what the first tier, step or package costs at its beginning. */
  readonly flatOnZero?: boolean | undefined
}

/** Of tiers by quantity. */
interface Closable extends Tiered {
  /** The last tier ends: what would pass its `upTo` has no price, and is refused or put in suspense. */
  readonly beyond?: 'no_price' | undefined
}

export interface TieredTerms extends Closable {
  readonly model: 'graduated' | 'volume'
  readonly tiers: readonly TierTerms[]
}

export interface StairstepTerms extends Closable {
  readonly model: 'stairstep'
  readonly tiers: readonly { readonly upTo: string | null; readonly amount: string }[]
}

export interface FlatTerms extends Tiered {
  readonly model: 'flat'
  readonly amount: string
}

export interface PackageTerms extends Tiered {
  readonly model: 'package'
  readonly amount: string
  /** Units in a package; a started package is charged whole. */
  readonly size: string
}

/** The meter counts money: a share of each record's amount, and what an event costs besides. */
export interface PercentageTerms extends Modifiers {
  readonly model: 'percentage'
  readonly percent: string
  readonly fixedPerEvent?: string | undefined
  readonly minimumPerEvent?: string | undefined
  readonly maximumPerEvent?: string | undefined
  /** An event is free while both its number and the running total, as far as they are set, are within these. */
  readonly freeEvents?: number | undefined
  readonly freeAmount?: string | undefined
}

/** The meter counts money: a share of the period's total, by tiers. */
export interface GraduatedPercentageTerms extends Closable {
  readonly model: 'graduated_percentage'
  readonly tiers: readonly {
    readonly upTo: string | null
    readonly percent: string
    readonly flatAmount?: string | undefined
  }[]
}

/** The meter counts money that the records carry: it is charged times a factor. */
export interface DynamicTerms extends Modifiers {
  readonly model: 'dynamic'
  readonly factor: string
}

/** The meter counts what the usage cost the seller: it is charged with a markup. */
export interface CostPlusTerms extends Modifiers {
  readonly model: 'cost_plus'
  readonly markupPercent: string
}

export type RateTerms =
  | PerUnitTerms
  | TieredTerms
  | StairstepTerms
  | FlatTerms
  | PackageTerms
  | PercentageTerms
  | GraduatedPercentageTerms
  | DynamicTerms
  | CostPlusTerms
