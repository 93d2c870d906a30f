import { type BalanceRow, FencedError } from '../../src/engine/journal/checkpoint-rows.ts'
import type { Journal, NewSegment, PartitionRow } from '../../src/engine/journal/journal-store.ts'
import type { StoredSession } from '../../src/engine/journal/session.ts'
import type { CounterRow, SegmentRow } from '../../src/engine/journal/stored-rows.ts'
import type { DatabaseTransaction } from '../../src/platform/db.ts'
import type { Chance } from './chance.ts'
import { InjectedFault, type SimulatedDisk, Staging } from './disk.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { Timeline } from './timeline.ts'

/** How often what goes wrong. */
export interface FaultRates {
  /** The statement had no effect, and the caller is told so. */
  failed: number
  /** It had its effect, and the caller is told that it failed. */
  unknown: number
  /** It takes seconds rather than milliseconds. */
  slow: number
}

/** The journal of one process on the simulated disk. */
export class SimulatedJournal implements Journal {
  private readonly disk: SimulatedDisk
  private readonly process: SimulatedProcess
  private readonly timeline: Timeline
  private readonly chance: Chance
  private readonly rates: FaultRates

  constructor(disk: SimulatedDisk, process: SimulatedProcess, timeline: Timeline, chance: Chance, rates: FaultRates) {
    this.disk = disk
    this.process = process
    this.timeline = timeline
    this.chance = chance
    this.rates = rates
  }

  private get delayMs(): number {
    return this.chance.is(this.rates.slow) ? this.chance.int(500, 8_000) : this.chance.int(0, 12)
  }

  /**
   * A statement on the partition's row: it travels, waits for the row, has its effect or fails, and the answer travels
   * back. What was sent before its process ended may still arrive.
   */
  private async statement<T>(name: string, effect: () => T, prepare?: () => Promise<void>): Promise<T> {
    const sentBy = this.process
    await this.timeline.pause(this.delayMs)
    const release = await this.disk.lock()
    let result: T
    try {
      this.arrive(prepare === undefined)
      await prepare?.()
      this.arrive(prepare === undefined)
      if (this.chance.is(this.rates.failed)) {
        this.timeline.note(`${sentBy.name} ${name} fails`)
        throw new InjectedFault(`${name} failed`)
      }
      result = effect()
    } finally {
      release()
    }
    await sentBy.pause(this.delayMs)
    if (this.chance.is(this.rates.unknown)) {
      this.timeline.note(`${sentBy.name} ${name} is done and told as failed`)
      throw new InjectedFault(`${name}: the outcome is unknown`)
    }
    return result
  }

  /** A transaction of a process that has ended is rolled back; a single statement may still have its effect. */
  private arrive(isSingle: boolean): void {
    if (this.process.isDead && !(isSingle && this.chance.is(0.7))) throw new InjectedFault('nobody is there any more')
  }

  private get row(): NonNullable<SimulatedDisk['partition']> {
    const { partition } = this.disk
    if (partition === null) throw new Error('no partition')
    return partition
  }

  async createPartition(hashSeed: Buffer): Promise<void> {
    await this.statement('create', () => this.disk.create(hashSeed))
  }

  async findOwner(): Promise<string | null> {
    return this.statement('find owner', () => this.row.owner)
  }

  async findDigest(seq: number): Promise<Buffer | null> {
    return this.statement('find digest', () => this.disk.segments[seq - 1]?.row.digest ?? null)
  }

  /** The disk has a clock of its own, which nobody sets. */
  async acquire(owner: string, leaseMs: number, stealFrom: string | null): Promise<PartitionRow | null> {
    return this.statement('acquire', () => {
      const { row } = this
      const { nowMs } = this.timeline
      const isFree = row.owner === null || (row.leaseUntilMs ?? 0) < nowMs || row.owner === (stealFrom ?? owner)
      if (!isFree) return null
      row.owner = owner
      row.epoch += 1n
      row.leaseUntilMs = nowMs + leaseMs
      this.timeline.note(`${owner} owns epoch ${row.epoch} at ${row.headSeq}, checkpoint ${row.checkpointSeq}`)
      return {
        epoch: row.epoch,
        headSeq: row.headSeq,
        headDigest: Buffer.from(row.headDigest, 'hex'),
        checkpointSeq: row.checkpointSeq,
        archivedSeq: 0,
        hashSeed: Buffer.from(row.hashSeed, 'hex'),
      }
    })
  }

  async renew(epoch: bigint, leaseMs: number): Promise<boolean> {
    return this.statement('renew', () => {
      if (this.row.epoch !== epoch) return false
      this.row.leaseUntilMs = this.timeline.nowMs + leaseMs
      return true
    })
  }

  async release(epoch: bigint): Promise<void> {
    await this.statement('release', () => {
      if (this.row.epoch === epoch) this.row.owner = this.row.leaseUntilMs = null
    })
  }

  async commit(
    epoch: bigint,
    segment: NewSegment,
    commitHooks: readonly ((trx: DatabaseTransaction) => Promise<void>)[],
  ): Promise<void> {
    const staging = new Staging(this.disk)
    const assertOwned = (): void => {
      const isOwned = this.row.epoch === epoch && this.row.headSeq === segment.seq - 1
      if (!isOwned) throw new FencedError('the partition has another owner')
    }
    const append = (): void => {
      assertOwned()
      this.disk.append(segment, staging)
      this.timeline.note(`segment ${segment.seq} ${segment.digest.toString('hex').slice(0, 12)}`)
    }
    const ride = async (): Promise<void> => {
      assertOwned()
      for (const commitHook of commitHooks) {
        await this.timeline.pause(this.chance.int(0, 4))
        await commitHook(staging as unknown as DatabaseTransaction)
      }
    }
    await this.statement('commit', append, commitHooks.length === 0 ? undefined : ride)
  }

  async *segments(
    afterSeq: number,
    range: { fromMs: number; untilMs: number } | null = null,
  ): AsyncGenerator<SegmentRow> {
    await this.process.pause(this.chance.int(0, 5))
    const found = this.disk.segments.filter(
      ({ row: { seq, usageFromMs, usageUntilMs } }) =>
        seq > afterSeq &&
        (range === null || ((usageFromMs ?? range.untilMs) < range.untilMs && (usageUntilMs ?? 0) >= range.fromMs)),
    )
    for (const { row, payload } of found) yield { ...row, payload: Buffer.from(payload) }
  }

  /** Nothing is ever archived here. */
  readonly archive: Journal['archive'] = {
    load: async () => ({ files: [], throughSeq: 0 }),
    countRecords: async () => this.disk.segments.length,
    identities: (afterSeq, payloadsAfterSeq) => this.identities(afterSeq, payloadsAfterSeq),
  }

  private async *identities(afterSeq: number, payloadsAfterSeq: number): ReturnType<Journal['archive']['identities']> {
    await this.process.pause(this.chance.int(0, 5))
    for (const { row, payload, identities } of this.disk.segments.filter(({ row: { seq } }) => seq > afterSeq))
      yield {
        seq: row.seq,
        identities: Buffer.from(identities),
        payload: row.seq > payloadsAfterSeq ? Buffer.from(payload) : null,
      }
  }

  async *counters(): AsyncGenerator<CounterRow> {
    await this.process.pause(this.chance.int(0, 5))
    for (const text of this.disk.counters.values()) {
      const row = JSON.parse(text) as Omit<CounterRow, 'measures' | 'amount'> & { measures: string[]; amount: string }
      yield { ...row, measures: row.measures.map(BigInt), amount: BigInt(row.amount) }
    }
  }

  async *balances(): AsyncGenerator<BalanceRow> {
    await this.process.pause(this.chance.int(0, 5))
    for (const [accountId, row] of this.disk.balances) yield { accountId, ...row }
  }

  async storeCounters(epoch: bigint, rows: readonly CounterRow[]): Promise<void> {
    await this.storeSlices('counters', epoch, rows, (row) => this.disk.putCounter(row))
  }

  async storeBalances(epoch: bigint, rows: readonly BalanceRow[]): Promise<void> {
    await this.storeSlices('balances', epoch, rows, (row) => this.disk.putBalance(row))
  }

  /** In slices of a few rows, so that a checkpoint is often torn. */
  private async storeSlices<T>(name: string, epoch: bigint, rows: readonly T[], put: (row: T) => void): Promise<void> {
    const slice = this.chance.int(1, 4)
    for (let at = 0; at < rows.length; at += slice) {
      await this.statement(`store ${name}`, () => {
        if (this.row.epoch !== epoch) throw new FencedError('the partition has another owner')
        for (const row of rows.slice(at, at + slice)) put(row)
      })
    }
  }

  async *sessions(): AsyncGenerator<string> {
    await this.process.pause(this.chance.int(0, 5))
    yield* this.disk.sessions.values()
  }

  async storeSessions(epoch: bigint, gone: readonly string[], rows: readonly StoredSession[]): Promise<void> {
    await this.storeSlices('ended sessions', epoch, gone, (key) => this.disk.sessions.delete(key))
    await this.storeSlices('sessions', epoch, rows, ({ key, content }) => this.disk.sessions.set(key, content))
  }

  async checkpointAndHead(): Promise<{ checkpointSeq: number; headSeq: number }> {
    const { checkpointSeq, headSeq } = this.row
    return { checkpointSeq, headSeq }
  }

  async storeCheckpoint(epoch: bigint, seq: number): Promise<void> {
    await this.statement('store checkpoint', () => {
      if (this.row.epoch === epoch && this.row.headSeq >= seq) this.row.checkpointSeq = seq
      this.timeline.note(`checkpoint ${seq}`)
    })
  }
}
