/** Days, zones and billing periods, as anybody can count them on a wall calendar. Days are texts such as `2026-03-29`. */

export interface Cycle {
  readonly unit: 'day' | 'week' | 'month' | 'year'
  readonly count?: number
}

export interface Stretch {
  /** The first day. */
  readonly from: string
  /** The first day behind it. */
  readonly until: string
}

export function dayOf(time: string, zone: string): string {
  return Temporal.Instant.from(time).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** The instant at which a local day begins. */
export function beginOf(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString()
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

export function daysBetween(from: string, until: string): number {
  return Temporal.PlainDate.from(from).until(until, { largestUnit: 'day' }).days
}

/** The anchor and so many cycles more, on the same day of the month or on its last one. */
export function boundary(anchor: string, { unit, count = 1 }: Cycle, number: number): string {
  return Temporal.PlainDate.from(anchor)
    .add({ [`${unit}s`]: count * number })
    .toString()
}

/** The period that a day lies in. */
export function periodOf(anchor: string, cycle: Cycle, day: string): Stretch {
  let number = 0
  while (boundary(anchor, cycle, number) > day) number--
  while (boundary(anchor, cycle, number + 1) <= day) number++
  return { from: boundary(anchor, cycle, number), until: boundary(anchor, cycle, number + 1) }
}

/** All periods that have a day in common with a stretch. */
export function periodsIn(anchor: string, cycle: Cycle, { from, until }: Stretch): Stretch[] {
  const periods: Stretch[] = []
  for (let day = from; day < until; ) {
    const period = periodOf(anchor, cycle, day)
    periods.push(period)
    day = period.until
  }
  return periods
}
