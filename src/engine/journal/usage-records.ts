import { fromDayNumber } from '../../core/base/period.ts'
import { UuidColumn } from '../columnar/columns.ts'
import type { Archive, ArchiveFile, ChargedRecord, RecordFilter } from '../ports.ts'
import { chargesCarriedOn } from './carried-charges.ts'
import type { JournalStore } from './journal-store.ts'
import type { SegmentFacts } from './segment.ts'
import { unpackFacts, unpackFactsAbout } from './segment-payload.ts'

/** A journal with its archive: between them they have every fact. */
export interface WholeJournal {
  readonly store: JournalStore
  readonly archive: Archive
}

/**
 * Charged records out of archive and journal, in the order in which they were charged; many at a time, because handing
 * them over one by one costs more than reading them. The charges of a record are never parted.
 */
export async function* chargedRecords(
  journal: WholeJournal,
  filter: RecordFilter,
): AsyncGenerator<readonly ChargedRecord[]> {
  let { afterSeq } = filter
  // Segments may be archived while others are read: then the rest is found in the files.
  for (;;) {
    const { files, throughSeq } = await journal.store.archive.load()
    if (throughSeq > afterSeq) {
      const wanted = files.filter((file) => isAbout(file, { ...filter, afterSeq }))
      for (const { group, ...range } of partsOf(wanted, afterSeq, filter.throughSeq))
        yield await journal.archive.charges(group, { ...filter, ...range })
      afterSeq = throughSeq
    }
    const next = yield* liveRecords(journal.store, { ...filter, afterSeq })
    if (next === null) return
    afterSeq = next
  }
}

/** @returns null at the end, or the number of the segment after which the archive has to be read. */
async function* liveRecords(
  store: JournalStore,
  filter: RecordFilter,
): AsyncGenerator<readonly ChargedRecord[], number | null> {
  const { fromMs, untilMs, throughSeq, subscriptionIds } = filter
  const ids = subscriptionIds === null ? null : UuidColumn.of([...subscriptionIds])
  let last = filter.afterSeq
  for await (const segment of store.segments(last, filter)) {
    if (segment.seq > throughSeq) return null
    if (segment.payload === null) return last
    last = segment.seq
    if (filter.onlyChanges === true && segment.counts.corrected === 0) continue
    const facts = ids === null ? unpackFacts(segment.payload) : unpackFactsAbout(segment.payload, ids)
    if (facts === null) continue
    const wanted = facts.subscriptions.map((id) => subscriptionIds?.has(id) ?? true)
    if (!wanted.includes(true)) continue
    const isWanted = (row: number): boolean => {
      const startMs = facts.startMs[row] as number
      if (filter.onlyChanges === true && facts.change[row] === 0) return false
      return wanted[facts.subscription[row] as number] === true && startMs >= fromMs && startMs < untilMs
    }
    yield [...chargesIn(facts, segment.seq, isWanted)]
  }
  return null
}

/** Whether a file may have what a filter wants. */
function isAbout(file: ArchiveFile, { fromMs, untilMs, afterSeq, throughSeq }: RecordFilter): boolean {
  const { kind, minMs, maxMs } = file
  if (kind !== 'charges' || minMs === null || maxMs === null) return false
  return file.throughSeq > afterSeq && file.fromSeq <= throughSeq && minMs < untilMs && maxMs >= fromMs
}

/** Rows of files that are read at once, at most: they become objects, and cross threads. */
const PART_ROWS = 250_000

/** Files that were written together, in the order of their segments; those with many rows a range of segments after another. */
function* partsOf(
  files: readonly ArchiveFile[],
  afterSeq: number,
  throughSeq: number,
): Generator<{ group: readonly ArchiveFile[]; afterSeq: number; throughSeq: number }> {
  for (const [, group] of [...Map.groupBy(files, ({ fromSeq }) => fromSeq)].sort(([a], [b]) => a - b)) {
    const [first] = group as [ArchiveFile]
    const rows = group.reduce((sum, file) => sum + file.rows, 0)
    const from = Math.max(afterSeq, first.fromSeq - 1)
    const until = Math.min(throughSeq, first.throughSeq)
    const step = Math.max(1, Math.ceil((until - from) / Math.ceil(rows / PART_ROWS)))
    for (let at = from; at < until; at += step) yield { group, afterSeq: at, throughSeq: Math.min(at + step, until) }
  }
}

/** The charges of a segment, of the rows that are wanted. */
export function* chargesIn(
  facts: SegmentFacts,
  seq: number,
  isWanted: (row: number) => boolean,
): Generator<ChargedRecord> {
  const carriedOn = chargesCarriedOn(facts)
  let measureAt = 0
  let [periodNumber, periodStart] = [Number.NaN, '']
  for (let charge = 0; charge < facts.chargeRecord.length; charge++) {
    const rateKeyAt = facts.chargeRateKey[charge] as number
    const measuresFrom = measureAt
    measureAt += facts.measures[rateKeyAt] as number
    const row = facts.chargeRecord[charge] as number
    if (!isWanted(row)) continue
    const change = facts.change[row] as number
    const period = facts.chargePeriod[charge] as number
    if (period !== periodNumber) [periodNumber, periodStart] = [period, fromDayNumber(period)]
    const [planVersionId, priceCode, cell] = facts.cells[rateKeyAt] as readonly [string, string, string]
    yield {
      seq,
      row,
      planVersionId,
      priceCode,
      cell,
      quantity: facts.chargeMeasures[measuresFrom] as bigint,
      measures: facts.chargeMeasures.slice(measuresFrom, measureAt),
      change: change === 0 ? null : (facts.changes[change - 1] as string),
      source: facts.sources[facts.source[row] as number] as string,
      id: facts.id[row] as string,
      service: facts.services[facts.service[row] as number] as string,
      type: facts.types[facts.type[row] as number] as string,
      startMs: facts.startMs[row] as number,
      endMs: facts.endMs[row] as number,
      data: facts.data[row] as string,
      subscriptionId: facts.subscriptions[facts.subscription[row] as number] as string,
      periodStart,
      amount: facts.chargeAmount[charge] as bigint,
      isCarriedOn: carriedOn.has(charge),
    }
  }
}
