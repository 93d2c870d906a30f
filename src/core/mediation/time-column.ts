import { isKnownMs } from '../base/calendar-range.ts'
import { cellText } from './cell-text.ts'
import { dayMs, timeOfDayMs } from './record-time.ts'

export interface TimeColumn {
  readonly column: string
  /** `iso` has its own zone or takes `zone`; `local` is `YYYY-MM-DD HH:MM[:SS[.fff]]` in `zone`. */
  readonly format: 'iso' | 'local' | 'epoch_s' | 'epoch_ms'
  readonly zone: string
  /** Texts that stand for nothing, in place of those of the mapping. */
  readonly none?: readonly string[] | undefined
}

/** Reads a row's time as RFC 3339, or as it is for validation to name; undefined where the cell stands for nothing. */
export function compileTime(
  column: TimeColumn,
  columns: readonly string[],
  noneOfAll: readonly string[],
): (cells: readonly string[]) => string | undefined {
  const at = columns.indexOf(column.column)
  const none = column.none ?? noneOfAll
  const toIso = TIME_READERS[column.format]
  return (cells) => {
    const text = cellText(cells, at, none)
    return text === '' ? undefined : toIso(text, column.zone)
  }
}

/** Each turns a column's text into RFC 3339, or leaves it as it is for validation to name. */
const TIME_READERS: Record<TimeColumn['format'], (text: string, zone: string) => string> = {
  iso: (text, zone) => (/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : localToIso(text, zone)),
  local: localToIso,
  epoch_s: (text) => epochToIso(text, 1000),
  epoch_ms: (text) => epochToIso(text, 1),
}

function localToIso(text: string, zone: string): string {
  const padded = text.length === 16 ? `${text}:00` : text
  if (Number.isNaN(dayMs(padded) + timeOfDayMs(padded, 11, padded.length))) return text
  if (zone === 'UTC') return `${padded}Z`
  try {
    const local = Temporal.PlainDateTime.from(padded.replace(' ', 'T'))
    return local.toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant().toString()
  } catch {
    return text
  }
}

function epochToIso(text: string, unitMs: number): string {
  const match = /^\d{1,14}$/.exec(text)
  const epochMs = match === null ? Number.NaN : Number(text) * unitMs
  return isKnownMs(epochMs) ? new Date(epochMs).toISOString() : text
}
