import { present } from '../core/base/assert.ts'
import type { DecodingContext, UsageBatch } from '../core/mediation/usage-batch.ts'
import { KeyedMutex } from '../platform/keyed-mutex.ts'
import { isPassing } from '../platform/patience.ts'
import { Refusal } from '../platform/problems.ts'
import { type ArchiveReport, Archivers } from './archive/archiver.ts'
import { CorrectionSession } from './corrections/correction-session.ts'
import type { CompiledCatalog } from './definitions/price-catalog.ts'
import { EngineReads, PARTITION } from './engine-reads.ts'
import { type Head, JournalStore, type KnownJournals } from './journal/journal-store.ts'
import type { CounterRow } from './journal/stored-rows.ts'
import { chargedRecords, type WholeJournal } from './journal/usage-records.ts'
import type { PartitionState } from './memory/partition-state.ts'
import { type Advice, advise } from './online/advice.ts'
import {
  type AccountsOutcome,
  type AccountsWork,
  accountsWrite,
  type ExpiryOutcome,
  expiryWrite,
  type OpeningWork,
  openingWrite,
} from './partition/account-writes.ts'
import {
  anchorWrite,
  assertSame,
  type CommitHook,
  type OnlineCommand,
  type OnlineOutcome,
  type OnlineTurn,
  onlineWrite,
  type UsageCommand,
  type UsageOutcome,
  usageWrite,
  type Write,
} from './partition/commands.ts'
import { type Environment, PROCESS } from './partition/environment.ts'
import { openAccounts, reloadAccounts, unusedBalances } from './partition/open-accounts.ts'
import { Partition } from './partition/partition.ts'
import { type AskedUsage, writeUsage } from './partition/write-usage.ts'
import type { Archive, ChargedRecord, RecordFilter } from './ports.ts'
import { type AccountStanding, type BalanceReport, reportBalances, reportStanding } from './queries/balance-report.ts'
import { type ChargedMoney, findCharges } from './queries/find-charges.ts'
import { type Memory, memoryOf } from './queries/memory.ts'
import type { Acceptance } from './rating/locate-record.ts'
import type { EngineTenant } from './tenant.ts'

/** A counter after all commands that were queued before the read. */
export type CounterSnapshot = CounterRow

/** The engine's door: one partition a tenant, opened on first use. */
export class Engine {
  private readonly known: KnownJournals
  private readonly onFault: (tenant: string, error: unknown) => void
  private readonly archive: Archive
  private readonly partitions = new Map<string, Partition>()
  private readonly archivers: Archivers
  private readonly tenants = new Map<string, EngineTenant>()
  /** For those who read, decide and write in several steps, and of whom the second is to find what the first has left. */
  readonly turns = new KeyedMutex()
  private readonly reloads = new KeyedMutex()
  private readonly corrections = new KeyedMutex()
  private readonly around: Environment
  /** Time that passes for the process. */
  readonly pause: (ms: number) => Promise<void>
  /** What memory alone knows, for those who read on another thread. */
  readonly memory: Memory
  /** What can be read without deciding anything. */
  readonly reads: EngineReads

  /** @param archiveAgeMs how long ago segments were committed whose facts leave Postgres for the archive. */
  constructor(
    known: KnownJournals,
    archive: Archive,
    archiveAgeMs: number,
    onFault: (tenant: string, error: unknown) => void,
    around: Environment = PROCESS,
  ) {
    this.known = known
    this.archive = archive
    this.archivers = new Archivers(archive, archiveAgeMs)
    this.onFault = onFault
    this.around = around
    this.pause = async (ms) => around.pause(ms)
    this.memory = memoryOf(
      async (tenant, read) => this.read(tenant, read),
      async (tenant) => this.head(tenant),
    )
    this.reads = new EngineReads(known.db, archive, this.memory, (name) => {
      const { schema, source } = present(this.tenants.get(name), `tenant ${name}`)
      return { schema, store: this.journal(name), loadCatalog: async () => source.loadCatalog() }
    })
  }

  register(tenant: EngineTenant): void {
    if (!this.tenants.has(tenant.name)) this.tenants.set(tenant.name, tenant)
  }

  private async partition(name: string): Promise<Partition> {
    let partition = this.partitions.get(name)
    if (partition === undefined) {
      const tenant = present(this.tenants.get(name), `tenant ${name}`)
      const onFault = (error: unknown): void => this.onFault(name, error)
      const known = this.known.heads.get(name)
      partition = new Partition(this.journal(name), PARTITION, tenant.source, onFault, this.around, known)
      this.partitions.set(name, partition)
    }
    await partition.start()
    return partition
  }

  async usage(tenant: string, command: UsageCommand): Promise<UsageOutcome> {
    const asked = { batch: command.batch, isOnline: false }
    return this.writeUsage(tenant, asked, usageWrite(command))
  }

  /** Decides requests of gateways in order; answers after the commit. */
  async online(tenant: string, command: OnlineCommand, turn?: OnlineTurn): Promise<OnlineOutcome> {
    const asked = { batch: command.batch, isOnline: true, turn }
    return this.writeUsage(tenant, asked, onlineWrite(command))
  }

  private async writeUsage<T>(tenant: string, asked: AskedUsage, write: Write<T>): Promise<T> {
    const open = async (accountIds: readonly string[]): Promise<void> => this.openBalances(tenant, accountIds)
    return writeUsage(await this.partition(tenant), this.archive, asked, write, open)
  }

  /** Works on the balances of some accounts, open by then, with whatever else must become true in the same commit. */
  async onAccounts<T>(tenant: string, work: AccountsWork<T>): Promise<AccountsOutcome<T>> {
    await this.openBalances(tenant, work.accountIds)
    return (await this.partition(tenant)).write(accountsWrite(work))
  }

  /** Opens balances that are not open, with what was charged, billed and paid before. */
  async openBalances(tenant: string, accountIds: readonly string[]): Promise<void> {
    await openAccounts(await this.partition(tenant), this.tenants.get(tenant)?.books, accountIds)
  }

  async takeUpBooks(tenant: string, work: OpeningWork): Promise<void> {
    await (await this.partition(tenant)).write(openingWrite(work))
  }

  /**
   * Corrects what records were charged; those of one tenant one after another. A refusal is answered by a process alone
   * that has its lease still: another one may have charged meanwhile what this one does not know.
   */
  async correct<T>(tenant: string, work: (corrections: CorrectionSession) => Promise<T>): Promise<T> {
    return this.corrections.take(tenant, async () => {
      const partition = await this.partition(tenant)
      const memory = await partition.read((state) => state)
      return work(new CorrectionSession(this.whole(tenant), partition, memory)).catch(async (error: unknown) => {
        if (error instanceof Refusal) await partition.read((state) => assertSame(state, memory))
        throw error
      })
    })
  }

  /** What the record in a row of a batch would cost. */
  async advise(tenant: string, batch: UsageBatch, row: number, acceptance: Acceptance): Promise<Advice> {
    return this.read(tenant, (state) => advise(state, batch, row, acceptance))
  }

  /** Balances of an account after all commands before the question; null where it has none. */
  async balancesOf(tenant: string, accountId: string, nowMs: number): Promise<BalanceReport | null> {
    return this.read(tenant, (state) => reportBalances(state, accountId, nowMs))
  }

  async hasBalances(tenant: string, accountId: string): Promise<boolean> {
    return this.read(tenant, ({ book }) => book.get(accountId) !== undefined)
  }

  async unusedBalances(tenant: string): Promise<string[]> {
    return (await this.partition(tenant)).peek(({ book }) => unusedBalances(book))
  }

  /** Ends what is due: holds, lots and promises whose time is over. @returns how many accounts had something due. */
  async expireDue(tenant: string, nowMs: number, commitHook: CommitHook<ExpiryOutcome>): Promise<number> {
    const partition = await this.partition(tenant)
    if (await partition.peek(({ book }) => !book.due.isDue(nowMs))) return 0
    return (await partition.write(expiryWrite(nowMs, commitHook))).accounts
  }

  /** The published catalogue as charging sees it now. */
  async catalog(tenant: string): Promise<CompiledCatalog> {
    return (await this.partition(tenant)).peek((state) => state.definitions.catalog.compiled)
  }

  /** What decoding usage of a tenant needs to know. */
  async decoding(tenant: string): Promise<DecodingContext> {
    return (await this.partition(tenant)).peek(({ decoding }) => decoding)
  }

  /**
   * Counters of subscriptions, after all usage that was accepted before; and levels that hold on in periods without
   * records which begin before a time, as counters of no record.
   */
  async countersOf(tenant: string, subscriptionIds: readonly string[], untilMs: number): Promise<CounterSnapshot[]> {
    return this.memory.countersOf(tenant, subscriptionIds, untilMs)
  }

  /** Balances of accounts and all that they were ever charged, as of one moment. */
  async standingOf(tenant: string, accountIds: readonly string[], nowMs: number): Promise<AccountStanding[]> {
    return this.read(tenant, (state) => reportStanding(state, accountIds, nowMs))
  }

  /** Brings memory up to date with committed definitions, one reload after another. */
  async reloadAccounts(tenant: string, accountIds: readonly string[]): Promise<void> {
    if (accountIds.length === 0) return
    const withBalances = await this.reload(tenant, async ({ source }) =>
      reloadAccounts(await this.partition(tenant), source, accountIds),
    )
    await this.openBalances(tenant, withBalances)
  }

  async reloadCatalog(tenant: string): Promise<void> {
    return this.reload(tenant, async ({ source }) => {
      const catalog = await source.loadCatalog()
      await this.read(tenant, ({ definitions }) => definitions.catalog.replace(catalog))
    })
  }

  /** A reload that fails leaves memory with older definitions than the rows: it is dropped, and rebuilt from the rows. */
  private async reload<T>(tenant: string, work: (tenant: EngineTenant) => Promise<T>): Promise<T> {
    return this.reloads.take(tenant, async () => {
      try {
        return await work(present(this.tenants.get(tenant), `tenant ${tenant}`))
      } catch (error) {
        this.partitions.get(tenant)?.invalidate(error)
        throw error
      }
    })
  }

  /** What records were charged, out of the journal, by row; those that were not are absent. */
  async findCharges(tenant: string, batch: UsageBatch, rows: readonly number[]): Promise<Map<number, ChargedMoney>> {
    const partition = await this.partition(tenant)
    return findCharges(partition, this.whole(tenant), batch, rows)
  }

  /** Charged records out of the journal, many at a time. */
  records(tenant: string, filter: RecordFilter): AsyncGenerator<readonly ChargedRecord[]> {
    return chargedRecords(this.whole(tenant), filter)
  }

  private whole(tenant: string): WholeJournal {
    return { store: this.journal(tenant), archive: this.archive }
  }

  /** The journal of a tenant, for those who read it as a whole. */
  journal(tenant: string): JournalStore {
    const [{ schema }, { db, prompt }] = [present(this.tenants.get(tenant), `tenant ${tenant}`), this.known]
    return new JournalStore(db, schema, PARTITION, prompt)
  }

  /** Names the memory of now: it is another one after each start, and whenever another process may have been at work. */
  async memoryOf(tenant: string): Promise<object> {
    return (await this.partition(tenant)).peek((state) => state)
  }

  /**
   * Puts the bytes of an anchor into a segment of their own, and what must become true with it.
   * @param memory what `memoryOf` said before anything was read
   */
  async anchor(tenant: string, memory: object, payload: Buffer, commitHook: CommitHook<null>): Promise<void> {
    await (await this.partition(tenant)).write(anchorWrite(payload, commitHook, memory))
  }

  /** Whether a tenant's partition is in memory. */
  isAwake(tenant: string): boolean {
    return this.partitions.get(tenant)?.isAwake === true
  }

  /**
   * Whether this process decides for a tenant now. If not, it tries to: it takes a journal that nobody has.
   * @param onAwake hears when it does
   */
  isReady(tenant: string, onAwake: () => void): boolean {
    if (this.isAwake(tenant)) return true
    const onFailed = (error: unknown): void => {
      if (!isPassing(error)) this.onFault(tenant, error)
    }
    void this.partition(tenant).then(onAwake, onFailed)
    return false
  }

  async checkpoint(tenant: string): Promise<void> {
    return (await this.partition(tenant)).checkpoint()
  }

  /** Moves the facts of segments that are old enough from Postgres to the archive. @param isAsked takes what is little, too. */
  async archiveSegments(tenant: string, isAsked: boolean): Promise<ArchiveReport> {
    const partition = await this.partition(tenant)
    await partition.checkpoint()
    return this.archivers.of(tenant, this.journal(tenant)).run(partition, isAsked)
  }

  /** Archives what has become old enough, tenant after tenant, of those in memory. */
  async archiveDue(onFailure: (tenant: string, error: unknown) => void): Promise<void> {
    for (const [tenant, partition] of this.partitions) {
      if (!partition.isAwake) continue
      // Only archiving has failed: the segments are where they were, and the next time comes.
      await this.archiveSegments(tenant, false).catch((error: unknown) => onFailure(tenant, error))
    }
  }

  async head(tenant: string): Promise<Head> {
    return (await this.partition(tenant)).head
  }

  /** The last committed segments of all tenants that were in memory, or were known before. */
  heads(): Map<string, Head> {
    return new Map([...this.known.heads, ...Array.from(this.partitions, ([name, { head }]) => [name, head] as const)])
  }

  async close(): Promise<void> {
    await this.archivers.close()
    await Promise.all([...this.partitions.values()].map((partition) => partition.close()))
  }

  private async read<T>(tenant: string, read: (state: PartitionState, seq: number) => T): Promise<T> {
    return (await this.partition(tenant)).read(read)
  }
}
