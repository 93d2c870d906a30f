import { DatabaseUnavailable } from '../../platform/unavailable.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, ReadCommand, WriteCommand } from './commands.ts'
import type { CommitPipeline } from './commit-pipeline.ts'
import type { Environment } from './environment.ts'
import { InTurns } from './in-turns.ts'
import type { Lease } from './lease.ts'

/** Records after which changed counters are stored, which bounds recovery. */
const CHECKPOINT_EVERY_RECORDS = 4_000_000

/** What a run reports to its partition. */
export interface RunListener {
  readonly onFault: (error: unknown) => void
  /** So many records were decided that their counters should be stored. */
  readonly onCheckpointDue: () => void
}

/**
 * What a partition is between a start and a stop or a fault: memory, what waits to be decided against it, and the segments on their
 * way. Commands are decided in order, a segment at a time.
 */
export class Run {
  readonly state: PartitionState
  readonly epoch: bigint
  readonly pipeline: CommitPipeline
  readonly queue = new CommandQueue()
  recordsSinceCheckpoint = 0
  /** Resolves when what is being decided is decided; null where nothing is. */
  deciding: Promise<void> | null = null
  private readonly lease: Lease
  private readonly around: Environment
  private readonly listener: RunListener
  private isDeciding = false

  constructor(
    state: PartitionState,
    epoch: bigint,
    pipeline: CommitPipeline,
    lease: Lease,
    around: Environment,
    listener: RunListener,
  ) {
    this.state = state
    this.epoch = epoch
    this.pipeline = pipeline
    this.lease = lease
    this.around = around
    this.listener = listener
  }

  get isIdle(): boolean {
    return this.queue.length === 0 && this.pipeline.isEmpty && this.deciding === null
  }

  enqueue(command: Command): void {
    this.queue.push(command)
    if (this.isDeciding) return
    this.isDeciding = true
    // Requests that arrive in the same turn of the event loop share a segment.
    void this.around.nextTurn().then(async () => this.decideAll())
  }

  private async decideAll(): Promise<void> {
    const { pipeline, queue, listener } = this
    while (!pipeline.isStopped && queue.length > 0) {
      if (pipeline.isFull(queue.records)) {
        await pipeline.settled
        continue
      }
      try {
        if (!this.lease.isHeld) throw new DatabaseUnavailable('the lease was not confirmed in time')
        if (queue.first?.kind === 'read') this.answerRead(queue.takeFirst() as ReadCommand)
        else await this.decide(queue.takeWrites())
      } catch (error) {
        if (!pipeline.isStopped) listener.onFault(error)
        return
      }
      if (pipeline.isStopped) return
      if (this.recordsSinceCheckpoint >= CHECKPOINT_EVERY_RECORDS) listener.onCheckpointDue()
      await this.around.nextTurn()
    }
    this.isDeciding = false
  }

  private answerRead(command: ReadCommand): void {
    const { state, pipeline } = this
    let value: unknown
    try {
      value = command.read(state, pipeline.decidedSeq)
    } catch (error) {
      // A question that fails is the asker's trouble; nothing was decided.
      command.reject(error)
      return
    }
    state.book.settle()
    const commands = [command]
    pipeline.take(commands)
    pipeline.answerAfterCommits(commands, [value])
  }

  /** Decides what shares a segment, and commits it after those before it. Others have their turn of the event loop meanwhile, and see all of it or nothing. */
  private async decide(commands: readonly WriteCommand[]): Promise<void> {
    const decided = Promise.withResolvers<void>()
    this.deciding = decided.promise
    try {
      await this.decideSegment(commands)
    } finally {
      this.deciding = null
      decided.resolve()
    }
  }

  private async decideSegment(commands: readonly WriteCommand[]): Promise<void> {
    const { state, pipeline } = this
    const turns = new InTurns(this.around, () => !pipeline.isStopped)
    const facts = pipeline.newFacts(state.definitions)
    pipeline.take(commands)
    state.writingSeq = pipeline.decidedSeq + 1
    const outcomes = await turns.decide(commands, state, facts)
    state.closeFacts(facts)
    await pipeline.append(facts, commands, outcomes, turns)
    this.recordsSinceCheckpoint += facts.weight
  }

  /** Gives up what is on its way. @returns those who wait for an answer, and will get none. */
  stop(): Command[] {
    return [...this.pipeline.stop(), ...this.queue.takeAll()]
  }
}
