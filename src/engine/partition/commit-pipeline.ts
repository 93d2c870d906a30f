import type { DatabaseTransaction } from '../../platform/db.ts'
import type { Definitions } from '../definitions/definitions.ts'
import { FactsBuilder, SegmentColumns } from '../journal/facts-builder.ts'
import type { Head, Journal } from '../journal/journal-store.ts'
import { sealSegment } from '../journal/seal-segment.ts'
import { encodeSteps } from '../journal/segment-codec.ts'
import { type Alongside, alongsideOf } from './alongside.ts'
import type { Command, WriteCommand } from './commands.ts'
import type { Environment } from './environment.ts'
import type { InTurns } from './in-turns.ts'
import { within } from './lease.ts'
import { PendingReplies } from './pending-replies.ts'

/** Segments decided but not yet committed. */
const MAX_IN_FLIGHT = 3
/** A commit that is not confirmed by then may have happened or not: nobody waits for it any longer. */
const COMMIT_DEADLINE_MS = 5_000

/** Where segments are stored, and who is notified of commits and faults. */
export interface Commits {
  readonly store: Journal
  readonly around: Environment
  /** Of the partition among those of its tenant. */
  readonly number: number
  readonly epoch: bigint
  readonly onCommitted: (head: Head) => void
  readonly onFault: (error: unknown) => void
}

/**
 * Segments on their way into the journal: they are committed strictly in the order in which they were decided, and nobody is
 * answered before the commits that the answer depends on. A pipeline that was stopped commits and answers nothing any more.
 */
export class CommitPipeline {
  /** The last segment that was decided. */
  decidedSeq: number
  isStopped = false
  private readonly commits: Commits
  private readonly columns = new SegmentColumns()
  private readonly pendingReplies = new PendingReplies()
  /** The last segment whose commit was confirmed. */
  private head: Head
  private inFlight = 0
  private tail: Promise<void> = Promise.resolve()

  /** @param head of the journal, which the next segment follows. */
  constructor(commits: Commits, head: Head) {
    this.commits = commits
    this.head = head
    this.decidedSeq = head.seq
  }

  /** Resolves when everything decided so far is committed, or was given up. */
  get settled(): Promise<void> {
    return this.tail
  }

  get isEmpty(): boolean {
    return this.inFlight === 0
  }

  /** Whether so much work waits for the segments in flight: little of it makes one segment together. */
  isFull(records: number): boolean {
    return this.inFlight >= (records < this.commits.around.bulkRecords ? 1 : MAX_IN_FLIGHT)
  }

  /** The facts of the next segment. */
  newFacts(definitions: Definitions): FactsBuilder {
    return new FactsBuilder(definitions, this.columns)
  }

  /** Commands that are being decided: their callers are rejected when that goes wrong. */
  take(commands: readonly Command[]): void {
    this.pendingReplies.add(commands)
  }

  /** Commits what was decided after the segments before it, and then answers. Resolves when the commit is queued. */
  async append(
    facts: FactsBuilder,
    commands: readonly WriteCommand[],
    outcomes: readonly unknown[],
    turns: InTurns,
  ): Promise<void> {
    const alongside = alongsideOf(commands, outcomes)
    if (facts.isEmpty && alongside.commitHooks.length + alongside.rows.length === 0) {
      this.answerAfterCommits(commands, outcomes)
      return
    }
    const { around, onFault } = this.commits
    const given = commands[0]?.write.payload
    const encoded = given ?? turns.do(encodeSteps(facts.build(), this.columns.writer))
    const bytes = encoded instanceof Promise ? await encoded : encoded
    const seq = ++this.decidedSeq
    const packed = given === undefined ? around.pack(bytes) : Promise.resolve(given)
    packed.catch(() => undefined)
    this.inFlight++
    this.tail = this.tail
      .then(async () => {
        if (this.isStopped) return
        const payload = await packed
        if (this.isStopped) return
        await this.commit(seq, payload, facts, alongside)
        if (this.isStopped) return
        this.inFlight--
        this.pendingReplies.answer(commands, outcomes)
      })
      .catch(onFault)
  }

  /** Answers when everything decided so far is committed. */
  answerAfterCommits(commands: readonly Command[], values: readonly unknown[]): void {
    void this.tail.then(() => {
      if (!this.isStopped) this.pendingReplies.answer(commands, values)
    })
  }

  private async commit(
    seq: number,
    payload: Buffer,
    facts: FactsBuilder,
    { commitHooks, rows }: Alongside,
  ): Promise<void> {
    const { store, around, number: partition, epoch, onCommitted } = this.commits
    const place = { partition, seq, previousDigest: this.head.digest, committedAtMs: around.nowMs() }
    const segment = sealSegment(facts, payload, place)
    const works = commitHooks.map((commitHook) => async (trx: DatabaseTransaction) => commitHook(trx, seq))
    await within(around, COMMIT_DEADLINE_MS, store.commit(epoch, segment, works, rows))
    this.head = { seq, digest: segment.digest }
    onCommitted(this.head)
  }

  /** @returns those who wait for an answer, and will get none. */
  stop(): Command[] {
    this.isStopped = true
    return this.pendingReplies.takeAll()
  }
}
