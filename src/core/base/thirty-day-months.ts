import type { DayPeriod } from './period.ts'

const DAYS_OF_MONTH = 30

/**
 * The 30/360 day count (domain policy 16): every month has 30 days, the 31st counts as the 30th, and the last day of
 * February as the 30th. From 23 May until 15 June are 22 days, from 30 until 31 May none, from 27 until 28 February 2023 three.
 */
function dayNumber(day: string): number {
  const { year, month, day: ofMonth, daysInMonth } = Temporal.PlainDate.from(day)
  const counted = ofMonth > DAYS_OF_MONTH || (month === 2 && ofMonth === daysInMonth) ? DAYS_OF_MONTH : ofMonth
  return (year * 12 + month) * DAYS_OF_MONTH + counted
}

/**
 * How much of a period is left when a day begins, of `wholeDays` in all. A period that is counted from the 28th or 29th
 * may begin or end at the end of February, and has a day more or less than whole months: its last day makes up for it.
 */
export function daysLeftOfThirty({ start, end }: DayPeriod, day: string, wholeDays: number): bigint {
  if (day >= end) return 0n
  return BigInt(wholeDays - Math.min(dayNumber(day) - dayNumber(start), wholeDays))
}

/** Days of a cycle of so many months. */
export function daysOfThirty(months: number): number {
  return DAYS_OF_MONTH * months
}
