/**
 * Why a row of the journal is not a record as it came: it takes back what a record was charged, or charges it anew. The
 * two stand side by side in one segment; a record that is only taken back is retracted. Before them stands what taking it
 * back changes in later periods that began with it.
 */
export interface Change {
  readonly part: 'carried_on' | 'taken_back' | 'charged_anew'
  /** Of the correction or the re-rating. */
  readonly id: string
  /** The API key that requested it. */
  readonly by: string
  readonly reason: string
}

/** A change as segments have it, each text once. */
export function changeText({ part, id, by, reason }: Change): string {
  return JSON.stringify([part, id, by, reason])
}

export function readChange(text: string): Change {
  const [part, id, by, reason] = JSON.parse(text) as [Change['part'], string, string, string]
  return { part, id, by, reason }
}

/** What a row adds to the number of records of its counters. @param change as the journal has it; none of a record as it came. */
export function recordsOf(change: string | null | undefined): -1 | 0 | 1 {
  if (change?.startsWith('["carried_on"') === true) return 0
  return isReversed(change ?? undefined) ? -1 : 1
}

/** Whether a row with this change takes a charge back; one without a change does not. */
export function isReversed(text: string | undefined): boolean {
  return text?.startsWith('["taken_back"') === true
}

/**
 * Turns the name of a record into the name by which its latest correction is known. Both are kept in the index of
 * identities: the record's own name keeps the body that was delivered, so that a repetition stays a repetition.
 * @param words of the name, from `at` on.
 */
export function toCorrectionName(words: Uint32Array, at: number): void {
  words[at] = ~(words[at] as number)
  words[at + 3] = (words[at + 3] as number) ^ CORRECTED
}

const CORRECTED = 0x5bd1e995
