import { assert } from '../../core/base/assert.ts'
import { enlarged } from '../../core/base/enlarged.ts'
import type { TextColumn } from '../../core/mediation/text-column.ts'

const FIRST_CAPACITY = 256
export const UUID_BYTES = 16

/** Numbers up to 2^53, one after another. Emptied and filled again, it takes no memory anew. */
export class NumberColumn {
  length = 0
  private values = new Float64Array(FIRST_CAPACITY)

  push(value: number): void {
    if (this.length === this.values.length) this.values = enlarged(this.values)
    this.values[this.length++] = value
  }

  /** Changes the value that was added last. */
  setLast(value: number): void {
    this.values[this.length - 1] = value
  }

  view(): Float64Array {
    return this.values.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}

/** Which half of 64 bits in memory is the lower one. */
const LOW = new Int32Array(BigInt64Array.of(1n).buffer)[0] === 1 ? 0 : 1
const WORD = 0x1_0000_0000
/** The upper half of what a number keeps exactly, with bits to spare. */
const MAX_HIGH = 2 ** 17

/** Whole numbers one after another: those of 64 bits in flat memory, the few that are larger in a map. */
export class IntegerColumn {
  length = 0
  private values = new BigInt64Array(FIRST_CAPACITY)
  /** The same memory in halves. */
  private halves = new Int32Array(this.values.buffer)
  private readonly beyond = new Map<number, bigint>()

  push(value: bigint): void {
    if (this.length === this.values.length) {
      this.values = enlarged(this.values)
      this.halves = new Int32Array(this.values.buffer)
    }
    if (BigInt.asIntN(64, value) !== value) this.beyond.set(this.length, value)
    this.values[this.length++] = value
  }

  at(place: number): bigint {
    const beyond = this.beyond.size === 0 ? undefined : this.beyond.get(place)
    return beyond ?? (this.values[place] as bigint)
  }

  /** The same as a number where it is below 2^49 in size; NaN where it is not. Most are, and a bigint is made on the heap. */
  numberAt(place: number): number {
    const high = this.halves[2 * place + 1 - LOW] as number
    if (high >= MAX_HIGH || high < -MAX_HIGH || (this.beyond.size > 0 && this.beyond.has(place))) return Number.NaN
    return high * WORD + ((this.halves[2 * place + LOW] as number) >>> 0)
  }

  clear(): void {
    this.length = 0
    if (this.beyond.size > 0) this.beyond.clear()
  }
}

/** Texts as UTF-8, one after another. Those that follow each other in a batch are copied in one go. */
export class TextsColumn {
  length = 0
  private bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_CAPACITY * 16)
  private size = 0
  private readonly lengths = new NumberColumn()
  /** The stretch of a batch that is still to be copied. */
  private from: Uint8Array | null = null
  private fromStart = 0
  private fromEnd = 0

  clear(): void {
    this.length = this.size = this.lengths.length = this.fromStart = this.fromEnd = 0
    this.from = null
  }

  /** Adds the text of a row. */
  add({ bytes, ends, lengths }: TextColumn, row: number): void {
    const start = row === 0 ? 0 : (ends[row - 1] as number)
    const end = ends[row] as number
    this.lengths.push(lengths === null ? end - start : (lengths[row] as number))
    this.length++
    if (this.from === bytes && start === this.fromEnd) {
      this.fromEnd = end
      return
    }
    this.copyStretch()
    this.from = bytes
    this.fromStart = start
    this.fromEnd = end
  }

  /** Lengths in UTF-16 units. */
  unitLengths(): Float64Array {
    return this.lengths.view()
  }

  view(): Uint8Array {
    this.copyStretch()
    return this.bytes.subarray(0, this.size)
  }

  private copyStretch(): void {
    const { from, fromStart, fromEnd } = this
    if (from === null) return
    const needed = this.size + fromEnd - fromStart
    if (needed > this.bytes.length) this.bytes = enlarged(this.bytes, Math.max(needed, this.bytes.length * 2))
    this.bytes.set(from.subarray(fromStart, fromEnd), this.size)
    this.size = needed
    this.from = null
  }
}

/** UUIDs as bytes, side by side. */
export class UuidColumn {
  length = 0
  private bytes = new Uint8Array(FIRST_CAPACITY * UUID_BYTES)

  static of(ids: readonly string[]): UuidColumn {
    const column = new UuidColumn()
    for (const id of ids) column.push(id)
    return column
  }

  /** Adds an id by its text. @returns its place. */
  push(id: string): number {
    this.reserve()
    writeUuid(id, this.bytes, this.length * UUID_BYTES)
    return this.length++
  }

  textAt(place: number): string {
    let to = 0
    for (let byte = 0; byte < UUID_BYTES; byte++) {
      const value = this.bytes[place * UUID_BYTES + byte] as number
      if (byte === 4 || byte === 6 || byte === 8 || byte === 10) TEXT[to++] = HYPHEN
      TEXT[to++] = DIGITS[value >> 4] as number
      TEXT[to++] = DIGITS[value & 15] as number
    }
    return TEXT.toString('latin1')
  }

  /** Whether the id of a place is the one in `bytes` from `from` on. */
  isAt(place: number, bytes: Uint8Array, from: number): boolean {
    for (let at = 0; at < UUID_BYTES; at++) if (this.bytes[place * UUID_BYTES + at] !== bytes[from + at]) return false
    return true
  }

  firstByte(place: number): number {
    return this.bytes[place * UUID_BYTES] as number
  }

  /** Adds an id of another column. @returns its place. */
  pushFrom(other: UuidColumn, place: number): number {
    this.reserve()
    const [from, to] = [place * UUID_BYTES, this.length * UUID_BYTES]
    for (let at = 0; at < UUID_BYTES; at++) this.bytes[to + at] = other.bytes[from + at] as number
    return this.length++
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length * UUID_BYTES)
  }

  clear(): void {
    this.length = 0
  }

  private reserve(): void {
    if ((this.length + 1) * UUID_BYTES > this.bytes.length) this.bytes = enlarged(this.bytes)
  }
}

/** Writes the 16 bytes of a UUID's text. */
export function writeUuid(id: string, bytes: Uint8Array, to: number): void {
  let at = to
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index)
    if (code === HYPHEN) continue
    bytes[at++] = (digitOf(code) << 4) | digitOf(id.charCodeAt(++index))
  }
  assert(at === to + UUID_BYTES, 'an id is a UUID')
}

const HYPHEN = 45
const DIGITS = Buffer.from('0123456789abcdef')
/** Where the text of an id is made. */
const TEXT = Buffer.alloc(36)

function digitOf(code: number): number {
  const digit = code >= 97 ? code - 87 : code >= 65 ? code - 55 : code - 48
  assert(digit >= 0 && digit < 16, 'an id is a UUID')
  return digit
}
