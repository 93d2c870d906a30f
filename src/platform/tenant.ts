import type { Database, DatabaseTransaction } from './db.ts'

/** An operator, brand or merchant: one Postgres schema. */
export interface Tenant {
  readonly name: string
  readonly schema: string
  /** Epoch milliseconds of the test clock; null follows the real one. */
  readonly clockMs: number | null
  readonly acceptanceWindowDays: number
}

/** What a request may know and reach: its tenant's tables and its tenant's time. */
export interface ReadContext {
  readonly tenant: Tenant
  readonly db: Database
  readonly nowMs: number
}

/** A write is one transaction; what the engine must hear of it runs after the commit, before the answer. */
export interface WriteContext extends ReadContext {
  readonly db: DatabaseTransaction
  afterCommit(work: () => Promise<void>): void
}
