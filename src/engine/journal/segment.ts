import { createHash } from 'node:crypto'
import { assert } from '../../core/base/assert.ts'
import type { ByEncoding } from './segment-columns.ts'
import type { UsageCounts } from './usage-counts.ts'

export const CODEC_VERSION = 3
/** Stands among the kinds of movements for a fact of another shape, which is found in `accountFacts`. */
export const ACCOUNT_FACT = 0
/** What the first segment of a partition names as its predecessor. */
export const FIRST_DIGEST = Buffer.alloc(32)

/** Dictionaries that stand in the head of a segment, as JSON. */
export interface SegmentHead {
  readonly counts: UsageCounts
  readonly sources: readonly string[]
  readonly types: readonly string[]
  /** Rate elements as `[plan version id, price code, name]`. */
  readonly cells: readonly (readonly [string, string, string])[]
  /** How many measures the charges of each rate element carry. */
  readonly measures: readonly number[]
  /** Corrections that rows are of, as `changeText` writes them. */
  readonly changes: readonly string[]
  readonly units: readonly string[]
}

type ColumnValues = ByEncoding<{
  texts: readonly string[]
  uuids: readonly string[]
  numbers: readonly number[]
  bigIntegers: readonly bigint[]
}>

/** The facts of one micro-batch, as columns. Dictionaries hold each text once; the columns hold places in them. */
export interface SegmentFacts extends SegmentHead, ColumnValues {}

export function payloadDigestOf(payload: Buffer): Buffer {
  return createHash('sha256').update(payload).digest()
}

/**
 * The chain: SHA-256 over the previous digest, the place in the journal, the codec and the digest of the stored bytes.
 * So the chain can be followed by whoever has the digests alone.
 */
export function digestOf(previous: Buffer, partition: number, seq: number, payloadDigest: Buffer): Buffer {
  assert(previous.length === 32 && payloadDigest.length === 32, 'a digest has 32 bytes')
  const place = Buffer.alloc(16)
  place.writeUInt32BE(partition, 0)
  place.writeUInt32BE(CODEC_VERSION, 4)
  place.writeBigUInt64BE(BigInt(seq), 8)
  return createHash('sha256').update(previous).update(place).update(payloadDigest).digest()
}
