import { UuidColumn } from '../columnar/columns.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import { unpackFactsAbout } from '../journal/segment-payload.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import type { ArchiveFile } from '../ports.ts'

/**
 * Walks through all that the journal has of an account: files of the archive that were written together, of which what stands behind a segment
 * is not known yet, and then the segments that are no files yet.
 */
export async function walkFacts(
  { store }: WholeJournal,
  accountId: string,
  onFiles: (files: ArchiveFile[], afterSeq: number) => Promise<void>,
  onSegment: (facts: SegmentFacts) => void,
): Promise<void> {
  const ids = UuidColumn.of([accountId])
  // Segments may be archived while others are read: then the rest is found in the files.
  for (let afterSeq = 0, isMore = true; isMore; ) {
    const { files, throughSeq } = await store.archive.load()
    for (const group of filesTogether(files, afterSeq)) await onFiles(group, afterSeq)
    afterSeq = Math.max(afterSeq, throughSeq)
    isMore = false
    for await (const { seq, payload } of store.segments(afterSeq)) {
      isMore = payload === null
      if (payload === null) break
      afterSeq = seq
      const facts = unpackFactsAbout(payload, ids)
      if (facts !== null) onSegment(facts)
    }
  }
}

/** Files of movements and charges that were written together. */
function filesTogether(files: readonly ArchiveFile[], afterSeq: number): ArchiveFile[][] {
  const wanted = files.filter(({ throughSeq }) => throughSeq > afterSeq)
  const groups = [...Map.groupBy(wanted, ({ fromSeq }) => fromSeq).values()]
  return groups.filter((group) => group.some(({ kind }) => kind === 'movements'))
}
