import type { GatewayRefused } from '../../modules/payment-gateways/ports.ts'

/** Answers are some kilobytes; a page of a hundred payments is some hundred. */
const MAX_ANSWER_BYTES = 4_000_000

/** An object of a provider's, or a part of one. */
export type ProviderObject = Readonly<Record<string, unknown>>

/** What came of a request. `unknown`: there was no answer that says whether it was done. */
export type ProviderAnswer =
  | { readonly outcome: 'done'; readonly object: ProviderObject }
  | ({ readonly outcome: 'refused' } & GatewayRefused)
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unknown' }

/** What came of a request to do something: what it needs and is not there is a refusal. */
export type ProviderDone = Exclude<ProviderAnswer, { readonly outcome: 'absent' }>

export interface ProviderRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Why something was refused; `unknown` where that does not say that it was not done, null where it tells no more than that it was refused. */
type Refusing = (status: number, object: ProviderObject) => GatewayRefused | 'unknown' | null

export const UNKNOWN = { outcome: 'unknown' } as const
export const NOT_ALLOWED = { outcome: 'refused', reason: 'not_allowed', mayRetry: false } as const
/** Nobody did in time what was to be done. */
export const ABANDONED: GatewayRefused = { reason: 'abandoned', mayRetry: true }

/**
 * Asks a provider over HTTP and reads its answer in JSON. Redirects are not followed, and answers are read to a limit.
 * @param refusalOf is asked about answers with the status 400, 402 or 422
 * @param parse reads JSON otherwise, such as with exact numbers
 */
export async function askProvider(
  url: string,
  request: ProviderRequest,
  signal: AbortSignal,
  refusalOf: Refusing,
  parse: (text: string) => unknown = JSON.parse,
): Promise<ProviderAnswer> {
  try {
    const response = await fetch(url, { ...request, redirect: 'error', signal })
    const object = asObject(parse(await textOf(response)))
    return answerOf(response.status, object, refusalOf)
  } catch {
    // The network, a time-out, or something that is no answer of the provider's: whatever was asked for may have been done.
    return UNKNOWN
  }
}

/** What was to be done and needs something that is not there is refused. */
export function doneOf(answer: ProviderAnswer): ProviderDone {
  return answer.outcome === 'absent' ? NOT_ALLOWED : answer
}

/** @throws Error where it is longer than answers are */
export async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array
    length += bytes.length
    if (length > MAX_ANSWER_BYTES) throw new Error('an answer of a provider is too long')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}

function answerOf(status: number, object: ProviderObject, refusalOf: Refusing): ProviderAnswer {
  if (status >= 200 && status < 300) return { outcome: 'done', object }
  if (status === 404 || status === 410) return { outcome: 'absent' }
  if (status === 400 || status === 402 || status === 422) {
    const refused = refusalOf(status, object)
    if (refused === 'unknown') return UNKNOWN
    return refused === null ? NOT_ALLOWED : { outcome: 'refused', ...refused }
  }
  // The key of the account is not taken: nothing was done, and may be with another gateway, or once the key is mended.
  if (status === 401 || status === 403) return { outcome: 'refused', reason: 'not_allowed', mayRetry: true }
  // 409: the same key is being worked on; 429: too many requests; 5xx: it may have been done.
  return UNKNOWN
}

export function asObject(value: unknown): ProviderObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ProviderObject) : {}
}

export function asObjects(value: unknown): readonly ProviderObject[] {
  return Array.isArray(value) ? (value as unknown[]).map(asObject) : []
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
