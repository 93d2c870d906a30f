import { fromDayNumber, toDayNumber } from '../base/period.ts'

/** Days on which a business works, as data. */
export interface WorkingCalendar {
  /** Days of the week that are free, Monday is 1 and Sunday 7: `[6, 7]`. */
  readonly weekend: readonly number[]
  /** ISO dates that are free besides. */
  readonly holidays: readonly string[]
}

/** Holidays of one calendar. */
export const MOST_HOLIDAYS = 500
/** The furthest that a working day can be: a week has one at least, and each of them may be a holiday. */
const FURTHEST_DAYS = 7 * (MOST_HOLIDAYS + 1)

/** Holidays of calendars as days since 1 January 1970: they are asked for thousands of times for one account. */
const holidaysOf = new WeakMap<WorkingCalendar, ReadonlySet<number>>()

function isHoliday(calendar: WorkingCalendar, day: number): boolean {
  const known = holidaysOf.get(calendar) ?? new Set(calendar.holidays.map(toDayNumber))
  holidaysOf.set(calendar, known)
  return known.has(day)
}

/** Whether a day, in days since 1 January 1970, is a working one. */
function isWorkingDay(calendar: WorkingCalendar, day: number): boolean {
  // 1 January 1970 was a Thursday, the fourth day of its week.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1
  return !calendar.weekend.includes(weekday) && !isHoliday(calendar, day)
}

/** The day itself where it is a working one, or the first one after it. */
export function workingDayFrom(calendar: WorkingCalendar, day: number): number {
  for (let at = day; at <= day + FURTHEST_DAYS; at++) if (isWorkingDay(calendar, at)) return at
  throw new Error(`no working day within ${FURTHEST_DAYS} days of ${fromDayNumber(day)}`)
}

/** The last of so many working days after a day: the second one after a Thursday is the Monday. */
export function workingDayAfter(calendar: WorkingCalendar, day: number, count: number): number {
  let at = day
  for (let counted = 0; counted < count; counted++) at = workingDayFrom(calendar, at + 1)
  return at
}
