/** Words of the name of a record or an event: the 128-bit hash of its source and id. */
export const NAME_WORDS = 4

/** Whether a place of a flat table of names is empty: a name that is all zero is none. */
export function isEmpty(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0
}

/**
 * The place of a name in a table, or the empty place that it would get. Places have `stride` words, of which the name is the
 * first four; their number is a power of two, `mask` is one less.
 */
export function placeOf(words: Uint32Array, stride: number, mask: number, key: Uint32Array, keyAt: number): number {
  const a = key[keyAt]
  const b = key[keyAt + 1]
  const c = key[keyAt + 2]
  const d = key[keyAt + 3]
  let place = (a as number) & mask
  for (;;) {
    const at = place * stride
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return at
    if (isEmpty(words, at)) return at
    place = (place + 1) & mask
  }
}
