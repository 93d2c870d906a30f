import { createHash } from 'node:crypto'
import { formatMinor } from '../../core/base/money.ts'
import { systemClock } from '../../platform/clock.ts'
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
  type ProviderRequest,
  UNKNOWN,
} from '../provider-http/provider-http.ts'
import { type Refusals, refusalBy } from '../provider-http/refusals.ts'

/** How long before its end a token is not used any more. */
const TOKEN_MARGIN_MS = 60_000
/** Accounts whose tokens are kept. */
const MAX_TOKENS = 1_000

/** What banks say of a card, by the codes that PayPal passes on, and PayPal's own words. Others are `declined`, and may go through later. */
const DECLINES: Refusals = {
  '5120': ['insufficient_funds', true],
  '5400': ['expired_method', false],
  '1380': ['expired_method', false],
  '5650': ['authentication_failed', true],
  '9500': ['suspected_fraud', false],
  '9510': ['suspected_fraud', false],
  '9520': ['suspected_fraud', false],
  '0500': ['declined', true],
  '5180': ['not_allowed', false],
  '1330': ['not_allowed', false],
  CARD_EXPIRED: ['expired_method', false],
  INSTRUMENT_DECLINED: ['declined', true],
  PAYER_ACTION_REQUIRED: ['authentication_failed', true],
  PAYER_CANNOT_PAY: ['declined', false],
  TRANSACTION_REFUSED: ['declined', true],
}

/** What PayPal says of a capture that was declined. */
export function refusalOfCapture(capture: ProviderObject): ReturnType<typeof refusalBy> {
  return refusalBy(DECLINES, asObject(capture['processor_response'])['response_code'])
}

/** Of one that makes no sense there is nothing in the table. */
function refusalOf(_status: number, object: ProviderObject): ReturnType<typeof refusalBy> | 'unknown' | null {
  const issues = asObjects(object['details']).map(({ issue }) => issue)
  // Our key was paid by an earlier request, whose answer was lost: what became of it is asked for.
  if (issues.includes('DUPLICATE_INVOICE_ID')) return 'unknown'
  const known = issues.filter((issue) => typeof issue === 'string' && Object.hasOwn(DECLINES, issue))
  return known.length === 0 ? null : refusalBy(DECLINES, ...known)
}

interface Token {
  readonly text: string
  readonly untilMs: number
}

/** Access tokens by account, which hold some hours. */
export class TokenStore {
  private readonly tokens = new Map<string, Token>()

  get(account: string): string | null {
    const token = this.tokens.get(account)
    return token === undefined || token.untilMs < systemClock.nowMs() ? null : token.text
  }

  put(account: string, text: string, seconds: number): void {
    if (this.tokens.size >= MAX_TOKENS) this.tokens.clear()
    this.tokens.set(account, { text, untilMs: systemClock.nowMs() + seconds * 1000 - TOKEN_MARGIN_MS })
  }

  drop(account: string): void {
    this.tokens.delete(account)
  }
}

/** PayPal's REST API, with the credentials of one app. */
export class PayPalApi {
  private readonly url: string
  private readonly basic: string
  private readonly account: string
  private readonly tokens: TokenStore

  constructor(url: string, clientId: string, clientSecret: string, tokens: TokenStore) {
    this.url = url
    this.basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    this.account = createHash('sha256').update(this.basic).digest('hex')
    this.tokens = tokens
  }

  /** Asks for something to be done once: the same key again gets what became of it, for some hours. @param body JSON, or its text */
  async post(path: string, body: object | string, key: string | null, signal: AbortSignal): Promise<ProviderDone> {
    const id = key === null ? {} : { 'paypal-request-id': key }
    const headers = { 'content-type': 'application/json', prefer: 'return=representation', ...id }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return doneOf(await this.ask(path, { method: 'POST', headers, body: text }, signal))
  }

  async get(path: string, signal: AbortSignal): Promise<ProviderAnswer> {
    return this.ask(path, { method: 'GET', headers: {} }, signal)
  }

  private async ask(path: string, request: ProviderRequest, signal: AbortSignal): Promise<ProviderAnswer> {
    const kept = this.tokens.get(this.account)
    const first = await this.askWith(kept, path, request, signal)
    // A token that was kept may have been taken back: with a new one it is asked for once more.
    const isStale = kept !== null && first.outcome === 'refused' && first.reason === 'not_allowed' && first.mayRetry
    if (!isStale) return first
    this.tokens.drop(this.account)
    return this.askWith(null, path, request, signal)
  }

  private async askWith(
    kept: string | null,
    path: string,
    request: ProviderRequest,
    signal: AbortSignal,
  ): Promise<ProviderAnswer> {
    let token = kept
    if (token === null) {
      const answer = await this.logIn(signal)
      if (answer.outcome !== 'done') return answer
      token = String(answer.object['access_token'])
    }
    const headers = { ...request.headers, authorization: `Bearer ${token}`, accept: 'application/json' }
    return askProvider(`${this.url}${path}`, { ...request, headers }, signal, refusalOf)
  }

  private async logIn(signal: AbortSignal): Promise<ProviderDone> {
    const headers = { authorization: `Basic ${this.basic}`, 'content-type': 'application/x-www-form-urlencoded' }
    const request = { method: 'POST', headers, body: 'grant_type=client_credentials' } as const
    const answer = doneOf(await askProvider(`${this.url}/v1/oauth2/token`, request, signal, () => null))
    if (answer.outcome !== 'done') return answer
    const { access_token: text, expires_in: seconds } = answer.object
    if (typeof text !== 'string' || !Number.isSafeInteger(seconds)) return UNKNOWN
    this.tokens.put(this.account, text, seconds as number)
    return answer
  }
}

/** An address among the links of an object, of the first relation that it has. */
export function linkOf(object: ProviderObject, ...relations: readonly string[]): string | null {
  const found = asObjects(object['links']).find(({ rel }) => relations.includes(String(rel)))
  return asText(found?.['href'])
}

/** An amount as PayPal writes it: 1000 cents are `{"currency_code":"EUR","value":"10.00"}`. */
export function amountFor(amountMinor: bigint, currency: string): object {
  return { currency_code: currency, value: formatMinor(amountMinor, currency) }
}

/** Minor units of an amount of PayPal's. @throws Error for what is none */
export function amountOf(value: unknown): bigint {
  const { value: text, currency_code: currency } = asObject(value)
  return minorOf(text, currency)
}
