/** What is known of a record's identity: nothing, or what became of it, with this body or with another one. */
export type IdentityStatus = 'new' | 'charged' | 'suspended' | 'charged_other_body' | 'suspended_other_body'

const SHARDS = 256
const FIRST_CAPACITY = 64
/** Words of a place: four of the name, two of the body, the last bit of which says "suspended". */
const STRIDE = 6
/** Share of a shard that may be filled before it doubles. */
const MAX_LOAD = 0.7

interface Shard {
  /** A place whose name is all zero is empty. */
  words: Uint32Array
  used: number
}

/**
 * Every identity (source, id) that ever arrived, as 128-bit hashes with a hash of the body, in flat memory: 24 bytes a
 * place. Shards keep each enlargement short.
 */
export class IdentityIndex {
  private readonly shards: Shard[] = Array.from({ length: SHARDS }, () => emptyShard(FIRST_CAPACITY))

  /** @param key words of the name from `keyAt` on.  @param body words of the body from `bodyAt` on. */
  statusOf(key: Uint32Array, keyAt: number, body: Uint32Array, bodyAt: number): IdentityStatus {
    const shard = this.shards[(key[keyAt + 3] as number) & (SHARDS - 1)] as Shard
    const at = placeOf(shard.words, key, keyAt)
    if (isEmpty(shard.words, at)) return 'new'
    const low = shard.words[at + 5] as number
    const sameBody = shard.words[at + 4] === body[bodyAt] && (low | 1) === ((body[bodyAt + 1] as number) | 1)
    if ((low & 1) === 1) return sameBody ? 'suspended' : 'suspended_other_body'
    return sameBody ? 'charged' : 'charged_other_body'
  }

  /** Remembers an identity with its body, replacing what was known of it. */
  put(key: Uint32Array, keyAt: number, body: Uint32Array, bodyAt: number, suspended: boolean): void {
    const shardAt = (key[keyAt + 3] as number) & (SHARDS - 1)
    let shard = this.shards[shardAt] as Shard
    let at = placeOf(shard.words, key, keyAt)
    if (isEmpty(shard.words, at)) {
      if (shard.used + 1 > (shard.words.length / STRIDE) * MAX_LOAD) {
        shard = enlarged(shard)
        this.shards[shardAt] = shard
        at = placeOf(shard.words, key, keyAt)
      }
      shard.used++
      for (let word = 0; word < 4; word++) shard.words[at + word] = key[keyAt + word] as number
      if (isEmpty(shard.words, at)) shard.words[at] = 1
    }
    shard.words[at + 4] = body[bodyAt] as number
    const low = body[bodyAt + 1] as number
    shard.words[at + 5] = suspended ? low | 1 : low & ~1
  }
}

function emptyShard(capacity: number): Shard {
  return { words: new Uint32Array(capacity * STRIDE), used: 0 }
}

function isEmpty(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0
}

/** Where a key stands, or the empty place where it would. */
function placeOf(words: Uint32Array, key: Uint32Array, keyAt: number): number {
  const mask = words.length / STRIDE - 1
  const a = key[keyAt]
  const b = key[keyAt + 1]
  const c = key[keyAt + 2]
  const d = key[keyAt + 3]
  let place = (a as number) & mask
  for (;;) {
    const at = place * STRIDE
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return at
    if (isEmpty(words, at)) return at
    place = (place + 1) & mask
  }
}

function enlarged(shard: Shard): Shard {
  const larger = emptyShard((shard.words.length / STRIDE) * 2)
  for (let at = 0; at < shard.words.length; at += STRIDE) {
    if (isEmpty(shard.words, at)) continue
    const target = placeOf(larger.words, shard.words, at)
    for (let word = 0; word < STRIDE; word++) larger.words[target + word] = shard.words[at + word] as number
  }
  larger.used = shard.used
  return larger
}
