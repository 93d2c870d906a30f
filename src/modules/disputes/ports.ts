import type { Person } from '../../platform/four-eyes.ts'
import type { WriteContext } from '../../platform/tenant.ts'

/** A line of a document by its position: all that is left of it, an amount of it as the document has amounts, or units. */
export interface LinePart {
  readonly line: number
  readonly amount?: string | undefined
  readonly quantity?: string | undefined
}

export interface CreditAsked {
  readonly key: string
  readonly lines: readonly LinePart[]
  readonly text: string | undefined
  readonly money: 'open_invoices' | 'balance' | 'refund'
  readonly requestedBy: string
  /** Why, where it is no dispute. */
  readonly reason?: 'goodwill' | 'billing_error'
}

/** Credits lines of issued documents. Implemented by billing; the account's row is locked. */
export interface CreditDoor {
  /**
   * What a credit of lines would come to now.
   * @returns each line as the document has amounts, and all of them with tax; in minor units
   * @throws Refusal where less is left of one
   */
  readonly plan: (
    context: WriteContext,
    invoiceId: string,
    lines: readonly LinePart[] | null,
  ) => Promise<{
    readonly lines: readonly { readonly position: number; readonly amountMinor: bigint }[]
    readonly totalMinor: bigint
  }>
  /** Issues the credit note. @returns its id, and what it came to with tax */
  readonly credit: (
    context: WriteContext,
    invoiceId: string,
    asked: CreditAsked,
  ) => Promise<{ readonly id: string; readonly totalMinor: bigint }>
  /** Whether a person may issue a credit note of so much alone. */
  readonly isAllowed: (context: WriteContext, currency: string, totalMinor: bigint, person: Person) => Promise<boolean>
}

/** Settles what is open of an account with money that is there. Implemented by receivables. */
type Settle = (db: WriteContext['db'], accountId: string, currency: string, nowMs: number) => Promise<void>

export interface DisputeNeeds {
  readonly creditDoor: CreditDoor
  readonly settleOpen: Settle
}
