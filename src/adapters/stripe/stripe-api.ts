import type { GatewayRefusal, GatewayRefused } from '../../modules/payment-gateways/ports.ts'

/** The version of the API that answers are read as. */
const VERSION = '2024-06-20'
/** Answers are some kilobytes; a page of a hundred payments is some hundred. */
const MAX_ANSWER_CHARACTERS = 4_000_000

/** An object of Stripe's, or a part of one. */
export type StripeObject = Readonly<Record<string, unknown>>

/** What came of a request. `unknown`: there was no answer that says whether it was done. */
export type StripeAnswer =
  | { readonly outcome: 'done'; readonly object: StripeObject }
  | ({ readonly outcome: 'refused' } & GatewayRefused)
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unknown' }

/** What came of a request to do something: what it needs and is not there is a refusal. */
export type StripeDone = Exclude<StripeAnswer, { readonly outcome: 'absent' }>

/** Parameters of a request, nested as Stripe has them: `{ metadata: { kvit: 'a' } }` is sent as `metadata[kvit]=a`. */
export type Parameters = {
  readonly [name: string]: string | number | bigint | boolean | null | undefined | readonly string[] | Parameters
}

/** Stripe's words for why a bank declined. Others are `declined`, and may go through later. */
const DECLINES: Readonly<Record<string, readonly [GatewayRefusal, boolean]>> = {
  insufficient_funds: ['insufficient_funds', true],
  withdrawal_count_limit_exceeded: ['insufficient_funds', true],
  card_velocity_exceeded: ['insufficient_funds', true],
  expired_card: ['expired_method', false],
  invalid_expiry_month: ['expired_method', false],
  invalid_expiry_year: ['expired_method', false],
  authentication_required: ['authentication_failed', true],
  payment_intent_authentication_failure: ['authentication_failed', true],
  setup_intent_authentication_failure: ['authentication_failed', true],
  lost_card: ['suspected_fraud', false],
  stolen_card: ['suspected_fraud', false],
  pickup_card: ['suspected_fraud', false],
  fraudulent: ['suspected_fraud', false],
  merchant_blacklist: ['suspected_fraud', false],
  card_not_supported: ['not_allowed', false],
  currency_not_supported: ['not_allowed', false],
  incorrect_number: ['not_allowed', false],
  invalid_account: ['not_allowed', false],
  new_account_information_available: ['expired_method', false],
  do_not_honor: ['declined', true],
  revocation_of_all_authorizations: ['declined', false],
  revocation_of_authorization: ['declined', false],
  stop_payment_order: ['declined', false],
}

/** What Stripe says of a decline, in the words of the port. */
export function refusalOf(error: unknown): GatewayRefused {
  const { code, decline_code: declined } = asObject(error)
  const [reason, mayRetry] = DECLINES[String(declined)] ?? DECLINES[String(code)] ?? (['declined', true] as const)
  return { reason, mayRetry }
}

/** Stripe's HTTP API, with the secret key of one account. */
export class StripeApi {
  private readonly url: string
  private readonly secretKey: string

  constructor(url: string, secretKey: string) {
    this.url = url
    this.secretKey = secretKey
  }

  /** Asks for something to be done once: the same key again gets the answer of the first time, for a day. */
  async post(path: string, parameters: Parameters, key: string, signal: AbortSignal): Promise<StripeDone> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': key }
    const answer = await this.ask(path, { method: 'POST', headers, body: encoded(parameters).toString() }, signal)
    return answer.outcome === 'absent' ? { outcome: 'refused', reason: 'not_allowed', mayRetry: false } : answer
  }

  async get(path: string, parameters: Parameters, signal: AbortSignal): Promise<StripeAnswer> {
    const query = encoded(parameters).toString()
    return this.ask(query === '' ? path : `${path}?${query}`, { method: 'GET', headers: {} }, signal)
  }

  private async ask(
    path: string,
    {
      headers,
      ...request
    }: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
    signal: AbortSignal,
  ): Promise<StripeAnswer> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        ...request,
        headers: { ...headers, authorization: `Bearer ${this.secretKey}`, 'stripe-version': VERSION },
        redirect: 'error',
        signal,
      })
      const text = await response.text()
      if (text.length > MAX_ANSWER_CHARACTERS) return { outcome: 'unknown' }
      return answerOf(response.status, asObject(JSON.parse(text)))
    } catch {
      // The network, a time-out, or something that is no answer of Stripe's: whatever was asked for may have been done.
      return { outcome: 'unknown' }
    }
  }
}

function answerOf(status: number, object: StripeObject): StripeAnswer {
  if (status === 200) return { outcome: 'done', object }
  if (status === 404) return { outcome: 'absent' }
  if (status === 402) return { outcome: 'refused', ...refusalOf(object['error']) }
  if (status === 400) return { outcome: 'refused', reason: 'not_allowed', mayRetry: false }
  // The key of the account is not taken: nothing was done, and may be with another gateway, or once the key is mended.
  if (status === 401 || status === 403) return { outcome: 'refused', reason: 'not_allowed', mayRetry: true }
  // 409: the same key is being worked on; 429: too many requests; 5xx: it may have been done.
  return { outcome: 'unknown' }
}

function encoded(parameters: Parameters, prefix = '', into = new URLSearchParams()): URLSearchParams {
  for (const [name, value] of Object.entries(parameters)) {
    const at = prefix === '' ? name : `${prefix}[${name}]`
    if (value === null || value === undefined) continue
    if (Array.isArray(value)) for (const one of value as readonly string[]) into.append(`${at}[]`, one)
    else if (typeof value === 'object') encoded(value as Parameters, at, into)
    else into.append(at, String(value))
  }
  return into
}

export function asObject(value: unknown): StripeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as StripeObject) : {}
}

export function asList(value: unknown): readonly StripeObject[] {
  const list = Array.isArray(value) ? (value as unknown[]) : asObject(value)['data']
  return Array.isArray(list) ? list.map(asObject) : []
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** An amount in the units of Stripe. @throws Error for what is none: then there is no answer */
export function asMinor(value: unknown): bigint {
  if (!Number.isSafeInteger(value)) throw new Error('an amount of Stripe is no whole number')
  return BigInt(value as number)
}

/** The id of what is named, or expanded, in a field. */
export function idOf(value: unknown): string | null {
  return asText(value) ?? asText(asObject(value)['id'])
}
