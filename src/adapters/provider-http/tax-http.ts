import type { EngineAnswer } from '../../modules/tax-engine/ports.ts'
import { exactJson } from './exact-json.ts'
import { textOf } from './provider-http.ts'

const MAX_TEXT = 300

/** An object of an answer. Its numbers are texts: `0.0625` is no floating point. */
export type Told = Readonly<Record<string, unknown>>

interface TaxRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
}

/**
 * Asks an engine of tax by HTTP. What goes wrong is no answer, and what it refuses is told with its own words (`error.message`).
 * @param answerOf reads an answer of status 2xx; what it cannot read it says itself
 */
export async function askTaxEngine(
  { url, headers, body, signal }: TaxRequest,
  answerOf: (told: Told) => EngineAnswer,
): Promise<EngineAnswer> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal })
    const told = parsed(await textOf(response))
    if (response.ok) return answerOf(told)
    const reason = faultOf(told) ?? `it answered with status ${response.status}`
    const isRefused = response.status >= 400 && response.status < 500 && response.status !== 429
    return isRefused ? { outcome: 'refused', reason } : noAnswer(reason)
  } catch {
    return noAnswer(signal.aborted ? 'it did not answer in time' : 'it could not be reached')
  }
}

export function noAnswer(reason: string): EngineAnswer {
  return { outcome: 'no_answer', reason }
}

function parsed(text: string): Told {
  try {
    return asTold(exactJson(text))
  } catch {
    return {}
  }
}

function faultOf({ error }: Told): string | null {
  const { message } = asTold(error)
  return typeof message === 'string' ? message.slice(0, MAX_TEXT) : null
}

export function asTold(value: unknown): Told {
  return isObject(value) ? value : {}
}

export function allTold(value: unknown): readonly Told[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : []
}

function isObject(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is there, cut to what documents take; null for all else. */
export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : null
}
