import { formatMinor } from '../../core/base/money.ts'
import type { GatewayRefused } from '../../modules/payment-gateways/ports.ts'
import { minorOf } from '../provider-http/amounts.ts'
import {
  askProvider,
  asObject,
  asObjects,
  asText,
  doneOf,
  type ProviderAnswer,
  type ProviderDone,
  type ProviderObject,
} from '../provider-http/provider-http.ts'
import { type Refusals, refusalBy } from '../provider-http/refusals.ts'

/** Entries of a list on one page, as many as Mollie gives. */
const PAGE = 250
/** Pages of one list that are read: ten thousand payments. */
const MAX_PAGES = 40

/** Mollie's words for why a card was refused, and the codes of banks for direct debits. Others are `declined`, and may go through later. */
const DECLINES: Refusals = {
  insufficient_funds: ['insufficient_funds', true],
  card_expired: ['expired_method', false],
  inactive_card: ['expired_method', false],
  authentication_abandoned: ['authentication_failed', true],
  authentication_failed: ['authentication_failed', true],
  authentication_required: ['authentication_failed', true],
  authentication_unavailable_acs: ['authentication_failed', true],
  possible_fraud: ['suspected_fraud', false],
  invalid_card_number: ['not_allowed', false],
  invalid_card_holder_name: ['not_allowed', false],
  invalid_card_type: ['not_allowed', false],
  invalid_cvv: ['not_allowed', false],
  AM04: ['insufficient_funds', true],
  AC01: ['not_allowed', false],
  AC04: ['expired_method', false],
  AC06: ['not_allowed', false],
  MD01: ['not_allowed', false],
  MD07: ['not_allowed', false],
  MS02: ['declined', false],
}

/** What Mollie says of a payment that has failed, in the words of the port. */
export function refusalOf(payment: ProviderObject): GatewayRefused {
  const details = asObject(payment['details'])
  return refusalBy(
    DECLINES,
    details['failureReason'],
    details['bankReasonCode'],
    asObject(payment['statusReason'])['code'],
  )
}

/** Mollie's HTTP API, with an API key, or an access token of an organisation. */
export class MollieApi {
  private readonly url: string
  private readonly token: string

  constructor(url: string, token: string) {
    this.url = url
    this.token = token
  }

  /** Asks for something to be done once: the same key again gets the answer of the first time, for an hour. */
  async post(path: string, body: object, key: string, signal: AbortSignal): Promise<ProviderDone> {
    const headers = { ...this.headers(), 'content-type': 'application/json', 'idempotency-key': key }
    const request = { method: 'POST', headers, body: JSON.stringify(body) } as const
    return doneOf(await askProvider(`${this.url}${path}`, request, signal, () => null))
  }

  async get(path: string, signal: AbortSignal): Promise<ProviderAnswer> {
    return askProvider(`${this.url}${path}`, { method: 'GET', headers: this.headers() }, signal, () => null)
  }

  /**
   * The entries of a list, the newest first, up to the first one that is older than what is looked for.
   * @returns null where there was no answer, or there are more than are read
   */
  async list(
    path: string,
    name: string,
    signal: AbortSignal,
    isOlder: (entry: ProviderObject) => boolean = () => false,
  ): Promise<readonly ProviderObject[] | null> {
    const all: ProviderObject[] = []
    let from: string | null = null
    for (let page = 0; page < MAX_PAGES; page++) {
      const after: string = from === null ? '' : `&from=${encodeURIComponent(from)}`
      const answer = await this.get(`${path}?limit=${PAGE}${after}`, signal)
      if (answer.outcome !== 'done') return null
      for (const entry of asObjects(asObject(answer.object['_embedded'])[name])) {
        if (isOlder(entry)) return all
        all.push(entry)
      }
      from = nextOf(answer.object)
      if (from === null) return all
    }
    return null
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, accept: 'application/hal+json' }
  }
}

/** Where the next page of a list begins: of its address, only that is used. */
function nextOf(object: ProviderObject): string | null {
  const href = linkOf(object, 'next')
  return href !== null && URL.canParse(href) ? new URL(href).searchParams.get('from') : null
}

/** An address among the links of an object. */
export function linkOf(object: ProviderObject, name: string): string | null {
  return asText(asObject(asObject(object['_links'])[name])['href'])
}

/** An amount as Mollie writes it: 1000 cents are `{"currency":"EUR","value":"10.00"}`. */
export function amountFor(
  amountMinor: bigint,
  currency: string,
): { readonly currency: string; readonly value: string } {
  return { currency, value: formatMinor(amountMinor, currency) }
}

/** Minor units of an amount of Mollie's; what is not there is nothing. @throws Error for what is none */
export function amountOf(value: unknown): bigint {
  if (value === null || value === undefined) return 0n
  const { value: text, currency } = asObject(value)
  return minorOf(text, currency)
}

/** The time of something, in milliseconds; 0 where there is none. */
export function timeOf(value: unknown): number {
  const ms = Date.parse(asText(value) ?? '')
  return Number.isFinite(ms) ? ms : 0
}
