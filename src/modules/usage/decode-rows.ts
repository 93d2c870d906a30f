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
  const mapper = mapperFor(mapping, header, file)
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
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue
      const cells = readObject(line, header)
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

function mapperFor(mapping: Mapping, header: readonly string[], file: string): RowMapper {
  const mapper = compileMapping(mapping, header, file)
  if (typeof mapper === 'function') return mapper
  const detail = `the file lacks the columns ${mapper.missing.join(', ')}; it has: ${header.join(', ')}`
  throw new Refusal('mapping_invalid', detail, { missing: mapper.missing })
}

/** The values of a flat JSON object in the order of the columns; numbers keep their text. */
function readObject(line: string, columns: readonly string[]): string[] | string {
  const cells = new Array<string>(columns.length).fill('')
  try {
    const cursor = new JsonCursor(line)
    cursor.skipBlanks()
    cursor.object((key) => {
      const start = cursor.at
      if (line.charCodeAt(start) !== 34) cursor.skipValue()
      const value = cursor.at === start ? cursor.string() : line.slice(start, cursor.at)
      const at = columns.indexOf(key)
      if (at >= 0) cells[at] = value
    })
    cursor.expectEnd()
    return cells
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
