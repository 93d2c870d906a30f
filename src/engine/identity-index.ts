/** What is known of a record's identity: nothing, or what became of it, with this body or with another one. */
export type IdentityStatus = 'new' | 'charged' | 'suspended' | 'charged_other_body' | 'suspended_other_body'

const SHARDS = 256
const FIRST_CAPACITY = 64
/** Share of a shard that may be filled before it doubles. */
const MAX_LOAD = 0.7

interface Shard {
  /** Four words a place; all zero is empty. */
  keys: Uint32Array
  /** Two words a place: the body's hash, its last bit replaced by "suspended". */
  bodies: Uint32Array
  used: number
}

/**
 * Every identity (source, id) that ever arrived, as 128-bit hashes with a hash of the body, in flat memory: 24 bytes a
 * place. Shards keep each enlargement short.
 */
export class IdentityIndex {
  private readonly shards: Shard[] = Array.from({ length: SHARDS }, () => emptyShard(FIRST_CAPACITY))

  get size(): number {
    return this.shards.reduce((sum, shard) => sum + shard.used, 0)
  }

  statusOf(key: Uint32Array, body: Uint32Array): IdentityStatus {
    const shard = this.shards[(key[3] as number) & (SHARDS - 1)] as Shard
    const place = placeOf(shard, key)
    if (!isTaken(shard, place)) return 'new'
    const low = shard.bodies[place * 2 + 1] as number
    const sameBody = shard.bodies[place * 2] === body[0] && (low | 1) >>> 0 === ((body[1] as number) | 1) >>> 0
    if ((low & 1) === 1) return sameBody ? 'suspended' : 'suspended_other_body'
    return sameBody ? 'charged' : 'charged_other_body'
  }

  /** Remembers an identity with its body, replacing what was known of it. */
  put(key: Uint32Array, body: Uint32Array, suspended: boolean): void {
    const at = (key[3] as number) & (SHARDS - 1)
    let shard = this.shards[at] as Shard
    let place = placeOf(shard, key)
    if (!isTaken(shard, place)) {
      if (shard.used + 1 > (shard.keys.length / 4) * MAX_LOAD) {
        shard = enlarged(shard)
        this.shards[at] = shard
        place = placeOf(shard, key)
      }
      shard.used++
      shard.keys.set(key, place * 4)
      if (!isTaken(shard, place)) shard.keys[place * 4] = 1
    }
    shard.bodies[place * 2] = body[0] as number
    shard.bodies[place * 2 + 1] = suspended ? (body[1] as number) | 1 : (body[1] as number) & ~1
  }
}

function emptyShard(capacity: number): Shard {
  return { keys: new Uint32Array(capacity * 4), bodies: new Uint32Array(capacity * 2), used: 0 }
}

function isTaken(shard: Shard, place: number): boolean {
  const { keys } = shard
  const at = place * 4
  return keys[at] !== 0 || keys[at + 1] !== 0 || keys[at + 2] !== 0 || keys[at + 3] !== 0
}

/** The place of a key, or the empty one where it would stand. */
function placeOf(shard: Shard, key: Uint32Array): number {
  const { keys } = shard
  const mask = keys.length / 4 - 1
  let place = (key[0] as number) & mask
  for (;;) {
    const at = place * 4
    if (keys[at] === key[0] && keys[at + 1] === key[1] && keys[at + 2] === key[2] && keys[at + 3] === key[3]) return place
    if (!isTaken(shard, place)) return place
    place = (place + 1) & mask
  }
}

function enlarged(shard: Shard): Shard {
  const larger = emptyShard(shard.keys.length / 2)
  for (let place = 0; place * 4 < shard.keys.length; place++) {
    if (!isTaken(shard, place)) continue
    const key = shard.keys.subarray(place * 4, place * 4 + 4)
    const target = placeOf(larger, key)
    larger.keys.set(key, target * 4)
    larger.bodies.set(shard.bodies.subarray(place * 2, place * 2 + 2), target * 2)
  }
  larger.used = shard.used
  return larger
}
