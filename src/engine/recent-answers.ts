const FIRST_SLOTS = 1024
const MAX_SLOTS = 131_072
/** Words of a name: the hash of an event's source and id. */
const NAME = 4

/**
 * Amounts charged for the latest events, by the hashes of their names. Each name has one place, and whoever comes to it
 * later takes it: what is forgotten so is looked up in the journal. Flat, so that keeping it makes no garbage.
 */
export class RecentAnswers {
  private names = new Uint32Array(FIRST_SLOTS * NAME)
  private amounts = new BigInt64Array(FIRST_SLOTS)
  private added = 0

  find(name: Uint32Array): bigint | undefined {
    const slot = this.slotOf(name)
    for (let word = 0; word < NAME; word++) if (this.names[slot * NAME + word] !== name[word]) return undefined
    return this.amounts[slot]
  }

  add(name: Uint32Array, amount: bigint): void {
    if (++this.added > this.amounts.length / 2 && this.amounts.length < MAX_SLOTS) this.enlarge()
    const slot = this.slotOf(name)
    for (let word = 0; word < NAME; word++) this.names[slot * NAME + word] = name[word] as number
    this.amounts[slot] = amount
  }

  private slotOf(name: Uint32Array): number {
    return (name[1] as number) & (this.amounts.length - 1)
  }

  private enlarge(): void {
    const { names, amounts } = this
    this.names = new Uint32Array(names.length * 4)
    this.amounts = new BigInt64Array(amounts.length * 4)
    for (let slot = 0; slot < amounts.length; slot++) {
      const name = names.subarray(slot * NAME, slot * NAME + NAME)
      const to = this.slotOf(name)
      this.names.set(name, to * NAME)
      this.amounts[to] = amounts[slot] as bigint
    }
  }
}
