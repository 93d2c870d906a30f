import { UUID_BYTES, UuidColumn, writeUuid } from './columns.ts'

const NONE = -1
const FIRST_SLOTS = 1024

/** Numbers ids from 0 on, in flat memory: a million texts in a map would be most of what a collection of garbage looks at. */
export class UuidNumbers {
  /** The ids by their numbers. */
  readonly ids = new UuidColumn()
  private slots = new Int32Array(FIRST_SLOTS).fill(NONE)
  private readonly asked = new Uint8Array(UUID_BYTES)

  get size(): number {
    return this.ids.length
  }

  /** The number of an id; −1 where it has none. */
  find(id: string): number {
    writeUuid(id, this.asked, 0)
    return this.slots[this.slotOf(this.asked, 0)] as number
  }

  /** The number of an id, which it gets if it has none. */
  add(id: string): number {
    const known = this.find(id)
    if (known !== NONE) return known
    if ((this.size + 1) * 2 > this.slots.length) this.enlarge()
    const number = this.ids.push(id)
    this.slots[this.slotOf(this.asked, 0)] = number
    return number
  }

  idOf(number: number): string {
    return this.ids.textAt(number)
  }

  /** The slot of an id, or the empty slot that it would get. */
  private slotOf(bytes: Uint8Array, at: number): number {
    const mask = this.slots.length - 1
    let slot = hashAt(bytes, at) & mask
    for (;;) {
      const number = this.slots[slot] as number
      if (number === NONE || this.ids.isAt(number, bytes, at)) return slot
      slot = (slot + 1) & mask
    }
  }

  private enlarge(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(NONE)
    const bytes = this.ids.view()
    for (let number = 0; number < this.size; number++) this.slots[this.slotOf(bytes, number * UUID_BYTES)] = number
  }
}

/** The end of a UUID is chance, whatever its version. */
function hashAt(bytes: Uint8Array, at: number): number {
  const low = ((bytes[at + 12] as number) << 24) | ((bytes[at + 13] as number) << 16)
  const high = ((bytes[at + 14] as number) << 8) | (bytes[at + 15] as number)
  const mixed = Math.imul(low ^ high, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
