import { assert } from '../../core/base/assert.ts'
import { isInt64 } from '../../core/base/quantity.ts'

const CONTINUE = 128

/** Appends integers of variable length to a growing buffer. */
export class ByteWriter {
  private buffer: Buffer
  private length = 0

  constructor(capacity = 4096) {
    this.buffer = Buffer.allocUnsafe(capacity)
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more))
    this.buffer.copy(larger, 0, 0, this.length)
    this.buffer = larger
  }

  /** A whole number from 0 to 2^53 − 1, seven bits a byte. */
  natural(value: number): void {
    this.reserve(8)
    const { buffer } = this
    let rest = value
    while (rest >= 0x8000_0000) {
      buffer[this.length++] = (rest % CONTINUE) | CONTINUE
      rest = Math.floor(rest / CONTINUE)
    }
    while (rest >= CONTINUE) {
      buffer[this.length++] = (rest & 127) | CONTINUE
      rest >>>= 7
    }
    buffer[this.length++] = rest
  }

  /** A whole number of either sign, below 2^52 in size. */
  integer(value: number): void {
    this.natural(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** An integer of any size: small ones are short, those of 64 bits take nine bytes, and larger ones are decimal text. */
  bigInteger(value: bigint): void {
    if (value > -SMALL && value < SMALL) this.smallInteger(Number(value))
    else if (isInt64(value)) {
      this.natural(OF_64_BITS)
      this.reserve(8)
      this.length = this.buffer.writeBigInt64LE(value, this.length)
    } else {
      this.natural(AS_TEXT)
      this.block(Buffer.from(String(value), 'latin1'))
    }
  }

  /** The same of a number below 2^50 in size. */
  smallInteger(value: number): void {
    this.natural(value < 0 ? -4 * value - 2 : 4 * value)
  }

  /** Bytes, preceded by their length. */
  block(bytes: Uint8Array): void {
    this.natural(bytes.length)
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  /** What was written; good until the writer is cleared. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length)
  }

  /** Begins anew in the same memory. */
  clear(): void {
    this.length = 0
  }
}

/** A whole number of either sign, as it is coded in a natural. */
export function toSigned(coded: number): number {
  return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
}

/** Below this an integer and its two tag bits are exact in a natural: the tag is 0 where it is positive, 2 where negative. */
const SMALL = 1n << 50n
/** Tags in place of a small integer; they say how a larger one follows. */
const OF_64_BITS = 1
const AS_TEXT = 3

/** Reads what a ByteWriter wrote. */
export class ByteReader {
  private readonly buffer: Buffer
  private at = 0

  constructor(buffer: Buffer) {
    this.buffer = buffer
  }

  natural(): number {
    let value = 0
    let weight = 1
    for (;;) {
      const byte = this.buffer[this.at++]
      assert(byte !== undefined, 'a column is complete')
      value += (byte & 127) * weight
      if (byte < CONTINUE) return value
      weight *= CONTINUE
    }
  }

  /** Passes over naturals. */
  skipNaturals(count: number): void {
    for (let left = count; left > 0; ) {
      const byte = this.buffer[this.at++]
      assert(byte !== undefined, 'a column is complete')
      if (byte < CONTINUE) left--
    }
  }

  integer(): number {
    return toSigned(this.natural())
  }

  bigInteger(): bigint {
    const coded = this.natural()
    if (coded === OF_64_BITS) {
      this.at += 8
      return this.buffer.readBigInt64LE(this.at - 8)
    }
    if (coded === AS_TEXT) return BigInt(this.block().toString('latin1'))
    return BigInt(coded % 4 === 0 ? coded / 4 : -(coded + 2) / 4)
  }

  block(): Buffer {
    const length = this.natural()
    assert(this.at + length <= this.buffer.length, 'a column is complete')
    this.at += length
    return this.buffer.subarray(this.at - length, this.at)
  }
}
