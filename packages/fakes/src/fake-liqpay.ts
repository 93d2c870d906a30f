import { createHash } from 'node:crypto'
import { formatMinor, parseMinor } from '../../../src/core/base/money.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Troubles } from './fake-gateway.ts'
import { type FakeAnswer, FakeProviderServer, type FakeRequest, type Json } from './fake-provider-server.ts'
import { type FakePayment, type FakeRefund, type FakeSetup, type Fate, REFUSED } from './provider-books.ts'

/** LiqPay's codes for why nothing was paid. */
const CODES: Readonly<Record<string, string>> = {
  insufficient_funds: 'limit',
  expired_method: '9851',
  suspected_fraud: 'frod',
  declined: '9867',
  authentication_failed: '5',
  abandoned: 'order_expired',
}

export const LIQPAY_PUBLIC_KEY = 'sandbox_i12345678901'
export const LIQPAY_PRIVATE_KEY = 'sandbox_fakeFakeFakeFake1'

interface FakeLiqPayOptions {
  readonly troubles?: Troubles
  readonly publicKey?: string
  readonly privateKey?: string
}

/**
 * A server that speaks as LiqPay does: pages whose address has the signed order, the status of orders, refunds, and signed callbacks, as far as the adapter
 * uses them. An order is there once a browser has opened its address, which is how its payer pays; `&outcome=insufficient_funds` or `open` is what
 * else it may do. It misbehaves as it is told; its books are exact.
 */
export class FakeLiqPay extends FakeProviderServer {
  private readonly publicKey: string
  private readonly privateKey: string
  private readonly serverUrls = new Map<string, string>()

  constructor({ troubles, publicKey, privateKey }: FakeLiqPayOptions = {}) {
    super(troubles)
    this.publicKey = publicKey ?? LIQPAY_PUBLIC_KEY
    this.privateKey = privateKey ?? LIQPAY_PRIVATE_KEY
  }

  /** The payer opens the address of a page, and does nothing yet. */
  visit(address: string): void {
    const url = new URL(address)
    url.searchParams.set('outcome', 'open')
    this.openPage(url)
  }

  protected override openPage(url: URL): boolean {
    if (url.pathname !== '/api/3/checkout') return false
    const order = this.read(url.searchParams)
    if (order === null) throw new Error('the signature is wrong')
    const { order_id: key, amount, currency, server_url: serverUrl, expired_date: ends } = order as Record<string, string>
    if (key === undefined || Date.parse(`${ends?.replace(' ', 'T')}Z`) < systemClock.nowMs()) throw new Error('it is over')
    const amountMinor = parseMinor(String(amount), String(currency))
    if (amountMinor === null) throw new Error('the amount is wrong')
    this.serverUrls.set(key, String(serverUrl))
    if (!this.books.payments.has(key))
      this.books.authorise('lp', { key, currency: String(currency), amountMinor }, 'challenged', true, key)
    const outcome = url.searchParams.get('outcome') ?? 'paid'
    if (outcome === 'open') return true
    const refused = outcome === 'expired' ? ({ reason: 'abandoned', mayRetry: true } as const) : REFUSED[outcome as Fate]
    if (refused === undefined) this.books.confirm(key, true)
    else this.books.fail(key, refused)
    return true
  }

  protected override answer({ url, method, body }: FakeRequest): FakeAnswer {
    if (url.pathname !== '/api/request' || method !== 'POST') return { status: 404, body: {} }
    const sent = this.read(new URLSearchParams(body))
    if (sent === null) return fault('invalid_signature')
    const payment = this.books.payments.get(String(sent['order_id']))
    if (payment === undefined) return fault('payment_not_found')
    if (sent['action'] === 'status') return { status: 200, body: this.orderJson(payment) }
    const minor = parseMinor(String(sent['amount']), payment.currency)
    const refund = minor === null ? null : this.books.refund(payment.key, payment.id, minor)
    if (refund === null) return fault('err_payment')
    const { status } = this.orderJson(this.books.payments.get(payment.id) as FakePayment)
    return { status: 200, body: { result: 'ok', action: 'refund', payment_id: 165_629, status } }
  }

  private orderJson({ key, currency, state, authorisedMinor, capturedMinor, refundedMinor, refused }: FakePayment): Json {
    const paid = refundedMinor > 0n && refundedMinor === capturedMinor ? 'reversed' : 'success'
    const status = { pending: 'wait_secure', authorised: 'wait_accept', captured: paid, failed: 'failure' }[state]
    return {
      ...{ result: 'ok', action: 'pay', version: 3, payment_id: 165_629, public_key: this.publicKey, order_id: key, status },
      ...{ amount: Number(formatMinor(authorisedMinor, currency)), currency, end_date: systemClock.nowMs() },
      ...(refused === null ? {} : { err_code: CODES[refused.reason] ?? 'err_card', err_description: 'declined' }),
    }
  }

  protected override tell(subject: FakePayment | FakeRefund | FakeSetup): void {
    if ('fate' in subject) return
    const key = 'paymentId' in subject ? subject.paymentId : subject.key
    const payment = this.books.payments.get(key)
    if (payment === undefined || payment.state === 'pending') return
    const data = Buffer.from(JSON.stringify(this.orderJson(payment))).toString('base64')
    const body = Buffer.from(new URLSearchParams({ data, signature: this.sign(data) }).toString())
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    this.onWebhook({ id: this.books.nextId('call'), url: this.serverUrls.get(key) ?? null, query: {}, headers, body })
  }

  private read(form: URLSearchParams): Json | null {
    const data = form.get('data') ?? ''
    if (form.get('signature') !== this.sign(data)) return null
    const sent = JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as Json
    return sent['public_key'] === this.publicKey ? sent : null
  }

  private sign(data: string): string {
    return createHash('sha1').update(`${this.privateKey}${data}${this.privateKey}`).digest('base64')
  }
}

function fault(code: string): FakeAnswer {
  return { status: 200, body: { result: 'error', status: 'error', err_code: code, err_description: code } }
}
