import type { SignedRequest } from '../../platform/http/signature.ts'

/** What a gateway can do. What it cannot is never asked of it. */
export interface GatewayCapabilities {
  /** ISO 4217 codes; null is all. */
  readonly currencies: readonly string[] | null
  /** Money can be set aside first and captured later; otherwise `authorise` captures. */
  readonly capture: boolean
  /** Less than what was authorised may be captured. */
  readonly partialCapture: boolean
  readonly refund: boolean
  /** Less than what was captured may be refunded, several times. */
  readonly partialRefund: boolean
  /** It calls back when something has changed. */
  readonly callbacks: boolean
  /** It has a page of its own where a payer chooses how to pay. */
  readonly checkout: boolean
  /** It keeps means of payment, to be charged without the payer. */
  readonly setUp: boolean
  /** It says what each of its transfers to the bank is made of. */
  readonly payouts: boolean
  /**
   * Whether it tells of disputes, and how they begin: `open_first` is decided later; with `lost_first` the money is gone at once, and may come back.
   * Null where it does not tell of them.
   */
  readonly disputes: 'open_first' | 'lost_first' | null
  /** It tells with a dispute what it keeps for it; otherwise that is among the fees of its payouts, or told nowhere. */
  readonly disputeFees: boolean
  /** How long it knows a key: until then the same request may be sent again, and has one effect. Some time less than it says, for clocks that differ. */
  readonly keysLiveMs: number
}

/** Why a gateway refused, in words that all gateways have in common. */
export type GatewayRefusal =
  | 'insufficient_funds'
  | 'declined'
  | 'expired_method'
  | 'authentication_failed'
  | 'suspected_fraud'
  | 'not_allowed'
  /** Nobody has done what was to be done in time, or it was never begun. */
  | 'abandoned'

/** It was not done and will not be, whenever the same key is asked for. */
export interface GatewayRefused {
  readonly reason: GatewayRefusal
  /** Another attempt, with another key, may go through later. */
  readonly mayRetry: boolean
}

/** A payer says that what was charged was not theirs, or not as agreed: the bank takes the money back while that is open. */
export interface GatewayDispute {
  readonly id: string
  readonly state: 'open' | 'won' | 'lost'
  readonly amountMinor: bigint
  /** What the gateway keeps for it. */
  readonly feeMinor: bigint
}

/** A payment as its gateway knows it. Amounts are totals in minor units, so that it does not matter who looks how often. */
export interface GatewayPayment {
  /** The gateway's own id. */
  readonly id: string
  /** `pending`: the payer or a bank has yet to do something. */
  readonly state: 'pending' | 'authorised' | 'captured' | 'failed'
  readonly authorisedMinor: bigint
  readonly capturedMinor: bigint
  readonly refundedMinor: bigint
  readonly disputes: readonly GatewayDispute[]
  /**
   * Where the payer continues while it is pending, such as to show a code to the bank; null where there is nothing to do; undefined where it is not told
   * anew: then what was told holds.
   */
  readonly payerUrl: string | null | undefined
  /** Why it failed. */
  readonly refused: GatewayRefused | null
}

/** A refund as its gateway knows it. */
export interface GatewayRefund {
  readonly id: string
  readonly state: 'pending' | 'done' | 'failed'
}

/** A means of payment that a gateway has kept. */
export interface KeptMethod {
  /** What it is charged by, as the gateway wants it: nobody else reads it. */
  readonly token: string
  /** `card`, `sepa_debit`, … */
  readonly kind: string
  readonly brand: string | null
  readonly last4: string | null
  /** The month in which it can be used for the last time: `2027-03`. */
  readonly expires: string | null
}

export interface GatewaySetup {
  readonly id: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly payerUrl: string | null
  /** Once it is done. */
  readonly method: KeptMethod | null
  readonly refused: GatewayRefused | null
}

/**
 * What came of asking a gateway.
 * - `done`: it was done, now or at an earlier request; `result` is its state
 * - `refused`: it was not done and will not be, whenever the same key is asked for
 * - `unknown`: there was no answer that says. It may have been done: it is asked for (`query…`), and the same request is sent again,
 *   until it is known.
 */
export type GatewayAnswer<Result> =
  | { readonly outcome: 'done'; readonly result: Result }
  | ({ readonly outcome: 'refused' } & GatewayRefused)
  | { readonly outcome: 'unknown' }

/** What a gateway has: the state of it, or nothing of this key (`absent`), or no answer. */
export type GatewayReport<Result> =
  | { readonly outcome: 'done'; readonly result: Result }
  | { readonly outcome: 'absent' | 'unknown' }

/** Something that a gateway was asked for: by which key, when first by the real clock, and its own id of it, where it has told one. */
export interface GatewayReference {
  readonly key: string
  readonly id: string | null
  readonly askedMs: number
}

/** A request to move money. `key` names it: the same key has one effect, however often it is sent. */
interface GatewayRequest {
  readonly key: string
  readonly amountMinor: bigint
  readonly currency: string
}

export interface AuthoriseRequest extends GatewayRequest {
  /** The token of a means of payment that it keeps; null has the payer choose one on its page. */
  readonly method: string | null
  /** Where the payer comes back to, who is there to confirm; null where nobody is: then nothing that needs the payer goes through. */
  readonly returnUrl: string | null
  /** What the payer reads. */
  readonly description: string
}

export interface SetUpRequest {
  readonly key: string
  /** One that was entered elsewhere, such as on a page of the operator; null has the payer enter it on a page of the gateway. */
  readonly token: string | null
  readonly returnUrl: string | null
}

/** What one transfer of a gateway to the bank is made of. */
export interface GatewayPayout {
  readonly id: string
  readonly currency: string
  /** What comes to the bank; below zero it is taken from there. */
  readonly netMinor: bigint
  /** The day on which it comes to the bank. */
  readonly arrivesOn: string
  readonly lines: readonly PayoutLine[]
}

export interface PayoutLine {
  /** The gateway's own id of the movement: it is in one payout only. */
  readonly id: string
  readonly kind: 'payment' | 'refund' | 'dispute' | 'dispute_won' | 'fee' | 'other'
  /** The gateway's own id of the payment that it is about; null of fees and others. */
  readonly paymentId: string | null
  /** Before fees; what left the gateway is below zero. */
  readonly grossMinor: bigint
  readonly feeMinor: bigint
}

/**
 * A payment provider, as one tenant has it. Every adapter passes the contract in `packages/fakes`. Nothing is thrown for what a network or a
 * provider does: that is an answer. A signal that aborts makes the answer `unknown`.
 */
export interface PaymentGateway {
  readonly capabilities: GatewayCapabilities
  authorise(request: AuthoriseRequest, signal: AbortSignal): Promise<GatewayAnswer<GatewayPayment>>
  /** @param request.payment its authorisation */
  capture(
    request: GatewayRequest & { readonly payment: GatewayReference },
    signal: AbortSignal,
  ): Promise<GatewayAnswer<GatewayPayment>>
  refund(
    request: GatewayRequest & { readonly payment: GatewayReference },
    signal: AbortSignal,
  ): Promise<GatewayAnswer<GatewayRefund>>
  setUp(request: SetUpRequest, signal: AbortSignal): Promise<GatewayAnswer<GatewaySetup>>
  /** The payment that an authorisation has made. */
  query(payment: GatewayReference, signal: AbortSignal): Promise<GatewayReport<GatewayPayment>>
  queryRefund(
    refund: GatewayReference,
    payment: GatewayReference,
    signal: AbortSignal,
  ): Promise<GatewayReport<GatewayRefund>>
  querySetUp(setup: GatewayReference, signal: AbortSignal): Promise<GatewayReport<GatewaySetup>>
  /** Transfers to the bank that arrived since a time, the oldest first. @returns null where there was no answer */
  payouts(sinceMs: number, signal: AbortSignal): Promise<readonly GatewayPayout[] | null>
  /**
   * What a callback is about; null where it is not the gateway's. It says that something has changed and not what: callbacks get
   * lost, come twice, late and in any order, so whoever gets one asks (`query`).
   */
  parseCallback(message: CallbackMessage, nowMs: number): GatewayCallback | null | Promise<GatewayCallback | null>
}

/** A callback as it came: its bytes, and what stands behind the `?` of its address. */
export type CallbackMessage = Pick<SignedRequest, 'headers' | 'body' | 'query'>

export interface GatewayCallback {
  /** Of the callback: one that comes again has the same, where its provider gives it one. */
  readonly id: string
  /** What it is about: by the key that it was asked for with, or by the gateway's own id. Both may be absent: it is about something else. */
  readonly key: string | null
  readonly subjectId: string | null
  /** What the provider has to be answered, as JSON; absent where any answer will do. */
  readonly reply?: Readonly<Record<string, string | number>>
}

/** A secret that a tenant gives to be known by a gateway. */
interface Credential {
  readonly meaning: string
  /** What it looks like, for people: a refusal must not repeat what was sent. */
  readonly form: string
  readonly pattern: RegExp
  readonly isNeeded: boolean
}

/** A kind of gateways: the code that speaks with a provider. Implemented by adapters. */
export interface GatewayAdapter {
  /** `stripe` */
  readonly name: string
  readonly credentials: Readonly<Record<string, Credential>>
  /** The header that has the signature of callbacks, for the description of the API. */
  readonly open: (credentials: Readonly<Record<string, string>>, callbackUrl: string) => PaymentGateway
}
