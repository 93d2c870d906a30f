import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { assert } from '../../core/base/assert.ts'
import { ANCHORS_MARK } from '../../core/proof/statements.ts'
import { UUID_BYTES, type UuidColumn } from '../columnar/columns.ts'
import type { SegmentFacts } from './segment.ts'
import { decodeFacts } from './segment-codec.ts'
import { forEachColumn } from './segment-columns.ts'
import { NO_COUNTS } from './usage-counts.ts'

const compress = promisify(zstdCompress)
/** Level 1: a tenth of the time of the default level for a few per cent of size. */
const COMPRESSION = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }
/** A segment unpacks to at most this; more means that the stored bytes are not a segment of ours. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024

/** Less is stored as it is: setting up a compressor would take longer than storing it. */
const SMALL_BYTES = 32 * 1024
/** The first byte of a payload says how the rest is stored. */
const PLAIN = 0
const ZSTD = 1

/** Compresses off the main thread. The bytes are copied before it returns. */
export async function packFacts(bytes: Buffer): Promise<Buffer> {
  if (bytes.length < SMALL_BYTES) return Buffer.concat([Buffer.of(PLAIN), bytes])
  return Buffer.concat([Buffer.of(ZSTD), await compress(Buffer.from(bytes), COMPRESSION)])
}

/** What the segment of an anchor says: nothing but the anchor. */
function noFacts(): SegmentFacts {
  const dictionaries = { changes: [], sources: [], types: [], cells: [], measures: [], units: [] }
  return { counts: NO_COUNTS, ...dictionaries, ...forEachColumn(() => []) }
}

/** The facts of a segment. One that anchors documents is plain text and has none. */
export function unpackFacts(payload: Buffer): SegmentFacts {
  return unpack(payload, true)
}

/** What a segment did to counters and balances, without what its records say. */
export function unpackEffects(payload: Buffer): SegmentFacts {
  return unpack(payload, false)
}

/** The facts of a segment that names one of some ids; null where it names none, which is seen without reading it. */
export function unpackFactsAbout(payload: Buffer, ids: UuidColumn): SegmentFacts | null {
  if (isAnchor(payload)) return null
  const bytes = plainBytes(payload)
  return namesAny(bytes, ids) ? decodeFacts(bytes) : null
}

/** Ids that are looked for one by one; for more of them it is as well to read all. */
const MAX_LOOKED_FOR = 100

/** Whether the 16 bytes of one of the ids occur among others. Bytes that are no id match by chance once in 2^128. */
function namesAny(bytes: Buffer, ids: UuidColumn): boolean {
  if (ids.length > MAX_LOOKED_FOR) return true
  const wanted = ids.view()
  for (let from = 0; from < wanted.length; from += UUID_BYTES)
    if (bytes.includes(wanted.subarray(from, from + UUID_BYTES))) return true
  return false
}

function unpack(payload: Buffer, withRecords: boolean): SegmentFacts {
  return isAnchor(payload) ? noFacts() : decodeFacts(plainBytes(payload), withRecords)
}

/** Whether a segment has nothing but the root over some documents. */
export function isAnchor(payload: Buffer): boolean {
  return payload.subarray(0, ANCHORS_MARK.length).equals(Buffer.from(ANCHORS_MARK))
}

/** The bytes of encoded facts. */
function plainBytes(payload: Buffer): Buffer {
  const rest = payload.subarray(1)
  if (payload[0] === PLAIN) return rest
  assert(payload[0] === ZSTD, 'a payload is plain or zstd')
  return zstdDecompressSync(rest, { maxOutputLength: MAX_UNPACKED_BYTES })
}
