import type { Database, DatabaseTransaction } from './db.ts'
import type { NewRows } from './insert-rows.ts'

/** An operator, brand or merchant: one Postgres schema. */
export interface Tenant {
  readonly name: string
  readonly schema: string
  /** Epoch milliseconds of the test clock; null follows the real one. */
  readonly clockMs: number | null
  readonly acceptanceWindowDays: number
}

/** How far work is that takes long: `done` of `total` of what the words name, such as segments of the journal. */
export interface WorkProgress {
  readonly words: string
  readonly done: number
  readonly total: number
}

/** What a request may know and reach: its tenant's tables and its tenant's time. */
export interface ReadContext {
  readonly tenant: Tenant
  readonly db: Database
  readonly nowMs: number
  /** Is called with the progress of work that takes many minutes, as often as the work reports it. */
  readonly tell?: (progress: WorkProgress) => void
}

/** A request that commits by itself, as the engine does. */
export interface StreamContext extends ReadContext {
  /**
   * The row of the audit log that says that the request was done, to be written in the commit that makes it so. A route with
   * `logged: 'in its commit'` writes it there; where it did nothing, the row is written afterwards.
   * @param result names what was made
   */
  readonly logged: (result: object) => readonly NewRows[]
}

/** What the process must do after a write: definitions to be read again, or an account whose balances have documents and money to take up. */
export type AfterCommit =
  | { readonly kind: 'reload accounts'; readonly accountIds: readonly string[] }
  | { readonly kind: 'reload catalog' }
  | { readonly kind: 'apply to balances'; readonly accountId: string }
  /** Keys and users may open less than before, or nothing. */
  | { readonly kind: 'forget callers' }
  /** There are jobs to begin. */
  | { readonly kind: 'wake jobs' }

/** A write is one transaction; the engine is notified of it after the commit, before the answer. */
export interface WriteContext extends ReadContext {
  readonly db: DatabaseTransaction
  /** Done after each answer, also one that is given again: it must be something that may be done twice. */
  readonly afterCommit: (work: AfterCommit) => void
}
