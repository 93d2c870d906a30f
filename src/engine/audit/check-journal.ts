import { present } from '../../core/base/assert.ts'
import { chargedAmount } from '../../core/rating/charged-amount.ts'
import { elementOfKey } from '../../core/rating/compiled-price.ts'
import { type CheckResult, checkEqual, checkNone } from '../../platform/check.ts'
import type { CompiledCatalog } from '../definitions/price-catalog.ts'
import type { UsageCounts } from '../journal/usage-counts.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { Chain, JournalReplay } from '../partition/replay-journal.ts'
import { nameOfCounter } from '../queries/memory.ts'
import { PhaseAudit, type PhaseOf } from '../rating/phase-audit.ts'
import { compareBalances, compareCounters, compareSessions, type LiveMemory } from './compare-memory.ts'
import { compareStored } from './compare-stored.ts'

/** What a walk through the journal found. */
export interface JournalAudit {
  readonly results: CheckResult[]
  readonly totals: UsageCounts
  readonly segments: number
  readonly bytes: number
  /** Segments that anchor documents: what they say stays in the journal. */
  readonly anchors: ReadonlySet<number>
}

/**
 * Recomputes everything that the journal promises, from its stored bytes and those of the archive, and compares memory
 * with it while charging continues.
 * @param phaseOf null where no plan has phases
 * @param onSegment hears which segment was read
 * @param loadCatalog is called when all of the journal was read: it has all that was charged by
 */
export async function auditJournal(
  journal: WholeJournal,
  partition: number,
  loadCatalog: () => Promise<CompiledCatalog>,
  live: LiveMemory,
  phaseOf: PhaseOf | null,
  onSegment: (seq: number) => void,
): Promise<JournalAudit> {
  const archived = await auditArchive(journal)
  if (archived.broken.length > 0) {
    // What the files say can not be trusted: what follows from it is not computed.
    const chain = new Chain(partition)
    for await (const segment of journal.store.segments(0)) if (segment.seq <= live.seq) chain.add(segment)
    return { ...chain.report(), bytes: chain.bytes + archived.bytes, results: [chain.result(), archived.result] }
  }
  const phases = phaseOf === null ? null : new PhaseAudit(phaseOf)
  const replay = new JournalReplay(journal, partition, archived.throughSeq, phases, onSegment)
  const stored = await compareStored(replay, journal.store, live.seq)
  await replay.through(live.seq)
  const counters = await compareCounters(replay, live)
  const balances = await compareBalances(replay, live)
  const sessions = await compareSessions(replay, live)
  const { chain, state, repeated, miscounted } = replay
  const { totals } = chain
  const catalog = await loadCatalog()
  const mispricedCounters = mispriced(state, catalog)
  const results = [
    chain.result(),
    archived.result,
    checkNone('every segment counts what it holds', miscounted, `${totals.received} records received`),
    checkNone('no record is charged twice', repeated, `${totals.charged + totals.recycled} records`),
    checkNone('charged = price(total) for every counter', mispricedCounters, `${state.counters.size} counters`),
    checkNone('every record is charged by prices of the phase of its time', phases?.wrong(catalog) ?? []),
    checkNone('counters in memory are those of the journal', counters.wrong, `${counters.count} counters`),
    checkNone(
      'balances in memory are the sums of the journal\u2019s movements',
      balances.wrong,
      `${balances.count} accounts`,
    ),
    checkNone(
      'counters of checkpoints are those of the journal',
      stored.counters.wrong,
      `${stored.counters.count} counters`,
    ),
    checkNone(
      'balances of checkpoints are those of the journal',
      stored.balances.wrong,
      `${stored.balances.count} accounts`,
    ),
    checkNone('sessions in memory are those of the journal', sessions.wrong, `${sessions.count} sessions run`),
    checkEqual(
      'received = charged + suspended + duplicates',
      totals.received,
      totals.charged + totals.suspended + totals.duplicates,
    ),
  ]
  return { ...chain.report(), bytes: chain.bytes + archived.bytes, results }
}

/** Whether every file of the archive has the bytes that it had when it was compared with its segments. */
async function auditArchive({
  store,
  archive,
}: WholeJournal): Promise<{ broken: string[]; bytes: number; throughSeq: number; result: CheckResult }> {
  const { files, throughSeq } = await store.archive.load()
  const broken: string[] = []
  let bytes = 0
  for (const { path, sha256, bytes: size } of files) {
    bytes += size
    const digest = await archive.digest(path)
    if (digest === null) broken.push(`${path} is missing`)
    else if (!digest.equals(sha256)) broken.push(`${path} was changed`)
  }
  const result = checkNone(
    'archive files are as they were written',
    broken,
    `${files.length} files, to segment ${throughSeq}`,
  )
  return { broken, bytes, throughSeq, result }
}

function mispriced(state: PartitionState, catalog: CompiledCatalog): string[] {
  const { counters, definitions } = state
  const wrong: string[] = []
  for (let place = 0; place < counters.size; place++) {
    const [planVersionId, priceCode, rateKey] = present(
      definitions.names.rateElement(counters.nameOf(place).cell),
      'a cell name',
    )
    const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
    const cell = price === undefined ? undefined : elementOfKey(price, rateKey)
    const isRight =
      price !== undefined &&
      cell !== undefined &&
      (chargedAmount(price, cell, counters.aggregate(place)) === counters.amount(place) ||
        // Like one that nothing was ever counted in.
        (counters.records(place) === 0 && counters.amount(place) === 0n))
    if (!isRight) wrong.push(nameOfCounter(state, place))
  }
  return wrong
}
