import type { IncomingHttpHeaders } from 'node:http'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { Refusal } from '../../platform/problems.ts'

/** Attributes that usage is made of; others, and extensions, are left out as `/v1/usage` leaves them out. */
const ATTRIBUTES = ['id', 'source', 'type', 'subject', 'time'] as const
const JSON_TYPE = /^[^;]*[/+]json\s*(;|$)/i
const PRINTABLE = /^[\x20-\x7e]*$/

/**
 * An event in binary mode, as the same event in structured mode: attributes are in `ce-` headers, and the body is the data. The
 * text of the data is taken as it is, so that its numbers keep their digits.
 * CloudEvents, HTTP protocol binding 1.0.2, section 3.1.
 */
export function structured(headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const version = attribute(headers, 'specversion')
  if (version === null || !/^1\.\d+$/.test(version))
    throw new Refusal('invalid_request', `ce-specversion is ${version ?? 'missing'}; this server reads 1.0`)
  const parts = [`"specversion":${JSON.stringify(version)}`]
  for (const name of ATTRIBUTES) {
    const value = attribute(headers, name)
    if (value !== null) parts.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`)
  }
  if (body.length > 0) parts.push(`"data":${dataOf(headers['content-type'], body)}`)
  return Buffer.from(`{${parts.join(',')}}`)
}

/** Data that is one JSON value, and nothing behind it. */
function dataOf(contentType: string | undefined, body: Buffer): string {
  if (contentType !== undefined && !JSON_TYPE.test(contentType))
    throw new Refusal('unsupported_media_type', `the data of an event is JSON here, not ${contentType}`)
  const text = body.toString('utf8')
  const cursor = new JsonCursor(text)
  try {
    cursor.skipBlanks()
    cursor.skipValue()
    cursor.expectEnd()
  } catch (error) {
    throw new Refusal(
      'invalid_json',
      `the data of the event: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return text.trim()
}

/** The value of a header, without quotes around it and with what is percent-encoded decoded: section 3.1.3.2. */
function attribute(headers: IncomingHttpHeaders, name: string): string | null {
  const text = headers[`ce-${name}`]
  if (text === undefined) return null
  if (typeof text !== 'string' || !PRINTABLE.test(text))
    throw new Refusal('invalid_request', `ce-${name}: what is not printable ASCII is percent-encoded, as UTF-8`)
  const [, quoted] = /^"(.*)"$/.exec(text) ?? []
  const plain = quoted === undefined ? text : quoted.replaceAll(/\\(.)/g, '$1')
  try {
    return decodeURIComponent(plain)
  } catch {
    throw new Refusal('invalid_request', `ce-${name}: ${text} is not percent-encoded UTF-8; a per cent sign is %25`)
  }
}
