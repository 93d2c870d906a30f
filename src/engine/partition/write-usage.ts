import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { Refusal } from '../../platform/problems.ts'
import { recallArchived } from '../memory/archive-lookup.ts'
import { StaleRecall } from '../memory/recalled.ts'
import { ClosedAccounts } from '../online/closed-accounts.ts'
import type { Archive } from '../ports.ts'
import type { OnlineTurn, Write } from './commands.ts'
import type { Partition } from './partition.ts'

export interface AskedUsage {
  readonly batch: UsageBatch
  readonly isOnline: boolean
  readonly turn?: OnlineTurn | undefined
}

/**
 * Decides records, of which the archive was asked before whether it has them.
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
    const decide: Write<T>['decide'] = (state, facts) => {
      if (turn?.isAsked() === false) throw new Refusal('engine_unavailable', 'what came before has failed')
      state.recall(recalled)
      const outcome = write.decide(state, facts)
      turn?.onDecided()
      return outcome
    }
    try {
      return await partition.write({ ...write, decide })
    } catch (error) {
      if (error instanceof ClosedAccounts) await open(error.accountIds)
      else if (!(error instanceof StaleRecall)) throw error
    }
  }
}
