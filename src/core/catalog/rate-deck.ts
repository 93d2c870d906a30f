/** What a row says besides its rates. */
export interface RowTerms {
  readonly connectionFee?: string
  readonly increments?: { readonly first: string; readonly next: string }
  /** Units of each call that are free; its connection fee is due all the same. */
  readonly freePerSession?: string
  /** What a call costs at most, its fee included. */
  readonly maximumCost?: string
}

/** One prefix of a deck and what it costs. All amounts and quantities are decimal texts, days are calendar days. */
export interface DeckRow extends RowTerms {
  readonly prefix: string
  /** Of the destination; many prefixes share one. */
  readonly name: string
  /** One for each column of the deck. */
  readonly rates: readonly string[]
  /** From so many units of a call on: other rates, one for each column. */
  readonly steps?: readonly { readonly after: string; readonly rates: readonly string[] }[]
  /** What a column has in place of the row's own terms, one for each column; null where it has those. */
  readonly columns?: readonly (RowTerms | null)[]
  /** Half-open: from this day on, until before that day. */
  readonly from?: string
  readonly until?: string
}

/** How dialled numbers become those that a deck lists: country code first, no signs before it. */
export interface NumberRules {
  /** Dialled before a country code: `00`, `011`. A leading `+` always goes. */
  readonly international: readonly string[]
  /** Dialled before an area code, and left out after the country code. */
  readonly trunk?: string | undefined
  /** Country code of numbers that have none; they are taken as they are when absent. */
  readonly country?: string | undefined
}

/** A deck as it was imported; immutable. The latest version that has begun replaces the ones before as a whole. */
export interface DeckVersion {
  readonly code: string
  readonly name: string
  /** Counted from 1 in the order of import. */
  readonly version: number
  readonly effectiveFrom: string
  /** Of all days of the deck. */
  readonly zone: string
  readonly numbers: NumberRules
  /** Names of the rates of a row, the same in all versions. */
  readonly columns: readonly string[]
}

/** Longest prefix: E.164 numbers have 15 digits, and a few systems add routing digits. */
export const MAX_PREFIX_DIGITS = 18

const DIGITS = /^\d+$/

/** A number as a deck lists it; '' for what is no number, which has no prefix in any deck. */
export function normaliseNumber(text: string, { international, trunk, country }: NumberRules): string {
  let digits = text
  if (!DIGITS.test(text)) {
    digits = text.replaceAll(/[\s().-]/g, '')
    if (digits.startsWith('+')) return DIGITS.test(digits.slice(1)) ? digits.slice(1) : ''
    if (!DIGITS.test(digits)) return ''
  }
  for (const sign of international) if (digits.startsWith(sign)) return digits.slice(sign.length)
  if (country === undefined) return digits
  const national = trunk !== undefined && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits
  return national === '' ? '' : country + national
}
