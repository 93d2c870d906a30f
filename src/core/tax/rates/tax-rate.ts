import type { DaySpan, TaxPlace } from '../supply.ts'

/**
 * A rate: what a kind of tax is in a place, for a class of rates, from a day on until the next row of the same four. A row with `until`
 * ends without another one. A percentage, or an amount per unit in a currency.
 */
export interface TaxRate extends TaxPlace, DaySpan {
  /** A kind of `tax-kinds.ts`. */
  readonly tax: string
  /** `standard`, `reduced`, … or a class of prices such as `telecom`. */
  readonly class: string
  readonly percent?: string | undefined
  readonly perUnit?: string | undefined
  readonly currency?: string | undefined
  /** What a percentage is of: the net (so it is when nothing is said), or the net and the taxes that are computed before. */
  readonly base?: 'net' | 'net_and_earlier' | undefined
  /** As documents call the tax, where it is not the name of its kind: `HST`. */
  readonly name?: string | undefined
}

/** Where rates are from, and of which day. */
export interface RateSource {
  readonly name: string
  readonly url: string
  readonly licence: string
  readonly asOf: string
}
