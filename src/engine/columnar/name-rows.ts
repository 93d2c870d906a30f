import { isEmpty, NAME_WORDS, placeOf } from './name-places.ts'

const FIRST_PLACES = 1024
/** Words of a place: the name, and the row. */
const STRIDE = NAME_WORDS + 1

/** Rows by their names, 128-bit hashes, in flat memory: names come and go without garbage. */
export class NameRows {
  private words = new Uint32Array(FIRST_PLACES * STRIDE)
  private mask = FIRST_PLACES - 1
  private used = 0

  /** The row of a name; −1 where there is none. */
  find(name: Uint32Array): number {
    const at = placeOf(this.words, STRIDE, this.mask, name, 0)
    return isEmpty(this.words, at) ? -1 : (this.words[at + NAME_WORDS] as number)
  }

  /** Adds a name that is not there. */
  add(name: Uint32Array, row: number): void {
    if (++this.used * 2 > this.mask) this.enlarge()
    this.put(name, 0, row)
  }

  /** Removes a name: names after it that found their places taken move up, so that no search ends before them. */
  remove(names: Uint32Array, nameAt: number): void {
    const { words, mask } = this
    let hole = placeOf(words, STRIDE, mask, names, nameAt)
    if (isEmpty(words, hole)) return
    this.used--
    for (let place = hole / STRIDE; ; ) {
      place = (place + 1) & mask
      const at = place * STRIDE
      if (isEmpty(words, at)) break
      // It may move if the place that it would like best does not lie between the hole and its own place.
      const best = (words[at] as number) & mask
      if (((place - best) & mask) < ((place - hole / STRIDE) & mask)) continue
      words.copyWithin(hole, at, at + STRIDE)
      hole = at
    }
    words.fill(0, hole, hole + STRIDE)
  }

  private put(names: Uint32Array, from: number, row: number): void {
    const at = placeOf(this.words, STRIDE, this.mask, names, from)
    for (let word = 0; word < NAME_WORDS; word++) this.words[at + word] = names[from + word] as number
    this.words[at + NAME_WORDS] = row
  }

  private enlarge(): void {
    const { words } = this
    this.mask = this.mask * 2 + 1
    this.words = new Uint32Array((this.mask + 1) * STRIDE)
    for (let at = 0; at < words.length; at += STRIDE)
      if (!isEmpty(words, at)) this.put(words, at, words[at + NAME_WORDS] as number)
  }
}
