import { compare, decimal } from '../../base/decimal.ts'
import { divideRounded, powerOfTen, type RoundingMode } from '../../base/rounding.ts'
import { NONE } from '../element-measures.ts'
import { type Modifier, type RateToModify, told } from './modifier.ts'

/** Bounds and rounding of a record's amount, at the price's amount scale and denominator. */
export interface RecordBounds {
  readonly minimum: bigint | null
  readonly maximum: bigint | null
  /** Amounts are whole multiples of this; null where they are not rounded. */
  readonly step: bigint | null
  readonly mode: RoundingMode
}

/**
 * The amount of each record, its fee included, is rounded and bounded: at least 0.10, a record of 0.03 costs 0.07 more than its
 * units. What bounds and maximum costs of records changed is a measure of the counter, and is added to the period's amount.
 */
export const perRecord: Modifier = {
  ofRecords: ({ terms, measures: { adjustedAt } }) => {
    if (adjustedAt === NONE) return null
    const label = terms.perRecord === undefined ? 'maximum cost of each record' : 'rounding and bounds of each record'
    return {
      enlarges: 1n,
      apply: (amount, aggregate) => amount + (aggregate[adjustedAt] ?? 0n),
      explain: (change) => (change === 0n ? null : told(label)),
    }
  },
  amounts: ({ perRecord: bounds }) => [bounds?.minimum, bounds?.maximum],
  check: ({ perRecord: { minimum, maximum } = {} }) =>
    minimum !== undefined && maximum !== undefined && compare(decimal(minimum), decimal(maximum)) > 0
      ? [{ path: ['perRecord', 'minimum'], message: 'the minimum is more than the maximum' }]
      : [],
}

/** Null where a rate has none. Records are rounded to no more digits than amounts have. */
export function compileBounds({
  terms,
  scales: { quantityScale, priceScale, per },
  toAmount,
}: Pick<RateToModify, 'terms' | 'scales' | 'toAmount'>): RecordBounds | null {
  if (terms.perRecord === undefined) return null
  const { scale, mode = 'half_up', minimum, maximum } = terms.perRecord
  return {
    minimum: minimum === undefined ? null : toAmount(minimum),
    maximum: maximum === undefined ? null : toAmount(maximum),
    step: scale === undefined ? null : powerOfTen(quantityScale + priceScale - scale) * per,
    mode,
  }
}

/** What a record is charged in place of its increase. One that is taken back gives back what it was charged. */
export function boundedIncrease(bounds: RecordBounds, increase: bigint, sessions: bigint): bigint {
  if (sessions < 0n) return -boundedIncrease(bounds, -increase, -sessions)
  const { minimum, maximum, step, mode } = bounds
  let amount = step === null ? increase : divideRounded(increase, step, mode) * step
  if (minimum !== null && amount < minimum) amount = minimum
  if (maximum !== null && amount > maximum) amount = maximum
  return amount
}
