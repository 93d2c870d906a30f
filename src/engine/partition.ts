import { randomBytes } from 'node:crypto'
import { systemClock } from '../platform/clock.ts'
import type { DatabaseTransaction } from '../platform/db.ts'
import { Refusal } from '../platform/problems.ts'
import { storeChanges } from './checkpoint.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, ReadCommand, Write, WriteCommand } from './commands.ts'
import { FactsBuilder } from './facts-builder.ts'
import { FencedError, type JournalStore } from './journal-store.ts'
import { acquirePartition, leaseEnd, ownerName, RENEW_EVERY_MS } from './lease.ts'
import type { PartitionState } from './partition-state.ts'
import { type DefinitionSource, recover } from './recover.ts'
import { digestOf, encodeFacts, packFacts, payloadDigestOf } from './segment.ts'

/** Segments decided but not yet committed. */
const MAX_IN_FLIGHT = 3
/** Records after which changed counters are stored, which bounds recovery. */
const CHECKPOINT_EVERY_RECORDS = 4_000_000
const RESTART_DELAY_MS = 500

/**
 * The single writer of a partition. Commands are decided in order against memory, a segment at a time; segments are
 * committed strictly in order; nobody is answered before the commit that the answer depends on. When a commit fails or
 * its outcome is unknown, memory is dropped and rebuilt from Postgres, and callers ask again by their records' ids.
 */
export class Partition {
  private readonly store: JournalStore
  private readonly source: DefinitionSource
  private readonly number: number
  private readonly onFault: (error: unknown) => void
  private readonly owner = ownerName()
  private state: PartitionState | null = null
  /** Rises with every start; what was read under an older one must not be stored. */
  epoch = 0n
  private decidedSeq = 0
  private committedSeq = 0
  private headDigest: Buffer = Buffer.alloc(32)
  private readonly queue = new CommandQueue()
  private inFlight = 0
  private isPumping = false
  private isClosed = false
  private tail: Promise<void> = Promise.resolve()
  private starting: Promise<void> | null = null
  private checkpointing: Promise<void> | null = null
  private recordsSinceCheckpoint = 0
  private renewal: NodeJS.Timeout | undefined
  private readonly waiting = new Set<Command>()

  constructor(store: JournalStore, number: number, source: DefinitionSource, onFault: (error: unknown) => void) {
    this.store = store
    this.number = number
    this.source = source
    this.onFault = onFault
  }

  /** Takes the lease and rebuilds memory, unless that is done or under way. */
  async start(): Promise<void> {
    if (this.state !== null) return
    this.starting ??= this.open().finally(() => {
      this.starting = null
    })
    return this.starting
  }

  private async open(): Promise<void> {
    if (this.isClosed) throw new Refusal('engine_unavailable', 'the engine is closed')
    await this.store.createPartition(randomBytes(16))
    const row = await acquirePartition(this.store, this.owner)
    this.epoch = row.epoch
    const renew = (): void => {
      this.store.renew(row.epoch, leaseEnd()).then(
        (current) => (current ? undefined : this.fail(new FencedError('the lease was lost'), row.epoch)),
        (error) => this.fail(error, row.epoch),
      )
    }
    clearInterval(this.renewal)
    this.renewal = setInterval(renew, RENEW_EVERY_MS)
    const state = await recover(this.store, row, this.source)
    this.decidedSeq = this.committedSeq = row.headSeq
    this.headDigest = row.headDigest
    this.tail = Promise.resolve()
    this.inFlight = 0
    this.state = state
  }

  /** Decides something in order with the others, and answers after its commit. */
  async write<T>(write: Write<T>): Promise<T> {
    await this.start()
    this.queue.reserve(write.weight)
    return new Promise<T>((resolve, reject) =>
      this.enqueue({
        kind: 'write',
        write: write as Write<unknown>,
        resolve: resolve as (value: unknown) => void,
        reject,
      }),
    )
  }

  /** Reads memory in order with the commands, and answers after the commits that the answer depends on. */
  async read<T>(read: (state: PartitionState, seq: number) => T): Promise<T> {
    await this.start()
    return new Promise<T>((resolve, reject) =>
      this.enqueue({ kind: 'read', read, resolve: resolve as (value: unknown) => void, reject }),
    )
  }

  /** Memory as it is now, for what no commit can undo: definitions. */
  async peek<T>(look: (state: PartitionState) => T): Promise<T> {
    await this.start()
    if (this.state === null)
      throw new Refusal('engine_unavailable', 'the engine is recovering; send the same request again')
    return look(this.state)
  }

  private enqueue(command: Command): void {
    this.waiting.add(command)
    this.queue.push(command)
    if (!this.isPumping) {
      this.isPumping = true
      // Requests that arrive in the same turn of the event loop share a segment.
      setImmediate(() => void this.pump())
    }
  }

  private async pump(): Promise<void> {
    while (this.queue.length > 0 && this.state !== null) {
      if (this.inFlight >= MAX_IN_FLIGHT) {
        await this.tail
        continue
      }
      const { state } = this
      const first = this.queue.first as Command
      try {
        if (first.kind === 'read') this.answerRead(state, this.queue.takeFirst() as ReadCommand)
        else this.decide(state, this.queue.takeWrites())
      } catch (error) {
        this.fail(error, this.epoch)
        break
      }
      if (this.recordsSinceCheckpoint >= CHECKPOINT_EVERY_RECORDS) void this.checkpoint()
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.isPumping = false
    // Memory was dropped between asking and deciding: nobody would come back for these.
    if (this.state === null)
      this.rejectWaiting(new Refusal('engine_unavailable', 'the engine is recovering; send the same request again'))
  }

  private answerRead(state: PartitionState, command: ReadCommand): void {
    let value: unknown
    try {
      value = command.read(state, this.decidedSeq)
    } catch (error) {
      // A question that fails is the asker's trouble; nothing was decided.
      this.waiting.delete(command)
      command.reject(error)
      return
    }
    this.answerAfterCommits([command], [value])
  }

  /** Answers when everything decided so far is committed. */
  private answerAfterCommits(commands: readonly Command[], values: readonly unknown[]): void {
    const { epoch } = this
    void this.tail.then(() => {
      if (this.epoch !== epoch) return
      commands.forEach((command, index) => {
        if (this.waiting.delete(command)) command.resolve(values[index])
      })
    })
  }

  private decide(state: PartitionState, taken: readonly WriteCommand[]): void {
    const facts = new FactsBuilder(state.definitions)
    const commands: WriteCommand[] = []
    const outcomes: unknown[] = []
    state.writingSeq = this.decidedSeq + 1
    for (const command of taken) {
      try {
        outcomes.push(command.write.decide(state, facts))
        commands.push(command)
      } catch (error) {
        // Refused before anything changed; any other error may have left half a decision in memory.
        if (!(error instanceof Refusal)) throw error
        this.waiting.delete(command)
        command.reject(error)
      }
    }
    if (facts.isEmpty && commands.every(({ write }) => write.rider === undefined)) {
      this.answerAfterCommits(commands, outcomes)
      return
    }
    const seq = ++this.decidedSeq
    const { epoch } = this
    const packed = packFacts(encodeFacts(facts.build()))
    packed.catch(() => undefined)
    this.recordsSinceCheckpoint += facts.counts.received
    this.inFlight++
    this.tail = this.tail
      .then(async () => {
        if (this.epoch !== epoch || this.state === null) return
        const payload = await packed
        if (this.epoch !== epoch || this.state === null) return
        await this.commit(seq, payload, facts, commands, outcomes)
        this.inFlight--
        commands.forEach((command, index) => {
          if (this.waiting.delete(command)) command.resolve(outcomes[index])
        })
      })
      .catch((error: unknown) => this.fail(error, epoch))
  }

  private async commit(
    seq: number,
    payload: Buffer,
    facts: FactsBuilder,
    commands: readonly WriteCommand[],
    outcomes: readonly unknown[],
  ): Promise<void> {
    const previousDigest = this.headDigest
    const payloadDigest = payloadDigestOf(payload)
    const digest = digestOf(previousDigest, this.number, seq, payloadDigest)
    const hasUsage = Number.isFinite(facts.minStartMs)
    const segment = {
      seq,
      payload,
      payloadDigest,
      identities: facts.identityBytes(),
      digest,
      previousDigest,
      counts: facts.counts,
      committedAtMs: systemClock.nowMs(),
      usageFromMs: hasUsage ? facts.minStartMs : null,
      usageUntilMs: hasUsage ? facts.maxStartMs : null,
    }
    const riders = commands.flatMap(({ write: { rider } }, index) =>
      rider === undefined ? [] : [(trx: DatabaseTransaction) => rider(trx, outcomes[index])],
    )
    await this.store.commit(this.epoch, segment, riders)
    this.headDigest = digest
    this.committedSeq = seq
  }

  /** Drops memory and tells everyone who waits that the outcome is unknown; then starts again. */
  private fail(error: unknown, epoch: bigint): void {
    if (epoch !== this.epoch || this.state === null) return
    this.state = null
    clearInterval(this.renewal)
    this.onFault(error)
    const reason =
      error instanceof Refusal
        ? error
        : new Refusal('engine_unavailable', 'the commit failed; send the same request again')
    this.rejectWaiting(reason)
    setTimeout(() => {
      this.start().catch(this.onFault)
    }, RESTART_DELAY_MS).unref()
  }

  private rejectWaiting(reason: Refusal): void {
    this.queue.clear()
    for (const command of this.waiting) command.reject(reason)
    this.waiting.clear()
  }

  /** Stores all counters changed so far, so that recovery need not apply the segments before. */
  async checkpoint(): Promise<void> {
    this.checkpointing ??= this.sweep().finally(() => {
      this.checkpointing = null
    })
    return this.checkpointing
  }

  private async sweep(): Promise<void> {
    const { state, epoch, decidedSeq: sweepSeq } = this
    if (state === null) return
    this.recordsSinceCheckpoint = 0
    try {
      await storeChanges(state, this.store, epoch, {
        decidedSeq: () => this.decidedSeq,
        committed: () => this.tail,
        isCurrent: () => this.state === state,
      })
      if (this.state === state) await this.store.storeCheckpoint(epoch, sweepSeq)
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
    await this.starting?.catch(() => undefined)
    while (this.state !== null && (this.queue.length > 0 || this.inFlight > 0)) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.isClosed = true
    await this.checkpoint().catch(this.onFault)
    clearInterval(this.renewal)
    if (this.state !== null) await this.store.release(this.epoch).catch(this.onFault)
    this.state = null
  }

  get isAwake(): boolean {
    return this.state !== null
  }

  /** The digest of the last committed segment, and its number. */
  get head(): { seq: number; digest: Buffer } {
    return { seq: this.committedSeq, digest: this.headDigest }
  }
}
