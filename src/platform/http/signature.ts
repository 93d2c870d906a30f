import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { ReadContext } from '../tenant.ts'

/** A request as it was signed: the very bytes of its body. */
export interface SignedMessage {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The same with what else may show who has sent it. */
export interface SignedRequest extends SignedMessage {
  /** The address that it comes from; behind a proxy, that of the proxy. */
  readonly ip: string
  /** What stands behind the `?` of its address, by name; a name that stands there twice has a list. */
  readonly query: Readonly<Record<string, unknown>>
}

/** Who signs the requests of a route, and how that is verified. */
export interface Signer {
  /** `payment-notices`: the audit log and events name it as the caller. */
  readonly name: string
  /** The header that has the signature, for the description of the API. */
  readonly header: string
  /**
   * @param now by the real clock, whatever the clock of the tenant says
   * @param params what the address names
   * @returns the id of the message, which one that is sent again has, too; null where it is not signed, wrongly, or long ago.
   */
  readonly verify: (
    context: ReadContext,
    message: SignedRequest,
    now: number,
    params: Readonly<Record<string, string | undefined>>,
  ) => Promise<string | null>
}

/** How far the time of a signature may be from now: a request that somebody kept is refused after that. */
const TOLERANCE_MS = 300_000
/** Without points, so that `id.timestamp.body` can be read in one way alone. */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,200}$/
const SECONDS = /^\d{1,12}$/
/** Signatures that are looked at: a sender that changes its secret signs with both. */
const MAX_SIGNATURES = 10

/** Secrets as Standard Webhooks has them: `whsec_` and 24 to 64 bytes in base64. */
export const STANDARD_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/

/**
 * Standard Webhooks, version 1 (https://www.standardwebhooks.com): HMAC-SHA-256 over `id.timestamp.body`, in the headers
 * `webhook-id`, `webhook-timestamp` and `webhook-signature: v1,<base64> v1,<base64>`.
 * @returns the message's id; null where no signature fits, or its time is more than five minutes away
 */
export function standardWebhookId(secret: string, { headers, body }: SignedMessage, nowMs: number): string | null {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers
  if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string') return null
  if (!ID.test(id) || !SECONDS.test(seconds) || Math.abs(Number(seconds) * 1000 - nowMs) > TOLERANCE_MS) return null
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest()
  let fits = false
  for (const word of signatures.split(' ').slice(0, MAX_SIGNATURES)) {
    const [, text = ''] = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(word) ?? []
    const given = Buffer.from(text, 'base64')
    if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true
  }
  return fits ? id : null
}
