import { isCreditorReference } from '../payment-codes/references.ts'

/** Shortest text that may name an invoice or an account: shorter ones stand in any text by chance. */
export const MIN_REFERENCE = 4
/** Longest that several words together are taken for one reference: `INV 000 123`. */
const MAX_JOINED = 40
/** Words of a text that are looked at; banks carry some 140 characters of it, several times. */
const MAX_WORDS = 200

/** `RF18 5390 0754 7034` in any text, by its check digits; null where there is none. */
export function findCreditorReference(text: string): string | null {
  const plain = text.toUpperCase()
  for (const { index } of plain.matchAll(/RF(?=\s?\d)/g)) {
    const rest = plain.slice(index, index + 40).replaceAll(/[\s]/g, '')
    for (let length = Math.min(25, rest.length); length >= 5; length--) {
      const candidate = rest.slice(0, length)
      if (isCreditorReference(candidate)) return candidate
    }
  }
  return null
}

/** A reference as it is compared: letters and digits in capitals, nothing else. `INV-000123` is `INV000123`. */
export function normalReference(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * What in a text may be a reference: each word, and up to four neighbouring ones together, since payers write `INV 000 123` and lines
 * break in the middle. @returns normal forms, each once
 */
export function referencesIn(text: string): string[] {
  const words = text
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
  const found = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    let joined = ''
    for (let to = at; to < Math.min(words.length, at + 4); to++) {
      joined += words[to]
      if (joined.length > MAX_JOINED) break
      if (joined.length >= MIN_REFERENCE && /\d/.test(joined)) found.add(joined)
    }
  }
  return [...found]
}

/** Whether one text becomes the other by one letter that is wrong, missing, too many, or two that are swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const [restA, restB] = [a.slice(start), b.slice(start)]
  if (restA.length === restB.length)
    return (
      restA.slice(1) === restB.slice(1) ||
      (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
    )
  return restA.length > restB.length ? restA.slice(1) === restB : restA === restB.slice(1)
}
