import { Refusal } from '../../platform/problems.ts'
import { isReversed, readChange } from '../journal/change.ts'
import { unpackFacts } from '../journal/segment-payload.ts'
import { chargedRecords, chargesIn, type WholeJournal } from '../journal/usage-records.ts'
import type { ArchivedRecord, ArchiveFile } from '../ports.ts'
import { type EffectiveRecord, recordRows } from './effective-records.ts'

const DAY_MS = 86_400_000

/** Finds records by their names, in the journal where memory knows their segment, and in the archive. */
export class RecordFinder {
  private readonly journal: WholeJournal
  private readonly segmentOf: (source: string, id: string) => Promise<number | null>

  /** @param segmentOf the segment that has the latest of a record; null where memory does not know it */
  constructor(journal: WholeJournal, segmentOf: (source: string, id: string) => Promise<number | null>) {
    this.journal = journal
    this.segmentOf = segmentOf
  }

  /**
   * A record as its last correction left it. @param timeMs when it happened, by which the archive is searched in one day first.
   * @throws Refusal: there is none, it is retracted, or there are two.
   */
  async find(source: string, id: string, timeMs: number | null): Promise<EffectiveRecord> {
    const found = (await this.findLive(source, id)) ?? (await this.findArchived(source, id, timeMs))
    if (found === null) throw new Refusal('not_found', `no record ${id} of ${source} was charged`)
    const { change } = found
    if (change !== null && isReversed(change))
      throw new Refusal('conflict', `record ${id} of ${source} is retracted`, {
        state: 'retracted',
        correction: readChange(change).id,
      })
    return found
  }

  /** What last changed a record of a time: null where it is as it came, undefined where there is none. */
  async lastChange(source: string, id: string, timeMs: number): Promise<string | null | undefined> {
    const live = await this.findLive(source, id)
    if (live !== null) return live.change
    const { files } = await this.journal.store.archive.load()
    return (await this.search(files, source, id, timeMs)).at(-1)?.change
  }

  private async findLive(source: string, id: string): Promise<EffectiveRecord | null> {
    const seq = await this.segmentOf(source, id)
    if (seq === null) return null
    const [segment] = await this.journal.store.segmentsOf([seq])
    if (segment === undefined || segment.payload === null) return null
    const facts = unpackFacts(segment.payload)
    const rows = facts.id.flatMap((name, row) =>
      name === id && facts.sources[facts.source[row] as number] === source ? [row] : [],
    )
    const last = rows.at(-1)
    if (last === undefined) return null
    return recordRows(chargesIn(facts, seq, (row) => row === last))[0] ?? null
  }

  private async findArchived(source: string, id: string, timeMs: number | null): Promise<EffectiveRecord | null> {
    const { files } = await this.journal.store.archive.load()
    const near = timeMs === null ? [] : await this.search(files, source, id, timeMs)
    // What was reversed on that day may have been rebooked on another one.
    const isDone = near.length > 0 && near.at(-1)?.change === null
    const all = isDone ? near : await this.search(files, source, id, null)
    const originals = new Set(all.filter(({ change }) => change === null).map(({ startMs }) => startMs))
    if (originals.size > 1 && timeMs === null)
      throw new Refusal('conflict', `there are ${originals.size} records ${id} of ${source}: name the time`)
    const last = all.at(-1)
    if (last === undefined) return null
    const { subscriptionId, startMs, seq } = last
    const filter = { subscriptionIds: new Set([subscriptionId]), fromMs: startMs, untilMs: startMs + 1 }
    let found: EffectiveRecord | null = null
    for await (const page of chargedRecords(this.journal, { ...filter, afterSeq: seq - 1, throughSeq: seq }))
      for (const row of recordRows(page)) if (row.source === source && row.id === id) found = row
    return found
  }

  private async search(
    files: readonly ArchiveFile[],
    source: string,
    id: string,
    timeMs: number | null,
  ): Promise<ArchivedRecord[]> {
    const near = files.filter(({ kind, minMs, maxMs }) => {
      if (kind !== 'charges' || minMs === null || maxMs === null) return false
      return timeMs === null || (minMs < timeMs + DAY_MS && maxMs > timeMs - DAY_MS)
    })
    const found = near.length === 0 ? [] : await this.journal.archive.find(near, [{ source, id }])
    return timeMs === null ? found : found.filter(({ startMs }) => startMs === timeMs)
  }
}
