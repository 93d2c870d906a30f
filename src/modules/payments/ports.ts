import type { Database } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import type { SignedMessage } from '../../platform/http/signature.ts'
import type { ApprovalAsked, ApprovalRequest } from '../approvals/index.ts'

/**
 * What an account owes and what settles it, as recording a payment and taking it back ask for it. Implemented by receivables.
 * The account's row is locked.
 */
export interface Receivables {
  /** Settles what is open with payments and credit notes that are there. */
  readonly settle: (db: Database, accountId: string, currency: string, nowMs: number) => Promise<void>
  /** Opens again what a payment had settled. */
  readonly reopenPaid: (
    db: Database,
    payment: { readonly id: string; readonly accountId: string; readonly currency: string },
    nowMs: number,
  ) => Promise<void>
  /** Whether the balances of an account are notified of its payments. */
  readonly isOpened: (db: Database, accountId: string) => Promise<boolean>
}

/**
 * Asks whether a reversal has to wait for a second person. Implemented by balances.
 * @returns the request that waits, or null: then it is made at once.
 */
export type AskReversal = (
  db: Database,
  asked: Omit<ApprovalAsked, 'content' | 'isAllowed'>,
  asker: Person,
  nowMs: number,
) => Promise<ApprovalRequest | null>

export interface PaymentPorts {
  readonly receivables: Receivables
  readonly askReversal: AskReversal
}

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
  /** Where the payer continues while it is pending, such as to show a code to the bank; null where there is nothing to do. */
  readonly payerUrl: string | null
}

/** Why a gateway refused, in words that all gateways have in common. */
export type GatewayRefusal =
  | 'insufficient_funds'
  | 'declined'
  | 'expired_method'
  | 'authentication_failed'
  | 'suspected_fraud'
  | 'not_allowed'

/**
 * What came of asking a gateway.
 * - `done`: it was done, now or at an earlier request; `payment` is its state
 * - `refused`: it was not done and will not be, whenever the same key is asked for
 * - `unknown`: there was no answer that says. It may have been done: the same request is sent again until it is known.
 */
export type GatewayAnswer =
  | { readonly outcome: 'done'; readonly payment: GatewayPayment }
  | {
      readonly outcome: 'refused'
      readonly reason: GatewayRefusal
      /** Another attempt, with another key, may go through later. */
      readonly mayRetry: boolean
    }
  | { readonly outcome: 'unknown' }

/** What a gateway has: the state of the payment, or nothing of this key (`absent`), or no answer. */
export type GatewayReport =
  | { readonly outcome: 'done'; readonly payment: GatewayPayment }
  | { readonly outcome: 'absent' | 'unknown' }

/** A request to move money. `key` names it: the same key has one effect, however often it is sent. */
interface GatewayRequest {
  readonly key: string
  readonly amountMinor: bigint
  readonly currency: string
}

/**
 * A payment provider. Every adapter passes the contract in `packages/fakes`. Nothing is thrown for what a network or a provider
 * does: that is an answer. A signal that aborts makes the answer `unknown`.
 */
export interface PaymentGateway {
  readonly name: string
  readonly capabilities: GatewayCapabilities
  /** @param request.method what the gateway calls the payer's means of payment */
  authorise(request: GatewayRequest & { readonly method: string }, signal: AbortSignal): Promise<GatewayAnswer>
  /** @param request.payment the key of its authorisation */
  capture(request: GatewayRequest & { readonly payment: string }, signal: AbortSignal): Promise<GatewayAnswer>
  refund(request: GatewayRequest & { readonly payment: string }, signal: AbortSignal): Promise<GatewayAnswer>
  /** The payment that an authorisation with this key has made. */
  query(key: string, signal: AbortSignal): Promise<GatewayReport>
  /**
   * What a callback is about; null where it is not the gateway's. It says that something has changed and not what: callbacks get
   * lost, come twice, late and in any order, so whoever gets one asks (`query`).
   */
  parseCallback(message: SignedMessage, nowMs: number): GatewayCallback | null
}

export interface GatewayCallback {
  /** Of the callback: one that comes again has the same. */
  readonly id: string
  /** The key of the authorisation. */
  readonly payment: string
}
