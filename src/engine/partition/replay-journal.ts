import type { CheckResult } from '../../platform/check.ts'
import { checkNone } from '../../platform/check.ts'
import { digestOf, FIRST_DIGEST, payloadDigestOf, type SegmentFacts } from '../journal/segment.ts'
import { segmentsWithFacts } from '../journal/segment-facts.ts'
import { isAnchor } from '../journal/segment-payload.ts'
import type { SegmentRow } from '../journal/stored-rows.ts'
import { NO_COUNTS, rowsOf, type UsageCounts } from '../journal/usage-counts.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import { PartitionState } from '../memory/partition-state.ts'
import type { PhaseAudit } from '../rating/phase-audit.ts'

/** A journal that is applied again, segment after segment: what memory must be after each of them. */
export class JournalReplay {
  readonly chain: Chain
  readonly state = new PartitionState(Uint32Array.of(1, 2, 3, 4))
  /** Records that it has twice, and segments that do not hold what they count. */
  readonly repeated: string[] = []
  readonly miscounted: string[] = []
  private readonly journal: WholeJournal
  private readonly archivedSeq: number
  private readonly phases: PhaseAudit | null
  private readonly onSegment: (seq: number) => void
  private seq = 0
  private isBroken = false

  /** @param archivedSeq records up to there are identified by the archive, not by memory */
  constructor(
    journal: WholeJournal,
    partition: number,
    archivedSeq: number,
    phases: PhaseAudit | null = null,
    onSegment: (seq: number) => void = () => undefined,
  ) {
    this.chain = new Chain(partition)
    this.journal = journal
    this.archivedSeq = archivedSeq
    this.phases = phases
    this.onSegment = onSegment
  }

  /** Applies everything up to a segment. What does not verify is not unpacked, nor is any later segment. */
  async through(throughSeq: number): Promise<void> {
    if (this.isBroken || throughSeq <= this.seq) return
    for await (const { segment, facts: unpack } of segmentsWithFacts(this.journal, this.seq, throughSeq)) {
      this.isBroken = !this.chain.add(segment)
      if (this.isBroken) return
      const { seq, counts } = segment
      const facts = unpack()
      if (!isCounted(facts, counts)) this.miscounted.push(`segment ${seq}`)
      for (const row of this.state.rememberRecords(seq, facts, this.archivedSeq))
        this.repeated.push(`${facts.id[row]} in segment ${seq}`)
      this.state.applyFacts(seq, facts)
      this.phases?.observe(facts)
      this.onSegment(seq)
    }
    this.seq = throughSeq
  }
}

/** Follows the chain of digests, which needs the payloads only where they are still there. */
export class Chain {
  readonly totals: UsageCounts = { ...NO_COUNTS }
  readonly anchors = new Set<number>()
  bytes = 0
  private readonly partition: number
  private readonly broken: string[] = []
  private previous: Buffer = FIRST_DIGEST
  private seq = 0

  constructor(partition: number) {
    this.partition = partition
  }

  /** @returns whether the segment is what its digest says. */
  add({ seq, payload, payloadDigest, previousDigest, digest, counts }: SegmentRow): boolean {
    this.seq++
    this.bytes += payload?.length ?? 0
    if (payload !== null && isAnchor(payload)) this.anchors.add(seq)
    const expected = payload === null ? payloadDigest : payloadDigestOf(payload)
    const computed = digestOf(this.previous, this.partition, this.seq, expected)
    if (seq !== this.seq || !previousDigest.equals(this.previous) || !digest.equals(computed))
      this.broken.push(`segment ${seq} does not follow from the one before`)
    // Proofs show this hash in place of the bytes.
    else if (!payloadDigest.equals(expected)) this.broken.push(`segment ${seq} has the hash of other bytes`)
    this.previous = digest
    for (const name of Object.keys(this.totals) as (keyof UsageCounts)[]) this.totals[name] += counts[name]
    return digest.equals(computed)
  }

  result(): CheckResult {
    const head = this.previous.toString('hex').slice(0, 16)
    return checkNone('the journal chain verifies', this.broken, `${this.seq} segments, head ${head}…`)
  }

  report(): { totals: UsageCounts; segments: number; anchors: ReadonlySet<number> } {
    return { totals: this.totals, segments: this.seq, anchors: this.anchors }
  }
}

function isCounted(facts: SegmentFacts, counts: UsageCounts): boolean {
  const { corrected, received, charged, suspended, duplicates } = facts.counts
  const isSame = (Object.keys(counts) as (keyof UsageCounts)[]).every((name) => counts[name] === facts.counts[name])
  const changed = facts.change.reduce((sum, change) => (change === 0 ? sum : sum + 1), 0)
  const isWhole = rowsOf(facts.counts) === facts.id.length && changed === corrected
  return isSame && isWhole && received === charged + suspended + duplicates
}
