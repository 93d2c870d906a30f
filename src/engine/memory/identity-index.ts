import { isEmpty, placeOf } from '../columnar/name-places.ts'
import { keepRead, TOUCHED_AHEAD } from '../columnar/touched.ts'

/** What an index knows of a name: nothing, or that it came with this body, or with another one. */
export type Known = 'unknown' | 'same_body' | 'other_body'

export const SHARDS = 256
const FIRST_CAPACITY = 64
/** Words of a place: four of the name, two of the body, and the segment that the identity is of. */
const STRIDE = 7
const SEQ = 6
/** Behind this are all segments. */
const EVERY_SEQ = -1
/** Share of a shard that may be filled before it doubles. */
const MAX_LOAD = 0.7

const SIDE_BY_SIDE = 6

interface Shard {
  /** A place whose name is all zero is empty. */
  words: Uint32Array
  /** Places less one; their number is a power of two. */
  mask: number
  used: number
}

/**
 * Identities (source, id) as 128-bit hashes with a hash of the body, in flat memory: 28 bytes a place. Shards keep each
 * enlargement short, and let identities of archived segments be dropped a little at a time.
 */
export class IdentityIndex {
  private readonly shards: Shard[] = Array.from({ length: SHARDS }, () => emptyShard(FIRST_CAPACITY))

  /** @param key words of the name from `keyAt` on.  @param body words of the body from `bodyAt` on. */
  find(key: Uint32Array, keyAt: number, body: Uint32Array, bodyAt: number): Known {
    const shard = this.shards[(key[keyAt + 3] as number) & (SHARDS - 1)] as Shard
    const at = placeOf(shard.words, STRIDE, shard.mask, key, keyAt)
    if (isEmpty(shard.words, at)) return 'unknown'
    const isSame = shard.words[at + 4] === body[bodyAt] && shard.words[at + 5] === body[bodyAt + 1]
    return isSame ? 'same_body' : 'other_body'
  }

  /** Reads a word of the places where some keys will be looked for, the first of which is at `at`, `stride` words apart. */
  touch(keys: Uint32Array, at: number, count: number, stride: number): number {
    const until = Math.min(at + count * stride, keys.length)
    let read = 0
    for (let key = at; key < until; key += stride) {
      const { words, mask } = this.shards[(keys[key + 3] as number) & (SHARDS - 1)] as Shard
      read += words[((keys[key] as number) & mask) * STRIDE] as number
    }
    return read
  }

  /** The segment that an identity is of; null where it is unknown. */
  seqOf(key: Uint32Array, keyAt: number): number | null {
    const shard = this.shards[(key[keyAt + 3] as number) & (SHARDS - 1)] as Shard
    const at = placeOf(shard.words, STRIDE, shard.mask, key, keyAt)
    return isEmpty(shard.words, at) ? null : (shard.words[at + SEQ] as number)
  }

  /** Remembers an identity with its body and the segment that it is of, replacing what was known of it. */
  put(key: Uint32Array, keyAt: number, body: Uint32Array, bodyAt: number, seq: number): void {
    const shardAt = (key[keyAt + 3] as number) & (SHARDS - 1)
    let shard = this.shards[shardAt] as Shard
    let at = placeOf(shard.words, STRIDE, shard.mask, key, keyAt)
    if (isEmpty(shard.words, at)) {
      if (shard.used + 1 > (shard.mask + 1) * MAX_LOAD) {
        shard = rebuilt(shard, (shard.mask + 1) * 2, EVERY_SEQ)
        this.shards[shardAt] = shard
        at = placeOf(shard.words, STRIDE, shard.mask, key, keyAt)
      }
      shard.used++
      for (let word = 0; word < 4; word++) shard.words[at + word] = key[keyAt + word] as number
      if (isEmpty(shard.words, at)) shard.words[at] = 1
    }
    shard.words[at + 4] = body[bodyAt] as number
    shard.words[at + 5] = body[bodyAt + 1] as number
    shard.words[at + SEQ] = seq
  }

  /** Remembers identities that follow each other, six words each: four of the name, two of the body. */
  putAll(words: Uint32Array, seq: number): void {
    for (let from = 0; from < words.length; from += TOUCHED_AHEAD * SIDE_BY_SIDE) {
      keepRead(this.touch(words, from, TOUCHED_AHEAD, SIDE_BY_SIDE))
      const until = Math.min(from + TOUCHED_AHEAD * SIDE_BY_SIDE, words.length)
      for (let at = from; at < until; at += SIDE_BY_SIDE) this.put(words, at, words, at + 4, seq)
    }
  }

  /** Makes room for a number of identities at once: growing step by step would move them all at each step. */
  reserve(identities: number): void {
    const each = (identities / SHARDS) * 1.1
    this.shards.forEach((shard, at) => {
      const capacity = capacityFor(shard.used + each)
      if (capacity > shard.mask + 1) this.shards[at] = rebuilt(shard, capacity, EVERY_SEQ)
    })
  }

  /** Drops the identities of one shard that are of segments up to `seq`. */
  forget(shardAt: number, seq: number): void {
    const shard = this.shards[shardAt] as Shard
    let kept = 0
    for (let at = 0; at < shard.words.length; at += STRIDE)
      if (!isEmpty(shard.words, at) && (shard.words[at + SEQ] as number) > seq) kept++
    if (kept < shard.used) this.shards[shardAt] = rebuilt(shard, capacityFor(kept), seq)
  }

  get size(): number {
    return this.shards.reduce((sum, { used }) => sum + used, 0)
  }
}

function capacityFor(identities: number): number {
  let capacity = FIRST_CAPACITY
  while (capacity * MAX_LOAD < identities + 1) capacity *= 2
  return capacity
}

function emptyShard(capacity: number): Shard {
  return { words: new Uint32Array(capacity * STRIDE), mask: capacity - 1, used: 0 }
}

/** A shard with the identities of another that are of segments after `seq`. */
function rebuilt(shard: Shard, capacity: number, seq: number): Shard {
  const next = emptyShard(capacity)
  for (let at = 0; at < shard.words.length; at += STRIDE) {
    if (isEmpty(shard.words, at) || (shard.words[at + SEQ] as number) <= seq) continue
    const target = placeOf(next.words, STRIDE, next.mask, shard.words, at)
    for (let word = 0; word < STRIDE; word++) next.words[target + word] = shard.words[at + word] as number
    next.used++
  }
  return next
}
