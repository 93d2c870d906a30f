import { createHmac } from 'node:crypto'
import { formatMinor, parseMinor } from '../../../src/core/base/money.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Troubles } from './fake-gateway.ts'
import { type FakeAnswer, FakeProviderServer, type FakeRequest, type Json } from './fake-provider-server.ts'
import { type FakePayment, type FakeRefund, type FakeSetup, type Fate, REFUSED } from './provider-books.ts'

/** WayForPay's codes for why nothing was paid. */
const CODES: Readonly<Record<string, number>> = {
  insufficient_funds: 1104,
  expired_method: 1103,
  suspected_fraud: 1114,
  declined: 1101,
  authentication_failed: 1108,
}

export const WAYFORPAY_ACCOUNT = 'test_merch_n1'
export const WAYFORPAY_KEY = 'flk3409refn54t54tFake'
export const WAYFORPAY_DOMAIN = 'shop.example'

interface FakeWayForPayOptions {
  readonly troubles?: Troubles
  readonly merchantAccount?: string
  readonly secretKey?: string
}

/**
 * A server that speaks as WayForPay does: invoices with a page, the status of orders, refunds, and callbacks with their signature inside, as far as the
 * adapter uses them. An order is there once, and its status only when somebody has tried to pay it. It misbehaves as it is told; its
 * books are exact. A browser that opens the address of an invoice has paid it; `?outcome=insufficient_funds` or `expired` is what else it may do.
 */
export class FakeWayForPay extends FakeProviderServer {
  private readonly account: string
  private readonly secretKey: string
  private readonly serviceUrls = new Map<string, string>()
  private readonly expired = new Set<string>()

  constructor({ troubles, merchantAccount, secretKey }: FakeWayForPayOptions = {}) {
    super(troubles)
    this.account = merchantAccount ?? WAYFORPAY_ACCOUNT
    this.secretKey = secretKey ?? WAYFORPAY_KEY
  }

  /** Whether an answer to a callback says, signed, that it was taken. */
  isAccepted(text: string): boolean {
    const { orderReference, status, time, signature } = JSON.parse(text) as Json
    return status === 'accept' && signature === this.sign([orderReference, status, time])
  }

  protected override openPage(url: URL): boolean {
    const [, id] = /^\/invoice\/([\w-]+)$/.exec(url.pathname) ?? []
    if (id === undefined) return false
    const outcome = url.searchParams.get('outcome') ?? 'paid'
    const refused = REFUSED[outcome as Fate]
    if (outcome === 'expired') this.expired.add(id)
    if (outcome === 'expired') this.books.fail(id, { reason: 'abandoned', mayRetry: true })
    else if (refused === undefined) this.books.confirm(id, true)
    else this.books.fail(id, refused)
    return true
  }

  protected override answer({ url, method, body }: FakeRequest): FakeAnswer {
    if (url.pathname !== '/api' || method !== 'POST') return { status: 404, body: {} }
    const sent = JSON.parse(body) as Json
    const { transactionType: type, orderReference: key, amount, currency } = sent
    const products = ['productName', 'productCount', 'productPrice'].flatMap((name) => (sent[name] ?? []) as unknown[])
    const signed =
      type === 'CREATE_INVOICE'
        ? [sent['merchantDomainName'], key, sent['orderDate'], amount, currency, ...products]
        : type === 'REFUND'
          ? [key, amount, currency]
          : [key]
    if (sent['merchantAccount'] !== this.account || sent['merchantSignature'] !== this.sign([this.account, ...signed]))
      return coded(1113, 'Invalid signature')
    if (type === 'CREATE_INVOICE') return this.begin(String(key), sent)
    const payment = this.books.payments.get(String(key))
    if (payment === undefined || payment.state === 'pending') return coded(1127, 'Order Not Found')
    if (type !== 'REFUND') return { status: 200, body: this.orderJson(payment) }
    const minor = parseMinor(String(amount), String(currency))
    const refund = minor === null ? null : this.books.refund(String(sent['comment']), payment.id, minor)
    if (refund === null) return coded(1128, 'Refund Limit Exceeded')
    const { merchantAccount, transactionStatus } = this.orderJson(this.books.payments.get(payment.id) as FakePayment)
    return { status: 200, body: { merchantAccount, orderReference: key, transactionStatus, reason: 'Ok', reasonCode: 1100 } }
  }

  private begin(key: string, { amount, currency, serviceUrl }: Json): FakeAnswer {
    const amountMinor = parseMinor(String(amount), String(currency))
    if (amountMinor === null || amountMinor <= 0n) return coded(1130, 'Invalid Amount')
    if (this.books.payments.has(key)) return coded(1112, 'Duplicate Order ID')
    this.serviceUrls.set(key, String(serviceUrl))
    this.books.authorise('wfp', { key, currency: String(currency), amountMinor }, 'challenged', true, key)
    return { status: 200, body: { reason: 'Ok', reasonCode: 1100, invoiceUrl: `${this.url}/invoice/${key}` } }
  }

  private orderJson(payment: FakePayment): Json {
    const { key, currency, state, authorisedMinor, capturedMinor, refundedMinor, refused } = payment
    const paid = refundedMinor === 0n || refundedMinor < capturedMinor ? 'Approved' : 'Refunded'
    const failed = this.expired.has(key) ? 'Expired' : 'Declined'
    const transactionStatus = { pending: 'inProcessing', authorised: 'WaitingAuthComplete', captured: paid, failed }[state]
    const [amount, refundAmount] = [authorisedMinor, refundedMinor].map((minor) => Number(formatMinor(minor, currency)))
    const reasonCode = refused === null ? 1100 : (CODES[refused.reason] ?? 1101)
    const signed = [this.account, key, amount, currency, '541963', '41****8217', transactionStatus, reasonCode]
    const processingDate = Math.floor(systemClock.nowMs() / 1000)
    return {
      ...{ merchantAccount: this.account, orderReference: key, amount, currency, authCode: '541963', cardPan: '41****8217' },
      ...{ transactionStatus, reasonCode, refundAmount, processingDate, merchantSignature: this.sign(signed) },
    }
  }

  protected override tell(subject: FakePayment | FakeRefund | FakeSetup): void {
    if ('fate' in subject) return
    const key = 'paymentId' in subject ? subject.paymentId : subject.key
    const payment = this.books.payments.get(key)
    if (payment === undefined || payment.state === 'pending') return
    const body = Buffer.from(JSON.stringify(this.orderJson(payment)))
    // It is JSON, whatever its type says.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    this.onWebhook({ id: this.books.nextId('call'), url: this.serviceUrls.get(key) ?? null, query: {}, headers, body })
  }

  private sign(parts: readonly unknown[]): string {
    return createHmac('md5', this.secretKey).update(parts.map(String).join(';'), 'utf8').digest('hex')
  }
}

function coded(reasonCode: number, reason: string): FakeAnswer {
  return { status: 200, body: { reason, reasonCode } }
}
