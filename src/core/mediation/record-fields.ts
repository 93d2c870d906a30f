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
}

export function emptyFields(): RecordFields {
  const none = undefined
  return { id: none, source: none, service: none, type: none, time: none, end: none, names: [], values: [], data: '{}' }
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
    const valueStart = cursor.at
    const value = scalar(cursor)
    const part = cursor.text.slice(valueStart, cursor.at)
    parts.push(part)
    compactLength += name.length + part.length + 4
    fields.names.push(name)
    fields.values.push(value ?? '')
  })
  const isCompact = cursor.at - start === (parts.length === 0 ? 2 : compactLength)
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
  fields.id = fields.source = fields.service = fields.type = fields.time = fields.end = undefined
  fields.names.length = 0
  fields.values.length = 0
  fields.data = '{}'
  cursor.object((key) => {
    switch (key) {
      case 'id':
        fields.id = scalar(cursor)
        return
      case 'source':
        fields.source = scalar(cursor)
        return
      case 'service':
      case 'subject':
        fields.service = scalar(cursor)
        return
      case 'type':
        fields.type = scalar(cursor)
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

/** Reads one line of NDJSON. @returns the reason why it is no record, or null. */
export function readLine(line: string, fields: RecordFields): string | null {
  try {
    const cursor = new JsonCursor(line)
    cursor.skipBlanks()
    readRecord(cursor, fields)
    cursor.expectEnd()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
