/** Answers of a generation. */
const GENERATION = 50_000
const FIRST_SLOTS = 1024
/** Words of a name: the hash of an event's source and id. */
const NAME = 4

/** Amounts charged for the latest events, by the hashes of their names, in two generations, of which the older is forgotten whole. */
export class RecentAnswers {
  private young = new Generation()
  private old = new Generation()

  find(name: Uint32Array): bigint | undefined {
    return this.young.find(name) ?? this.old.find(name)
  }

  add(name: Uint32Array, amount: bigint): void {
    if (this.young.size >= GENERATION) {
      const emptied = this.old
      this.old = this.young
      this.young = emptied
      emptied.clear()
    }
    this.young.add(name, amount)
  }
}

/** Flat, so that keeping answers makes no garbage. A place whose name is all zero is empty. */
class Generation {
  size = 0
  private names = new Uint32Array(FIRST_SLOTS * NAME)
  private amounts = new BigInt64Array(FIRST_SLOTS)

  clear(): void {
    this.names.fill(0)
    this.size = 0
  }

  find(name: Uint32Array): bigint | undefined {
    const slot = this.slotOf(name)
    return this.isEmpty(slot) ? undefined : this.amounts[slot]
  }

  add(name: Uint32Array, amount: bigint): void {
    if ((this.size + 1) * 2 > this.amounts.length) this.enlarge()
    const slot = this.slotOf(name)
    if (this.isEmpty(slot)) this.size++
    this.names.set(name, slot * NAME)
    this.amounts[slot] = amount
  }

  private isEmpty(slot: number): boolean {
    const { names } = this
    const at = slot * NAME
    return names[at] === 0 && names[at + 1] === 0 && names[at + 2] === 0 && names[at + 3] === 0
  }

  /** Where a name stands, or the empty place where it would. */
  private slotOf(name: Uint32Array): number {
    const { names } = this
    const mask = this.amounts.length - 1
    let slot = (name[1] as number) & mask
    for (;;) {
      const at = slot * NAME
      const isSame =
        names[at] === name[0] && names[at + 1] === name[1] && names[at + 2] === name[2] && names[at + 3] === name[3]
      if (isSame || this.isEmpty(slot)) return slot
      slot = (slot + 1) & mask
    }
  }

  private enlarge(): void {
    const { names, amounts } = this
    this.names = new Uint32Array(names.length * 2)
    this.amounts = new BigInt64Array(amounts.length * 2)
    for (let slot = 0; slot < amounts.length; slot++) {
      const name = names.subarray(slot * NAME, slot * NAME + NAME)
      if (name.every((word) => word === 0)) continue
      const to = this.slotOf(name)
      this.names.set(name, to * NAME)
      this.amounts[to] = amounts[slot] as bigint
    }
  }
}
