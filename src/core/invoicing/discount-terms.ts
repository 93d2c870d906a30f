import type { LineKind } from './invoice-lines.ts'

/**
 * How much a discount takes off what it targets on one bill. Percentages and amounts are decimal texts.
 * - `percent`: a share of what is left after the discounts before it.
 * - `fixed`: an amount per bill, never more than there is; with `carryOver` the rest goes over to the next bill.
 * - `spend`: a share that grows with what the targets of the bill come to before discounts; the step reached holds for all.
 * - `loyalty`: a share that grows with the months since the target's subscription began.
 */
export type DiscountValue =
  | { readonly kind: 'percent'; readonly percent: string }
  | { readonly kind: 'fixed'; readonly amount: string; readonly carryOver: boolean }
  | { readonly kind: 'spend'; readonly steps: readonly { readonly from: string; readonly percent: string }[] }
  | { readonly kind: 'loyalty'; readonly steps: readonly { readonly months: number; readonly percent: string }[] }

/** What a coupon, or a discount that needs none, says. */
export interface DiscountTerms {
  readonly value: DiscountValue
  /** `once`: the first bill that it takes something off; `bills`: so many that it takes something off. */
  readonly duration:
    | { readonly kind: 'once' }
    | { readonly kind: 'forever' }
    | { readonly kind: 'bills'; readonly count: number }
  /** Each list narrows; absent is everything. */
  readonly targets: {
    readonly plans?: readonly string[] | undefined
    readonly prices?: readonly string[] | undefined
    readonly kinds?: readonly LineKind[] | undefined
  }
  /** A bundle: plans that the account has all of during the target's period. */
  readonly requires: readonly string[]
  /** What its targets on a bill come to, at least. */
  readonly minimum: string | null
  /** The lowest comes first, and the others work on what is left. */
  readonly priority: number
  /** Where it gives something on a bill, it is alone there. */
  readonly exclusive: boolean
  /** Of those of one group only the one that would give most on a bill. */
  readonly bestOf: string | null
}

/** A discount that an account has. */
export interface DiscountInForce {
  /** Of the redemption, or of a coupon that needs none. Names its lines. */
  readonly id: string
  readonly code: string
  readonly name: string
  readonly terms: DiscountTerms
  /** Since when the account has it: of two with one priority the older comes first. */
  readonly fromDay: string
  /** What falls due before is not discounted; null where nobody asked for a day. */
  readonly dueFrom: string | null
  /** What was billed by lines up to this id, before it was redeemed, is not discounted; null where that does not count. */
  readonly issuedAfter: string | null
  /** What falls due from this day on is not discounted any more. */
  readonly untilDay: string | null
  /** Of one subscription alone. */
  readonly subscriptionId: string | null
}
