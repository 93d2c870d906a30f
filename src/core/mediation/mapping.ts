import { isKnownMs } from '../base/calendar-range.ts'
import { type Decimal, decimal, formatDecimal, multiply } from '../base/decimal.ts'
import { type NumberStyle, readNumber } from './number-text.ts'
import type { RecordFields } from './record-fields.ts'
import { dayMs, timeOfDayMs } from './record-time.ts'

/** How the rows of a foreign file become usage records. `{column}` in a template is that column's text, `{#}` the row, `{file}` the file. */
export interface Mapping {
  readonly name: string
  readonly format: 'csv' | 'ndjson'
  readonly delimiter: string
  /** Templates. */
  readonly source: string
  readonly type: string
  readonly id: string
  readonly service: string
  readonly time: TimeColumn
  readonly end?: TimeColumn | undefined
  /** Property of `data` → column. */
  readonly data: Readonly<Record<string, DataColumn>>
}

export interface TimeColumn {
  readonly column: string
  /** `iso` has its own zone or takes `zone`; `local` is `YYYY-MM-DD HH:MM[:SS[.fff]]` in `zone`. */
  readonly format: 'iso' | 'local' | 'epoch_s' | 'epoch_ms'
  readonly zone: string
}

export interface DataColumn {
  readonly column: string
  readonly kind: 'number' | 'text'
  /** Exact decimal that a number is multiplied by: `0.001` from Wh to kWh. */
  readonly factor?: string | undefined
  readonly decimalComma: boolean
  /** What stands between groups of three digits. */
  readonly grouping?: NumberStyle['grouping']
}

/** Fills the fields of a row whose cells stand in the order of the header. `rowNumber` counts data rows from 1. */
export type RowMapper = (cells: readonly string[], rowNumber: number, fields: RecordFields) => void

type Template = (cells: readonly string[], rowNumber: number) => string | undefined

/** @returns a mapper for files with these columns, or the names of columns that the mapping needs and the file lacks. */
export function compileMapping(
  given: Mapping,
  header: readonly string[],
  file = '',
): RowMapper | { missing: string[] } {
  const named = (template: string): string => template.replaceAll('{file}', () => file.replaceAll(/[{}]/g, '_'))
  const mapping = { ...given, id: named(given.id), source: named(given.source) }
  const columns = header.map((name) => name.trim())
  const missing = mappedColumns(mapping).filter((name) => !columns.includes(name))
  if (missing.length > 0) return { missing }
  const [id, source, service, type] = [mapping.id, mapping.source, mapping.service, mapping.type].map((text) =>
    compileTemplate(text, columns),
  ) as [Template, Template, Template, Template]
  const time = compileTime(mapping.time, columns)
  const end = mapping.end === undefined ? undefined : compileTime(mapping.end, columns)
  const data = Object.entries(mapping.data).map(([name, column]) => ({
    name,
    key: JSON.stringify(name),
    read: compileData(column, columns),
    isNumber: column.kind === 'number',
  }))
  return (cells, rowNumber, fields) => {
    fields.id = id(cells, rowNumber)
    fields.source = source(cells, rowNumber)
    fields.service = service(cells, rowNumber)
    fields.type = type(cells, rowNumber)
    fields.time = time(cells)
    fields.end = end?.(cells)
    fields.names.length = 0
    fields.values.length = 0
    let json = ''
    for (const { name, key, read, isNumber } of data) {
      const value = read(cells)
      if (value === '') continue
      fields.names.push(name)
      fields.values.push(value)
      const text = isNumber && PLAIN_NUMBER.test(value) ? value : JSON.stringify(value)
      json += `${json === '' ? '' : ','}${key}:${text}`
    }
    fields.data = `{${json}}`
  }
}

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const PLACEHOLDER = /\{([^}]+)\}/g

function columnsIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)]
    .map((match) => match[1] as string)
    .filter((name) => name !== '#' && name !== 'file')
}

/** The columns that a mapping reads. */
export function mappedColumns(mapping: Mapping): string[] {
  const templates = [mapping.id, mapping.source, mapping.service, mapping.type].flatMap(columnsIn)
  const times = [mapping.time.column, ...(mapping.end === undefined ? [] : [mapping.end.column])]
  return [...new Set([...templates, ...times, ...Object.values(mapping.data).map(({ column }) => column)])]
}

function compileTemplate(text: string, columns: readonly string[]): Template {
  const pieces = text.split(PLACEHOLDER)
  if (pieces.length === 1) return () => text
  const places = pieces.map((piece, index) => (index % 2 === 0 ? -1 : columns.indexOf(piece)))
  return (cells, rowNumber) => {
    let result = ''
    for (let index = 0; index < pieces.length; index++) {
      if (index % 2 === 0) result += pieces[index]
      else if (pieces[index] === '#') result += rowNumber
      else {
        const cell = cells[places[index] as number]?.trim()
        if (cell === undefined || cell === '') return undefined
        result += cell
      }
    }
    return result
  }
}

function compileData(column: DataColumn, columns: readonly string[]): (cells: readonly string[]) => string {
  const at = columns.indexOf(column.column)
  const factor: Decimal | undefined = column.factor === undefined ? undefined : decimal(column.factor)
  const style: NumberStyle = { decimal: column.decimalComma ? 'comma' : 'point', grouping: column.grouping }
  const isPlain =
    column.kind === 'text' || (factor === undefined && !column.decimalComma && column.grouping === undefined)
  return (cells) => {
    const text = (cells[at] ?? '').trim()
    if (text === '' || isPlain) return text
    const value = readNumber(text, style)
    // What cannot be read must not pass as it is, unscaled or in another reading: validation is to name it.
    if (value === null) return `no number that has one reading: ${text}`
    return formatDecimal(factor === undefined ? value : multiply(value, factor))
  }
}

function compileTime(column: TimeColumn, columns: readonly string[]): (cells: readonly string[]) => string | undefined {
  const at = columns.indexOf(column.column)
  const toIso = TIME_READERS[column.format]
  return (cells) => {
    const text = cells[at]?.trim()
    return text === undefined || text === '' ? undefined : toIso(text, column.zone)
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
