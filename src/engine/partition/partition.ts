import type { DatabaseTransaction } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { DatabaseUnavailable } from '../../platform/unavailable.ts'
import { FactsBuilder, SegmentColumns } from '../journal/facts-builder.ts'
import type { Head, Journal } from '../journal/journal-store.ts'
import { sealSegment } from '../journal/seal-segment.ts'
import { encodeSteps } from '../journal/segment-codec.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { type Alongside, alongsideOf } from './alongside.ts'
import { storeChanges } from './checkpoint.ts'
import { CommandQueue } from './command-queue.ts'
import { type Command, forNow, type ReadCommand, type Write, type WriteCommand } from './commands.ts'
import { InTurns } from './in-turns.ts'
import { assertGoesOn, Lease, within } from './lease.ts'
import { type DefinitionSource, recover } from './recover.ts'
import { PROCESS, type Surroundings } from './surroundings.ts'
import { Unanswered } from './unanswered.ts'

/** Segments decided but not yet committed. */
const MAX_IN_FLIGHT = 3
/** Records after which changed counters are stored, which bounds recovery. */
const CHECKPOINT_EVERY_RECORDS = 4_000_000
const RESTART_DELAY_MS = 500
/** A commit that is not confirmed by then may have happened or not: nobody waits for it any longer. */
const COMMIT_DEADLINE_MS = 5_000

/**
 * The single writer of a partition. Commands are decided in order against memory, a segment at a time; segments are
 * committed strictly in order; nobody is answered before the commit that the answer depends on. When a commit fails or
 * its outcome is unknown, memory is dropped and rebuilt from Postgres, and callers ask again by their records' ids.
 */
export class Partition {
  private readonly store: Journal
  private readonly source: DefinitionSource
  private readonly number: number
  private readonly onFault: (error: unknown) => void
  private readonly around: Surroundings
  private readonly lease: Lease
  private state: PartitionState | null = null
  /** Rises with every start; what was read under an older one must not be stored. */
  epoch = 0n
  private decidedSeq = 0
  /** The last segment whose commit was confirmed, here or before. */
  private known: Head
  private readonly queue = new CommandQueue()
  private readonly columns = new SegmentColumns()
  private inFlight = 0
  /** The pump at work; one whose memory was dropped is nobody's, and stops when it wakes up. */
  private pump: object | null = null
  /** Resolves when what is being decided is decided; null where nothing is. */
  private deciding: Promise<void> | null = null
  private isClosed = false
  private tail: Promise<void> = Promise.resolve()
  private starting: Promise<void> | null = null
  private checkpointing: Promise<void> | null = null
  private recordsSinceCheckpoint = 0
  private readonly unanswered = new Unanswered()

  constructor(
    store: Journal,
    number: number,
    source: DefinitionSource,
    onFault: (error: unknown) => void,
    around: Surroundings = PROCESS,
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
    if (this.state !== null) return
    this.starting ??= this.open().finally(() => {
      this.starting = null
      // A lease that is renewed while nobody works would keep others away.
      if (this.state === null) this.lease.stop()
    })
    return this.starting
  }

  private async open(): Promise<void> {
    if (this.isClosed) throw new Refusal('engine_unavailable', 'the engine is closed')
    await this.store.createPartition(this.around.random(16))
    const row = await this.lease.take()
    this.epoch = row.epoch
    await assertGoesOn(this.store, row, this.known)
    const state = await recover(this.store, row, this.source)
    this.decidedSeq = row.headSeq
    this.known = { seq: row.headSeq, digest: row.headDigest }
    this.tail = Promise.resolve()
    this.inFlight = 0
    this.state = state
  }

  /** Decides something in order with the others, and answers after its commit. */
  async write<T>(write: Write<T>): Promise<T> {
    await this.start()
    this.queue.reserve(write.weight)
    return new Promise<unknown>((resolve, reject) =>
      this.enqueue({ kind: 'write', write: forNow(write), resolve, reject }),
    ) as Promise<T>
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
    await this.whole()
    if (this.state === null)
      throw new Refusal('engine_unavailable', 'the engine is recovering; send the same request again')
    return look(this.state)
  }

  /** Resolves when nothing is half decided; what goes on at once then sees no half of a segment. */
  private async whole(): Promise<void> {
    while (this.deciding !== null) await this.deciding
  }

  private enqueue(command: Command): void {
    this.queue.push(command)
    if (this.pump !== null) return
    const own = {}
    this.pump = own
    // Requests that arrive in the same turn of the event loop share a segment.
    void this.around.nextTurn().then(async () => this.runPump(own))
  }

  private async runPump(own: object): Promise<void> {
    while (this.pump === own && this.queue.length > 0 && this.state !== null) {
      if (this.inFlight >= (this.queue.records < this.around.bulkRecords ? 1 : MAX_IN_FLIGHT)) {
        await this.tail
        continue
      }
      const { state } = this
      const first = this.queue.first as Command
      try {
        if (!this.lease.isHeld) throw new DatabaseUnavailable('the lease was not confirmed in time')
        if (first.kind === 'read') this.answerRead(state, this.queue.takeFirst() as ReadCommand)
        else await this.decide(state, this.queue.takeWrites())
      } catch (error) {
        if (this.state === state) this.fail(error, this.epoch)
        return
      }
      if (this.pump !== own) return
      if (this.recordsSinceCheckpoint >= CHECKPOINT_EVERY_RECORDS) void this.checkpoint()
      await this.around.nextTurn()
    }
    if (this.pump !== own) return
    this.pump = null
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
      command.reject(error)
      return
    }
    state.book.settle()
    const commands = [command]
    this.unanswered.add(commands)
    this.answerAfterCommits(commands, [value])
  }

  /** Answers when everything decided so far is committed. */
  private answerAfterCommits(commands: readonly Command[], values: readonly unknown[]): void {
    const { epoch } = this
    void this.tail.then(() => {
      if (this.isCurrent(epoch)) this.unanswered.answer(commands, values)
    })
  }

  private isCurrent(epoch: bigint): boolean {
    return this.epoch === epoch && this.state !== null
  }

  /** Decides what shares a segment, and commits it behind those before. Others have their turn meanwhile, and see no half of it. */
  private async decide(state: PartitionState, commands: readonly WriteCommand[]): Promise<void> {
    const decided = Promise.withResolvers<void>()
    this.deciding = decided.promise
    try {
      await this.decideSegment(state, commands)
    } finally {
      if (this.deciding === decided.promise) this.deciding = null
      decided.resolve()
    }
  }

  private async decideSegment(state: PartitionState, commands: readonly WriteCommand[]): Promise<void> {
    const facts = new FactsBuilder(state.definitions, this.columns)
    const turns = new InTurns(this.around, () => this.state === state)
    this.unanswered.add(commands)
    state.writingSeq = this.decidedSeq + 1
    const outcomes = await turns.decide(commands, state, facts)
    state.closeFacts(facts)
    const alongside = alongsideOf(commands, outcomes)
    if (facts.isEmpty && alongside.riders.length + alongside.rows.length === 0)
      return this.answerAfterCommits(commands, outcomes)
    const given = commands[0]?.write.payload
    const bytes = given ?? (await turns.do(encodeSteps(facts.build(), this.columns.writer)))
    const seq = ++this.decidedSeq
    const { epoch } = this
    const packed = given === undefined ? this.around.pack(bytes) : Promise.resolve(given)
    packed.catch(() => undefined)
    this.recordsSinceCheckpoint += facts.weight
    this.inFlight++
    this.tail = this.tail
      .then(async () => {
        if (!this.isCurrent(epoch)) return
        const payload = await packed
        if (!this.isCurrent(epoch)) return
        await this.commit(seq, payload, facts, alongside)
        if (!this.isCurrent(epoch)) return
        this.inFlight--
        this.unanswered.answer(commands, outcomes)
      })
      .catch((error: unknown) => this.fail(error, epoch))
  }

  private async commit(seq: number, payload: Buffer, facts: FactsBuilder, { riders, rows }: Alongside): Promise<void> {
    const { epoch, known, number: partition } = this
    const place = { partition, seq, previousDigest: known.digest, committedAtMs: this.around.nowMs() }
    const segment = sealSegment(facts, payload, place)
    const works = riders.map((rider) => async (trx: DatabaseTransaction) => rider(trx, seq))
    await within(this.around, COMMIT_DEADLINE_MS, this.store.commit(epoch, segment, works, rows))
    // An answer that comes after memory was rebuilt is about a journal that has gone on.
    if (this.epoch !== epoch) return
    this.known = { seq, digest: segment.digest }
  }

  /** Drops memory and tells everyone who waits that the outcome is unknown; then starts again. */
  private fail(error: unknown, epoch: bigint): void {
    if (epoch !== this.epoch || this.state === null) return
    this.state = this.pump = null
    this.lease.stop()
    this.onFault(error)
    const reason =
      error instanceof Refusal
        ? error
        : new Refusal('engine_unavailable', 'the commit failed; send the same request again')
    this.rejectWaiting(reason)
    this.around.after(RESTART_DELAY_MS, () => {
      this.start().catch(this.onFault)
    })
  }

  private rejectWaiting(reason: Refusal): void {
    for (const command of [...this.unanswered.takeAll(), ...this.queue.takeAll()]) command.reject(reason)
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
        whole: async () => this.whole(),
        committed: () => this.tail,
        isCurrent: () => this.state === state,
        isAlone: () => this.isClosed,
        around: this.around,
      })
      await this.tail // What nothing waited for yet may still fail.
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
    while (this.state !== null && (this.queue.length > 0 || this.inFlight > 0 || this.deciding !== null)) {
      await this.around.nextTurn()
    }
    this.isClosed = true
    await this.checkpoint().catch(this.onFault)
    this.lease.stop()
    if (this.state !== null) await this.store.release(this.epoch).catch(this.onFault)
    this.state = null
  }

  get isAwake(): boolean {
    return this.state !== null
  }

  /** The last committed segment. */
  get head(): Head {
    return this.known
  }
}

const NOTHING_KNOWN: Head = { seq: 0, digest: Buffer.alloc(32) }
