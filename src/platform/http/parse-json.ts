import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { jsonIsKeptExactly } from '../../core/base/kept-text.ts'
import { Refusal } from '../problems.ts'

/** Objects and arrays within each other. */
const MAX_DEPTH = 100
const [QUOTE, BACKSLASH, BRACKET, BRACE, BRACKET_END, BRACE_END] = [34, 92, 91, 123, 93, 125]

/** What is said of a text that would be kept as another one. */
export const TEXT_NOT_KEPT = 'a text has a NUL character or half of a surrogate pair, which cannot be kept'

/** A smaller body is parsed at once: handing it over would take longer. */
export const SMALL_BYTES = 128 * 1024

/** A body of JSON, and what distinguishes it from another one; null where its value does. */
export interface ParsedBody {
  readonly value: unknown
  readonly fingerprint: string | null
}

/** @throws Refusal where the body is no JSON, or one that nobody means well with. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new Refusal('invalid_json', 'the body is empty; send JSON')
  if (isTooDeep(body)) throw new Refusal('invalid_json', `JSON is at most ${MAX_DEPTH} levels deep`)
  const text = keptText(body)
  try {
    // A key that would change objects elsewhere when it is copied; escapes may hide it.
    const value: unknown = /__proto__|prototype|\\u00/.test(text)
      ? JSON.parse(text, refusePrototypes)
      : JSON.parse(text)
    assertKeptJson(text)
    return value
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('invalid_json', `the body is no JSON: ${textOf(error)}`)
  }
}

/** The text of a body that a route reads by itself. @throws Refusal where it is no UTF-8, or says texts that cannot be kept. */
export function rawJson(body: unknown): string {
  const text = Buffer.isBuffer(body) ? keptText(body) : ''
  try {
    assertKeptJson(text)
  } catch (error) {
    // Whoever reads it answers that it is no JSON.
    if (error instanceof Refusal) throw error
  }
  return text
}

function keptText(body: Buffer): string {
  if (!isUtf8(body)) throw new Refusal('invalid_json', 'the body is not UTF-8')
  return body.toString('utf8')
}

function assertKeptJson(text: string): void {
  if (!jsonIsKeptExactly(text)) throw new Refusal('invalid_request', TEXT_NOT_KEPT)
}

/** The same with what distinguishes a body from another one: of a large one a hash, since making its text again would take too long. */
export function parseBody(body: Buffer): ParsedBody {
  const value = parseJson(body)
  return { value, fingerprint: body.length < SMALL_BYTES ? null : createHash('sha256').update(body).digest('hex') }
}

function refusePrototypes(key: string, value: unknown): unknown {
  const isNamed = key === '__proto__'
  const isReached =
    key === 'constructor' && value !== null && typeof value === 'object' && Object.hasOwn(value, 'prototype')
  if (isNamed || isReached) throw new Refusal('invalid_json', `the key ${key} is not allowed`)
  return value
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isTooDeep(body: Buffer): boolean {
  if (body.length <= MAX_DEPTH) return false
  let [depth, isText] = [0, false]
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (isText) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if ((byte === BRACKET || byte === BRACE) && ++depth > MAX_DEPTH) return true
    else if (byte === BRACKET_END || byte === BRACE_END) depth--
  }
  return false
}
