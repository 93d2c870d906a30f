import type {
  ChannelCapabilities,
  DeliveryFailure,
  RenderedMessage,
  SendAnswer,
} from '../../modules/notifications/ports.ts'
import { type OutsideAnswer, retryAfterOf } from '../../platform/outside-http.ts'

const MAX_SAID = 300

export type Answered = Extract<OutsideAnswer, { readonly status: number }>

/** Why a channel cannot carry a message; null where it can. Nothing is cut or left out. */
export function unfitFor(
  { subject, html, attachments, maxCharacters }: ChannelCapabilities,
  message: RenderedMessage,
): SendAnswer | null {
  const isMore =
    (message.subject !== null && !subject) ||
    (message.html !== null && !html) ||
    (message.attachments.length > 0 && !attachments)
  if (isMore) return refused('not_supported')
  return maxCharacters !== null && Array.from(message.text).length > maxCharacters ? refused('too_long') : null
}

/** It is not sent, now or later. */
export function refused(reason: DeliveryFailure, said?: string): SendAnswer {
  return { outcome: 'failed', reason, mayRetry: false, ...(said === undefined ? {} : { said }) }
}

/** It may be sent later, and where the server says when, not sooner. */
export function later(
  reason: 'too_many' | 'unavailable',
  said: string,
  afterSeconds: number | null = null,
): SendAnswer {
  const after = afterSeconds === null ? {} : { retryAfterSeconds: afterSeconds }
  return { outcome: 'failed', reason, mayRetry: true, said, ...after }
}

/** There was no answer. */
export function withoutAnswer({ outcome, said }: Exclude<OutsideAnswer, Answered>): SendAnswer {
  if (outcome === 'unknown') return { outcome, said }
  return outcome === 'refused' ? refused('blocked', said) : later('unavailable', said)
}

/**
 * What statuses mean that mean the same everywhere; null for those that are the provider's to explain.
 * @param said in its words
 */
export function byStatus({ status, headers }: Answered, said: string): SendAnswer | null {
  if (status === 429) return later('too_many', said, retryAfterOf(headers))
  // 401 and 403 of most providers are about our key: it may be mended meanwhile.
  if (status === 401 || status === 503) return later('unavailable', said, retryAfterOf(headers))
  if (status === 413) return refused('too_long', said)
  // Others of 500 may come after the message was taken.
  if (status >= 500) return { outcome: 'unknown', said }
  // Redirections are not followed: what the address answers is no provider's.
  if (status >= 300 && status < 400) return later('unavailable', said)
  return null
}

/** A text of a provider as one line, without what a terminal that shows it does not take. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_SAID)
}

/** JSON of an answer as an object; an empty one where it is none. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}
