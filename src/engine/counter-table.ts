import type { Aggregate } from '../core/rating/price-model.ts'

const NONE = -1
const FIRST_CAPACITY = 1024

/** Every column of the counters, one entry a counter. */
interface Columns {
  subscription: Int32Array
  cell: Int32Array
  /** The period's first day, in days since 1 January 1970. */
  period: Int32Array
  quantity: BigInt64Array
  amount: BigInt64Array
  records: Uint32Array
  /** The last segment whose facts the stored row of this counter has. */
  storedSeq: Float64Array
  isDirty: Uint8Array
  nextOfSubscription: Int32Array
}

function columnsOf(capacity: number): Columns {
  return {
    subscription: new Int32Array(capacity),
    cell: new Int32Array(capacity),
    period: new Int32Array(capacity),
    quantity: new BigInt64Array(capacity),
    amount: new BigInt64Array(capacity),
    records: new Uint32Array(capacity),
    storedSeq: new Float64Array(capacity),
    isDirty: new Uint8Array(capacity),
    nextOfSubscription: new Int32Array(capacity),
  }
}

/**
 * The counters: a price cell's aggregate and charged amount per subscription and period, in flat memory (about 60 bytes
 * each). Counters are named by their place, which never changes.
 */
export class CounterTable {
  columns = columnsOf(FIRST_CAPACITY)
  size = 0
  private index = new Int32Array(FIRST_CAPACITY * 2).fill(NONE)
  private firstOfSubscription = new Int32Array(FIRST_CAPACITY).fill(NONE)
  /** Measures behind the first, for the models that have more than the quantity. */
  private readonly moreMeasures = new Map<number, readonly bigint[]>()
  private dirty: number[] = []

  get dirtyCount(): number {
    return this.dirty.length
  }

  /** The place of a counter, made empty when there was none. */
  place(subscription: number, cell: number, period: number): number {
    const mask = this.index.length - 1
    let at = hash(subscription, cell, period) & mask
    for (;;) {
      const place = this.index[at] as number
      if (place === NONE) break
      const { columns } = this
      if (columns.subscription[place] === subscription && columns.cell[place] === cell && columns.period[place] === period) {
        return place
      }
      at = (at + 1) & mask
    }
    return this.insert(subscription, cell, period)
  }

  aggregate(place: number): Aggregate {
    const first = this.columns.quantity[place] as bigint
    const more = this.moreMeasures.get(place)
    return more === undefined ? [first] : [first, ...more]
  }

  /** Sets a counter's aggregate and charged amount after one more record. */
  update(place: number, aggregate: Aggregate, amount: bigint): void {
    const { columns } = this
    columns.quantity[place] = aggregate[0] as bigint
    if (aggregate.length > 1) this.moreMeasures.set(place, aggregate.slice(1))
    columns.amount[place] = amount
    columns.records[place] = (columns.records[place] as number) + 1
    if (columns.isDirty[place] === 0) {
      columns.isDirty[place] = 1
      this.dirty.push(place)
    }
  }

  /** Restores a counter as it was stored with the facts of all segments up to `storedSeq`. */
  restore(place: number, aggregate: Aggregate, amount: bigint, records: number, storedSeq: number): void {
    const { columns } = this
    columns.quantity[place] = aggregate[0] as bigint
    if (aggregate.length > 1) this.moreMeasures.set(place, aggregate.slice(1))
    columns.amount[place] = amount
    columns.records[place] = records
    columns.storedSeq[place] = storedSeq
  }

  /** Takes all changed counters; they count as unchanged from here on. */
  takeDirty(): number[] {
    const taken = this.dirty
    this.dirty = []
    for (const place of taken) this.columns.isDirty[place] = 0
    return taken
  }

  /** The counters of one subscription, the newest first. */
  *ofSubscription(subscription: number): Generator<number> {
    let place = this.firstOfSubscription[subscription] ?? NONE
    while (place !== NONE) {
      yield place
      place = this.columns.nextOfSubscription[place] as number
    }
  }

  private insert(subscription: number, cell: number, period: number): number {
    if (this.size === this.columns.period.length) this.grow()
    const place = this.size++
    const { columns } = this
    columns.subscription[place] = subscription
    columns.cell[place] = cell
    columns.period[place] = period
    if (subscription >= this.firstOfSubscription.length) {
      const longer = new Int32Array(Math.max(subscription + 1, this.firstOfSubscription.length * 2)).fill(NONE)
      longer.set(this.firstOfSubscription)
      this.firstOfSubscription = longer
    }
    columns.nextOfSubscription[place] = this.firstOfSubscription[subscription] as number
    this.firstOfSubscription[subscription] = place
    this.link(place)
    return place
  }

  private link(place: number): void {
    const { columns, index } = this
    const mask = index.length - 1
    let at = hash(columns.subscription[place] as number, columns.cell[place] as number, columns.period[place] as number) & mask
    while (index[at] !== NONE) at = (at + 1) & mask
    index[at] = place
  }

  private grow(): void {
    const larger = columnsOf(this.columns.period.length * 2)
    for (const name of Object.keys(larger) as (keyof Columns)[]) larger[name].set(this.columns[name] as never)
    this.columns = larger
    this.index = new Int32Array(this.columns.period.length * 2).fill(NONE)
    for (let place = 0; place < this.size; place++) this.link(place)
  }
}

function hash(subscription: number, cell: number, period: number): number {
  let h = Math.imul(subscription, 0x9e3779b1) ^ Math.imul(cell + 1, 0x85ebca6b) ^ Math.imul(period, 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}
