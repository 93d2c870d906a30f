import { assert } from './assert.ts'
import { remembered } from './remembered.ts'
import { spanAt, spanOfDay } from './zone-history.ts'

/** Length of a billing or service period: every `count` units. */
export interface Cycle {
  readonly unit: 'day' | 'week' | 'month' | 'year'
  readonly count: number
}

/** How often an account is billed, counted from its anchor: every month, every two weeks. */
export function cycleOf({ cycleUnit, cycleCount }: { cycleUnit: Cycle['unit']; cycleCount: number }): Cycle {
  return { unit: cycleUnit, count: cycleCount }
}

/** Half-open interval of calendar days: `start` belongs to it, `end` does not. ISO dates, `2026-01-31`. */
export interface DayPeriod {
  readonly start: string
  readonly end: string
}

/**
 * The first day of period `index`, counted from the anchor and never from the previous boundary, so that month ends
 * clamp and come back: anchor 31 January gives 31 Jan, 28 Feb, 31 Mar.
 */
export const periodStart = remembered(
  (anchor: string, { unit, count }: Cycle, index: number) => `${anchor} ${unit} ${count} ${index}`,
  (anchor, { unit, count }, index): string =>
    Temporal.PlainDate.from(anchor)
      .add({ [`${unit}s`]: count * index })
      .toString(),
)

/** The index of the period that contains `day`. */
export const periodIndexOf = remembered(
  (anchor: string, { unit, count }: Cycle, day: string) => `${anchor} ${unit} ${count} ${day}`,
  findPeriodIndex,
)

function findPeriodIndex(anchor: string, cycle: Cycle, day: string): number {
  assert(cycle.count > 0 && Number.isInteger(cycle.count), 'a cycle has a positive whole count')
  const from = Temporal.PlainDate.from(anchor)
  const to = Temporal.PlainDate.from(day)
  const elapsed = from.until(to, { largestUnit: cycle.unit })
  let index = Math.floor(elapsed[`${cycle.unit}s`] / cycle.count)
  while (periodStart(anchor, cycle, index) > day) index--
  while (periodStart(anchor, cycle, index + 1) <= day) index++
  return index
}

export function periodAt(anchor: string, cycle: Cycle, index: number): DayPeriod {
  return { start: periodStart(anchor, cycle, index), end: periodStart(anchor, cycle, index + 1) }
}

/** The period that a day lies in. */
export function periodOf(anchor: string, cycle: Cycle, day: string): DayPeriod {
  return periodAt(anchor, cycle, periodIndexOf(anchor, cycle, day))
}

/** The last day of a half-open period that ends with `day`: of `2026-03-01` the 28th of February. */
export const dayBefore = remembered(
  (day: string) => day,
  (day): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString(),
)

/** Whole calendar days in a period; a day of 23 or 25 hours is one day. */
export const daysIn = remembered(
  ({ start, end }: DayPeriod) => `${start} ${end}`,
  ({ start, end }): number =>
    Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end), { largestUnit: 'day' }).days,
)

/** What two periods share, or null. An open end is written as null. */
export function overlapOf(period: DayPeriod, from: string, until: string | null): DayPeriod | null {
  const start = from > period.start ? from : period.start
  const end = until !== null && until < period.end ? until : period.end
  return start < end ? { start, end } : null
}

/** The instant at which a calendar day begins in a zone, as epoch milliseconds. */
export const startOfDayMs = remembered(
  (day: string, zone: string) => `${day} ${zone}`,
  (day, zone): number => Temporal.PlainDate.from(day).toZonedDateTime(spanOfDay(zone, day).zone).epochMilliseconds,
)

/** The calendar day on which an instant falls in a zone. */
export const dayOf = remembered((epochMs: number, zone: string) => `${epochMs} ${zone}`, findDay)

function findDay(epochMs: number, zone: string): string {
  const span = spanAt(zone, epochMs)
  const day = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(span.zone).toPlainDate()
  // Where the next zone is behind, its first day begins later: until then it is still the day before.
  if (span.nextDay === null || day.toString() < span.nextDay) return day.toString()
  return dayBefore(span.nextDay)
}

/** Whether the runtime knows the IANA zone. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

const MS_PER_DAY = 86_400_000

/** The first day of a period in days since 1 January 1970: how counters and segments name a period. */
export function toDayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY
}

export function fromDayNumber(dayNumber: number): string {
  return new Date(dayNumber * MS_PER_DAY).toISOString().slice(0, 10)
}
