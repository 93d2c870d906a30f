import { enlarged } from '../../core/base/enlarged.ts'

const FIRST_CAPACITY = 1024
/** Words of a row, which is one line of the processor's cache. */
const ROW = 8
/** Stands for no row, and so for an empty list: rows are counted from 1. */
export const NO_ROW = 0

/**
 * Lists of small rows in flat memory, each row with a kind, eight numbers, and one thing that is no number: the name of a lot,
 * say. A lot of money with what a session holds of it takes three rows, 192 bytes, and no object but the texts, so
 * that a collection of garbage has nothing to visit.
 */
export class RowLists {
  /** The words of all rows, as integers and as numbers: the same memory. */
  integers = new BigInt64Array(FIRST_CAPACITY * ROW)
  numbers = new Float64Array(this.integers.buffer)
  private kinds = new Uint8Array(FIRST_CAPACITY)
  private nextOf = new Int32Array(FIRST_CAPACITY)
  private readonly things: unknown[] = [null]
  /** The first of the rows that are free. */
  private free = NO_ROW
  /** Of the list that is being written: its first row, the last one that was written, and the next one to write over. */
  private first = NO_ROW
  private last = NO_ROW
  private spare = NO_ROW

  /** Begins to write a list in place of another one. @param before its first row; NO_ROW where there is none. */
  begin(before: number): void {
    this.first = this.last = NO_ROW
    this.spare = before
  }

  /** What the next row has so far, where it is of a kind; undefined otherwise. */
  thingBefore(kind: number): unknown {
    return this.spare !== NO_ROW && this.kinds[this.spare] === kind ? this.things[this.spare] : undefined
  }

  /** Adds a row. @returns where its words begin, which keep what was in them. */
  add(kind: number, thing: unknown): number {
    const row = this.spare === NO_ROW ? this.take() : this.spare
    this.spare = this.spare === NO_ROW ? NO_ROW : (this.nextOf[row] as number)
    if (this.last === NO_ROW) this.first = row
    else this.nextOf[this.last] = row
    this.last = row
    this.kinds[row] = kind
    this.things[row] = thing
    return row * ROW
  }

  /** Ends the list; rows that it does not need any more are free. @returns its first row; NO_ROW where it has none. */
  end(): number {
    if (this.last !== NO_ROW) this.nextOf[this.last] = NO_ROW
    for (let row = this.spare; row !== NO_ROW; ) {
      const next = this.nextOf[row] as number
      this.things[row] = null
      this.nextOf[row] = this.free
      this.free = row
      row = next
    }
    this.spare = NO_ROW
    return this.first
  }

  /** Frees the rows of a list. */
  remove(first: number): void {
    this.begin(first)
    this.end()
  }

  next(row: number): number {
    return this.nextOf[row] as number
  }

  kindOf(row: number): number {
    return this.kinds[row] as number
  }

  thingOf(row: number): unknown {
    return this.things[row]
  }

  /** Where the words of a row begin. */
  wordsOf(row: number): number {
    return row * ROW
  }

  /** Rows that there are, free ones among them. */
  get rows(): number {
    return this.things.length - 1
  }

  private take(): number {
    const { free } = this
    if (free !== NO_ROW) {
      this.free = this.nextOf[free] as number
      return free
    }
    const row = this.things.push(null) - 1
    if (row >= this.kinds.length) {
      this.integers = enlarged(this.integers)
      this.numbers = new Float64Array(this.integers.buffer)
      this.kinds = enlarged(this.kinds)
      this.nextOf = enlarged(this.nextOf)
    }
    return row
  }
}
