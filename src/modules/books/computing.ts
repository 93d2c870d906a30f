import type { BookLine } from '../../core/books/book-line.ts'
import { type Conversion, converted, type ExchangeRates } from '../../core/books/exchange.ts'
import { type GlRule, glCodeOf } from '../../core/books/gl-rules.ts'
import type { Posting } from '../../core/ledger/chart.ts'
import type { TemplateName } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { RecognitionRow } from './line-store.ts'
import type { AccountingPeriod, Books } from './store.ts'
import type { UsageReader } from './usage-reader.ts'

/** Days that are computed, and from what. A period that is closed, or those behind it as far as a day. */
export interface Computing {
  readonly db: Database
  readonly books: Books
  readonly rules: readonly GlRule[]
  readonly rates: ExchangeRates
  readonly usage: UsageReader
  readonly start: string
  /** Not part of it. */
  readonly end: string
  readonly cutoffMs: number
  readonly cutoffSeq: number
  /** The last period that is closed, whose states these days begin with; null for the first. */
  readonly before: AccountingPeriod | null
  /** Hears of what could not be computed, in sentences. */
  readonly tell: (sentence: string) => void
}

/** Lines of the books with what they recognise, a page at a time. */
export interface ComputedPage {
  readonly lines: readonly BookLine[]
  readonly recognitions: readonly RecognitionRow[]
}

/** Whose an entry is, for the account of the general ledger. */
export interface EntryOwner {
  readonly accountId: string
  readonly country: string | null
  readonly segment: string | null
}

/** The conversion of a currency on a day. @throws Refusal where there is no rate */
export function rateOn(
  { rates, books }: Pick<Computing, 'rates' | 'books'>,
  currency: string,
  day: string,
): Conversion {
  const found = rates.on(currency, books.currency, day)
  if (found === null)
    throw new Refusal(
      'unprocessable',
      `there is no rate from ${currency} to ${books.currency} of ${day} or the ten days before: add it with "kvit books rate add" or "kvit books rate import"`,
    )
  return found
}

/** What an entry is besides its sides. */
export type EntryParts = Pick<BookLine, 'day' | 'belongsOn' | 'documentId' | 'subject'> & {
  readonly template: TemplateName | 'opening' | 'revenue_recognised' | 'units_broken' | 'bad_debt_reserved' | 'revalued'
}

/** A side of an entry with its worth in the currency of the books. */
export interface BookSide extends Posting {
  readonly booksMinor: bigint
  readonly rate: string | null
  readonly postingId?: string
  /** Where sides of one entry are of several. */
  readonly owner?: EntryOwner
}

/** Sides at one rate. */
export function converting(
  { books }: Pick<Computing, 'books'>,
  sides: readonly (Posting & Pick<BookSide, 'postingId' | 'owner'>)[],
  rate: Conversion,
): BookSide[] {
  return sides.map((side) => {
    const booksMinor = converted(side.amountMinor, rate, side.currency, books.currency)
    return { ...side, booksMinor, rate: rate.words }
  })
}

/**
 * The lines of an entry: with the account of each, and, where its sides do not add up to zero in the currency of the books, the difference:
 * `rest` says where it goes, as a gain or loss by exchange, or as rounding.
 */
export function linesOfEntry(
  { books, rules }: Pick<Computing, 'books' | 'rules'>,
  owner: Omit<EntryOwner, 'accountId'>,
  parts: EntryParts,
  sides: readonly BookSide[],
  rest: 'exchange' | 'rounding' = 'rounding',
  entryId: string = newId(),
): BookLine[] {
  const open = sides.reduce((sum, { booksMinor }) => sum + booksMinor, 0n)
  const kind = rest === 'rounding' ? 'rounding' : open > 0n ? 'exchange_gain' : 'exchange_loss'
  const difference = { ledgerAccount: kind, accountId: null, currency: books.currency, amountMinor: 0n, rate: null }
  const all = open === 0n ? sides : [...sides, { ...difference, booksMinor: -open }]
  return all.map((side: BookSide) => {
    const { ledgerAccount, accountId, currency, amountMinor, booksMinor, rate, postingId = null } = side
    const { country, segment } = side.owner ?? owner
    const code = glCodeOf(rules, { ledgerAccount, country, segment })
    return { entryId, ...parts, postingId, ledgerAccount, accountId, code, currency, amountMinor, booksMinor, rate }
  })
}
