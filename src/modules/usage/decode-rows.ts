import type { Meter } from '../../core/catalog/plan.ts'
import { csvRows } from '../../core/mediation/csv.ts'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { compileMapping, type Mapping, type RowMapper } from '../../core/mediation/mapping.ts'
import { emptyFields, toRecordJson } from '../../core/mediation/record-fields.ts'
import { type DecodingContext, type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import { Refusal } from '../../platform/problems.ts'
import { expectedLines } from './decode-usage.ts'

/** Where rows come from: the file, and the number of the first of them, counted from 1. */
export interface RowPlace {
  readonly file: string
  readonly firstRow: number
}

/** Reads whole rows of a mapped file. */
export function decodeRows(
  text: string,
  mapping: Mapping,
  header: readonly string[],
  { file, firstRow }: RowPlace,
  context: DecodingContext,
): { batch: UsageBatch; rows: number } {
  const batch = new UsageBatchBuilder(context, expectedLines(text))
  const fields = emptyFields()
  const mapper = mapperFor(mapping, header, file, context)
  const addRow = (cells: readonly string[], at: number): void => {
    mapper(cells, at, fields)
    const isNamed = fields.id !== undefined && fields.source !== undefined
    fields.place = isNamed ? undefined : `${file}\n${at}`
    batch.add(fields)
  }
  let row = firstRow
  if (mapping.format === 'csv') {
    for (const { raw, cells } of csvRows(text, mapping.delimiter)) {
      if (cells.length === header.length) {
        addRow(cells, row)
      } else
        batch.addUnreadable(
          rawRecord(raw, row),
          'bad_json',
          `${cells.length} cells where the header has ${header.length}`,
          fields,
        )
      row++
    }
  } else {
    const wanted = objectColumns(header)
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue
      const cells = readObject(line, wanted)
      if (typeof cells === 'string') batch.addUnreadable(rawRecord(line, row), 'bad_json', cells, fields)
      else addRow(cells, row)
      row++
    }
  }
  return { batch: batch.build(), rows: row - firstRow }
}

/** A row that cannot be read is kept with its text and number: two like it are two. */
function rawRecord(raw: string, row: number): string {
  return toRecordJson({ ...emptyFields(), data: JSON.stringify({ row, raw }) })
}

function mapperFor(
  mapping: Mapping,
  header: readonly string[],
  file: string,
  { metersByType }: DecodingContext,
): RowMapper {
  const mapper = compileMapping(mapping, header, file, (type, property) =>
    digitsKept(metersByType.get(type) ?? [], property),
  )
  if (typeof mapper === 'function') return mapper
  const detail = `the file lacks the columns ${mapper.missing.join(', ')}; it has: ${header.join(', ')}${delimiterHint(header)}`
  throw new Refusal('mapping_invalid', detail, { missing: mapper.missing })
}

/** A header that was read as one column has probably another delimiter. */
function delimiterHint([only = '', ...others]: readonly string[]): string {
  const [found] = /[;\t|,]/.exec(others.length === 0 ? only : '') ?? []
  return found === undefined ? '' : `; is the delimiter another one? Write delimiter: ${JSON.stringify(found)}`
}

/** The most fraction digits that a meter keeps of a property; undefined where none reads it. */
function digitsKept(meters: readonly Meter[], property: string): number | undefined {
  const scales = meters.filter((meter) => meter.property === property).map(({ scale }) => scale)
  return scales.length === 0 ? undefined : Math.max(...scales)
}

/** The columns of a file, and the paths to those that are within objects: of `a.b.c` these are `a` and `a.b`. */
interface ObjectColumns {
  readonly columns: readonly string[]
  readonly paths: ReadonlySet<string>
}

/** A column may be so deep within objects. */
const MAX_LEVELS = 16

function objectColumns(columns: readonly string[]): ObjectColumns {
  const paths = new Set<string>()
  for (const column of columns) {
    const names = column.split('.').slice(0, MAX_LEVELS)
    for (let level = 1; level < names.length; level++) paths.add(names.slice(0, level).join('.'))
  }
  return { columns, paths }
}

/**
 * The values of a JSON object in the order of the columns; numbers keep their text, null is an empty value. A column `a.b` is
 * the key of that name, or else `b` within the object `a`.
 */
function readObject(line: string, wanted: ObjectColumns): string[] | string {
  const cells = new Array<string>(wanted.columns.length).fill('')
  try {
    const cursor = new JsonCursor(line)
    cursor.skipBlanks()
    readMembers(cursor, wanted, '', cells)
    cursor.expectEnd()
    return cells
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function readMembers(cursor: JsonCursor, wanted: ObjectColumns, path: string, cells: string[]): void {
  const { text } = cursor
  cursor.object((key) => {
    const name = path + key
    const start = cursor.at
    if (text.charCodeAt(start) === 123 && wanted.paths.has(name)) readMembers(cursor, wanted, `${name}.`, cells)
    else if (text.charCodeAt(start) !== 34) cursor.skipValue()
    const value = cursor.at === start ? cursor.string() : text.slice(start, cursor.at)
    const at = wanted.columns.indexOf(name)
    if (at >= 0 && (path === '' || cells[at] === ''))
      cells[at] = value === 'null' && text.charCodeAt(start) === 110 ? '' : value
  })
}
