import type { Database } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { ReversalRequest } from './reversal-request.ts'

/** A document of an account, as payments need it. Implemented by invoicing. */
export interface AccountDocument {
  readonly id: string
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  /** Negative for a credit note. */
  readonly totalMinor: bigint
  /** It bills money of balances, so that does not settle it. */
  readonly sellsBalance: boolean
}

/** The documents of an account, the one that is due first before the others. */
type ListAccountDocuments = (db: Database, accountId: string) => Promise<AccountDocument[]>

/** Tells the balances of an account of payments and documents that they have not heard of. Implemented by invoicing. */
type ApplyToBalances = (tenant: Tenant, nowMs: number, accountId: string) => Promise<void>

/**
 * Asks whether a reversal has to wait for a second person. Implemented by charging.
 * @returns the request that waits, or null: then it is made at once.
 */
export type AskReversal = (
  db: Database,
  asked: Pick<ReversalRequest, 'kind' | 'subjectId' | 'subjectKey' | 'accountId' | 'currency' | 'reason'> & {
    readonly amountMinor: bigint
  },
  asker: Person,
  nowMs: number,
) => Promise<ReversalRequest | null>

/** What recording a payment and taking it back ask of others. Implemented by invoicing, unless said otherwise. */
export interface PaymentPorts {
  readonly listDocuments: ListAccountDocuments
  /** Whether the balances of an account, whose row is locked, are told of its payments. */
  readonly isOpened: (db: Database, accountId: string) => Promise<boolean>
  readonly apply: ApplyToBalances
  readonly askReversal: AskReversal
}
