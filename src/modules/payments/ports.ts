import type { Database } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'

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

/** What recording a payment asks of others. Implemented by invoicing. */
export interface PaymentPorts {
  readonly listDocuments: ListAccountDocuments
  /** Whether the balances of an account, whose row is locked, are told of its payments. */
  readonly isOpened: (db: Database, accountId: string) => Promise<boolean>
  readonly apply: ApplyToBalances
}
