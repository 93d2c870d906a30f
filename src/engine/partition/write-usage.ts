import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { Refusal } from '../../platform/problems.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import { recallArchived } from '../memory/archive-lookup.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { StaleRecall } from '../memory/recalled.ts'
import { ClosedAccounts } from '../online/closed-accounts.ts'
import type { Archive } from '../ports.ts'
import { type OnlineTurn, Steps, type Write } from './commands.ts'
import type { Partition } from './partition.ts'

export interface AskedUsage {
  readonly batch: UsageBatch
  readonly isOnline: boolean
  readonly turn?: OnlineTurn | undefined
}

/**
 * Decides records, after the archive was searched for them.
 * @param open opens balances of accounts
 */
export async function writeUsage<T>(
  partition: Partition,
  archive: Archive,
  { batch, isOnline, turn }: AskedUsage,
  write: Write<T>,
  open: (accountIds: readonly string[]) => Promise<void>,
): Promise<T> {
  for (;;) {
    const recalled = await recallArchived(archive, await partition.peek((state) => state), batch, isOnline)
    const decide = (state: PartitionState, facts: FactsBuilder): T | Steps<T> => {
      if (turn?.isAsked() === false) throw new Refusal('engine_unavailable', 'what came before has failed')
      state.recall(recalled)
      const decided = write.decide(state, facts)
      if (decided instanceof Steps) return turn === undefined ? decided : decided.behind(() => turn.onDecided())
      turn?.onDecided()
      return decided
    }
    try {
      return await partition.write({ ...write, decide })
    } catch (error) {
      if (error instanceof ClosedAccounts) await open(error.accountIds)
      else if (!(error instanceof StaleRecall)) throw error
    }
  }
}
