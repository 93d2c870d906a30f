import { isInt64 } from '../../core/base/quantity.ts'
import { isEmpty, NAME_WORDS, placeOf } from '../columnar/name-places.ts'

/** Answers of a generation. */
const GENERATION = 50_000
const FIRST_SLOTS = 1024

/** Amounts charged for the latest events, by the hashes of their names, in two generations, of which the older is forgotten whole. */
export class RecentAnswers {
  private young = new Generation()
  private old = new Generation()

  find(name: Uint32Array): bigint | undefined {
    return this.young.find(name) ?? this.old.find(name)
  }

  /** Amounts beyond 64 bits are not kept: the journal has them. */
  add(name: Uint32Array, amount: bigint): void {
    if (!isInt64(amount)) return
    if (this.young.size >= GENERATION) {
      const emptied = this.old
      this.old = this.young
      this.young = emptied
      emptied.clear()
    }
    this.young.add(name, amount)
  }
}

/** Flat, so that keeping answers makes no garbage. */
class Generation {
  size = 0
  private names = new Uint32Array(FIRST_SLOTS * NAME_WORDS)
  private amounts = new BigInt64Array(FIRST_SLOTS)

  clear(): void {
    this.names.fill(0)
    this.size = 0
  }

  find(name: Uint32Array): bigint | undefined {
    const at = this.placeOf(name, 0)
    return isEmpty(this.names, at) ? undefined : this.amounts[at / NAME_WORDS]
  }

  add(name: Uint32Array, amount: bigint): void {
    if ((this.size + 1) * 2 > this.amounts.length) this.enlarge()
    if (isEmpty(this.names, this.placeOf(name, 0))) this.size++
    this.put(name, 0, amount)
  }

  private put(names: Uint32Array, from: number, amount: bigint): void {
    const at = this.placeOf(names, from)
    for (let word = 0; word < NAME_WORDS; word++) this.names[at + word] = names[from + word] as number
    this.amounts[at / NAME_WORDS] = amount
  }

  private placeOf(names: Uint32Array, from: number): number {
    return placeOf(this.names, NAME_WORDS, this.amounts.length - 1, names, from)
  }

  private enlarge(): void {
    const { names, amounts } = this
    this.names = new Uint32Array(names.length * 2)
    this.amounts = new BigInt64Array(amounts.length * 2)
    for (let at = 0; at < names.length; at += NAME_WORDS)
      if (!isEmpty(names, at)) this.put(names, at, amounts[at / NAME_WORDS] as bigint)
  }
}
