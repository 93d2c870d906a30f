import type { GatewayDispute, GatewayRefused, KeptMethod, PayoutLine } from '../../../src/modules/payment-gateways/ports.ts'

/** What becomes of a payment by a means of payment. */
export type Fate =
  | 'good'
  /** The payer has to confirm it first. */
  | 'challenged'
  /** A bank says later whether it went through, as with a direct debit. */
  | 'slow'
  | 'insufficient_funds'
  | 'expired_method'
  | 'suspected_fraud'
  | 'declined'
  /** The bank asks for the payer, and nobody is there. */
  | 'authentication_failed'

/** A refusal, and whether another attempt may go through. */
export const REFUSED: Readonly<Partial<Record<Fate, GatewayRefused>>> = {
  insufficient_funds: { reason: 'insufficient_funds', mayRetry: true },
  expired_method: { reason: 'expired_method', mayRetry: false },
  suspected_fraud: { reason: 'suspected_fraud', mayRetry: false },
  declined: { reason: 'declined', mayRetry: true },
  authentication_failed: { reason: 'authentication_failed', mayRetry: true },
}

export interface FakeRefund {
  readonly id: string
  readonly key: string
  readonly paymentId: string
  readonly amountMinor: bigint
}

export interface FakePayment {
  readonly id: string
  readonly key: string
  readonly currency: string
  readonly state: 'pending' | 'authorised' | 'captured' | 'failed'
  readonly isChallenged: boolean
  readonly authorisedMinor: bigint
  readonly capturedMinor: bigint
  readonly refundedMinor: bigint
  readonly disputes: readonly GatewayDispute[]
  readonly refused: GatewayRefused | null
}

export interface FakeSetup {
  readonly id: string
  readonly key: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly fate: Fate
  readonly method: KeptMethod | null
  readonly refused: GatewayRefused | null
}

export interface FakePayout {
  readonly id: string
  readonly currency: string
  readonly netMinor: bigint
  /** The day on which the bank has it. */
  readonly arrivesOn: string
  readonly lines: readonly PayoutLine[]
}

/** What it keeps of a payment: 1.4 per cent, rounded down, and 25 minor units. */
function feeOf(amountMinor: bigint): bigint {
  return (amountMinor * 14n) / 1000n + 25n
}

/** What it keeps for a dispute. */
const DISPUTE_FEE_MINOR = 1500n

/**
 * The books of a payment provider in memory: exact, whatever goes wrong on the way to it. What is asked for under a key is done once. A refusal is
 * null where the request makes no sense.
 */
export class ProviderBooks {
  readonly payments = new Map<string, FakePayment>()
  readonly refunds = new Map<string, FakeRefund>()
  readonly setups = new Map<string, FakeSetup>()
  readonly payouts: FakePayout[] = []
  /** Movements that are in no payout yet, by currency. */
  private readonly unpaid = new Map<string, PayoutLine[]>()
  private numbers = 0
  /** Hears of each change: of a payment, a refund, or a setup. */
  onChange: (subject: FakePayment | FakeRefund | FakeSetup) => void = () => undefined

  nextId(prefix: string): string {
    return `${prefix}_${++this.numbers}`
  }

  paymentOf(key: string): FakePayment | undefined {
    return this.payments.values().find((one) => one.key === key)
  }

  authorise(
    prefix: string,
    { key, currency, amountMinor }: Pick<FakePayment, 'key' | 'currency'> & { readonly amountMinor: bigint },
    fate: Fate,
    captures: boolean,
    id = this.nextId(prefix),
  ): FakePayment {
    const refused = REFUSED[fate] ?? null
    const isPending = fate === 'challenged' || fate === 'slow'
    const payment: FakePayment = {
      ...{ id, key, currency, isChallenged: fate === 'challenged' },
      state: refused !== null ? 'failed' : isPending ? 'pending' : 'authorised',
      ...{ authorisedMinor: amountMinor, capturedMinor: 0n, refundedMinor: 0n, disputes: [], refused },
    }
    this.payments.set(payment.id, payment)
    if (payment.state === 'authorised' && captures) return this.take(payment, amountMinor)
    this.onChange(payment)
    return payment
  }

  /** What the payer, or the bank, does with a payment that is pending. */
  confirm(id: string, isConfirmed: boolean, captures = true): FakePayment {
    const payment = this.payments.get(id)
    if (payment?.state !== 'pending') throw new Error(`${id} is not pending`)
    if (isConfirmed && captures) return this.take(payment, payment.authorisedMinor)
    const refused = { reason: 'authentication_failed', mayRetry: true } as const
    return this.keep(isConfirmed ? { ...payment, state: 'authorised' } : { ...payment, state: 'failed', refused })
  }

  /** A payment that is pending comes to nothing, such as that nobody has paid on its page in time. */
  fail(id: string, refused: GatewayRefused): FakePayment {
    const payment = this.payments.get(id)
    if (payment?.state !== 'pending') throw new Error(`${id} is not pending`)
    return this.keep({ ...payment, state: 'failed', refused })
  }

  capture(id: string, amountMinor: bigint): FakePayment | null {
    const payment = this.payments.get(id)
    if (payment?.state !== 'authorised' || amountMinor <= 0n || amountMinor > payment.authorisedMinor) return null
    return this.take(payment, amountMinor)
  }

  refund(key: string, id: string, amountMinor: bigint): FakeRefund | null {
    const payment = this.payments.get(id)
    if (payment === undefined || amountMinor <= 0n) return null
    const disputed = payment.disputes.some(({ state }) => state !== 'won')
    if (disputed || payment.refundedMinor + amountMinor > payment.capturedMinor) return null
    const refund = { id: this.nextId('re'), key, paymentId: id, amountMinor }
    this.refunds.set(refund.id, refund)
    this.move(payment, 'refund', -amountMinor, 0n)
    this.payments.set(id, { ...payment, refundedMinor: payment.refundedMinor + amountMinor })
    this.onChange(refund)
    return refund
  }

  /** A payer disputes all of a payment that was captured and not refunded. */
  dispute(id: string): void {
    const payment = this.payments.get(id)
    if (payment?.state !== 'captured' || payment.refundedMinor > 0n || payment.disputes.length > 0) return
    const dispute: GatewayDispute = {
      ...{ id: this.nextId('dp'), state: 'open' },
      ...{ amountMinor: payment.capturedMinor, feeMinor: DISPUTE_FEE_MINOR },
    }
    this.move(payment, 'dispute', -payment.capturedMinor, DISPUTE_FEE_MINOR)
    this.keep({ ...payment, disputes: [dispute] })
  }

  /** The bank decides on a dispute; it may be won after it was lost. */
  decide(id: string, isWon: boolean): void {
    const payment = this.payments.get(id)
    const open = payment?.disputes.find(({ state }) => state !== 'won')
    if (payment === undefined || open === undefined) return
    if (isWon) this.move(payment, 'dispute_won', open.amountMinor, 0n)
    this.keep({ ...payment, disputes: [{ ...open, state: isWon ? 'won' : 'lost' }] })
  }

  setUp(key: string, fate: Fate, method: KeptMethod, prefix = 'seti', id = this.nextId(prefix)): FakeSetup {
    const refused = fate === 'challenged' ? null : (REFUSED[fate] ?? null)
    // Whether there is money is asked when it is charged.
    const isRefused = fate === 'suspected_fraud'
    const state = isRefused ? 'failed' : fate === 'challenged' ? 'pending' : 'done'
    const setup: FakeSetup = { ...{ id, key, fate, state }, method, refused: isRefused ? refused : null }
    this.setups.set(setup.id, setup)
    this.onChange(setup)
    return setup
  }

  confirmSetup(id: string, isConfirmed: boolean): FakeSetup {
    const setup = this.setups.get(id)
    if (setup?.state !== 'pending') throw new Error(`${id} is not pending`)
    const refused = isConfirmed ? null : ({ reason: 'authentication_failed', mayRetry: true } as const)
    const changed: FakeSetup = { ...setup, state: isConfirmed ? 'done' : 'failed', refused }
    this.setups.set(id, changed)
    this.onChange(changed)
    return changed
  }

  /** Transfers all that it holds of a currency to the bank. @returns null where it holds nothing */
  payOut(currency: string, arrivesOn = '2026-02-25'): FakePayout | null {
    const lines = this.unpaid.get(currency) ?? []
    if (lines.length === 0) return null
    this.unpaid.delete(currency)
    const netMinor = lines.reduce((sum, { grossMinor, feeMinor }) => sum + grossMinor - feeMinor, 0n)
    const payout = { id: this.nextId('po'), currency, netMinor, arrivesOn, lines }
    this.payouts.push(payout)
    return payout
  }

  /** What it holds and has not transferred: before fees of payments, which it keeps when it transfers, and after those of disputes. */
  heldMinor(currency: string): bigint {
    const lines = this.unpaid.get(currency) ?? []
    return lines.reduce((sum, { kind, grossMinor, feeMinor }) => {
      return sum + grossMinor - (kind === 'dispute' ? feeMinor : 0n)
    }, 0n)
  }

  private take(payment: FakePayment, amountMinor: bigint): FakePayment {
    this.move(payment, 'payment', amountMinor, feeOf(amountMinor))
    return this.keep({ ...payment, state: 'captured', capturedMinor: amountMinor })
  }

  private move({ id: paymentId, currency }: FakePayment, kind: PayoutLine['kind'], grossMinor: bigint, feeMinor: bigint): void {
    const line = { id: this.nextId('txn'), kind, paymentId, grossMinor, feeMinor }
    const lines = this.unpaid.get(currency) ?? []
    lines.push(line)
    this.unpaid.set(currency, lines)
  }

  private keep(payment: FakePayment): FakePayment {
    this.payments.set(payment.id, payment)
    this.onChange(payment)
    return payment
  }
}
