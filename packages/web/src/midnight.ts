const DAY_MS = 86_400_000

/**
 * The first instant of a day in a zone, where its clock shows 00:00, or what it shows first on the days that have no such hour.
 * By `Intl`, because not every browser has `Temporal`. A zone has one offset before and one after a change: those of a day before and a
 * day after are tried, and the earliest instant that is on that day is the first.
 * @throws RangeError where there is no such zone or day
 */
export function midnightIn(zone: string, day: string): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`)
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  /** What the clock of the zone shows, as if it were UTC. */
  const shownAt = (instant: number): number => {
    const of = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]))
    return Date.parse(`${of['year']}-${of['month']}-${of['day']}T${of['hour']}:${of['minute']}:${of['second']}Z`)
  }
  const tried = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => asUtc - (shownAt(near) - near))
  const onDay = tried.filter((instant) => shownAt(instant) >= asUtc && shownAt(instant) < asUtc + DAY_MS)
  return new Date(Math.min(...onDay)).toISOString()
}
