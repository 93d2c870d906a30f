import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  CallbackMessage,
  GatewayAnswer,
  GatewayCallback,
  GatewayCapabilities,
  GatewayPayment,
  GatewayPayout,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  GatewaySetup,
  PaymentGateway,
} from '../../../src/modules/payment-gateways/ports.ts'
import { type FakePayment, type FakeSetup, type Fate, ProviderBooks } from './provider-books.ts'

/** What goes wrong with one request. */
export type GatewayTrouble =
  | 'none'
  /** The request never arrives. */
  | 'lost'
  /** It is done, and the answer does not come. */
  | 'unanswered'
  /** It arrives twice, as a network or a proxy sends it again. */
  | 'twice'

/** Which troubles come, one request after another. */
export type Troubles = () => GatewayTrouble

/** Means of payment, and what becomes of payments by them. All others are good for as much as is asked. */
const FATES: Readonly<Record<string, Fate>> = {
  'card-empty': 'insufficient_funds',
  'card-expired': 'expired_method',
  'card-stolen': 'suspected_fraud',
  'card-challenged': 'challenged',
}

/** A callback on its way. */
interface SentCallback extends CallbackMessage {
  readonly id: string
}

const UNKNOWN = { outcome: 'unknown' } as const
const NOT_ALLOWED = { outcome: 'refused', reason: 'not_allowed', mayRetry: false } as const
const DEFAULTS: GatewayCapabilities = {
  currencies: ['EUR', 'USD'],
  ...{ capture: true, partialCapture: true, refund: true, partialRefund: true },
  ...{ callbacks: true, checkout: false, setUp: true, payouts: true, disputes: 'open_first', disputeFees: true },
  keysLiveMs: 20 * 3_600_000,
}

/**
 * A payment provider in memory that misbehaves as it is told: it declines, does not answer, is asked twice, and sends callbacks that
 * the test loses, repeats and shuffles (`takeCallbacks`). Its own books are exact: `books` is what really happened.
 */
export class FakeGateway implements PaymentGateway {
  readonly capabilities: GatewayCapabilities
  readonly books = new ProviderBooks()
  private readonly troubles: Troubles
  private readonly secret = randomBytes(32)
  /** Answers by operation and key, for requests that come again. */
  private readonly answers = new Map<string, GatewayAnswer<unknown>>()
  private callbacks: SentCallback[] = []
  private numbers = 0

  constructor(troubles: Troubles = () => 'none', capabilities: Partial<GatewayCapabilities> = {}) {
    this.troubles = troubles
    this.capabilities = { ...DEFAULTS, ...capabilities }
    this.books.onChange = ({ key }) => this.callBack(key)
  }

  async authorise({ key, amountMinor, currency, method }: Parameters<PaymentGateway['authorise']>[0], signal: AbortSignal) {
    return this.ask<GatewayPayment>(signal, `authorise ${key}`, () => {
      const { currencies, capture } = this.capabilities
      if (amountMinor <= 0n || method === null || currencies?.includes(currency) === false) return NOT_ALLOWED
      const payment = this.books.authorise('fake', { key, currency, amountMinor }, FATES[method] ?? 'good', !capture)
      return payment.refused === null ? done(viewOf(payment)) : { outcome: 'refused', ...payment.refused }
    })
  }

  async capture({ key, payment, amountMinor, currency }: Parameters<PaymentGateway['capture']>[0], signal: AbortSignal) {
    return this.ask<GatewayPayment>(signal, `capture ${key}`, () => {
      const { capture, partialCapture } = this.capabilities
      const found = this.books.paymentOf(payment.key)
      if (!capture || found?.currency !== currency || (amountMinor !== found.authorisedMinor && !partialCapture))
        return NOT_ALLOWED
      const captured = this.books.capture(found.id, amountMinor)
      return captured === null ? NOT_ALLOWED : done(viewOf(captured))
    })
  }

  async refund({ key, payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0], signal: AbortSignal) {
    return this.ask<GatewayRefund>(signal, `refund ${key}`, () => {
      const { refund, partialRefund } = this.capabilities
      const found = this.books.paymentOf(payment.key)
      if (!refund || found?.currency !== currency || (amountMinor !== found.capturedMinor && !partialRefund))
        return NOT_ALLOWED
      const made = this.books.refund(key, found.id, amountMinor)
      return made === null ? NOT_ALLOWED : done({ id: made.id, state: 'done' })
    })
  }

  async setUp({ key, token }: Parameters<PaymentGateway['setUp']>[0], signal: AbortSignal) {
    return this.ask<GatewaySetup>(signal, `set up ${key}`, () => {
      if (!this.capabilities.setUp || token === null) return NOT_ALLOWED
      const method = { token, kind: 'card', brand: 'visa', last4: '4242', expires: '2030-12' }
      const setup = this.books.setUp(key, FATES[token] ?? 'good', method)
      return setup.refused === null ? done(setupViewOf(setup)) : { outcome: 'refused', ...setup.refused }
    })
  }

  async query({ key }: GatewayReference, signal: AbortSignal): Promise<GatewayReport<GatewayPayment>> {
    const found = this.books.paymentOf(key)
    return this.look(signal, found === undefined ? null : viewOf(found))
  }

  async queryRefund({ key }: GatewayReference, _: GatewayReference, signal: AbortSignal): Promise<GatewayReport<GatewayRefund>> {
    const found = this.books.refunds.values().find((one) => one.key === key)
    return this.look(signal, found === undefined ? null : { id: found.id, state: 'done' })
  }

  async querySetUp({ key }: GatewayReference, signal: AbortSignal): Promise<GatewayReport<GatewaySetup>> {
    const found = this.books.setups.values().find((one) => one.key === key)
    return this.look(signal, found === undefined ? null : setupViewOf(found))
  }

  async payouts(_: number, signal: AbortSignal): Promise<readonly GatewayPayout[] | null> {
    if (signal.aborted) return null
    return this.books.payouts.map((payout) => ({ ...payout, arrivesOn: '2026-02-25' }))
  }

  parseCallback({ headers, body }: CallbackMessage): GatewayCallback | null {
    const { 'fake-signature': signature } = headers
    const expected = this.sign(body)
    const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return JSON.parse(body.toString('utf8')) as GatewayCallback
  }

  /** What the payer does with a payment, or a means of payment, that is pending. */
  confirm(key: string, isConfirmed: boolean): void {
    const payment = this.books.paymentOf(key)
    const setup = this.books.setups.values().find((one) => one.key === key)
    if (payment !== undefined) this.books.confirm(payment.id, isConfirmed, !this.capabilities.capture)
    else this.books.confirmSetup(setup?.id ?? key, isConfirmed)
  }

  /** The callbacks that were sent since the last time, in the order in which they were. */
  takeCallbacks(): SentCallback[] {
    return this.callbacks.splice(0)
  }

  private async ask<T>(signal: AbortSignal, name: string, work: () => GatewayAnswer<T>): Promise<GatewayAnswer<T>> {
    const arrive = (): GatewayAnswer<T> => {
      const answer = (this.answers.get(name) as GatewayAnswer<T> | undefined) ?? work()
      this.answers.set(name, answer)
      return answer
    }
    const trouble = signal.aborted ? 'lost' : this.troubles()
    if (trouble === 'lost') return UNKNOWN
    const answer = arrive()
    if (trouble === 'unanswered') return UNKNOWN
    return trouble === 'twice' ? arrive() : answer
  }

  private look<T>(signal: AbortSignal, found: T | null): GatewayReport<T> {
    const trouble = signal.aborted ? 'lost' : this.troubles()
    if (trouble === 'lost' || trouble === 'unanswered') return UNKNOWN
    return found === null ? { outcome: 'absent' } : done(found)
  }

  private callBack(key: string): void {
    if (!this.capabilities.callbacks) return
    const id = `callback-${++this.numbers}`
    const body = Buffer.from(JSON.stringify({ id, key, subjectId: null } satisfies GatewayCallback))
    this.callbacks.push({ id, body, query: {}, headers: { 'fake-signature': this.sign(body).toString('hex') } })
  }

  private sign(body: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(body).digest()
  }
}

function done<T>(result: T): { outcome: 'done'; result: T } {
  return { outcome: 'done', result }
}

function viewOf({ id, state, isChallenged, ...payment }: FakePayment): GatewayPayment {
  const { authorisedMinor, capturedMinor, refundedMinor, disputes, refused } = payment
  const payerUrl = isChallenged && state === 'pending' ? `https://fake.example/challenge/${id}` : null
  return { id, state, authorisedMinor, capturedMinor, refundedMinor, disputes, payerUrl, refused }
}

function setupViewOf({ id, state, method, refused }: FakeSetup): GatewaySetup {
  const payerUrl = state === 'pending' ? `https://fake.example/challenge/${id}` : null
  return { id, state, payerUrl, method: state === 'done' ? method : null, refused }
}
