import { enlarged } from '../../core/base/enlarged.ts'
import { isInt64 } from '../../core/base/quantity.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import { NONE } from '../definitions/service-directory.ts'

const FIRST_CAPACITY = 1024
/** Columns of a counter's row of 32-bit integers. */
const SUBSCRIPTION = 0
const CELL = 1
const PERIOD = 2
const NEXT_OF_SUBSCRIPTION = 3
const RECORDS = 4
const IS_DIRTY = 5
/** Whether a record was ever in it: one that was reversed leaves a counter without records. */
const IS_USED = 6
const ROW = 8
/** Columns of a counter's row of 64-bit integers. */
const QUANTITY = 0
const AMOUNT = 1
const STORED_SEQ = 2
const INTEGER_ROW = 4

/** What a counter has where 64 bits are too few: 142,500,000,000 rupiah are 1.425 × 10^19 at their rating scale. */
interface Beyond {
  readonly quantity: bigint
  readonly amount: bigint
}

/**
 * The counters: a price cell's aggregate and charged amount per subscription and period, in flat memory (about 72 bytes
 * each). Counters are named by their place, which never changes.
 */
export class CounterTable {
  size = 0
  private rows = new Int32Array(FIRST_CAPACITY * ROW)
  private integers = new BigInt64Array(FIRST_CAPACITY * INTEGER_ROW)
  private index = new Int32Array(FIRST_CAPACITY * 2).fill(NONE)
  private firstOfSubscription = new Int32Array(FIRST_CAPACITY).fill(NONE)
  /** Measures after the first, for the models that have more than the quantity. */
  private readonly moreMeasures = new Map<number, readonly bigint[]>()
  /** Counters that 64 bits are too few for: their rows say the last digits alone. Hardly any tenant has one. */
  private readonly beyond = new Map<number, Beyond>()
  /** By subscription, the last period in which a counter began with what was used under another plan. */
  private readonly carried = new Map<number, number>()
  private dirty: number[] = []

  /** The place of a counter, made empty when there was none. `likely` is tried first. */
  place(subscription: number, cell: number, period: number, likely: number = NONE): number {
    if (likely !== NONE && this.isAt(likely, subscription, cell, period)) return likely
    const place = this.find(subscription, cell, period)
    return place === NONE ? this.insert(subscription, cell, period) : place
  }

  has(subscription: number, cell: number, period: number): boolean {
    return this.find(subscription, cell, period) !== NONE
  }

  private find(subscription: number, cell: number, period: number): number {
    const mask = this.index.length - 1
    let at = hash(subscription, cell, period) & mask
    for (;;) {
      const place = this.index[at] as number
      if (place === NONE || this.isAt(place, subscription, cell, period)) return place
      at = (at + 1) & mask
    }
  }

  /** Reads a word of each of a counter's rows. */
  touch(place: number): number {
    return (this.rows[place * ROW] as number) + Number((this.integers[place * INTEGER_ROW] as bigint) & 1n)
  }

  /** What names a counter: the subscription's and the cell's number, and the period's first day since 1 January 1970. */
  nameOf(place: number): { subscription: number; cell: number; period: number } {
    const row = place * ROW
    const { rows } = this
    return {
      subscription: rows[row + SUBSCRIPTION] as number,
      cell: rows[row + CELL] as number,
      period: rows[row + PERIOD] as number,
    }
  }

  aggregate(place: number): Aggregate {
    const beyond = this.beyond.size === 0 ? undefined : this.beyond.get(place)
    const first = beyond === undefined ? (this.integers[place * INTEGER_ROW + QUANTITY] as bigint) : beyond.quantity
    if (this.moreMeasures.size === 0) return [first]
    return [first, ...(this.moreMeasures.get(place) ?? [])]
  }

  amount(place: number): bigint {
    const beyond = this.beyond.size === 0 ? undefined : this.beyond.get(place)
    return beyond === undefined ? (this.integers[place * INTEGER_ROW + AMOUNT] as bigint) : beyond.amount
  }

  records(place: number): number {
    return this.rows[place * ROW + RECORDS] as number
  }

  /** The last segment whose facts the stored row of this counter has. */
  storedSeq(place: number): bigint {
    return this.integers[place * INTEGER_ROW + STORED_SEQ] as bigint
  }

  /** Whether a record was ever counted here. */
  isUsed(place: number): boolean {
    return this.rows[place * ROW + IS_USED] === 1
  }

  /** Notes that a counter began with what was used under another plan. */
  markCarried(place: number): void {
    const { subscription, period } = this.nameOf(place)
    if ((this.carried.get(subscription) ?? Number.NEGATIVE_INFINITY) < period) this.carried.set(subscription, period)
  }

  /** Changes what a counter began with, in one of the measures that its cell has: what is its own stays. */
  carry(place: number, measures: number, index: number, change: bigint): void {
    const aggregate = [...this.aggregate(place)]
    for (let at = 0; at < measures * 2; at++) aggregate[at] ??= 0n
    aggregate[index] = (aggregate[index] as bigint) + change
    aggregate[measures + index] = (aggregate[measures + index] as bigint) + change
    this.setMoney(place, aggregate, this.amount(place))
    this.markCarried(place)
  }

  /** Whether a counter of a subscription may have begun so, in a period or later. */
  carriesIn(subscription: number, period: number): boolean {
    return this.carried.size > 0 && (this.carried.get(subscription) ?? Number.NEGATIVE_INFINITY) >= period
  }

  /** Sets a counter's aggregate and charged amount after one more record, or after one was reversed. */
  update(place: number, aggregate: Aggregate, amount: bigint, records: -1 | 0 | 1 = 1): void {
    const row = place * ROW
    this.setMoney(place, aggregate, amount)
    this.rows[row + RECORDS] = (this.rows[row + RECORDS] as number) + records
    this.rows[row + IS_USED] = 1
    if (this.rows[row + IS_DIRTY] === 0) {
      this.rows[row + IS_DIRTY] = 1
      this.dirty.push(place)
    }
  }

  /** Restores a counter as it was stored with the facts of all segments up to `storedSeq`. */
  restore(place: number, aggregate: Aggregate, amount: bigint, records: number, storedSeq: number): void {
    this.setMoney(place, aggregate, amount)
    this.rows[place * ROW + RECORDS] = records
    this.rows[place * ROW + IS_USED] = 1
    this.integers[place * INTEGER_ROW + STORED_SEQ] = BigInt(storedSeq)
  }

  /** Takes the list of all changed counters; whoever reads them marks them. */
  takeDirty(): number[] {
    const taken = this.dirty
    this.dirty = []
    return taken
  }

  /** A changed counter counts as unchanged from here on. */
  markClean(place: number): void {
    this.rows[place * ROW + IS_DIRTY] = 0
  }

  /** The counters of one subscription, the newest first. */
  *ofSubscription(subscription: number): Generator<number> {
    let place = this.firstOfSubscription[subscription] ?? NONE
    while (place !== NONE) {
      yield place
      place = this.rows[place * ROW + NEXT_OF_SUBSCRIPTION] as number
    }
  }

  private setMoney(place: number, aggregate: Aggregate, amount: bigint): void {
    const quantity = aggregate[0] as bigint
    this.integers[place * INTEGER_ROW + QUANTITY] = quantity
    this.integers[place * INTEGER_ROW + AMOUNT] = amount
    if (!isInt64(quantity) || !isInt64(amount)) this.beyond.set(place, { quantity, amount })
    else if (this.beyond.size > 0) this.beyond.delete(place)
    if (aggregate.length > 1) this.moreMeasures.set(place, aggregate.slice(1))
  }

  private isAt(place: number, subscription: number, cell: number, period: number): boolean {
    const row = place * ROW
    const { rows } = this
    return rows[row + SUBSCRIPTION] === subscription && rows[row + CELL] === cell && rows[row + PERIOD] === period
  }

  private insert(subscription: number, cell: number, period: number): number {
    if ((this.size + 1) * ROW > this.rows.length) this.grow((this.rows.length / ROW) * 2)
    const place = this.size++
    const row = place * ROW
    this.rows[row + SUBSCRIPTION] = subscription
    this.rows[row + CELL] = cell
    this.rows[row + PERIOD] = period
    if (subscription >= this.firstOfSubscription.length) {
      const longer = new Int32Array(Math.max(subscription + 1, this.firstOfSubscription.length * 2)).fill(NONE)
      longer.set(this.firstOfSubscription)
      this.firstOfSubscription = longer
    }
    this.rows[row + NEXT_OF_SUBSCRIPTION] = this.firstOfSubscription[subscription] as number
    this.firstOfSubscription[subscription] = place
    this.link(place)
    return place
  }

  private link(place: number): void {
    const { subscription, cell, period } = this.nameOf(place)
    const mask = this.index.length - 1
    let at = hash(subscription, cell, period) & mask
    while (this.index[at] !== NONE) at = (at + 1) & mask
    this.index[at] = place
  }

  /** Makes room for a number of counters at once: growing step by step would link them all again at each step. */
  reserve(counters: number): void {
    let capacity = this.rows.length / ROW
    while (capacity < counters) capacity *= 2
    if (capacity * ROW > this.rows.length) this.grow(capacity)
  }

  private grow(capacity: number): void {
    this.rows = enlarged(this.rows, capacity * ROW)
    this.integers = enlarged(this.integers, capacity * INTEGER_ROW)
    this.index = new Int32Array(capacity * 2).fill(NONE)
    for (let place = 0; place < this.size; place++) this.link(place)
  }
}

function hash(subscription: number, cell: number, period: number): number {
  let h = Math.imul(subscription, 0x9e3779b1) ^ Math.imul(cell + 1, 0x85ebca6b) ^ Math.imul(period, 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
