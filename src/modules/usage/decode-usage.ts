import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { emptyFields, isBlankLine, readLineAt, readRecord } from '../../core/mediation/record-fields.ts'
import {
  type DecodingContext,
  FIELD_LIMITS,
  type UsageBatch,
  UsageBatchBuilder,
} from '../../core/mediation/usage-batch.ts'
import { Refusal } from '../../platform/problems.ts'

/** Records of one request. Senders of more send several requests, which share commits. */
export const MAX_RECORDS = 20_000
/** Records without a source are known under this one. */
const DEFAULT_SOURCE = 'api'

/**
 * Reads a body of usage: NDJSON, a JSON array, or one JSON object; native records or CloudEvents. A bad line or element
 * is a rejection in its place. Only a JSON array that is broken as a whole is refused as a whole, and nothing of it kept.
 */
export function decodeUsage(body: Buffer, contentType: string, context: DecodingContext): UsageBatch {
  const text = body.toString('utf8')
  const first = text.trimStart()[0]
  const batch = new UsageBatchBuilder(context, expectedLines(text))
  batch.readFrom(text)
  if (contentType.includes('ndjson') || (first === '{' && !isWholeJson(contentType))) readLines(text, batch)
  else if (first === '[' || first === '{') readJson(text, batch)
  else throw new Refusal('invalid_json', 'expected NDJSON lines, a JSON array or a JSON object')
  return batch.build()
}

/** As many lines as there would be if all were as long as the first, at most `MAX_RECORDS`. */
export function expectedLines(text: string): number {
  const first = text.indexOf('\n') + 1
  return first === 0 ? 1 : Math.min(Math.ceil(text.length / first) + 16, MAX_RECORDS)
}

function isWholeJson(contentType: string): boolean {
  return /^application\/(json|cloudevents\+json|cloudevents-batch\+json)/.test(contentType)
}

function assertRoom(batch: UsageBatchBuilder): void {
  if (batch.size >= MAX_RECORDS) throw new Refusal('payload_too_large', `at most ${MAX_RECORDS} records a request`)
}

function readLines(text: string, batch: UsageBatchBuilder): void {
  const fields = emptyFields()
  const cursor = new JsonCursor(text)
  while (cursor.at < text.length) {
    const start = cursor.at
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    if (isBlankLine(text, start, end)) {
      cursor.at = end + 1
      continue
    }
    assertRoom(batch)
    const isTooLong = end - start > FIELD_LIMITS.raw
    const fault = isTooLong ? `a line has at most ${FIELD_LIMITS.raw} characters` : readLineAt(cursor, end, fields)
    fields.source ??= DEFAULT_SOURCE
    if (fault === null) batch.add(fields)
    else batch.addUnreadable(text.slice(start, end).trimEnd(), isTooLong ? 'too_long' : 'bad_json', fault, fields)
    cursor.at = end + 1
  }
}

function readJson(text: string, batch: UsageBatchBuilder): void {
  const fields = emptyFields()
  const cursor = new JsonCursor(text)
  const element = (): void => {
    assertRoom(batch)
    if (text.charCodeAt(cursor.at) !== 123) {
      const start = cursor.at
      cursor.skipValue()
      batch.addUnreadable(text.slice(start, cursor.at), 'bad_json', 'expected an object', fields)
      return
    }
    readRecord(cursor, fields)
    fields.source ??= DEFAULT_SOURCE
    batch.add(fields)
  }
  try {
    cursor.skipBlanks()
    if (text.charCodeAt(cursor.at) === 91) cursor.array(element)
    else element()
    cursor.expectEnd()
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('invalid_json', error.message)
    throw error
  }
}
