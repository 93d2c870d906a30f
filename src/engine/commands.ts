import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { DatabaseTransaction } from '../platform/db.ts'
import type { Acceptance, SuspendedRecord } from './charge-usage.ts'
import type { PartitionState } from './partition-state.ts'
import type { UsageCounts } from './segment.ts'

/** A batch of usage to be charged, and what else must become true in the same commit. */
export interface UsageCommand {
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  /** The records come out of suspense. */
  readonly recycled: boolean
  readonly rider?: (trx: DatabaseTransaction, outcome: UsageOutcome) => Promise<void>
}

export interface UsageOutcome {
  readonly counts: UsageCounts
  readonly suspended: readonly SuspendedRecord[]
}

/** What a partition is asked, with the caller who waits for the answer. */
export type Command =
  | { kind: 'usage'; usage: UsageCommand; resolve(outcome: UsageOutcome): void; reject(error: unknown): void }
  | {
      kind: 'read'
      read(state: PartitionState, seq: number): unknown
      resolve(value: unknown): void
      reject(error: unknown): void
    }
