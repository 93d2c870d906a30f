import { createHash } from 'node:crypto'
import { Refusal } from '../problems.ts'

/** Objects and arrays within each other. */
const MAX_DEPTH = 100
const [QUOTE, BACKSLASH, BRACKET, BRACE, BRACKET_END, BRACE_END] = [34, 92, 91, 123, 93, 125]

/** A body of JSON, and what tells it from another one. */
export interface ParsedBody {
  readonly value: unknown
  readonly sha256: string
}

/** @throws Refusal where the body is no JSON, or one that nobody means well with. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new Refusal('invalid_json', 'the body is empty; send JSON')
  if (isTooDeep(body)) throw new Refusal('invalid_json', `JSON is at most ${MAX_DEPTH} levels deep`)
  const text = body.toString('utf8')
  try {
    // A key that would change objects elsewhere when it is copied; escapes may hide it.
    return /__proto__|prototype|\\u00/.test(text) ? JSON.parse(text, refusePrototypes) : JSON.parse(text)
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('invalid_json', `the body is no JSON: ${textOf(error)}`)
  }
}

/** The same for a large body, with a hash of it, on a thread of its own. */
export function parseBody(body: Buffer): ParsedBody {
  return { value: parseJson(body), sha256: createHash('sha256').update(body).digest('hex') }
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
