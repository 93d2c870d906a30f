import { createHmac } from 'node:crypto'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Troubles } from './fake-gateway.ts'
import { type FakeAnswer, FakeProviderServer, type FakeRequest, type Json } from './fake-provider-server.ts'
import type { FakePayment, FakeRefund, FakeSetup, Fate } from './provider-books.ts'
import {
  balanceTransactionJson,
  disputeJson,
  errorJson,
  listJson,
  paymentIntentJson,
  payoutJson,
  refundJson,
  type Session,
  sessionJson,
  setupIntentJson,
} from './stripe-json.ts'

/** Stripe's test cards, and what becomes of payments by them. All others are good for as much as is asked. */
const FATES: Readonly<Record<string, Fate>> = {
  pm_card_chargeCustomerFail: 'declined',
  pm_card_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_chargeDeclinedExpiredCard: 'expired_method',
  pm_card_chargeDeclinedLostCard: 'suspected_fraud',
  pm_card_authenticationRequired: 'challenged',
  pm_usBankAccount: 'slow',
}

export const STRIPE_KEY = 'sk_test_51FakeFakeFake'
export const STRIPE_WEBHOOK_SECRET = 'whsec_fakefakefakefake'

/** Secret keys of the account, and when its answers go wrong. */
interface FakeStripeOptions {
  readonly troubles?: Troubles
  readonly secretKey?: string
  readonly webhookSecret?: string
}

/**
 * A server that speaks as Stripe does: the shapes, the idempotency keys, the test cards and the signed webhooks, as far as the adapter uses
 * them. It misbehaves as it is told; its books are exact. A browser that opens the address of a page, with `?method=pm_card_visa`, has
 * paid on it.
 */
export class FakeStripe extends FakeProviderServer {
  readonly sessions = new Map<string, Session>()
  private readonly secretKey: string
  private readonly webhookSecret: string
  private readonly methods = new Map<string, Fate>()
  /** Whose a means of payment is, by setup. */
  private readonly customers = new Map<string, string>()

  constructor({ troubles, secretKey, webhookSecret }: FakeStripeOptions = {}) {
    super(troubles)
    this.secretKey = secretKey ?? STRIPE_KEY
    this.webhookSecret = webhookSecret ?? STRIPE_WEBHOOK_SECRET
  }

  /** The payer enters a means of payment on a page, and comes back. */
  complete(id: string, method: string): void {
    const session = this.sessions.get(id)
    if (session?.status !== 'open') throw new Error(`the page ${id} is not open`)
    const fate = FATES[method] ?? 'good'
    if (session.mode === 'setup') {
      const setup = this.books.setUp(session.key, fate, this.methodOf(method))
      this.customers.set(setup.id, session.customer ?? '')
      this.sessions.set(id, { ...session, status: 'complete', subjectId: setup.id })
      return
    }
    const { key, currency, amountMinor } = session
    const payment = this.books.authorise('pi', { key, currency, amountMinor }, fate, true)
    // A card that is declined leaves the page open for another one.
    if (payment.refused === null) this.sessions.set(id, { ...session, status: 'complete', subjectId: payment.id })
  }

  /** Nobody has paid on a page, and its time is over. */
  expire(id: string): void {
    const session = this.sessions.get(id)
    if (session?.status === 'open') this.sessions.set(id, { ...session, status: 'expired' })
  }

  /** What a page, a payment or a means of payment of ours is, by the key that it was asked for with. */
  confirm(key: string, isConfirmed: boolean): void {
    const payment = this.books.paymentOf(key)
    const setup = this.books.setups.values().find((one) => one.key === key)
    if (payment !== undefined) this.books.confirm(payment.id, isConfirmed)
    else this.books.confirmSetup(setup?.id ?? key, isConfirmed)
  }

  protected override openPage(url: URL): boolean {
    const [, page, id = ''] = /^\/(pay|challenge)\/(\w+)$/.exec(url.pathname) ?? []
    if (page === 'pay') this.complete(id, url.searchParams.get('method') ?? 'pm_card_visa')
    if (page === 'challenge')
      this.confirm(this.books.payments.get(id)?.key ?? id, url.searchParams.get('confirm') !== 'no')
    return page !== undefined
  }

  /** What was asked for under an idempotency key gets the answer of the first time, refusals too. */
  protected override answer(request: FakeRequest): FakeAnswer {
    const { headers, method, url, body } = request
    if (headers.authorization !== `Bearer ${this.secretKey}`) return errorJson(401, { type: 'invalid_request_error' })
    const key = headers['idempotency-key']
    if (method !== 'POST') return this.read(url)
    if (typeof key !== 'string') return errorJson(400, { type: 'invalid_request_error', message: 'no idempotency key' })
    const mixed = errorJson(400, { type: 'idempotency_error' })
    return this.once(key, request, mixed, () => this.write(url.pathname, new URLSearchParams(body)))
  }

  private write(path: string, sent: URLSearchParams): FakeAnswer {
    const key = sent.get('metadata[kvit_key]') ?? ''
    switch (path) {
      case '/v1/customers':
        return { status: 200, body: { id: this.books.nextId('cus'), object: 'customer' } }
      case '/v1/payment_intents':
        return this.charge(key, sent)
      case '/v1/setup_intents':
        return this.keepMethod(key, sent)
      case '/v1/checkout/sessions':
        return this.beginPage(key, sent)
      case '/v1/refunds': {
        const refund = this.books.refund(key, sent.get('payment_intent') ?? '', BigInt(sent.get('amount') ?? 0))
        if (refund === null) return errorJson(400, { type: 'invalid_request_error', code: 'charge_already_refunded' })
        return { status: 200, body: refundJson(refund) }
      }
      default:
        return errorJson(404, { type: 'invalid_request_error' })
    }
  }

  private charge(key: string, sent: URLSearchParams): FakeAnswer {
    const amountMinor = BigInt(sent.get('amount') ?? 0)
    const fate = this.methods.get(sent.get('payment_method') ?? '')
    if (amountMinor <= 0n || fate === undefined) return errorJson(400, { type: 'invalid_request_error' })
    const draft = { key, currency: (sent.get('currency') ?? '').toUpperCase(), amountMinor }
    // Nobody is there to confirm.
    const isAlone = fate === 'challenged' && sent.get('off_session') === 'true'
    const payment = this.books.authorise('pi', draft, isAlone ? 'authentication_failed' : fate, true)
    const body = this.intentJson(payment)
    if (payment.refused === null) return { status: 200, body }
    return errorJson(402, { type: 'card_error', ...(body['last_payment_error'] as Json), payment_intent: body })
  }

  private methodOf(name: string): { token: string; kind: string; brand: string; last4: string; expires: string } {
    const id = this.books.nextId('pm')
    this.methods.set(id, FATES[name] ?? 'good')
    return { token: id, kind: 'card', brand: 'visa', last4: '4242', expires: '2030-12' }
  }

  private keepMethod(key: string, sent: URLSearchParams): FakeAnswer {
    const name = sent.get('payment_method') ?? ''
    if (!name.startsWith('pm_')) return errorJson(400, { type: 'invalid_request_error' })
    const fate = FATES[name] ?? 'good'
    // A test card that needs the payer for a payment needs nobody to be kept; `pm_card_threeDSecureSetup` does.
    const kept = name === 'pm_card_threeDSecureSetup' ? 'challenged' : fate === 'challenged' ? 'good' : fate
    const setup = this.books.setUp(key, kept, this.methodOf(name))
    this.customers.set(setup.id, sent.get('customer') ?? '')
    const body = this.setupJson(setup)
    if (setup.refused === null) return { status: 200, body }
    return errorJson(402, { type: 'card_error', code: 'card_declined', decline_code: 'lost_card', setup_intent: body })
  }

  private beginPage(key: string, sent: URLSearchParams): FakeAnswer {
    const mode = sent.get('mode') === 'setup' ? 'setup' : 'payment'
    const amount = sent.get('line_items[0][price_data][unit_amount]')
    const isWhole = sent.get('success_url') !== null && (mode === 'setup' || BigInt(amount ?? 0) > 0n)
    if (!isWhole) return errorJson(400, { type: 'invalid_request_error' })
    const currency = (sent.get('line_items[0][price_data][currency]') ?? '').toUpperCase()
    const id = this.books.nextId('cs_test')
    const session: Session = {
      ...{ id, key, mode, currency, amountMinor: BigInt(amount ?? 0), status: 'open', subjectId: null },
      ...{ url: `${this.url}/pay/${id}`, successUrl: sent.get('success_url'), customer: sent.get('customer') },
    }
    this.sessions.set(id, session)
    return { status: 200, body: this.pageJson(session) }
  }

  private read(url: URL): FakeAnswer {
    const { payments, refunds, setups, payouts } = this.books
    const [, , kind = '', id = '', third] = url.pathname.split('/')
    const asked = url.searchParams
    const of = asked.get('payment_intent')
    const found = (body: Json | undefined): FakeAnswer =>
      body === undefined ? errorJson(404, { type: 'invalid_request_error', code: 'resource_missing' }) : { status: 200, body }
    const one = <T>(all: ReadonlyMap<string, T>, name: string, json: (value: T) => Json): FakeAnswer => {
      const value = all.get(name)
      return found(value === undefined ? undefined : json(value))
    }
    if (kind === 'payment_intents' && id === 'search') {
      const [, key] = /^metadata\['kvit_key'\]:'([^']*)'$/.exec(asked.get('query') ?? '') ?? []
      const payment = this.books.paymentOf(key ?? '')
      return found(listJson(payment === undefined ? [] : [this.intentJson(payment)]))
    }
    if (kind === 'payment_intents') return one(payments, id, (payment) => this.intentJson(payment))
    if (kind === 'setup_intents') return one(setups, id, (setup) => this.setupJson(setup))
    if (kind === 'checkout' && third !== undefined) return one(this.sessions, third, (session) => this.pageJson(session))
    if (kind === 'checkout')
      return found(listJson([...this.sessions.values()].filter(({ subjectId }) => subjectId === of).map((s) => this.pageJson(s))))
    if (kind === 'refunds' && id !== '') return one(refunds, id, refundJson)
    if (kind === 'refunds') return found(listJson([...refunds.values()].filter((r) => r.paymentId === of).map(refundJson)))
    if (kind === 'disputes') return found(listJson((payments.get(of ?? '')?.disputes ?? []).map((d) => disputeJson(d, of ?? ''))))
    if (kind === 'payouts') return found(paged(payouts.toReversed().map(payoutJson), asked))
    if (kind === 'balance_transactions') {
      const lines = payouts.find((payout) => payout.id === asked.get('payout'))?.lines ?? []
      return found(paged(lines.map(balanceTransactionJson), asked))
    }
    return found(undefined)
  }

  private intentJson(payment: FakePayment): Json {
    const session = this.sessions.values().find(({ subjectId, key }) => subjectId === payment.id || key === payment.key)
    return paymentIntentJson(payment, this.url, session !== undefined)
  }

  private setupJson(setup: FakeSetup): Json {
    return setupIntentJson(setup, this.url, this.customers.get(setup.id) ?? '')
  }

  private pageJson(session: Session): Json {
    const { mode, subjectId } = session
    const payment = subjectId === null ? undefined : this.books.payments.get(subjectId)
    const setup = subjectId === null ? undefined : this.books.setups.get(subjectId)
    const intent = payment === undefined ? null : this.intentJson(payment)
    const setupIntent = setup === undefined ? null : this.setupJson(setup)
    return sessionJson(session, mode === 'payment' ? { payment_intent: intent } : { setup_intent: setupIntent })
  }

  protected override tell(subject: FakePayment | FakeRefund | FakeSetup): void {
    const object =
      'paymentId' in subject
        ? refundJson(subject)
        : 'fate' in subject
          ? this.setupJson(subject)
          : this.intentJson(subject)
    const id = this.books.nextId('evt')
    const type = `${String(object['object'])}.updated`
    const body = Buffer.from(JSON.stringify({ id, object: 'event', type, data: { object } }))
    this.onWebhook({ id, body, url: null, query: {}, headers: { 'stripe-signature': this.sign(body, Math.floor(systemClock.nowMs() / 1000)) } })
  }

  sign(body: Buffer, seconds: number): string {
    const signature = createHmac('sha256', this.webhookSecret).update(`${seconds}.`).update(body).digest('hex')
    return `t=${seconds},v1=${signature}`
  }
}

/** A page of a list, after the entry that the caller names. */
function paged(all: readonly Json[], asked: URLSearchParams): Json {
  const after = asked.get('starting_after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const limit = Number(asked.get('limit') ?? 10)
  return listJson(all.slice(from, from + limit), all.length > from + limit)
}
