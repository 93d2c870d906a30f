import type { Database } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import type { ApprovalAsked, ApprovalRequest } from '../approvals/index.ts'

/** What of a payment is for one document, in minor units. */
export interface SettledInvoice {
  readonly id: string
  readonly amountMinor: bigint
}

interface OwnPayment {
  readonly id: string
  readonly accountId: string
  readonly currency: string
}

/**
 * What an account owes and what settles it, as recording a payment and taking it back ask for it. Implemented by receivables.
 * The account's row is locked.
 */
export interface Receivables {
  /**
   * Settles what is open with payments and credit notes that are there.
   * @param first the documents that a payment is for: they are settled before those that are due sooner, each as far as it is open
   */
  readonly settle: (
    db: Database,
    accountId: string,
    currency: string,
    nowMs: number,
    first?: { readonly paymentId: string; readonly invoices: readonly SettledInvoice[] },
  ) => Promise<void>
  /** Opens again what a payment had settled, the latest first, beyond what is left of its money. */
  readonly reopenPaid: (db: Database, payment: OwnPayment, leftMinor: bigint, nowMs: number) => Promise<void>
  /** Hears that a payment, or a part of it, is taken back, in its transaction: whoever has brought its money in has that again. */
  readonly onReversed: (db: Database, payment: OwnPayment, amountMinor: bigint, nowMs: number) => Promise<void>
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
