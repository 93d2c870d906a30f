import { divideRounded, powerOfTen, type RoundingMode } from '../base/rounding.ts'
import type { PerRecordTerms } from '../catalog/rate-terms.ts'

/** Bounds and rounding of a record's amount, at the price's amount scale and denominator. */
export interface RecordBounds {
  readonly minimum: bigint | null
  readonly maximum: bigint | null
  /** Amounts are whole multiples of this; null where they are not rounded. */
  readonly step: bigint | null
  readonly mode: RoundingMode
}

/** @param amountScale digits of amounts, which are times `per`; no fewer than records are rounded to. */
export function compileBounds(
  { scale, mode = 'half_up', minimum, maximum }: PerRecordTerms,
  toAmount: (text: string) => bigint,
  amountScale: number,
  per: bigint,
): RecordBounds {
  return {
    minimum: minimum === undefined ? null : toAmount(minimum),
    maximum: maximum === undefined ? null : toAmount(maximum),
    step: scale === undefined ? null : powerOfTen(amountScale - scale) * per,
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
