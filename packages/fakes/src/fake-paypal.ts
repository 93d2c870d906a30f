import { createHmac } from 'node:crypto'
import { formatMinor, parseMinor } from '../../../src/core/base/money.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Troubles } from './fake-gateway.ts'
import { type FakeAnswer, FakeProviderServer, type FakeRequest, type Json } from './fake-provider-server.ts'
import { disputeDetailJson, money, type Order, orderJson, paypalError, paypalRefundJson, setupTokenJson } from './paypal-json.ts'
import type { FakePayment, FakeRefund, FakeSetup, Fate } from './provider-books.ts'

/** Setup tokens as a page of the operator has filled them, and what becomes of payments by them. All others are good for as much as is asked. */
const FATES: Readonly<Record<string, Fate>> = {
  'st-empty': 'insufficient_funds',
  'st-expired': 'expired_method',
  'st-stolen': 'suspected_fraud',
  'st-declined': 'declined',
  'st-challenged': 'challenged',
}

export const PAYPAL_CLIENT = 'AfakeFakeFakeFakeFake'
export const PAYPAL_SECRET = 'EfakeFakeFakeFakeFake'
export const PAYPAL_WEBHOOK = '5FAKEWEBHOOK12345'

interface FakePayPalOptions {
  readonly troubles?: Troubles
  readonly clientId?: string
  readonly clientSecret?: string
  readonly webhookId?: string
}

/**
 * A server that speaks as PayPal does: access tokens, orders that a payer approves and the seller captures, payment tokens, refunds, disputes, the search of
 * transactions, and webhooks that it says are its own, as far as the adapter uses them. It misbehaves as it is told; its books are exact.
 * A browser that opens the address of an order has approved it; `?funding=st-declined` is what pays it.
 */
export class FakePayPal extends FakeProviderServer {
  readonly orders = new Map<string, Order>()
  /** Whether the app may search transactions, which then come at once. */
  maySearch = true
  private readonly basic: string
  private readonly webhookId: string
  private readonly accessTokens = new Set<string>()
  private readonly tokens = new Map<string, Fate>()

  constructor({ troubles, clientId, clientSecret, webhookId }: FakePayPalOptions = {}) {
    super(troubles)
    this.basic = `Basic ${Buffer.from(`${clientId ?? PAYPAL_CLIENT}:${clientSecret ?? PAYPAL_SECRET}`).toString('base64')}`
    this.webhookId = webhookId ?? PAYPAL_WEBHOOK
  }

  /** Access tokens that were given are not taken any more. */
  revokeTokens(): void {
    this.accessTokens.clear()
  }

  /** What the payer does with an order, by the key that it was asked for with. One that is not approved is void. */
  confirm(key: string, isConfirmed: boolean, fate?: Fate): void {
    const order = this.orderOf(key)
    if (order?.status !== 'PAYER_ACTION_REQUIRED') throw new Error(`there is no open order of ${key}`)
    const changed = { ...order, status: isConfirmed ? 'APPROVED' : 'VOIDED', fate: fate ?? order.fate } as const
    this.orders.set(order.id, changed)
    this.send(isConfirmed ? 'CHECKOUT.ORDER.APPROVED' : 'CHECKOUT.ORDER.VOIDED', this.json(changed))
  }

  /** The capture of an order, under which it is in the books. */
  captureOf(orderId: string): string {
    return this.orders.get(orderId)?.captureId ?? orderId
  }

  protected override openPage(url: URL): boolean {
    const asked = url.searchParams
    const [, id] = /^\/vault\/(\w+)$/.exec(url.pathname) ?? []
    if (id !== undefined) {
      this.books.confirmSetup(id, true)
      return true
    }
    if (url.pathname !== '/checkoutnow') return false
    const funding = asked.get('funding')
    this.confirm(this.orders.get(asked.get('token') ?? '')?.key ?? '', asked.get('approve') !== 'no', funding === null ? undefined : FATES[funding])
    return true
  }

  protected override answer(request: FakeRequest): FakeAnswer {
    const { headers, method, url, body } = request
    if (url.pathname === '/v1/oauth2/token') return this.logIn(request)
    if (!this.accessTokens.has(String(headers.authorization).replace('Bearer ', ''))) return paypalError(401, 'INVALID_TOKEN')
    if (url.pathname === '/v1/notifications/verify-webhook-signature') return this.verify(JSON.parse(body) as Json)
    if (method !== 'POST') return this.read(url)
    const key = headers['paypal-request-id']
    const work = (): FakeAnswer => this.write(url.pathname, JSON.parse(body) as Json)
    if (typeof key !== 'string') return work()
    const answer = this.once(key, request, paypalError(422, 'PAYPAL_REQUEST_ID_MIXED'), work)
    // The same request again tells what became of it meanwhile.
    const order = this.orders.get(String(answer.body['id']))
    return order === undefined ? answer : { ...answer, body: this.json(order) }
  }

  private logIn({ headers, body }: FakeRequest): FakeAnswer {
    if (headers.authorization !== this.basic || body !== 'grant_type=client_credentials') return paypalError(401, 'invalid_client')
    const token = this.books.nextId('A21AA')
    this.accessTokens.add(token)
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: 32_400 } }
  }

  private verify({ webhook_event: event, ...signed }: Json): FakeAnswer {
    const { transmission_id: id, transmission_time: time, transmission_sig: signature, webhook_id: webhook } = signed
    const isOurs = webhook === this.webhookId && signature === this.sign(String(id), String(time), JSON.stringify(event))
    return { status: 200, body: { verification_status: isOurs ? 'SUCCESS' : 'FAILURE' } }
  }

  private write(path: string, sent: Json): FakeAnswer {
    const [, version, first, second = '', third = '', fourth] = path.split('/')
    if (path === '/v2/checkout/orders') return this.begin(sent)
    if (`${version}/${first}/${second}` === 'v2/checkout/orders' && fourth === 'capture') return this.captureOrder(third)
    if (path === '/v3/vault/setup-tokens') return { status: 201, body: this.beginSetup() }
    if (path === '/v3/vault/payment-tokens') return this.exchange(sent)
    if (second !== 'captures' || fourth !== 'refund') return paypalError(404, 'RESOURCE_NOT_FOUND')
    const payment = this.books.payments.get(third)
    const minor = minorOf(sent['amount'])
    const refund = minor === null ? null : this.books.refund(String(sent['custom_id']), third, minor)
    if (refund === null || payment === undefined) return paypalError(422, 'REFUND_AMOUNT_EXCEEDED')
    return { status: 201, body: paypalRefundJson(refund, payment.currency) }
  }

  private begin(sent: Json): FakeAnswer {
    const [unit] = sent['purchase_units'] as Json[]
    const [kind = '', source = {}] = Object.entries(sent['payment_source'] as Json)[0] ?? []
    const { vault_id: vaultId, experience_context: context } = source as Json
    const amount = (unit?.['amount'] ?? {}) as Json
    const amountMinor = minorOf(amount)
    const fate = vaultId === undefined ? 'good' : this.tokens.get(String(vaultId))
    const key = String(unit?.['custom_id'])
    if (amountMinor === null || amountMinor <= 0n || fate === undefined) return paypalError(422, 'CANNOT_BE_ZERO_OR_NEGATIVE')
    if (this.orders.values().some((one) => one.key === key && one.captureId !== null)) return paypalError(422, 'DUPLICATE_INVOICE_ID')
    // Nobody is there to confirm.
    if (fate === 'challenged' && context === undefined) return paypalError(422, 'PAYER_ACTION_REQUIRED')
    const waits = vaultId === undefined || fate === 'challenged'
    const order: Order = {
      ...{ id: this.books.nextId('ORDER'), key, kind, amountMinor, currency: String(amount['currency_code']) },
      ...{ status: waits ? 'PAYER_ACTION_REQUIRED' : 'APPROVED', captureId: null, fate: fate === 'challenged' ? 'good' : fate },
      createdMs: systemClock.nowMs(),
    }
    this.orders.set(order.id, order)
    if (waits) return { status: 201, body: this.json(order) }
    const answer = this.captureOrder(order.id)
    return answer.status === 201 ? answer : { ...answer, status: 422 }
  }

  private captureOrder(id: string): FakeAnswer {
    const order = this.orders.get(id)
    if (order === undefined) return paypalError(404, 'RESOURCE_NOT_FOUND')
    if (order.status === 'COMPLETED') return paypalError(422, 'ORDER_ALREADY_CAPTURED')
    if (order.status !== 'APPROVED') return paypalError(422, 'ORDER_NOT_APPROVED')
    // PayPal refuses what an account cannot pay; what a bank says of a card is in a capture that was declined.
    if (order.fate === 'declined') return paypalError(422, 'INSTRUMENT_DECLINED')
    const { key, currency, amountMinor } = order
    const captureId = this.books.nextId('CAP')
    this.orders.set(id, { ...order, status: 'COMPLETED', captureId })
    this.books.authorise('CAP', { key, currency, amountMinor }, order.fate, true, captureId)
    return { status: 201, body: this.json(this.orders.get(id) as Order) }
  }

  private beginSetup(): Json {
    const method = { token: this.books.nextId('vault'), kind: 'paypal', brand: '', last4: '', expires: '' }
    this.tokens.set(method.token, 'good')
    return setupTokenJson(this.books.setUp('', 'challenged', method, 'SETUP'), this.url)
  }

  private exchange(sent: Json): FakeAnswer {
    const { id } = (sent['payment_source'] as { token: { id: string } }).token
    const setup = this.books.setups.get(id)
    if (setup !== undefined && setup.state !== 'done') return paypalError(422, 'PAYER_ACTION_REQUIRED')
    if (setup !== undefined) {
      const paypal = { email_address: 'payer@example.com' }
      return { status: 201, body: { id: setup.method?.token, customer: { id: `C${id}` }, payment_source: { paypal } } }
    }
    if (!id.startsWith('st-')) return paypalError(404, 'TOKEN_NOT_FOUND')
    const token = this.books.nextId('vault')
    this.tokens.set(token, FATES[id] ?? 'good')
    const card = { brand: 'VISA', last_digits: '1111', expiry: '2030-12' }
    const customer = this.books.nextId('CUST')
    const kept = { id: token, customer: { id: customer }, payment_source: { card } }
    this.customers.set(customer, kept)
    return { status: 201, body: kept }
  }

  /** What customers have whose setup tokens were filled on a page of the operator. */
  private readonly customers = new Map<string, Json>()

  private read(url: URL): FakeAnswer {
    const [, , , kind = '', id = ''] = url.pathname.split('/')
    const found = (body: Json | undefined): FakeAnswer => (body === undefined ? paypalError(404, 'RESOURCE_NOT_FOUND') : { status: 200, body })
    const { payments, refunds, setups } = this.books
    if (kind === 'orders') {
      const order = this.orders.get(id)
      return found(order === undefined ? undefined : this.json(order))
    }
    if (kind === 'captures') {
      const order = this.orders.values().find(({ captureId }) => captureId === id)
      return found(order === undefined ? undefined : { id, supplementary_data: { related_ids: { order_id: order.id } } })
    }
    if (kind === 'refunds') {
      const refund = refunds.get(id)
      return found(refund === undefined ? undefined : paypalRefundJson(refund, payments.get(refund.paymentId)?.currency ?? 'EUR'))
    }
    if (kind === 'setup-tokens') {
      const setup = setups.get(id)
      return found(setup === undefined ? undefined : setupTokenJson(setup, this.url))
    }
    if (kind === 'payment-tokens') {
      const kept = this.customers.get(url.searchParams.get('customer_id') ?? '')
      return found(kept === undefined ? undefined : { payment_tokens: [kept] })
    }
    if (kind === 'disputes') {
      const all = [...payments.values()].flatMap((payment) => payment.disputes.map((one) => disputeDetailJson(one, payment)))
      if (id !== '') return found(all.find(({ dispute_id: dispute }) => dispute === id))
      const of = url.searchParams.get('disputed_transaction_id')
      return found({ items: all.filter((one) => one['capture'] === of).map(({ dispute_id: dispute, status }) => ({ dispute_id: dispute, status })) })
    }
    if (kind !== 'transactions') return found(undefined)
    if (!this.maySearch) return paypalError(403, 'NOT_AUTHORIZED')
    const [from, to] = ['start_date', 'end_date'].map((name) => Date.parse(url.searchParams.get(name) ?? ''))
    const within = [...this.orders.values()].filter(({ captureId, createdMs }) => captureId !== null && createdMs >= (from ?? 0) && createdMs <= (to ?? 0))
    const size = Number(url.searchParams.get('page_size'))
    const at = (Number(url.searchParams.get('page')) - 1) * size
    const details = within.slice(at, at + size).map(({ captureId, key }) => ({ transaction_info: { transaction_id: captureId, custom_field: key } }))
    return found({ transaction_details: details, total_pages: Math.max(1, Math.ceil(within.length / size)) })
  }

  private json(order: Order): Json {
    const refunds = [...this.books.refunds.values()].filter(({ paymentId }) => paymentId === order.captureId)
    return orderJson(order, this.books.payments.get(order.captureId ?? ''), refunds, this.url)
  }

  private orderOf(key: string): Order | undefined {
    return this.orders.values().find((one) => one.key === key)
  }

  protected override tell(subject: FakePayment | FakeRefund | FakeSetup): void {
    if ('fate' in subject) return
    const captureId = 'paymentId' in subject ? subject.paymentId : subject.id
    const order = this.orders.values().find((one) => one.captureId === captureId)
    const related = { supplementary_data: { related_ids: { order_id: order?.id } } }
    if ('paymentId' in subject)
      return this.send('PAYMENT.CAPTURE.REFUNDED', { ...paypalRefundJson(subject, order?.currency ?? 'EUR'), ...related })
    const [dispute] = subject.disputes
    if (dispute !== undefined) return this.send('CUSTOMER.DISPUTE.UPDATED', disputeDetailJson(dispute, subject))
    const amount = money(subject.authorisedMinor, subject.currency)
    this.send('PAYMENT.CAPTURE.COMPLETED', { id: captureId, custom_id: subject.key, amount, ...related })
  }

  private send(type: string, resource: Json): void {
    const id = this.books.nextId('WH')
    const body = Buffer.from(JSON.stringify({ id, event_type: type, resource }))
    const time = new Date(systemClock.nowMs()).toISOString()
    const headers = {
      ...{ 'content-type': 'application/json', 'paypal-auth-algo': 'SHA256withRSA' },
      ...{ 'paypal-cert-url': `${this.url}/certs/1`, 'paypal-transmission-id': id, 'paypal-transmission-time': time },
      'paypal-transmission-sig': this.sign(id, time, body.toString()),
    }
    this.onWebhook({ id, url: null, query: {}, headers, body })
  }

  private sign(id: string, time: string, event: string): string {
    return createHmac('sha256', this.webhookId).update(`${id}|${time}|${event}`).digest('base64')
  }
}

function minorOf(amount: unknown): bigint | null {
  const { currency_code: currency, value } = (amount ?? {}) as Json
  const minor = parseMinor(String(value), String(currency))
  return minor === null || formatMinor(minor, String(currency)) !== value ? null : minor
}
