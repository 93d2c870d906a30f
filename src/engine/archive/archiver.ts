import { systemClock } from '../../platform/clock.ts'
import { KeyedMutex } from '../../platform/keyed-mutex.ts'
import type { ArchivedFiles } from '../journal/archive-rows.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import { SHARDS } from '../memory/identity-index.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import type { Partition } from '../partition/partition.ts'
import type { Archive } from '../ports.ts'

/** Records of one step: what is in memory, and what one transaction lets go of. */
const STEP_RECORDS = 1_000_000
/** A step of fewer records waits for more, so that files are not many and small; but no longer than this. */
const WORTHWHILE_RECORDS = 100_000
const MAX_WAIT_MS = 24 * 3_600_000

export interface ArchiveReport {
  segments: number
  records: number
  files: number
  bytes: number
}

/** Moves the facts of closed segments from Postgres to the archive, and forgets their identities. */
class Archiver {
  private readonly store: JournalStore
  private readonly archive: Archive
  /** Of this tenant, below the archive's. */
  private readonly folder: string
  private readonly ageMs: number
  private readonly turns = new KeyedMutex()
  private isClosed = false

  constructor(store: JournalStore, archive: Archive, ageMs: number) {
    this.store = store
    this.archive = archive
    this.folder = store.schema
    this.ageMs = ageMs
  }

  /** Archives all that is old enough, one after another. @param isAsked takes what is little, too. */
  async run(partition: Partition, isAsked: boolean): Promise<ArchiveReport> {
    return this.turns.take('', async () => this.archiveClosed(partition, isAsked))
  }

  /** Waits for the step that is under way; there will be no other. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.turns.take('', async () => undefined)
  }

  private async archiveClosed(partition: Partition, isAsked: boolean): Promise<ArchiveReport> {
    const report: ArchiveReport = { segments: 0, records: 0, files: 0, bytes: 0 }
    const { files } = await this.store.archive.loadSettled()
    await this.archive.removeUnknown(this.folder, new Set(files.map(({ path }) => path)))
    let isMore = true
    while (isMore && !this.isClosed) isMore = await this.step(partition, isAsked, report)
    return report
  }

  /** @returns whether there may be more to archive. */
  private async step(partition: Partition, isAsked: boolean, report: ArchiveReport): Promise<boolean> {
    const { epoch } = partition
    const state = await partition.peek((memory) => memory)
    // The rows say what is archived, also where the outcome of the commit before is unknown.
    const known = await this.store.archive.loadSettled()
    await adopt(partition, state, known)
    const { throughSeq: afterSeq } = known
    const nowMs = systemClock.nowMs()
    const closed = await this.store.archive.findClosed(afterSeq, nowMs - this.ageMs, STEP_RECORDS)
    if (closed === null) return false
    const isDue = closed.records >= WORTHWHILE_RECORDS || closed.oldestMs < nowMs - this.ageMs - MAX_WAIT_MS
    if (!isAsked && !isDue) return false
    const { throughSeq } = closed
    const segments = await this.store.archive.payloads(afterSeq, throughSeq)
    const files = await this.archive.write(this.folder, segments, (ids) => ids.map((id) => accountOf(state, id)))
    await this.store.archive.commit(epoch, { afterSeq, throughSeq, nowMs }, files)
    report.segments += closed.segments
    report.records += closed.records
    report.files += files.length
    report.bytes += files.reduce((sum, { bytes }) => sum + bytes, 0)
    return true
  }
}

/** The archivers of the tenants, each made when it is first needed. */
export class Archivers {
  private readonly archive: Archive
  private readonly ageMs: number
  private readonly byTenant = new Map<string, Archiver>()

  constructor(archive: Archive, ageMs: number) {
    this.archive = archive
    this.ageMs = ageMs
  }

  of(tenant: string, store: JournalStore): Archiver {
    const known = this.byTenant.get(tenant) ?? new Archiver(store, this.archive, this.ageMs)
    this.byTenant.set(tenant, known)
    return known
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.byTenant.values(), (archiver) => archiver.close()))
  }
}

/** From here on records are looked up in the files, too; then memory forgets them, a little at a time. */
async function adopt(partition: Partition, state: PartitionState, known: ArchivedFiles): Promise<void> {
  if (known.throughSeq <= state.forgottenSeq) return
  // What is decided in steps was looked up with memory as it was before them.
  await partition.peek(() => {
    state.archived = known
    state.forgottenSeq = known.throughSeq
  })
  for (let shard = 0; shard < SHARDS; shard++) {
    await partition.peek(() => state.forgetIdentities(shard))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function accountOf({ definitions }: PartitionState, subscriptionId: string): string | null {
  const account = definitions.parties.subscriptions.accountOf(
    definitions.parties.subscriptions.numberOf(subscriptionId),
  )
  return account === undefined ? null : definitions.names.accounts.idOf(account)
}
