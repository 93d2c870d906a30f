/**
 * A keyed 128-bit hash of texts and numbers (the mixing of MurmurHash3 x86_128, over UTF-16 pairs). It names records
 * in memory, where a text would cost four times the room. It defends against accident, not against forgery: whoever
 * can choose ids to collide could as well repeat an id, and a collision with another body goes to suspense.
 */
export class Hash128 {
  readonly out = new Uint32Array(4)
  private readonly seed: Uint32Array
  private h1 = 0
  private h2 = 0
  private h3 = 0
  private h4 = 0
  private blocks = 0

  constructor(seed: Uint32Array) {
    this.seed = seed
  }

  start(): void {
    this.h1 = this.seed[0] as number
    this.h2 = this.seed[1] as number
    this.h3 = this.seed[2] as number
    this.h4 = this.seed[3] as number
    this.blocks = 0
  }

  /** Adds a text and its length, so that neighbouring texts cannot flow into one another. */
  addText(text: string): void {
    this.addRange(text, 0, text.length)
  }

  /** Adds a part of a text, as `addText` would add it: reading a part in place is faster than cutting it out. */
  addRange(text: string, start: number, end: number): void {
    // As `addBlock` for each pair, with the state in variables.
    let { h1, h2, h3, h4, blocks } = this
    for (let at = start; at < end; at += 2) {
      const block = at + 1 < end ? text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16) : text.charCodeAt(at)
      const k = scatter(block)
      const lane = blocks++ & 3
      if (lane === 0) h1 = mix(h1 ^ k, h2)
      else if (lane === 1) h2 = mix(h2 ^ k, h3)
      else if (lane === 2) h3 = mix(h3 ^ k, h4)
      else h4 = mix(h4 ^ k, h1)
    }
    this.h1 = h1
    this.h2 = h2
    this.h3 = h3
    this.h4 = h4
    this.blocks = blocks
    this.addBlock(end - start)
  }

  /** Adds an integer of up to 53 bits. NaN counts as its own value. */
  addNumber(value: number): void {
    if (Number.isNaN(value)) {
      this.addBlock(-1)
      return
    }
    this.addBlock(value | 0)
    this.addBlock(Math.floor(value / 4_294_967_296))
  }

  private addBlock(block: number): void {
    const k = scatter(block)
    switch (this.blocks++ & 3) {
      case 0:
        this.h1 = mix(this.h1 ^ k, this.h2)
        return
      case 1:
        this.h2 = mix(this.h2 ^ k, this.h3)
        return
      case 2:
        this.h3 = mix(this.h3 ^ k, this.h4)
        return
      default:
        this.h4 = mix(this.h4 ^ k, this.h1)
    }
  }

  /** @returns the four words, valid until the next call. */
  finish(): Uint32Array {
    const { out } = this
    let [a, b, c, d] = [this.h1 ^ this.blocks, this.h2 ^ this.blocks, this.h3 ^ this.blocks, this.h4 ^ this.blocks]
    a = (a + b + c + d) | 0
    b = finalMix((b + a) | 0)
    c = finalMix((c + a) | 0)
    d = finalMix((d + a) | 0)
    a = finalMix(a)
    a = (a + b + c + d) | 0
    out[0] = a
    out[1] = b + a
    out[2] = c + a
    out[3] = d + a
    return out
  }
}

function scatter(block: number): number {
  const k = Math.imul(block, 0x239b961b)
  return Math.imul((k << 15) | (k >>> 17), 0xab0e9789)
}

function mix(lane: number, neighbour: number): number {
  const rotated = (lane << 19) | (lane >>> 13)
  return (Math.imul((rotated + neighbour) | 0, 5) + 0x561ccd1b) | 0
}

function finalMix(value: number): number {
  let h = value ^ (value >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
