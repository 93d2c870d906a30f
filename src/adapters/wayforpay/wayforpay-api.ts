import { createHmac } from 'node:crypto'
import { formatMinor } from '../../core/base/money.ts'
import type { GatewayRefused } from '../../modules/payment-gateways/ports.ts'
import { minorOf } from '../provider-http/amounts.ts'
import { exactJson } from '../provider-http/exact-json.ts'
import { askProvider, type ProviderAnswer, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import { type Refusals, refusalBy } from '../provider-http/refusals.ts'

/** Done without errors. */
export const OK = '1100'
/** An order of this reference is there already. */
export const DUPLICATE = '1112'
export const NOT_FOUND = '1127'
/** Nothing that is asked for is done for this account, as long as its settings are as they are. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['1113', '1117', '1118', '1121'])
/** It may have been done. */
const UNDECIDED: ReadonlySet<string> = new Set(['1129', '1131', '1132', '1134'])

/** WayForPay's codes for why nothing was paid. Others are `declined`, and may go through later. */
const DECLINES: Refusals = {
  '1102': ['not_allowed', false],
  '1103': ['expired_method', false],
  '1104': ['insufficient_funds', true],
  '1105': ['not_allowed', false],
  '1106': ['insufficient_funds', true],
  '1108': ['authentication_failed', true],
  '1114': ['suspected_fraud', false],
  '1120': ['authentication_failed', true],
  '1124': ['abandoned', true],
  '1125': ['abandoned', true],
}

export function refusalOf({ reasonCode }: ProviderObject): GatewayRefused {
  return refusalBy(DECLINES, String(reasonCode))
}

/** What a merchant is known by. */
export interface Merchant {
  readonly merchantAccount: string
  readonly secretKey: string
  readonly merchantDomain: string
}

/** HMAC-MD5 of what is signed, with `;` between, in hexadecimal digits. */
export function signatureOf(secretKey: string, parts: readonly unknown[]): string {
  return createHmac('md5', secretKey).update(parts.map(String).join(';'), 'utf8').digest('hex')
}

/** WayForPay's HTTP API: one address, of which each request says what it wants, is signed, and is answered with a code. */
export class WayForPayApi {
  readonly merchant: Merchant
  private readonly url: string

  constructor(url: string, merchant: Merchant) {
    this.url = url
    this.merchant = merchant
  }

  /** @param signed what of the request is signed, in its order, behind the account */
  async ask(
    transactionType: string,
    body: ProviderObject,
    signed: readonly unknown[],
    signal: AbortSignal,
  ): Promise<ProviderAnswer> {
    const { merchantAccount, secretKey } = this.merchant
    const merchantSignature = signatureOf(secretKey, [merchantAccount, ...signed])
    const request = { transactionType, merchantAccount, apiVersion: 1, ...body, merchantSignature }
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(request) } as const
    return askProvider(`${this.url}/api`, sent, signal, () => null, exactJson)
  }
}

/** What a code says of a request that was not done. */
export function notDone({ reasonCode }: ProviderObject): ({ outcome: 'refused' } & GatewayRefused) | typeof UNKNOWN {
  const code = String(reasonCode)
  if (UNDECIDED.has(code)) return UNKNOWN
  return { outcome: 'refused', reason: 'not_allowed', mayRetry: NOT_TAKEN.has(code) }
}

/** An amount as WayForPay reads it, which is also how it is signed: 1050 kopecks are `10.5`, 1000 are `10`. */
export function amountFor(amountMinor: bigint, currency: string): string {
  const text = formatMinor(amountMinor, currency)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Minor units of an amount; what is not there is nothing. @throws Error for what is none */
export function amountOf(value: unknown, currency: unknown): bigint {
  return value === undefined || value === null || value === '' ? 0n : minorOf(value, currency)
}
