/** Longest text that is kept of what a caller chose: a browser's name, a key in an address. */
const MAX_TEXT = 300

/** A text that a caller chose, for people to read: without what cannot be stored, or would draw on a terminal. */
export function keptText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
}
