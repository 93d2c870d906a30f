import type { GatewayRefused } from '../../modules/payment-gateways/ports.ts'
import {
  askProvider,
  asObject,
  asObjects,
  asText,
  doneOf,
  type ProviderAnswer,
  type ProviderDone,
  type ProviderObject,
  type ProviderRequest,
} from '../provider-http/provider-http.ts'
import { type Refusals, refusalBy } from '../provider-http/refusals.ts'

/** The version of the API that answers are read as. */
export const VERSION = '2024-06-20'
/** An object of Stripe's, or a part of one. */
export type StripeObject = ProviderObject

/** Parameters of a request, nested as Stripe has them: `{ metadata: { kvit: 'a' } }` is sent as `metadata[kvit]=a`. */
export type Parameters = {
  readonly [name: string]: string | number | bigint | boolean | null | undefined | readonly string[] | Parameters
}

/** Stripe's words for why a bank declined. Others are `declined`, and may go through later. */
const DECLINES: Refusals = {
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
  return refusalBy(DECLINES, declined, code)
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
  async post(path: string, parameters: Parameters, key: string, signal: AbortSignal): Promise<ProviderDone> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': key }
    const body = encoded(parameters).toString()
    return doneOf(await this.ask(path, { method: 'POST', headers, body }, signal))
  }

  async get(path: string, parameters: Parameters, signal: AbortSignal): Promise<ProviderAnswer> {
    const query = encoded(parameters).toString()
    return this.ask(query === '' ? path : `${path}?${query}`, { method: 'GET', headers: {} }, signal)
  }

  private async ask(path: string, request: ProviderRequest, signal: AbortSignal): Promise<ProviderAnswer> {
    const headers = { ...request.headers, authorization: `Bearer ${this.secretKey}`, 'stripe-version': VERSION }
    return askProvider(`${this.url}${path}`, { ...request, headers }, signal, (status, { error }) =>
      status === 402 ? refusalOf(error) : null,
    )
  }
}

export function encoded(parameters: Parameters, prefix = '', into = new URLSearchParams()): URLSearchParams {
  for (const [name, value] of Object.entries(parameters)) {
    const at = prefix === '' ? name : `${prefix}[${name}]`
    if (value === null || value === undefined) continue
    if (Array.isArray(value)) for (const one of value as readonly string[]) into.append(`${at}[]`, one)
    else if (typeof value === 'object') encoded(value as Parameters, at, into)
    else into.append(at, String(value))
  }
  return into
}

export function asList(value: unknown): readonly StripeObject[] {
  return asObjects(Array.isArray(value) ? value : asObject(value)['data'])
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
