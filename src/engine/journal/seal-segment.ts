import type { FactsBuilder } from './facts-builder.ts'
import type { NewSegment } from './journal-store.ts'
import { digestOf, payloadDigestOf } from './segment.ts'

/** Makes the row of a segment, chained to the one before. */
export function sealSegment(
  facts: FactsBuilder,
  payload: Buffer,
  place: { partition: number; seq: number; previousDigest: Buffer; committedAtMs: number },
): NewSegment {
  const { partition, seq, previousDigest, committedAtMs } = place
  const payloadDigest = payloadDigestOf(payload)
  const hasUsage = Number.isFinite(facts.minStartMs)
  return {
    seq,
    payload,
    payloadDigest,
    identities: facts.identities,
    digest: digestOf(previousDigest, partition, seq, payloadDigest),
    previousDigest,
    counts: facts.counts,
    committedAtMs,
    usageFromMs: hasUsage ? facts.minStartMs : null,
    usageUntilMs: hasUsage ? facts.maxStartMs : null,
  }
}
