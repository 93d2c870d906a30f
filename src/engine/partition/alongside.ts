import type { DatabaseTransaction } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { isOfValues, type RowsAlongside } from '../journal/rows-alongside.ts'
import { REFUSED, type WriteCommand } from './commands.ts'

/** What must become true in the commit of a segment: work in its transaction, and rows that its statement writes. */
export interface Alongside {
  readonly commitHooks: readonly ((trx: DatabaseTransaction, seq: number) => Promise<void>)[]
  readonly rows: readonly RowsAlongside[]
}

/** What commands want committed with what was decided of them. */
export function alongsideOf(commands: readonly WriteCommand[], outcomes: readonly unknown[]): Alongside {
  const commitHooks: Alongside['commitHooks'][number][] = []
  const rows: RowsAlongside[] = []
  for (const [index, command] of commands.entries()) {
    const { commitHook, isHookNeeded, rows: rowsOf } = command.write
    const outcome = outcomes[index]
    if (outcome === REFUSED) continue
    const blame = (error: unknown): void => command.reject(cannotBeStored(error))
    if (commitHook !== undefined && isHookNeeded?.(outcome) !== false)
      commitHooks.push((trx, seq) => alone(commitHook(trx, outcome, seq), blame))
    const found = rowsOf?.(outcome).filter((one) => one.rows.length > 0) ?? []
    if (found.length > 0) rows.push({ rows: found, blame })
  }
  return { commitHooks, rows }
}

/**
 * A commit hook that fails for a reason of its caller fails that caller for good: if it were to send the same again, it would stop
 * everybody again and again. All others, whose writes were rolled back with it, are to send theirs again.
 */
async function alone(hook: Promise<void>, blame: (error: unknown) => void): Promise<void> {
  try {
    await hook
  } catch (error) {
    if (isOfValues(error)) blame(error)
    throw error
  }
}

function cannotBeStored(error: unknown): Refusal {
  return new Refusal('unprocessable', `it cannot be stored: ${(error as Error).message}`)
}
