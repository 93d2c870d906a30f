import { assert } from '../../core/base/assert.ts'
import { enlarged } from '../../core/base/enlarged.ts'
import type { Hash128 } from '../../core/base/hash.ts'
import { hashServiceKey } from '../../core/mediation/usage-batch.ts'
import { UuidNumbers } from '../columnar/uuid-numbers.ts'

/** No service, or the end of a chain. */
export const NONE = -1
const FIRST_CAPACITY = 1024
const MAX_LOAD = 0.6
/** Words of a place in the index: four of the key's hash, and the first service of that key plus one. */
const STRIDE = 5

/** Columns of a service's row. Eight numbers are one line of the processor's cache: a look-up touches one row. */
const FROM = 0
const UNTIL = 1
const FIRST_SUBSCRIPTION = 2
const NEXT_OF_KEY = 3
const STAMP = 4
const PLACE = 5
const TIMES = 6
const ACCOUNT = 7
const ROW = 8
/** Calendar and clock share one number, so that a row stays one line. */
const CLOCKS = 65_536

/** Dated services by key, in flat memory: at a million services, following objects would cost more than rating. */
export class ServiceDirectory {
  private readonly hash: Hash128
  private readonly numbers = new UuidNumbers()
  private index = new Uint32Array(FIRST_CAPACITY * STRIDE)
  private usedPlaces = 0
  private rows = new Float64Array(FIRST_CAPACITY * ROW)

  constructor(hash: Hash128) {
    this.hash = hash
  }

  /** Adds a service, or brings it up to date. A service's key and account never change. */
  put(
    id: string,
    key: string,
    fromMs: number,
    untilMs: number,
    of: { account: number; calendar: number; clock: number },
  ): void {
    const known = this.numbers.size
    const number = this.numbers.add(id)
    if (number === known) this.addKey(number, key)
    assert(of.clock < CLOCKS, 'there are fewer time zones')
    this.rows[number * ROW + ACCOUNT] = of.account
    this.rows[number * ROW + TIMES] = of.calendar * CLOCKS + of.clock
    this.rows[number * ROW + FROM] = fromMs
    this.rows[number * ROW + UNTIL] = untilMs
  }

  /** NONE where there is none. */
  numberOf(id: string): number {
    return this.numbers.find(id)
  }

  /** The first subscription of its account; each row names the next one. */
  firstSubscription(service: number): number {
    return this.rows[service * ROW + FIRST_SUBSCRIPTION] as number
  }

  setFirstSubscription(service: number, subscription: number): void {
    this.rows[service * ROW + FIRST_SUBSCRIPTION] = subscription
  }

  /** Numbers of the calendar and the clock of its account. */
  calendarOf(service: number): number {
    return Math.floor((this.rows[service * ROW + TIMES] as number) / CLOCKS)
  }

  clockOf(service: number): number {
    return (this.rows[service * ROW + TIMES] as number) % CLOCKS
  }

  accountOf(service: number): number {
    return this.rows[service * ROW + ACCOUNT] as number
  }

  /** @param words the hash of the key, from `at` on.  @returns the service at that time, or NONE. */
  find(words: Uint32Array, at: number, timeMs: number): number {
    const place = this.placeOf(words, at)
    let service = (this.index[place + 4] as number) - 1
    while (service !== NONE) {
      const row = service * ROW
      if (timeMs >= (this.rows[row + FROM] as number) && timeMs < (this.rows[row + UNTIL] as number)) return service
      service = this.rows[row + NEXT_OF_KEY] as number
    }
    return NONE
  }

  /** The service that is probably meant, or NONE: the first place that its hash leads to, without comparing the key. */
  likelyService(words: Uint32Array, at: number): number {
    const slot = (words[at] as number) & (this.index.length / STRIDE - 1)
    return (this.index[slot * STRIDE + 4] as number) - 1
  }

  /** The place of a service in the dictionary of the segment `stamp`, or NONE; `setPlace` notes it. */
  placeIn(service: number, stamp: number): number {
    const row = service * ROW
    return this.rows[row + STAMP] === stamp ? (this.rows[row + PLACE] as number) : NONE
  }

  setPlace(service: number, stamp: number, place: number): void {
    this.rows[service * ROW + STAMP] = stamp
    this.rows[service * ROW + PLACE] = place
  }

  private addKey(number: number, key: string): void {
    if ((number + 1) * ROW > this.rows.length) this.rows = enlarged(this.rows)
    if (this.usedPlaces + 1 > (this.index.length / STRIDE) * MAX_LOAD) this.enlargeIndex()
    const words = hashServiceKey(this.hash, key)
    const place = this.placeOf(words, 0)
    const first = (this.index[place + 4] as number) - 1
    if (first === NONE) this.usedPlaces++
    for (let word = 0; word < 4; word++) this.index[place + word] = words[word] as number
    this.index[place + 4] = number + 1
    const row = number * ROW
    this.rows[row + FIRST_SUBSCRIPTION] = NONE
    this.rows[row + NEXT_OF_KEY] = first
    this.rows[row + STAMP] = NONE
  }

  private placeOf(words: Uint32Array, at: number): number {
    const { index } = this
    const mask = index.length / STRIDE - 1
    let slot = (words[at] as number) & mask
    for (;;) {
      const place = slot * STRIDE
      if (index[place + 4] === 0) return place
      const isSame =
        index[place] === words[at] &&
        index[place + 1] === words[at + 1] &&
        index[place + 2] === words[at + 2] &&
        index[place + 3] === words[at + 3]
      if (isSame) return place
      slot = (slot + 1) & mask
    }
  }

  private enlargeIndex(): void {
    const old = this.index
    this.index = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at + 4] === 0) continue
      this.index.set(old.subarray(at, at + STRIDE), this.placeOf(old, at))
    }
  }
}
