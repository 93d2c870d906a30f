import type { IncomingHttpHeaders } from 'node:http'
import { parse } from 'node:querystring'
import { parseNumbersAsTexts } from '../../core/base/numbers-as-texts.ts'
import type { TerminalFields } from '../../core/terminals/request.ts'

/** A request has some ten fields. */
const MAX_FIELDS = 40
const MAX_VALUE = 2_000

interface Sent {
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  readonly query: Readonly<Record<string, unknown>>
}

/**
 * The fields of a request: in the address, in a form, or in a flat JSON object, whose numbers are taken by their text (`10.10` stays `10.10`).
 * @returns null where it is none of these, is not UTF-8, names a field twice, or here and there
 */
export function readFields({ headers, body, query }: Sent): TerminalFields | null {
  const sent = body.length === 0 ? {} : readBody(headers['content-type'] ?? '', body)
  if (sent === null) return null
  const fields = new Map<string, string>()
  for (const [name, value] of [...Object.entries(query), ...Object.entries(sent)]) {
    if (typeof value !== 'string' || value.length > MAX_VALUE || fields.has(name)) return null
    if (!name.isWellFormed() || !value.isWellFormed()) return null
    fields.set(name, value)
    if (fields.size > MAX_FIELDS) return null
  }
  return Object.fromEntries(fields)
}

/** Whether it was sent as JSON, or asks for it: then it is answered so. */
export function wantsJson({ 'content-type': type = '', accept = '' }: IncomingHttpHeaders): boolean | null {
  if (type.includes('json') || accept.includes('json')) return true
  return accept.includes('xml') ? false : null
}

function readBody(type: string, body: Uint8Array): Readonly<Record<string, unknown>> | null {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type) ?? []
  if (!/^utf-?8$/i.test(charset)) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (!type.includes('json')) return parse(text)
    const value = parseNumbersAsTexts(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
