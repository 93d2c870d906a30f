import { Refusal } from '../../platform/problems.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { REFUSED, Steps, type WriteCommand } from './commands.ts'
import type { Environment } from './environment.ts'

/**
 * Does work of many steps, and lets others have their turn of the event loop in between: 20,000 records, or records that are charged by
 * a thousand prices each, would keep it for seconds.
 */
export class InTurns {
  private readonly around: Pick<Environment, 'monotonicMs' | 'isTurnOver' | 'nextTurn'>
  private readonly isCurrent: () => boolean
  private sinceMs: number

  /** @param isCurrent false once memory was dropped: nothing of it continues then */
  constructor(around: InTurns['around'], isCurrent: () => boolean) {
    this.around = around
    this.isCurrent = isCurrent
    this.sinceMs = around.monotonicMs()
  }

  /**
   * Does what can be done in this turn at once: most of the time that is all.
   * @throws, or is rejected, where memory was dropped; callers have their answer then
   */
  do<T>(each: Generator<undefined, T>): T | Promise<T> {
    for (let step = each.next(); ; step = each.next()) {
      if (step.done === true) return step.value
      if (this.around.isTurnOver(this.sinceMs)) return this.goOn(each)
    }
  }

  private async goOn<T>(each: Generator<undefined, T>): Promise<T> {
    await this.nextTurn()
    return this.do(each)
  }

  private async nextTurn(): Promise<void> {
    await this.around.nextTurn()
    if (!this.isCurrent()) throw new Error('memory was dropped while something was decided')
    this.sinceMs = this.around.monotonicMs()
  }

  /** Decides commands in order. @returns what each comes to, `REFUSED` where its caller was refused already. */
  async decide(commands: readonly WriteCommand[], state: PartitionState, facts: FactsBuilder): Promise<unknown[]> {
    const outcomes: unknown[] = []
    for (const command of commands) {
      if (outcomes.length > 0 && this.around.isTurnOver(this.sinceMs)) await this.nextTurn()
      try {
        const decided = command.write.decide(state, facts)
        const outcome = decided instanceof Steps ? this.do(decided.each) : decided
        outcomes.push(outcome instanceof Promise ? await outcome : outcome)
      } catch (error) {
        // Refused before anything changed; any other error may have left half a decision in memory.
        if (!(error instanceof Refusal)) throw error
        outcomes.push(REFUSED)
        command.reject(error)
      }
    }
    return outcomes
  }
}
