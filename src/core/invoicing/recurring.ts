import { decimal } from '../base/decimal.ts'
import { type Exact, exact } from '../base/exact.ts'
import { type DayPeriod, daysIn, overlapOf, periodAt, periodIndexOf, startOfDayMs } from '../base/period.ts'
import type { RecurringPrice } from '../catalog/plan.ts'

/** When a subscription is active, in calendar days of its account; half-open, an open end is null. */
export interface ActiveDays {
  readonly anchor: string
  readonly zone: string
  readonly startDay: string
  readonly endDay: string | null
}

/** A recurring charge that is due: the part of a period in which the subscription is active, and its share of it. */
export interface RecurringDue {
  /** The whole period, which names the charge. */
  readonly period: DayPeriod
  readonly active: DayPeriod
  readonly share: { readonly numerator: bigint; readonly denominator: bigint }
  readonly amount: Exact
}

/** A subscription cannot owe more periods than this; a mistyped start date must not hang a bill run. */
const MAX_PERIODS = 50_000
const DAYS_OF_FIXED_MONTH = 30n

/**
 * The recurring charges due on a day: in advance when their period has begun, in arrears when it has ended. A partial
 * period is charged by its share (domain policies 3 and 9).
 * @param quantity how many are subscribed (seats).
 */
export function recurringDue(
  price: RecurringPrice,
  active: ActiveDays,
  quantity: number,
  onDay: string,
): RecurringDue[] {
  const due: RecurringDue[] = []
  const first = periodIndexOf(active.anchor, price.every, active.startDay)
  for (let index = first; ; index++) {
    if (index - first > MAX_PERIODS) throw new Error(`a recurring price with more than ${MAX_PERIODS} periods due`)
    const period = periodAt(active.anchor, price.every, index)
    const overlap = overlapOf(period, active.startDay, active.endDay)
    if (overlap === null) break
    if ((price.timing === 'advance' ? overlap.start : overlap.end) > onDay) break
    const share = shareOf(price, period, overlap, active.zone)
    const value = decimal(price.amount)
    const amount = exact(value.coefficient * BigInt(quantity) * share.numerator, value.scale, share.denominator)
    due.push({ period, active: overlap, share, amount })
  }
  return due
}

function shareOf(
  { proration, every }: RecurringPrice,
  period: DayPeriod,
  overlap: DayPeriod,
  zone: string,
): RecurringDue['share'] {
  const isWhole = overlap.start === period.start && overlap.end === period.end
  if (isWhole || proration === 'none') return { numerator: 1n, denominator: 1n }
  switch (proration) {
    case 'day':
      return { numerator: BigInt(daysIn(overlap)), denominator: BigInt(daysIn(period)) }
    case 'fixed30': {
      const months = BigInt(every.count) * (every.unit === 'year' ? 12n : 1n)
      const whole = DAYS_OF_FIXED_MONTH * months
      const days = BigInt(daysIn(overlap))
      return { numerator: days < whole ? days : whole, denominator: whole }
    }
    case 'second':
      return { numerator: BigInt(lengthMs(overlap, zone)), denominator: BigInt(lengthMs(period, zone)) }
  }
}

function lengthMs(period: DayPeriod, zone: string): number {
  return startOfDayMs(period.end, zone) - startOfDayMs(period.start, zone)
}
