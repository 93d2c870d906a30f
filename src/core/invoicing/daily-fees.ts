import { currencyOf } from '../base/currency.ts'
import { roundExact } from '../base/exact.ts'
import { type DayPeriod, periodAt, periodIndexOf } from '../base/period.ts'
import type { RecurringPrice } from '../catalog/plan.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import { type BillingTimeline, recurringDue } from './recurring.ts'

/** The period of a recurring price that a day lies in. */
export function periodOfDay({ every }: RecurringPrice, anchor: string, day: string): DayPeriod {
  return periodAt(anchor, every, periodIndexOf(anchor, every, day))
}

/** Whether a price is charged for a day. */
export function isDayOf(timeline: BillingTimeline, day: string): boolean {
  return stretchesOf(timeline).some(({ start, end }) => start <= day && (end === null || day < end))
}

/** The days for which a price is charged, in their order. @param last no day after it */
export function daysUntil(timeline: BillingTimeline, last: string): string[] {
  const days: string[] = []
  for (const { start, end } of stretchesOf(timeline))
    for (let day = start; day <= last && (end === null || day < end); day = nextDay(day)) days.push(day)
  return days
}

function stretchesOf({
  applies,
  intervals,
}: BillingTimeline): { readonly start: string; readonly end: string | null }[] {
  return intervals.flatMap((interval) => (interval.owned !== null && applies(interval) ? [interval.owned] : []))
}

/**
 * What one day of a fee costs, in minor units: what the period comes to up to its end, rounded half-up, less what it came to
 * before. So the days of a period add up to its price, rounded once. Example: 40.00 a month of 30 days are 1.33, 1.34, 1.33,
 * and so on, and 40.00 in the end.
 */
export function dayOfFee(price: RecurringPrice, timeline: BillingTimeline, day: string, currency: string): bigint {
  return feeOfDays(price, timeline, [day], currency)
}

/** What days of one period cost together, in minor units, each of them as above. @param days in their order */
export function feeOfDays(
  price: RecurringPrice,
  timeline: BillingTimeline,
  days: readonly string[],
  currency: string,
): bigint {
  const [first] = days
  if (first === undefined) return 0n
  const { start } = periodOfDay(price, timeline.anchor, first)
  const until = (end: string): bigint => {
    const due = recurringDue(
      { ...price, timing: 'arrears' },
      { ...timeline, intervals: cutTo(timeline.intervals, start, end) },
      end,
    )
    const amount = due.find(({ period }) => period.start === start)?.amount
    return amount === undefined ? 0n : roundExact(amount, currencyOf(currency).minorDigits)
  }
  // Days that follow one another are looked at together.
  return days.reduce((sum, day, at) => {
    const [before, after] = [days[at - 1], days[at + 1]]
    const begins = before === undefined || nextDay(before) !== day ? until(day) : 0n
    const ends = after !== nextDay(day) ? until(nextDay(day)) : 0n
    return sum + ends - begins
  }, 0n)
}

export function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

function cutTo(intervals: readonly LocalInterval[], start: string, end: string): LocalInterval[] {
  const isWithin = (range: { start: string; end: string | null }): boolean =>
    range.start < end && (range.end === null || range.end > start)
  const cut = <T extends { start: string; end: string | null }>(range: T): T => ({
    ...range,
    start: range.start < start ? start : range.start,
    end: range.end === null || range.end > end ? end : range.end,
  })
  return intervals
    .filter(({ touched }) => isWithin(touched))
    .map((interval) => {
      const owned = interval.owned === null || !isWithin(interval.owned) ? null : cut(interval.owned)
      return { ...interval, touched: cut(interval.touched), owned }
    })
}
