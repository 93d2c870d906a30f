import { Refusal } from '../../platform/problems.ts'
import type { Head, Journal } from '../journal/journal-store.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { storeChanges } from './checkpoint.ts'
import { forNow, type Write } from './commands.ts'
import { CommitPipeline } from './commit-pipeline.ts'
import { type Environment, PROCESS } from './environment.ts'
import { assertGoesOn, Lease } from './lease.ts'
import { type DefinitionSource, recover } from './recover.ts'
import { Run } from './run.ts'

const RESTART_DELAY_MS = 500

/**
 * What a partition is doing. Whoever asks something of one that is stopped or has failed makes it recover; one that has failed
 * does so by itself after a while.
 */
type Phase =
  | { readonly is: 'stopped' }
  /** The lease is taken, and memory rebuilt from Postgres. */
  | { readonly is: 'recovering'; readonly done: Promise<void> }
  | { readonly is: 'running'; readonly run: Run }
  /** Memory was dropped: a commit failed, its outcome is unknown, or the lease was lost. */
  | { readonly is: 'failed' }

/**
 * The single writer of a partition. Commands are decided in order against memory, a segment at a time (`run.ts`); segments are
 * committed strictly in order, and nobody is answered before the commit that the answer depends on (`commit-pipeline.ts`). When a
 * commit fails or its outcome is unknown, memory is dropped and rebuilt from Postgres, and callers ask again by their records' ids.
 */
export class Partition {
  private readonly store: Journal
  private readonly source: DefinitionSource
  private readonly number: number
  private readonly onFault: (error: unknown) => void
  private readonly around: Environment
  private readonly lease: Lease
  private phase: Phase = { is: 'stopped' }
  /** Rises with every start; what was read under an older one must not be stored. */
  epoch = 0n
  /** The last segment whose commit was confirmed, here or before. */
  private known: Head
  private isClosed = false
  private checkpointing: Promise<void> | null = null

  constructor(
    store: Journal,
    number: number,
    source: DefinitionSource,
    onFault: (error: unknown) => void,
    around: Environment = PROCESS,
    known: Head = NOTHING_KNOWN,
  ) {
    this.store = store
    this.number = number
    this.source = source
    this.onFault = onFault
    this.around = around
    this.known = known
    this.lease = new Lease(store, around.ownerName(), around, (error, epoch) => this.fail(error, epoch))
  }

  /** Takes the lease and rebuilds memory, unless that is done or under way. */
  async start(): Promise<void> {
    if (this.phase.is === 'running') return
    if (this.phase.is !== 'recovering') this.phase = { is: 'recovering', done: this.recover() }
    return this.phase.done
  }

  private async recover(): Promise<void> {
    try {
      this.phase = { is: 'running', run: await this.open() }
    } catch (error) {
      this.phase = { is: 'stopped' }
      // A lease that is renewed while nobody works would keep others away.
      this.lease.stop()
      throw error
    }
  }

  private async open(): Promise<Run> {
    if (this.isClosed) throw closed()
    const { store, around, number } = this
    await store.createPartition(around.random(16))
    const row = await this.lease.take()
    const { epoch } = row
    this.epoch = epoch
    await assertGoesOn(store, row, this.known)
    const state = await recover(store, row, this.source)
    this.known = { seq: row.headSeq, digest: row.headDigest }
    const onFault = (error: unknown): void => this.fail(error, epoch)
    const onCommitted = (head: Head): void => {
      // An answer that comes after memory was rebuilt may lack segments that another process has committed.
      if (this.epoch === epoch) this.known = head
    }
    const pipeline = new CommitPipeline({ store, around, number, epoch, onCommitted, onFault }, this.known)
    const onCheckpointDue = (): void => void this.checkpoint()
    return new Run(state, epoch, pipeline, this.lease, around, { onFault, onCheckpointDue })
  }

  /** Decides something in order with the others, and answers after its commit. */
  async write<T>(write: Write<T>): Promise<T> {
    await this.start()
    const { run } = this
    run.queue.reserve(write.weight)
    return new Promise<unknown>((resolve, reject) =>
      run.enqueue({ kind: 'write', write: forNow(write), resolve, reject }),
    ) as Promise<T>
  }

  /** Reads memory in order with the commands, and answers after the commits that the answer depends on. */
  async read<T>(read: (state: PartitionState, seq: number) => T): Promise<T> {
    await this.start()
    const { run } = this
    return new Promise<T>((resolve, reject) =>
      run.enqueue({ kind: 'read', read, resolve: resolve as (value: unknown) => void, reject }),
    )
  }

  /** Memory as it is now, for what no commit can undo: definitions. */
  async peek<T>(look: (state: PartitionState) => T): Promise<T> {
    await this.start()
    // Nobody sees half of a segment that is being decided.
    while (this.run.deciding !== null) await this.run.deciding
    return look(this.run.state)
  }

  private get run(): Run {
    // Memory may have been dropped since the read was queued.
    if (this.phase.is === 'running') return this.phase.run
    throw new Refusal('engine_unavailable', 'the engine is recovering; send the same request again')
  }

  /** Drops memory, answers all callers that wait `engine_unavailable`, since the outcome is unknown, and starts again. */
  private fail(error: unknown, epoch: bigint): void {
    if (this.phase.is !== 'running' || this.phase.run.epoch !== epoch) return
    const { run } = this.phase
    this.phase = { is: 'failed' }
    this.lease.stop()
    this.onFault(error)
    const reason =
      error instanceof Refusal
        ? error
        : new Refusal('engine_unavailable', 'the commit failed; send the same request again')
    for (const command of run.stop()) command.reject(reason)
    this.around.after(RESTART_DELAY_MS, () => {
      this.start().catch(this.onFault)
    })
  }

  /** Stores all counters changed so far, so that recovery need not apply the segments before. */
  async checkpoint(): Promise<void> {
    this.checkpointing ??= this.sweep().finally(() => {
      this.checkpointing = null
    })
    return this.checkpointing
  }

  private async sweep(): Promise<void> {
    if (this.phase.is !== 'running') return
    const { run } = this.phase
    const { state, epoch, pipeline } = run
    const sweepSeq = pipeline.decidedSeq
    run.recordsSinceCheckpoint = 0
    try {
      await storeChanges(state, this.store, epoch, {
        decidedSeq: () => pipeline.decidedSeq,
        deciding: () => run.deciding,
        committed: () => pipeline.settled,
        isCurrent: () => !pipeline.isStopped,
        isAlone: () => this.isClosed,
        around: this.around,
      })
      await pipeline.settled // What nothing waited for yet may still fail.
      if (!pipeline.isStopped) await this.store.storeCheckpoint(epoch, sweepSeq)
    } catch (error) {
      // What was taken as changed is not stored: memory is rebuilt rather than remembered wrongly.
      this.fail(error, epoch)
    }
  }

  /** Drops memory that may have missed something; it is rebuilt from Postgres. */
  invalidate(error: unknown): void {
    this.fail(error, this.epoch)
  }

  /** Finishes what is queued, stores a checkpoint and gives the lease back. */
  async close(): Promise<void> {
    if (this.phase.is === 'recovering') await this.phase.done.catch(() => undefined)
    while (this.phase.is === 'running' && !this.phase.run.isIdle) await this.around.nextTurn()
    this.isClosed = true
    await this.checkpoint().catch(this.onFault)
    const { phase } = this
    this.phase = { is: 'stopped' }
    this.lease.stop()
    if (phase.is !== 'running') return
    for (const command of phase.run.stop()) command.reject(closed())
    await this.store.release(this.epoch).catch(this.onFault)
  }

  get isAwake(): boolean {
    return this.phase.is === 'running'
  }

  /** The last committed segment. */
  get head(): Head {
    return this.known
  }
}

function closed(): Refusal {
  return new Refusal('engine_unavailable', 'the engine is closed')
}

const NOTHING_KNOWN: Head = { seq: 0, digest: Buffer.alloc(32) }
