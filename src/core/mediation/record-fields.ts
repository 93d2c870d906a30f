import { JsonCursor } from './json-cursor.ts'

/** The fields of one usage record as texts, before they are validated. Missing ones are undefined. */
export interface RecordFields {
  id: string | undefined
  source: string | undefined
  service: string | undefined
  type: string | undefined
  time: string | undefined
  end: string | undefined
  /** Names and value texts of `data`; numbers as they were written, strings without quotes. */
  names: string[]
  values: string[]
  /** `data` as compact JSON text. */
  data: string
  /**
   * The places of id, source, service, type and data in `text`, as pairs of start and end; −1 where a field is no plain
   * part of it. Hashing reads them in place.
   */
  readonly spans: Int32Array
  text: string
  /** The place of a record in its file, by which it is known where it has no name of its own. */
  place: string | undefined
}

/** Places of the fields in `spans`. */
export const SPAN = { id: 0, source: 2, service: 4, type: 6, data: 8 } as const

export function emptyFields(): RecordFields {
  const none = undefined
  const spans = new Int32Array(10).fill(-1)
  return {
    id: none,
    source: none,
    service: none,
    type: none,
    time: none,
    end: none,
    names: [],
    values: [],
    data: '{}',
    spans,
    text: '',
    place: none,
  }
}

function setSpan(fields: RecordFields, at: number, start: number, end: number): void {
  fields.spans[at] = start
  fields.spans[at + 1] = end
}

/** Reads a field that most records have as a string, noting its place; `likely` is what the record before had. */
function field(cursor: JsonCursor, fields: RecordFields, at: number, likely?: string): string | undefined {
  if (cursor.text.charCodeAt(cursor.at) !== 34) return scalar(cursor)
  const text = cursor.likelyString(likely)
  setSpan(fields, at, cursor.stringStart, cursor.stringEnd)
  return text
}

/** Text of a scalar: strings without quotes, numbers as written. Objects, arrays and null have none. */
function scalar(cursor: JsonCursor): string | undefined {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === 34) return cursor.string()
  if (code === 45 || (code >= 48 && code <= 57)) return cursor.number()
  cursor.skipValue()
  return undefined
}

function readData(cursor: JsonCursor, fields: RecordFields): void {
  const start = cursor.at
  let compactLength = 1
  const parts: string[] = []
  cursor.object((name) => {
    if (fields.names.includes(name)) cursor.fail(`each property of data once, not "${name}" again,`)
    const valueStart = cursor.at
    const value = scalar(cursor)
    const part = cursor.text.slice(valueStart, cursor.at)
    parts.push(part)
    compactLength += name.length + part.length + 4
    fields.names.push(name)
    fields.values.push(value ?? (part === 'true' || part === 'false' ? part : ''))
  })
  const isCompact = cursor.at - start === (parts.length === 0 ? 2 : compactLength)
  if (isCompact) setSpan(fields, SPAN.data, start, cursor.at)
  fields.data = isCompact
    ? cursor.text.slice(start, cursor.at)
    : `{${fields.names.map((name, index) => `${JSON.stringify(name)}:${parts[index]}`).join(',')}}`
}

/**
 * Reads one record at the cursor: the native form, or CloudEvents 1.0, where `subject` is the service. Fields that
 * Kvit does not know are checked for well-formedness and left out.
 * @throws SyntaxError when the text is no JSON object.
 */
export function readRecord(cursor: JsonCursor, fields: RecordFields): void {
  // Only what was plain in the text can be looked for in the next one.
  const source = (fields.spans[SPAN.source] as number) >= 0 ? fields.source : undefined
  const type = (fields.spans[SPAN.type] as number) >= 0 ? fields.type : undefined
  fields.id = fields.source = fields.service = fields.type = fields.time = fields.end = undefined
  fields.names.length = 0
  fields.values.length = 0
  fields.data = '{}'
  fields.spans.fill(-1)
  fields.text = cursor.text
  cursor.startRecord()
  cursor.object((key) => {
    switch (key) {
      case 'id':
        fields.id = field(cursor, fields, SPAN.id)
        return
      case 'source':
        fields.source = field(cursor, fields, SPAN.source, source)
        return
      case 'service':
      case 'subject':
        fields.service = field(cursor, fields, SPAN.service)
        return
      case 'type':
        fields.type = field(cursor, fields, SPAN.type, type)
        return
      case 'time':
        fields.time = scalar(cursor)
        return
      case 'end':
        fields.end = scalar(cursor)
        return
      case 'data':
        if (cursor.text.charCodeAt(cursor.at) === 123) readData(cursor, fields)
        else cursor.skipValue()
        return
      default:
        cursor.skipValue()
    }
  })
}

/** The record as one line of JSON, in the native form: what suspense keeps and recycling reads again. */
export function toRecordJson(fields: Readonly<RecordFields>): string {
  const { id, source, service, type, time, end } = fields
  const head = JSON.stringify({ id, source, service, type, time, end })
  return `${head.slice(0, -1)}${head === '{}' ? '' : ','}"data":${fields.data}}`
}

/** Whether the line from `start` to `end` is blank; most are not, and one character shows it. */
export function isBlankLine(text: string, start: number, end: number): boolean {
  return start === end || (text.charCodeAt(start) <= 32 && text.slice(start, end).trim() === '')
}

/** Reads one line of NDJSON. @returns the reason why it is no record, or null. */
export function readLine(line: string, fields: RecordFields): string | null {
  return readLineAt(new JsonCursor(line), line.length, fields)
}

/** Reads the record from the cursor to `end`; the cursor is left at `end`. @returns as `readLine`. */
export function readLineAt(cursor: JsonCursor, end: number, fields: RecordFields): string | null {
  const start = cursor.at
  try {
    cursor.skipBlanks()
    readRecord(cursor, fields)
    cursor.skipSpaces(end)
    if (cursor.at !== end) cursor.fail('the end of the line')
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return message.replace(/character (\d+)$/, (_, at: string) => `character ${Number(at) - start}`)
  } finally {
    cursor.at = end
  }
}
