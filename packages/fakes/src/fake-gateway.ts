import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'
import type {
  GatewayAnswer,
  GatewayCallback,
  GatewayCapabilities,
  GatewayPayment,
  GatewayRefusal,
  GatewayReport,
  PaymentGateway,
} from '../../../src/modules/payments/ports.ts'

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

/** Means of payment that are refused, and why. All others are good for as much as is asked. */
const REFUSED: Readonly<Record<string, readonly [reason: GatewayRefusal, mayRetry: boolean]>> = {
  'card-empty': ['insufficient_funds', true],
  'card-expired': ['expired_method', false],
  'card-stolen': ['suspected_fraud', false],
}

interface Kept {
  readonly key: string
  readonly currency: string
  payment: GatewayPayment
}

/** A callback on its way. */
export interface SentCallback extends SignedMessage {
  readonly id: string
}

const UNKNOWN = { outcome: 'unknown' } as const
/** Has to be confirmed by the payer (`confirm`). */
const CHALLENGED = 'card-challenged'
const DEFAULTS: GatewayCapabilities = {
  currencies: ['EUR', 'USD'],
  capture: true,
  partialCapture: true,
  refund: true,
  partialRefund: true,
  callbacks: true,
}

/**
 * A payment provider in memory that misbehaves as it is told: it declines, does not answer, is asked twice, and sends callbacks that
 * the test loses, repeats and shuffles (`takeCallbacks`). Its own books are exact: `payments` is what really happened.
 */
export class FakeGateway implements PaymentGateway {
  readonly name = 'fake'
  readonly capabilities: GatewayCapabilities
  private readonly troubles: Troubles
  private readonly secret = randomBytes(32)
  private readonly kept = new Map<string, Kept>()
  /** Answers by operation and key, for requests that come again. */
  private readonly answers = new Map<string, GatewayAnswer>()
  private callbacks: SentCallback[] = []
  private numbers = 0

  constructor(troubles: Troubles = () => 'none', capabilities: Partial<GatewayCapabilities> = {}) {
    this.troubles = troubles
    this.capabilities = { ...DEFAULTS, ...capabilities }
  }

  /** What really happened, by the keys of authorisations. */
  get payments(): ReadonlyMap<string, GatewayPayment> {
    return new Map([...this.kept].map(([key, { payment }]) => [key, payment]))
  }

  async authorise(request: Parameters<PaymentGateway['authorise']>[0], signal: AbortSignal): Promise<GatewayAnswer> {
    return this.ask(signal, `authorise ${request.key}`, () => this.authoriseOnce(request))
  }

  async capture(request: Parameters<PaymentGateway['capture']>[0], signal: AbortSignal): Promise<GatewayAnswer> {
    return this.ask(signal, `capture ${request.key}`, () => this.captureOnce(request))
  }

  async refund(request: Parameters<PaymentGateway['refund']>[0], signal: AbortSignal): Promise<GatewayAnswer> {
    return this.ask(signal, `refund ${request.key}`, () => this.refundOnce(request))
  }

  async query(key: string, signal: AbortSignal): Promise<GatewayReport> {
    const trouble = signal.aborted ? 'lost' : this.troubles()
    if (trouble === 'lost' || trouble === 'unanswered') return UNKNOWN
    const kept = this.kept.get(key)
    return kept === undefined ? { outcome: 'absent' } : { outcome: 'done', payment: kept.payment }
  }

  parseCallback({ headers, body }: SignedMessage): GatewayCallback | null {
    const { 'fake-signature': signature } = headers
    const expected = this.sign(body)
    const given = Buffer.from(typeof signature === 'string' ? signature : '', 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return JSON.parse(body.toString('utf8')) as GatewayCallback
  }

  /** What the payer does with a payment that is pending. */
  confirm(key: string, isConfirmed: boolean): void {
    const kept = this.kept.get(key)
    if (kept?.payment.state !== 'pending') throw new Error(`${key} is not pending`)
    const { capture } = this.capabilities
    const { authorisedMinor } = kept.payment
    const passed = capture
      ? ({ state: 'authorised' } as const)
      : ({ state: 'captured', capturedMinor: authorisedMinor } as const)
    const change = isConfirmed ? passed : ({ state: 'failed' } as const)
    this.keep({ ...kept, payment: { ...kept.payment, ...change, payerUrl: null } })
  }

  /** The callbacks that were sent since the last time, in the order in which they were. */
  takeCallbacks(): SentCallback[] {
    return this.callbacks.splice(0)
  }

  private async ask(signal: AbortSignal, name: string, work: () => GatewayAnswer): Promise<GatewayAnswer> {
    const arrive = (): GatewayAnswer => {
      const answer = this.answers.get(name) ?? work()
      this.answers.set(name, answer)
      return answer
    }
    const trouble = signal.aborted ? 'lost' : this.troubles()
    if (trouble === 'lost') return UNKNOWN
    const answer = arrive()
    if (trouble === 'unanswered') return UNKNOWN
    return trouble === 'twice' ? arrive() : answer
  }

  private authoriseOnce({
    key,
    amountMinor,
    currency,
    method,
  }: Parameters<PaymentGateway['authorise']>[0]): GatewayAnswer {
    const { currencies, capture } = this.capabilities
    if (amountMinor <= 0n || currencies?.includes(currency) === false) return refused('not_allowed', false)
    const why = REFUSED[method]
    if (why !== undefined) return refused(...why)
    const isPending = method === CHALLENGED
    const id = `fake-${++this.numbers}`
    const payment: GatewayPayment = {
      id,
      state: isPending ? 'pending' : capture ? 'authorised' : 'captured',
      authorisedMinor: amountMinor,
      capturedMinor: capture || isPending ? 0n : amountMinor,
      refundedMinor: 0n,
      payerUrl: isPending ? `https://fake.example/challenge/${id}` : null,
    }
    return this.keep({ key, currency, payment })
  }

  private captureOnce({ payment: key, amountMinor, currency }: Parameters<PaymentGateway['capture']>[0]): GatewayAnswer {
    const kept = this.kept.get(key)
    if (kept === undefined) return refused('not_allowed', false)
    const { authorisedMinor } = kept.payment
    const isWhole = amountMinor === authorisedMinor
    const isAllowed =
      this.capabilities.capture &&
      kept.payment.state === 'authorised' &&
      currency === kept.currency &&
      amountMinor > 0n &&
      amountMinor <= authorisedMinor &&
      (isWhole || this.capabilities.partialCapture)
    if (!isAllowed) return refused('not_allowed', false)
    return this.keep({ ...kept, payment: { ...kept.payment, state: 'captured', capturedMinor: amountMinor } })
  }

  private refundOnce({ payment: key, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0]): GatewayAnswer {
    const kept = this.kept.get(key)
    if (kept === undefined) return refused('not_allowed', false)
    const { capturedMinor, refundedMinor } = kept.payment
    const isAllowed =
      this.capabilities.refund &&
      currency === kept.currency &&
      amountMinor > 0n &&
      refundedMinor + amountMinor <= capturedMinor &&
      (amountMinor === capturedMinor || this.capabilities.partialRefund)
    if (!isAllowed) return refused('not_allowed', false)
    return this.keep({ ...kept, payment: { ...kept.payment, refundedMinor: refundedMinor + amountMinor } })
  }

  private keep(kept: Kept): GatewayAnswer {
    this.kept.set(kept.key, kept)
    if (this.capabilities.callbacks) {
      const id = `callback-${++this.numbers}`
      const body = Buffer.from(JSON.stringify({ id, payment: kept.key } satisfies GatewayCallback))
      this.callbacks.push({ id, body, headers: { 'fake-signature': this.sign(body).toString('hex') } })
    }
    return { outcome: 'done', payment: kept.payment }
  }

  private sign(body: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(body).digest()
  }
}

function refused(reason: GatewayRefusal, mayRetry: boolean): GatewayAnswer {
  return { outcome: 'refused', reason, mayRetry }
}
