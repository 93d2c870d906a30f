import { randomInt } from 'node:crypto'
import { formatMinor, parseMinor } from '../../../src/core/base/money.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Troubles } from './fake-gateway.ts'
import { type FakeAnswer, FakeProviderServer, type FakeRequest, type Json } from './fake-provider-server.ts'
import { chargebackJson, mandateJson, type MollieDetails,
  mollieError, molliePaymentJson, mollieRefundJson, pageJson, settlementJson } from './mollie-json.ts'
import { type FakePayment, type FakeRefund, type FakeSetup, type Fate, REFUSED } from './provider-books.ts'

/** Cards as their tokens name them, and what becomes of payments by them. All others are good for as much as is asked. */
const FATES: Readonly<Record<string, Fate>> = {
  tkn_empty: 'insufficient_funds',
  tkn_expired: 'expired_method',
  tkn_stolen: 'suspected_fraud',
  tkn_declined: 'declined',
  tkn_challenged: 'challenged',
  tkn_slow: 'slow',
}
/** What may become of a page, where it is not paid. */
const OUTCOMES = ['canceled', 'expired'] as const

export const MOLLIE_KEY = 'test_fakeFakeFakeFakeFakeFake'
export const MOLLIE_TOKEN = 'access_fakeFakeFakeFakeFake'

interface FakeMollieOptions {
  readonly troubles?: Troubles
  readonly apiKey?: string
  readonly accessToken?: string
}

/**
 * A server that speaks as Mollie does: payments with a page, mandates of customers, refunds, chargebacks, settlements, and webhooks that say an id and sign
 * nothing, as far as the adapter uses them. It misbehaves as it is told; its books are exact. A browser that opens the address of a
 * page has paid on it; `?outcome=canceled`, `expired` or a reason such as `insufficient_funds` is what else it may do.
 */
export class FakeMollie extends FakeProviderServer {
  readonly details = new Map<string, MollieDetails>()
  private readonly apiKey: string
  private readonly accessToken: string
  /** What becomes of payments by a mandate. */
  private readonly mandates = new Map<string, Fate>()

  constructor({ troubles, apiKey, accessToken }: FakeMollieOptions = {}) {
    super(troubles)
    this.apiKey = apiKey ?? MOLLIE_KEY
    this.accessToken = accessToken ?? MOLLIE_TOKEN
  }

  /** What the payer does on a page of ours, or a bank with a payment, by the key that it was asked for with. */
  confirm(key: string, isConfirmed: boolean): void {
    const payment = this.books.paymentOf(key)
    if (payment === undefined) this.books.confirmSetup(this.setupOf(key)?.id ?? key, isConfirmed)
    else this.books.confirm(payment.id, isConfirmed)
  }

  protected override openPage(url: URL): boolean {
    const [, id] = /^\/checkout\/(\w+)$/.exec(url.pathname) ?? []
    if (id === undefined) return false
    const outcome = url.searchParams.get('outcome') ?? 'paid'
    const status = OUTCOMES.find((one) => one === outcome)
    const details = this.details.get(id)
    const refused = REFUSED[outcome as Fate]
    if (status !== undefined && details !== undefined) this.details.set(id, { ...details, status })
    if (this.books.setups.has(id)) this.books.confirmSetup(id, outcome === 'paid')
    else if (status !== undefined) this.books.fail(id, { reason: 'abandoned', mayRetry: true })
    else if (refused === undefined) this.books.confirm(id, true)
    else this.books.fail(id, refused)
    return true
  }

  protected override answer(request: FakeRequest): FakeAnswer {
    const { headers, method, url, body } = request
    const needed = url.pathname.startsWith('/v2/settlements') ? this.accessToken : this.apiKey
    if (headers.authorization !== `Bearer ${needed}`) return mollieError(401, 'Missing authentication, or failed to authenticate')
    if (method !== 'POST') return this.read(url)
    const key = headers['idempotency-key']
    if (typeof key !== 'string') return this.write(url.pathname, asJson(body))
    const mixed = mollieError(400, 'The idempotency key was used for another request')
    return this.once(key, request, mixed, () => this.write(url.pathname, asJson(body)))
  }

  private write(path: string, sent: Json): FakeAnswer {
    const [, , kind, id = '', part] = path.split('/')
    const key = String((sent['metadata'] as Json | undefined)?.['kvit_key'] ?? '')
    if (kind === 'customers') return { status: 201, body: { resource: 'customer', id: this.books.nextId('cst') } }
    if (kind === 'payments' && part === 'refunds') {
      const minor = minorOf(sent['amount'])
      const refund = minor === null ? null : this.books.refund(key, id, minor)
      return refund === null ? mollieError(422, 'The amount is higher than the maximum') : { status: 201, body: mollieRefundJson(refund, this.currencyOf(id)) }
    }
    if (kind !== 'payments') return mollieError(404, 'There is no such thing')
    return sent['sequenceType'] === 'first' ? this.keep(key, sent) : this.pay(key, sent)
  }

  private pay(key: string, sent: Json): FakeAnswer {
    const amountMinor = minorOf(sent['amount'])
    const isPage = sent['sequenceType'] !== 'recurring'
    const fate = isPage ? 'challenged' : this.mandates.get(String(sent['mandateId']))
    const isWhole = !isPage || typeof sent['redirectUrl'] === 'string'
    if (amountMinor === null || amountMinor <= 0n || fate === undefined || !isWhole) return mollieError(422, 'The amount, the mandate or the redirect URL is wrong')
    const currency = String((sent['amount'] as Json)['currency'])
    const id = this.books.nextId('tr')
    this.keepDetails(id, sent, isPage)
    return { status: 201, body: this.json(this.books.authorise('tr', { key, currency, amountMinor }, fate, true, id)) }
  }

  private keep(key: string, sent: Json): FakeAnswer {
    const token = typeof sent['cardToken'] === 'string' ? sent['cardToken'] : null
    if (minorOf(sent['amount']) !== 0n || typeof sent['redirectUrl'] !== 'string' || typeof sent['customerId'] !== 'string')
      return mollieError(422, 'A first payment has an amount, a customer and a redirect URL')
    const fate = FATES[token ?? ''] ?? 'good'
    const id = this.books.nextId('tr')
    this.keepDetails(id, sent, token === null || fate === 'challenged')
    const mandate = this.books.nextId('mdt')
    this.mandates.set(mandate, fate === 'challenged' ? 'good' : fate)
    const method = { token: mandate, kind: 'card', brand: 'Visa', last4: String(randomInt(1_000, 9_999)), expires: '2030-12' }
    const setup = this.books.setUp(key, token === null ? 'challenged' : fate, method, 'tr', id)
    return { status: 201, body: this.setupJson(setup) }
  }

  private keepDetails(id: string, sent: Json, isPage: boolean): void {
    const customerId = typeof sent['customerId'] === 'string' ? sent['customerId'] : null
    const webhookUrl = String(sent['webhookUrl'] ?? '')
    this.details.set(id, { createdMs: systemClock.nowMs(), webhookUrl, isPage, status: null, customerId, method: 'creditcard' })
  }

  private read(url: URL): FakeAnswer {
    const [, , kind, id = '', part, third] = url.pathname.split('/')
    const found = (body: Json | undefined): FakeAnswer => (body === undefined ? mollieError(404, 'There is no such thing') : { status: 200, body })
    const { payments, setups, payouts } = this.books
    const refunds = [...this.books.refunds.values()]
    if (kind === 'payments' && id === '') {
      const all = [...this.details.keys()].toReversed().map((one) => this.subjectJson(one)).filter((one) => one !== undefined)
      return found(pageJson('payments', all, url))
    }
    if (kind === 'payments' && part === 'refunds') {
      const of = refunds.filter(({ paymentId }) => paymentId === id).map((one) => mollieRefundJson(one, this.currencyOf(id)))
      return found(third === undefined ? pageJson('refunds', of, url) : of.find((one) => one['id'] === third))
    }
    if (kind === 'payments') {
      const payment = payments.get(id)
      const embeds = url.searchParams.get('embed')?.split(',').includes('chargebacks') === true
      const chargebacks = payment?.disputes.map((one) => chargebackJson(one, payment))
      return found(payment === undefined ? this.subjectJson(id) : { ...this.json(payment), ...(embeds ? { _embedded: { chargebacks } } : {}) })
    }
    if (kind === 'customers' && part === 'mandates') {
      const setup = setups.values().find(({ method }) => method?.token === third)
      return found(setup === undefined || this.details.get(setup.id)?.customerId !== id ? undefined : mandateJson(setup))
    }
    if (kind === 'settlements' && id === '') return found(pageJson('settlements', payouts.toReversed().map(settlementJson), url))
    const payout = payouts.find((one) => one.id === id)
    if (kind !== 'settlements' || payout === undefined || part === undefined) return found(undefined)
    const lines = payout.lines.filter((line) => `${line.kind}s` === (part === 'chargebacks' ? 'disputes' : part))
    return found(pageJson(part, lines.map((line) => this.lineJson(line, payout.currency)), url))
  }

  /** A line of a settlement is the thing itself, with what it is in the settlement. */
  private lineJson({ kind, paymentId, grossMinor, id: line }: { kind: string; paymentId: string | null; grossMinor: bigint; id: string }, currency: string): Json {
    const payment = this.books.payments.get(paymentId ?? '') as FakePayment
    const settlementAmount = { currency, value: formatMinor(grossMinor, currency) }
    if (kind === 'payment') return { ...this.json(payment), settlementAmount }
    const id = kind === 'refund' ? `re_${line}` : payment.disputes[0]?.id
    return { resource: kind, id, paymentId, settlementAmount, amount: { currency, value: formatMinor(-grossMinor, currency) } }
  }

  private json(payment: FakePayment): Json {
    return molliePaymentJson(payment, this.details.get(payment.id) as MollieDetails, this.url)
  }

  private setupJson(setup: FakeSetup): Json {
    const { id, key, state, refused } = setup
    const states = { pending: 'pending', done: 'captured', failed: 'failed' } as const
    const money = { authorisedMinor: 0n, capturedMinor: 0n, refundedMinor: 0n, disputes: [] }
    const payment: FakePayment = { id, key, currency: 'EUR', state: states[state], isChallenged: true, ...money, refused }
    return { ...this.json(payment), ...(state === 'done' ? { mandateId: setup.method?.token } : {}) }
  }

  private subjectJson(id: string): Json | undefined {
    const [payment, setup] = [this.books.payments.get(id), this.books.setups.get(id)]
    return payment === undefined ? (setup === undefined ? undefined : this.setupJson(setup)) : this.json(payment)
  }

  private currencyOf(id: string): string {
    return this.books.payments.get(id)?.currency ?? 'EUR'
  }

  private setupOf(key: string): FakeSetup | undefined {
    return this.books.setups.values().find((one) => one.key === key)
  }

  protected override tell(subject: FakePayment | FakeRefund | FakeSetup): void {
    const id = 'paymentId' in subject ? subject.paymentId : subject.id
    const url = this.details.get(id)?.webhookUrl ?? ''
    if (!URL.canParse(url)) return
    const query = Object.fromEntries(new URL(url).searchParams)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    this.onWebhook({ id: this.books.nextId('call'), url, query, headers, body: Buffer.from(`id=${id}`) })
  }
}

function asJson(body: string): Json {
  return JSON.parse(body === '' ? '{}' : body) as Json
}

/** Mollie takes an amount only with as many digits behind the point as its currency has. */
function minorOf(amount: unknown): bigint | null {
  const { currency, value } = (amount ?? {}) as Json
  const minor = parseMinor(String(value), String(currency))
  return minor === null || formatMinor(minor, String(currency)) !== value ? null : minor
}
