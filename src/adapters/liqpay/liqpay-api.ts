import { createHash } from 'node:crypto'
import type { GatewayRefused } from '../../modules/payment-gateways/ports.ts'
import { exactJson } from '../provider-http/exact-json.ts'
import { askProvider, type ProviderAnswer, type ProviderObject } from '../provider-http/provider-http.ts'
import { type Refusals, refusalBy } from '../provider-http/refusals.ts'

/** LiqPay's codes for why nothing was paid. Others are `declined`, and may go through later. */
const DECLINES: Refusals = {
  limit: ['insufficient_funds', true],
  '9859': ['insufficient_funds', true],
  '9861': ['insufficient_funds', true],
  '9863': ['insufficient_funds', true],
  '9851': ['expired_method', false],
  '9854': ['expired_method', false],
  frod: ['suspected_fraud', false],
  '9852': ['suspected_fraud', false],
  '9868': ['suspected_fraud', false],
  '5': ['authentication_failed', true],
  '9855': ['authentication_failed', true],
  err_cancel: ['abandoned', true],
  expired_phone: ['abandoned', true],
  order_expired: ['abandoned', true],
}
/** What is asked about is not there: nobody has tried to pay it. */
const NOT_THERE: ReadonlySet<string> = new Set(['payment_not_found', 'order_not_found'])
/** The account is not taken: nothing was done. */
const NOT_TAKEN: ReadonlySet<string> = new Set([
  'public_key_not_found',
  'invalid_signature',
  'err_access',
  'shop_blocked',
])

/** What a shop is known by. */
export interface Shop {
  readonly publicKey: string
  readonly privateKey: string
}

/** What is sent to LiqPay, or comes from there: JSON in base64, and its signature. */
export interface Signed {
  readonly data: string
  readonly signature: string
}

/** SHA-1 over the private key, the data and the private key, in base64. */
export function signatureOf({ privateKey }: Shop, data: string): string {
  return createHash('sha1').update(`${privateKey}${data}${privateKey}`, 'utf8').digest('base64')
}

export function refusalOf({ err_code: code }: ProviderObject): GatewayRefused {
  return refusalBy(DECLINES, String(code))
}

export function isNotThere({ err_code: code }: ProviderObject): boolean {
  return NOT_THERE.has(String(code))
}

export function isNotTaken({ err_code: code }: ProviderObject): boolean {
  return NOT_TAKEN.has(String(code))
}

/** LiqPay's HTTP API: one address, of which each request says what it wants. */
export class LiqPayApi {
  readonly shop: Shop
  private readonly url: string

  constructor(url: string, shop: Shop) {
    this.url = url
    this.shop = shop
  }

  signed(request: ProviderObject): Signed {
    const whole = { version: 3, public_key: this.shop.publicKey, ...request }
    const data = Buffer.from(JSON.stringify(whole), 'utf8').toString('base64')
    return { data, signature: signatureOf(this.shop, data) }
  }

  /** The address of a page that a payer pays on: all of the order is in it. */
  pageOf(request: ProviderObject): string {
    return `${this.url}/api/3/checkout?${new URLSearchParams({ ...this.signed(request) }).toString()}`
  }

  async ask(request: ProviderObject, signal: AbortSignal): Promise<ProviderAnswer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
    const body = new URLSearchParams({ ...this.signed(request) }).toString()
    return askProvider(`${this.url}/api/request`, { method: 'POST', headers, body }, signal, () => null, exactJson)
  }
}
