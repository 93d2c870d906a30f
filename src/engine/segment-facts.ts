import type { SegmentFacts } from './segment.ts'
import { decodeFacts, unpackFacts } from './segment-codec.ts'
import type { SegmentRow } from './stored-rows.ts'
import { rowsOf } from './usage-counts.ts'
import type { WholeJournal } from './usage-records.ts'

/** Archived segments that are read at once: so many segments, or so many records. */
const SLICE_SEGMENTS = 2_000
const SLICE_RECORDS = 200_000

/** All segments in order, up to one, with their facts, wherever these are. Live ones are unpacked when they are asked for. */
export async function* segmentsWithFacts(
  { store, archive }: WholeJournal,
  throughSeq: number,
): AsyncGenerator<{ segment: SegmentRow; facts: () => SegmentFacts }> {
  let slice: SegmentRow[] = []
  let records = 0
  const read = async function* (): ReturnType<typeof segmentsWithFacts> {
    if (slice.length === 0) return
    const [fromSeq, lastSeq] = [slice[0]?.seq ?? 0, slice.at(-1)?.seq ?? 0]
    // Asked again for each slice: what was live before may be archived by now.
    const { files } = await store.archive.load()
    const paths = files.filter((file) => file.fromSeq <= lastSeq && file.throughSeq >= fromSeq).map(({ path }) => path)
    const asked = slice.map(({ seq, counts }) => ({ seq, counts }))
    const found = await archive.readSegments(paths, asked)
    for (const [index, segment] of slice.entries())
      yield { segment, facts: () => decodeFacts(Buffer.from(found[index] as Uint8Array)) }
    slice = []
    records = 0
  }
  for await (const segment of store.segments(0)) {
    if (segment.seq > throughSeq) break
    const { payload } = segment
    if (payload !== null) {
      yield* read()
      yield { segment, facts: () => unpackFacts(payload) }
      continue
    }
    slice.push(segment)
    records += rowsOf(segment.counts)
    if (slice.length >= SLICE_SEGMENTS || records >= SLICE_RECORDS) yield* read()
  }
  yield* read()
}
