import { spanAt } from '../base/zone-history.ts'

/** Local times between which nobody is disturbed: `{ from: '21:00', until: '08:00' }` is over midnight. */
export interface QuietHours {
  readonly from: string
  readonly until: string
}

const MINUTES_OF_DAY = 1_440

/** @param text `08:30` is 510 */
function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}

/**
 * When the quiet hours end that a moment is in; null where it is in none. Local clocks decide: where an hour is left out, quiet hours that end in it end
 * with the change; where an hour comes twice, they end when it is over for the second time if they had begun again.
 * Example: 21:00 to 08:00 in New York at 23:00 of 7 March 2026 end at 08:00 of the 8th, which is eight hours later, as the clock goes forward.
 */
export function quietUntilMs(nowMs: number, zone: string, { from, until }: QuietHours): number | null {
  const [first, last] = [minutesOf(from), minutesOf(until)]
  if (first === last) return null
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(spanAt(zone, nowMs).zone)
  const minute = now.hour * 60 + now.minute
  const isOverMidnight = first > last
  const isQuiet = isOverMidnight ? minute >= first || minute < last : minute >= first && minute < last
  if (!isQuiet) return null
  const day = isOverMidnight && minute >= first ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate()
  const ends = day.toPlainDateTime({ hour: Math.floor(last / 60) % (MINUTES_OF_DAY / 60), minute: last % 60 })
  const end = ends.toZonedDateTime(now.timeZoneId)
  if (!end.toPlainDateTime().equals(ends)) return end.getTimeZoneTransition('previous')?.epochMilliseconds ?? null
  if (end.epochMilliseconds > nowMs) return end.epochMilliseconds
  return ends.toZonedDateTime(now.timeZoneId, { disambiguation: 'later' }).epochMilliseconds
}
