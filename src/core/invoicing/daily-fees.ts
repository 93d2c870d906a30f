import { currencyOf } from '../base/currency.ts'
import { roundExact } from '../base/exact.ts'
import { type DayPeriod, periodAt, periodIndexOf } from '../base/period.ts'
import type { RecurringPrice } from '../catalog/plan.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import { type Course, recurringDue } from './recurring.ts'

/** The period of a recurring price that a day lies in. */
export function periodOfDay({ every }: RecurringPrice, anchor: string, day: string): DayPeriod {
  return periodAt(anchor, every, periodIndexOf(anchor, every, day))
}

/** Whether a price is charged for a day. */
export function isDayOf({ applies, intervals }: Course, day: string): boolean {
  return intervals.some(
    (interval) =>
      interval.owned !== null &&
      interval.owned.start <= day &&
      (interval.owned.end === null || day < interval.owned.end) &&
      applies(interval),
  )
}

/**
 * What one day of a fee costs, in minor units: what the period comes to up to its end, rounded half-up, less what it came to
 * before. So the days of a period add up to its price, rounded once. Example: 40.00 a month of 30 days are 1.33, 1.34, 1.33,
 * and so on, and 40.00 in the end.
 */
export function dayOfFee(price: RecurringPrice, course: Course, day: string, currency: string): bigint {
  const until = (end: string): bigint => {
    const due = recurringDue(
      { ...price, timing: 'arrears' },
      { ...course, intervals: cutAt(course.intervals, end) },
      end,
    )
    const start = periodOfDay(price, course.anchor, day).start
    const amount = due.find(({ period }) => period.start === start)?.amount
    return amount === undefined ? 0n : roundExact(amount, currencyOf(currency).minorDigits)
  }
  return until(nextDay(day)) - until(day)
}

export function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

function cutAt(intervals: readonly LocalInterval[], end: string): LocalInterval[] {
  const cut = <T extends { start: string; end: string | null }>(range: T): T =>
    range.end === null || range.end > end ? { ...range, end } : range
  return intervals
    .filter(({ touched }) => touched.start < end)
    .map((interval) => {
      const owned = interval.owned === null || interval.owned.start >= end ? null : cut(interval.owned)
      return { ...interval, touched: cut(interval.touched), owned }
    })
}
