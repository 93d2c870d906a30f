import type { Database } from '../platform/db.ts'
import { auditJournal, type JournalAudit } from './audit/check-journal.ts'
import { type EffectiveRecord, effectiveRecords } from './corrections/effective-records.ts'
import { RecordFinder } from './corrections/find-record.ts'
import type { CompiledCatalog } from './definitions/price-catalog.ts'
import { type ChainLink, type ChainRange, readChain } from './journal/chain-links.ts'
import type { JournalStore } from './journal/journal-store.ts'
import type { CounterRow } from './journal/stored-rows.ts'
import { chargedRecords, type WholeJournal } from './journal/usage-records.ts'
import type { Archive, ChargedRecord, RecordFilter, UsageMoney } from './ports.ts'
import type { AccountStanding, BalanceReport } from './queries/balance-report.ts'
import { type Memory, piecesOf } from './queries/memory.ts'
import type { PhaseOf } from './rating/phase-audit.ts'
import { type UnitUse, unitUse } from './rating/unit-use.ts'
import { usageMoney } from './rating/usage-money.ts'

/** A tenant's journal has one partition for now; rows, digests and leases name it, so that more can join. */
export const PARTITION = 1

/** Accounts that memory is asked for at once: a few milliseconds of the thread that charges. */
const STANDINGS = 25

/** Where a tenant's journal is, and how its catalogue is read. */
export interface ReadTenant {
  readonly schema: string
  readonly store: JournalStore
  readonly loadCatalog: () => Promise<CompiledCatalog>
}

/**
 * What can be read of a tenant's journal without deciding anything. It is read from Postgres and the archive; memory is
 * asked for what it alone knows. So this works on any thread, and never waits for those who correct or re-rate.
 */
export class EngineReads {
  private readonly db: Database
  private readonly archive: Archive
  private readonly memory: Memory
  private readonly tenantOf: (name: string) => ReadTenant

  constructor(db: Database, archive: Archive, memory: Memory, tenantOf: (name: string) => ReadTenant) {
    this.db = db
    this.archive = archive
    this.memory = memory
    this.tenantOf = tenantOf
  }

  /** The published catalogue, ready for rating. */
  async catalog(tenant: string): Promise<CompiledCatalog> {
    return this.tenantOf(tenant).loadCatalog()
  }

  /** Charged records out of the journal, many at a time. */
  records(tenant: string, filter: RecordFilter): AsyncGenerator<readonly ChargedRecord[]> {
    return chargedRecords(this.whole(tenant), filter)
  }

  /** Records as their last corrections have left them at the moment of the call, oldest first, page by page. */
  async *effective(tenant: string, filter: RecordFilter): AsyncGenerator<EffectiveRecord[]> {
    const { seq } = await this.memory.head(tenant)
    yield* effectiveRecords(this.whole(tenant), { ...filter, throughSeq: Math.min(filter.throughSeq, seq) })
  }

  /** As `RecordFinder` finds it. */
  async findRecord(tenant: string, source: string, id: string, timeMs: number | null): Promise<EffectiveRecord> {
    const segmentOf = async (ofSource: string, ofId: string): Promise<number | null> =>
      this.memory.segmentOf(tenant, ofSource, ofId)
    return new RecordFinder(this.whole(tenant), segmentOf).find(source, id, timeMs)
  }

  /** All money that usage moved in the balances of an account. */
  async usageMoney(tenant: string, accountId: string): Promise<UsageMoney[]> {
    return usageMoney(this.whole(tenant), accountId)
  }

  /** What usage has taken of the lots of units of an account. */
  async unitUse(tenant: string, accountId: string): Promise<UnitUse[]> {
    return unitUse(this.whole(tenant), accountId)
  }

  /** Segments as the chain sees them, without what they hold. */
  async chain(tenant: string, range: ChainRange): Promise<ChainLink[]> {
    return readChain(this.db, this.tenantOf(tenant).schema, PARTITION, range)
  }

  async head(tenant: string): ReturnType<Memory['head']> {
    return this.memory.head(tenant)
  }

  async balancesOf(tenant: string, accountId: string, nowMs: number): Promise<BalanceReport | null> {
    return this.memory.balancesOf(tenant, accountId, nowMs)
  }

  async countersOf(tenant: string, subscriptionIds: readonly string[], untilMs: number): Promise<CounterRow[]> {
    return this.memory.countersOf(tenant, subscriptionIds, untilMs)
  }

  /** Balances of some accounts and all that each was ever charged: of a few at a time as of one moment. */
  async standingOf(tenant: string, accountIds: readonly string[], nowMs: number): Promise<AccountStanding[]> {
    const standings: AccountStanding[] = []
    for (let at = 0; at < accountIds.length; at += STANDINGS)
      standings.push(...(await this.memory.standingOf(tenant, accountIds.slice(at, at + STANDINGS), nowMs)))
    return standings
  }

  /** Balances of all accounts that have any; those of one account as they were at one moment. */
  async allBalances(tenant: string, nowMs: number): Promise<BalanceReport[]> {
    const reports: BalanceReport[] = []
    for await (const { items } of piecesOf(async (from) => this.memory.reportsFrom(tenant, from, nowMs)))
      reports.push(...items)
    return reports
  }

  /** Recomputes the journal's promises and compares memory with it. @param onSegment hears how many of all segments were read */
  async audit(
    tenant: string,
    phaseOf: PhaseOf | null,
    onSegment: (done: number, total: number) => void = () => undefined,
  ): Promise<JournalAudit> {
    const { seq } = await this.memory.head(tenant)
    const live = {
      seq,
      counters: () => piecesOf(async (from) => this.memory.countersFrom(tenant, from)),
      balances: () => piecesOf(async (from) => this.memory.balancesFrom(tenant, from)),
      sessions: () => piecesOf(async (from) => this.memory.sessionsFrom(tenant, from)),
    }
    return auditJournal(
      this.whole(tenant),
      PARTITION,
      async () => this.catalog(tenant),
      live,
      phaseOf,
      (done) => onSegment(done, seq),
    )
  }

  private whole(tenant: string): WholeJournal {
    return { store: this.tenantOf(tenant).store, archive: this.archive }
  }
}
