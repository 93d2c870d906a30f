import type { DunningStep } from '../../core/dunning/policy.ts'
import type { Database, DatabaseTransaction } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'

/** What came of a step. Whoever cannot do it says why: nothing is passed over silently. */
export interface StepOutcome {
  readonly state: 'done' | 'not_available' | 'failed'
  /** What was done, or why nothing was. */
  readonly detail: string | null
}

/** Of a run, what a step is done for. */
export interface StepOrder {
  readonly tenant: Tenant
  readonly accountId: string
  /** Names what is asked for: the same key again is the same thing. */
  readonly key: string
  readonly nowMs: number
}

interface Reminder extends StepOrder {
  readonly currency: string
  /** A decimal of the currency. */
  readonly amount: string
  readonly daysOverdue: number
  readonly documents: readonly { readonly id: string; readonly number: string; readonly dueOn: string }[]
  readonly reminder: DunningStep['reminder']
  /** The day on which a block comes next, if it does. */
  readonly blockOn: string | null
  /** Whether it is not available where nobody has an address that works. */
  readonly mustReach: boolean
}

/**
 * What dunning has others do. Within the transaction of `db`, which has locked the account's row; `late_fee` and `terminate` are asked for
 * behind it, by a job, and may be asked for again.
 */
export interface DunningPorts {
  readonly remind: (db: DatabaseTransaction, asked: Reminder) => Promise<StepOutcome>
  readonly placeBlock: (
    db: DatabaseTransaction,
    asked: StepOrder & { readonly level: 'soft' | 'hard' },
  ) => Promise<StepOutcome>
  /** Lifts the blocks that dunning has placed, and no others. */
  readonly liftBlocks: (db: DatabaseTransaction, asked: StepOrder & { readonly note: string }) => Promise<void>
  /** Of some accounts those that have such a block, whoever has placed it. */
  readonly blockedAmong: (db: Database, accountIds: readonly string[]) => Promise<string[]>
  /** Charges documents by the kept means of payment, with the retry rules that hold for them. */
  readonly chargeAgain: (
    db: DatabaseTransaction,
    asked: StepOrder & { readonly invoiceIds: readonly string[] },
  ) => Promise<StepOutcome>
  readonly lateFee: (asked: StepOrder) => Promise<StepOutcome>
  /** @param asked.isAskedFor whether the debt is still to be asked for, in the transaction that ends subscriptions: somebody may have paid meanwhile */
  readonly terminate: (
    asked: StepOrder & { readonly isAskedFor: (db: Database) => Promise<boolean> },
  ) => Promise<StepOutcome>
}

export interface DunningNeeds {
  readonly dunning: DunningPorts
}
