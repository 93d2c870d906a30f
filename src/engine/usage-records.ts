import type { JournalStore } from './journal-store.ts'
import { fromDayNumber } from './period-calendar.ts'
import type { Archive, ArchiveFile } from './ports.ts'
import { type SegmentFacts, unpackFacts } from './segment.ts'

/** Which charges are wanted. Times bound the records' starts, half-open; segments bound when they were charged. */
export interface RecordFilter {
  readonly subscriptionIds: ReadonlySet<string>
  readonly fromMs: number
  readonly untilMs: number
  readonly afterSeq: number
  readonly throughSeq: number
  /** Leaves out records as they came. */
  readonly onlyChanges?: boolean
}

/** One record's charge under one price, as the journal has it. */
export interface ChargedRecord {
  readonly seq: number
  /** Place of the record in its segment. */
  readonly row: number
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  readonly startMs: number
  readonly endMs: number
  readonly data: string
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
  /** Increase of the quantity, at the meter's scale. */
  readonly quantity: bigint
  /** Increase of every measure; the first is the quantity. */
  readonly measures: readonly bigint[]
  /** At the currency's rating scale. */
  readonly amount: bigint
  /** As `changeText` writes it, where the charge is of a correction; null for a record as it came. */
  readonly change: string | null
}

/** A journal with its archive: between them they have every fact. */
export interface WholeJournal {
  readonly store: JournalStore
  readonly archive: Archive
}

/** Charged records out of archive and journal, in the order in which they were charged. */
export async function* chargedRecords(journal: WholeJournal, filter: RecordFilter): AsyncGenerator<ChargedRecord> {
  for await (const page of chargedPages(journal, filter)) yield* page
}

/** The same, as many at a time as are read at once: the charges of a record are never parted. */
export async function* chargedPages(journal: WholeJournal, filter: RecordFilter): AsyncGenerator<ChargedRecord[]> {
  let { afterSeq } = filter
  // Segments may be archived while others are read: then the rest is found in the files.
  for (;;) {
    const { files, throughSeq } = await journal.store.archive.load()
    if (throughSeq > afterSeq) {
      for (const paths of byRange(files.filter((file) => isAbout(file, { ...filter, afterSeq }))))
        yield await journal.archive.charges(paths, { ...filter, afterSeq })
      afterSeq = throughSeq
    }
    const next = yield* liveRecords(journal.store, { ...filter, afterSeq })
    if (next === null) return
    afterSeq = next
  }
}

/** @returns null at the end, or the segment behind which the archive has to be read. */
async function* liveRecords(store: JournalStore, filter: RecordFilter): AsyncGenerator<ChargedRecord[], number | null> {
  const { fromMs, untilMs, throughSeq, subscriptionIds } = filter
  let last = filter.afterSeq
  for await (const segment of store.segments(last, filter)) {
    if (segment.seq > throughSeq) return null
    if (segment.payload === null) return last
    last = segment.seq
    if (filter.onlyChanges === true && segment.counts.corrected === 0) continue
    const facts = unpackFacts(segment.payload)
    const wanted = facts.subscriptions.map((id) => subscriptionIds.has(id))
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

/** Paths of files that were written together, in the order of their segments. */
function byRange(files: readonly ArchiveFile[]): string[][] {
  return [...Map.groupBy(files, ({ fromSeq }) => fromSeq)]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => group.map(({ path }) => path))
}

/** The money that one record was charged, all its prices together; null when the journal does not have it. */
export async function chargeOfRecord(
  { store, archive }: WholeJournal,
  { source, id, startMs }: { source: string; id: string; startMs: number },
): Promise<bigint | null> {
  for await (const segment of store.segments(0, { fromMs: startMs, untilMs: startMs + 1 })) {
    // Live segments come behind archived ones; those archived just now are looked for below.
    if (segment.payload === null) continue
    const facts = unpackFacts(segment.payload)
    const row = facts.id.findIndex(
      (name, at) => name === id && facts.change[at] === 0 && facts.sources[facts.source[at] as number] === source,
    )
    if (row < 0) continue
    return facts.chargeRecord.reduce(
      (sum, record, charge) => (record === row ? sum + (facts.chargeAmount[charge] as bigint) : sum),
      0n,
    )
  }
  const { files } = await store.archive.load()
  const moment = { fromMs: startMs, untilMs: startMs + 1, afterSeq: 0, throughSeq: Number.MAX_SAFE_INTEGER }
  const paths = files.filter((file) => isAbout(file, { ...moment, subscriptionIds: new Set() })).map(({ path }) => path)
  const found = paths.length === 0 ? [] : await archive.find(paths, [{ source, id }])
  return found.find(({ change }) => change === null)?.amount ?? null
}

/** The charges of a segment, of the rows that are wanted. */
export function* chargesIn(
  facts: SegmentFacts,
  seq: number,
  isWanted: (row: number) => boolean,
): Generator<ChargedRecord> {
  let measureAt = 0
  let [periodNumber, periodStart] = [Number.NaN, '']
  for (let charge = 0; charge < facts.chargeRecord.length; charge++) {
    const cellAt = facts.chargeCell[charge] as number
    const measuresFrom = measureAt
    measureAt += facts.measures[cellAt] as number
    const row = facts.chargeRecord[charge] as number
    if (!isWanted(row)) continue
    const change = facts.change[row] as number
    const period = facts.chargePeriod[charge] as number
    if (period !== periodNumber) [periodNumber, periodStart] = [period, fromDayNumber(period)]
    const [planVersionId, priceCode, cell] = facts.cells[cellAt] as readonly [string, string, string]
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
    }
  }
}
