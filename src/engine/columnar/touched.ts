/** Records whose rows are fetched together: all that they touch stays in the processor's nearest cache. */
export const TOUCHED_AHEAD = 32

const kept = { read: 0 }

/** Puts what was read ahead somewhere, lest reading it be left out. */
export function keepRead(word: number): void {
  kept.read = word
}
