import { setImmediate } from 'node:timers/promises'
import type { SegmentFacts } from './segment.ts'
import { decodeFacts } from './segment-codec.ts'
import { unpackFacts } from './segment-payload.ts'
import type { SegmentRow } from './stored-rows.ts'
import { rowsOf } from './usage-counts.ts'
import type { WholeJournal } from './usage-records.ts'

/**
 * Segments that are read at once: so many, or of so many records. A file of the archive is not in the order of segments: it
 * is read as a whole for each slice of it.
 */
const SLICE_SEGMENTS = 5_000
const SLICE_RECORDS = 200_000
/** Records after which others have their turn: whoever walks through a journal is not alone on its thread. */
const TURN_RECORDS = 2_000

/** A segment, and its facts when they are asked for. */
interface SegmentWithFacts {
  readonly segment: SegmentRow
  readonly facts: () => SegmentFacts
}

/** Segments `afterSeq + 1` to `throughSeq` in order, with their facts, be they in Postgres or in files of the archive. */
export async function* segmentsWithFacts(
  journal: WholeJournal,
  afterSeq: number,
  throughSeq: number,
): AsyncGenerator<SegmentWithFacts> {
  let records = 0
  for await (const slice of readAhead(slices(journal, afterSeq, throughSeq)))
    for (const each of slice) {
      yield each
      records += rowsOf(each.segment.counts)
      if (records < TURN_RECORDS) continue
      records = 0
      await setImmediate()
    }
}

async function* slices(
  journal: WholeJournal,
  afterSeq: number,
  throughSeq: number,
): AsyncGenerator<SegmentWithFacts[]> {
  let archived: SegmentRow[] = []
  let records = 0
  for await (const segment of journal.store.segments(afterSeq)) {
    if (segment.seq > throughSeq) break
    const { payload, counts } = segment
    const isFull = archived.length >= SLICE_SEGMENTS || records >= SLICE_RECORDS
    if (archived.length > 0 && (isFull || payload !== null)) {
      yield readArchived(journal, archived)
      archived = []
      records = 0
    }
    if (payload !== null) {
      yield [{ segment, facts: () => unpackFacts(payload) }]
      continue
    }
    archived.push(segment)
    records += rowsOf(counts)
  }
  if (archived.length > 0) yield readArchived(journal, archived)
}

/** Segments whose facts are in files alone. */
export async function readArchived(
  { store, archive }: WholeJournal,
  segments: readonly SegmentRow[],
): Promise<SegmentWithFacts[]> {
  const [fromSeq, lastSeq] = [segments[0]?.seq ?? 0, segments.at(-1)?.seq ?? 0]
  // Asked again for each slice: what was live before may be archived by now.
  const { files } = await store.archive.load()
  const wanted = files.filter((file) => file.fromSeq <= lastSeq && file.throughSeq >= fromSeq)
  const asked = segments.map(({ seq, counts }) => ({ seq, counts }))
  const found = await archive.readSegments(wanted, asked)
  return segments.map((segment, at) => ({ segment, facts: () => decodeFacts(Buffer.from(found[at] as Uint8Array)) }))
}

/** The same items; while one is worked on, the next is made. */
async function* readAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const item = await next
      if (item.done === true) return
      next = items.next()
      // A failure reaches whoever awaits it; until then it is no unhandled rejection.
      next.catch(() => undefined)
      yield item.value
    }
  } finally {
    await items.return(undefined)
  }
}
