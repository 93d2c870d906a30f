import { decimal, toScale } from '../base/decimal.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import { divideRounded } from '../base/rounding.ts'
import type { Allowance } from '../catalog/plan.ts'

/** A stretch of a subscription's life as its allowances see it. */
export interface GivenSpan {
  readonly fromMs: number
  /** Calendar days since 1 January 1970, half-open: a day belongs to the last stretch that touches it. None where they are equal. */
  readonly fromDay: number
  readonly untilDay: number
  readonly seats: number
  /** What the plan gives; nothing while the subscription is paused. */
  readonly allowances: readonly Allowance[]
}

/** The calendar days of a billing period, half-open, since 1 January 1970. */
export interface GivenDays {
  readonly fromDay: number
  readonly untilDay: number
}

/** Whether an allowance follows the seats or the days of a subscription; others are given whole, once. */
export function isShared({ perSeat = false, proration = 'none' }: Allowance): boolean {
  return perSeat || proration === 'day'
}

/**
 * What an allowance comes to in a period, as it is known at a moment, at UNIT_SCALE. By `day` each seat counts for the days that
 * it is there: those gone by, and those until it is known to go. Without proration the most seats of the period count whole.
 * Example, by day: 10 a seat, one seat, three from day 16 of 30: 10 until then, from then on 10 + 2 × 10 × 15/30 = 20.
 * @param spans in order. Those that begin later can only take something away: what they add is given when they begin.
 */
export function allowanceAt(
  allowance: Allowance,
  spans: readonly GivenSpan[],
  { fromDay, untilDay }: GivenDays,
  atMs: number,
): bigint {
  const scale = (amount: string): bigint => toScale(decimal(amount), UNIT_SCALE)
  const wholeOf = ({ allowances, seats }: GivenSpan): bigint => {
    const given = allowances.find(({ code }) => code === allowance.code)
    if (given === undefined) return 0n
    return scale(given.amount) * (given.perSeat === true ? BigInt(seats) : 1n)
  }
  const daysOf = (span: GivenSpan): bigint =>
    BigInt(Math.max(0, Math.min(span.untilDay, untilDay) - Math.max(span.fromDay, fromDay)))
  const begun = spans.filter(({ fromMs }) => fromMs <= atMs)
  const inPeriod = begun.filter((span) => span.untilDay > fromDay && span.fromDay < untilDay)
  if (allowance.proration !== 'day')
    return inPeriod.map(wholeOf).reduce((most, whole) => (whole > most ? whole : most), 0n)
  let sum = begun.reduce((days, span) => days + wholeOf(span) * daysOf(span), 0n)
  let last = begun.at(-1)
  let kept = last === undefined ? 0n : wholeOf(last)
  for (const span of spans.slice(begun.length)) {
    const whole = span.fromDay > (last?.untilDay ?? span.fromDay) ? 0n : wholeOf(span)
    if (whole < kept) kept = whole
    sum += kept * daysOf(span)
    last = span
  }
  return divideRounded(sum, BigInt(untilDay - fromDay), 'half_up')
}
