import { fromDayNumber } from '../base/period.ts'

/** Days on which a business works, as data. */
export interface WorkingCalendar {
  /** Days of the week that are free, Monday is 1 and Sunday 7: `[6, 7]`. */
  readonly weekend: readonly number[]
  /** ISO dates that are free besides. */
  readonly holidays: readonly string[]
}

/** The furthest that a working day is looked for: more than a year of holidays in a row is a calendar without working days. */
const FURTHEST_DAYS = 400

/** Whether a day, in days since 1 January 1970, is a working one. */
function isWorkingDay({ weekend, holidays }: WorkingCalendar, day: number): boolean {
  // 1 January 1970 was a Thursday, the fourth day of its week.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1
  return !weekend.includes(weekday) && !holidays.includes(fromDayNumber(day))
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
