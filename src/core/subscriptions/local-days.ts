import { dayOf, startOfDayMs } from '../base/period.ts'
import type { Interval } from './timeline.ts'

/** Calendar days, half-open; an open end is null. */
interface DayRange {
  readonly start: string
  readonly end: string | null
}

/** An interval in calendar days of the account. */
export interface LocalInterval extends Interval, LocalDays {}

interface LocalDays {
  /** Every day that it touches. */
  readonly touched: DayRange
  /** Its days where each is counted once: a day belongs to the last interval that touches it. Null where none is left. */
  readonly owned: DayRange | null
}

/** The day of a change belongs to what it changed to, and a day on which it all ends counts whole. */
export function inLocalDays<T extends Pick<Interval, 'fromMs' | 'untilMs'>>(
  intervals: readonly T[],
  zone: string,
): (T & LocalDays)[] {
  const ranges = intervals.map(({ fromMs, untilMs }) => ({ start: dayOf(fromMs, zone), end: dayBehind(untilMs, zone) }))
  return intervals.map((interval, index) => {
    const touched = ranges[index] as DayRange
    const next = ranges[index + 1]
    const end = next !== undefined && (touched.end === null || next.start < touched.end) ? next.start : touched.end
    return { ...interval, touched, owned: end === null || touched.start < end ? { start: touched.start, end } : null }
  })
}

/** The first day of which nothing lies before the instant. */
function dayBehind(epochMs: number, zone: string): string | null {
  if (epochMs === Number.POSITIVE_INFINITY) return null
  const day = dayOf(epochMs, zone)
  if (startOfDayMs(day, zone) === epochMs) return day
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}
