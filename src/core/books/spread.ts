import { assert } from '../base/assert.ts'
import { type DayPeriod, daysIn } from '../base/period.ts'
import { divideRounded } from '../base/rounding.ts'
import type { DayAmount } from '../invoicing/invoice-lines.ts'

/**
 * How an amount belongs to days.
 * - `straight`: the same on each of its days, half-open, such as a fee. Days of the account, so one of 23 or 25 hours is one day.
 * - `by_use`: as usage was charged by the day, in the order of days.
 */
export type Spread =
  | { readonly kind: 'straight'; readonly days: DayPeriod }
  | { readonly kind: 'by_use'; readonly days: readonly DayAmount[] }

/**
 * What of an amount belongs to the days before a day, in minor units: nothing before its first day, all of it after its last.
 *
 * Straight: each day has the same, and what does not divide goes to the first days, a minor unit each, which is what the largest
 * remainder makes of equal weights. 1.00 over 3 days is 0.34, 0.33, 0.33.
 *
 * By use: the share of what was charged before the day, rounded half-up; so days add up to the amount, in whichever order they are asked.
 */
export function earnedBefore(amountMinor: bigint, spread: Spread, day: string): bigint {
  return spread.kind === 'straight' ? straight(amountMinor, spread.days, day) : byUse(amountMinor, spread.days, day)
}

function straight(amountMinor: bigint, days: DayPeriod, day: string): bigint {
  if (day <= days.start) return 0n
  if (day >= days.end) return amountMinor
  const all = BigInt(daysIn(days))
  const passed = BigInt(daysIn({ start: days.start, end: day }))
  const sign = amountMinor < 0n ? -1n : 1n
  const size = amountMinor * sign
  const more = size % all
  return sign * ((size / all) * passed + (passed < more ? passed : more))
}

function byUse(amountMinor: bigint, days: readonly DayAmount[], day: string): bigint {
  const all = sumOf(days)
  assert(all !== 0n, 'what is spread by use was used')
  const before = sumOf(days.filter((one) => one.day < day))
  const sign = all < 0n ? -1n : 1n
  return divideRounded(amountMinor * before * sign, all * sign, 'half_up')
}

function sumOf(days: readonly DayAmount[]): bigint {
  return days.reduce((sum, { amount }) => sum + amount, 0n)
}

/** By use where there was any, else the same on each day: a fee for a tier, or usage that balances covered. */
export function spreadOfUse(days: readonly DayAmount[], period: DayPeriod): Spread {
  return sumOf(days) === 0n ? { kind: 'straight', days: period } : { kind: 'by_use', days }
}
