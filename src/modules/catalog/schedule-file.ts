import { isKnownDay } from '../../core/base/calendar-range.ts'
import { isZone, startOfDayMs } from '../../core/base/period.ts'
import type { CatalogIssue, Schedule } from '../../core/catalog/plan.ts'
import { csvRows } from '../../core/mediation/csv.ts'
import { timeOfDayMs } from '../../core/mediation/record-time.ts'
import type { ScheduleSource } from './schemas.ts'
import type { SourceFile } from './source-file.ts'

/** Half-hours of sixty years; more would not be a price signal. */
const MAX_ENTRIES = 1_000_000
const MINUTE_MS = 60_000
const MINUTES_A_DAY = 1_440

/** Reads a dated price signal from its CSV file: local times in the schedule's zone, in any order, no time twice. */
export function readSchedule(
  source: ScheduleSource,
  files: readonly SourceFile[],
): Schedule | { problem: CatalogIssue[] } {
  if (!isZone(source.zone)) return problem(['zone'], `unknown time zone "${source.zone}"; use an IANA name such as UTC`)
  const file = files.find(({ name }) => name === source.file)
  if (file === undefined) return problem(['file'], `no file "${source.file}" beside the plan files`)
  const rows = [...csvRows(file.text, ',')]
  const header = (rows[0]?.cells ?? []).map((cell) => cell.trim())
  const timeAt = header.indexOf(source.timeColumn)
  const valueAt = header.indexOf(source.valueColumn)
  if (timeAt < 0)
    return problem(['timeColumn'], `${file.name} has no column "${source.timeColumn}"; it has: ${header.join(', ')}`)
  if (valueAt < 0)
    return problem(['valueColumn'], `${file.name} has no column "${source.valueColumn}"; it has: ${header.join(', ')}`)
  if (rows.length - 1 > MAX_ENTRIES) return problem(['file'], `more than ${MAX_ENTRIES} entries`)
  const stepDays = source.stepMinutes / MINUTES_A_DAY
  const entries: { start: number; end: number; value: string }[] = []
  for (const [index, { cells }] of rows.slice(1).entries()) {
    const time = (cells[timeAt] ?? '').trim()
    const start = localTimeMs(time, source.zone)
    const end = Number.isInteger(stepDays)
      ? localTimeMs(time, source.zone, stepDays)
      : start + source.stepMinutes * MINUTE_MS
    const value = (cells[valueAt] ?? '').trim()
    if (Number.isNaN(start) || value === '')
      return problem(['file'], `${file.name}, row ${index + 2}: needs a time "YYYY-MM-DD HH:MM" and a value`)
    entries.push({ start, end, value })
  }
  entries.sort((a, b) => a.start - b.start)
  const twice = entries.findIndex((entry, index) => index > 0 && entry.start === entries[index - 1]?.start)
  if (twice >= 0)
    return problem(['file'], `${file.name} has the time ${new Date(entries[twice]?.start ?? 0).toISOString()} twice`)
  const { code, stepMinutes } = source
  const [starts, ends] = [entries.map(({ start }) => start), entries.map(({ end }) => end)]
  const values = entries.map(({ value }) => value)
  const isEven = entries.every(({ start, end }) => end - start === stepMinutes * MINUTE_MS)
  return isEven ? { code, stepMinutes, starts, values } : { code, stepMinutes, starts, ends, values }
}

function problem(path: string[], message: string): { problem: CatalogIssue[] } {
  return { problem: [{ path, message }] }
}

/**
 * The moment at which a zone's clocks show a time, so many days after the one that is written. A fixed-offset zone needs arithmetic
 * only; others ask the calendar, the earlier of two readings where clocks go back.
 * @param text `2026-10-25 00:00`, seconds if there are any; in Europe/Kyiv one day after it is 25 hours later.
 * @returns NaN where it is no time.
 */
function localTimeMs(text: string, zone: string, daysLater = 0): number {
  const padded = text.length === 16 ? `${text}:00` : text
  const timeMs = timeOfDayMs(padded, 11, padded.length)
  if (Number.isNaN(timeMs)) return Number.NaN
  try {
    if (!isKnownDay(padded.slice(0, 10))) return Number.NaN
    if (zone === 'UTC') return startOfDayMs(padded.slice(0, 10), zone) + daysLater * MINUTES_A_DAY * MINUTE_MS + timeMs
    return Temporal.PlainDateTime.from(padded.replace(' ', 'T'))
      .add({ days: daysLater })
      .toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds
  } catch {
    return Number.NaN
  }
}
