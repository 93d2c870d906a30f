import type { BookLine } from '../book-line.ts'
import type { GlAccount } from '../gl-rules.ts'

/** What a journal is exported with. */
export interface Journal {
  readonly company: {
    readonly name: string
    readonly taxId: string | null
    readonly address: string
    readonly country: string | null
  }
  /** Of the books: what exports are in. */
  readonly currency: string
  /** First and last day. */
  readonly from: string
  readonly until: string
  /** When it was made, in epoch milliseconds. */
  readonly madeMs: number
  readonly accounts: readonly GlAccount[]
  /** What each account stood at before the first day, by code, in minor units of the books. */
  readonly opening: ReadonlyMap<string, bigint>
  readonly lines: readonly JournalLine[]
}

/** A line with names that people know it by. */
export interface JournalLine extends BookLine {
  /** Of the document, payment or sale: its number or key. */
  readonly reference: string
  /** Keys of the billing account and name of its customer; empty where it is about none. */
  readonly account: string
  readonly customer: string
}

/** Lines of one entry, in their order. */
export function entriesOf(lines: readonly JournalLine[]): JournalLine[][] {
  return [...Map.groupBy(lines, ({ entryId }) => entryId).values()]
}

/** Two sides of an entry that have the same amount: so much from the credit of one to the debit of the other. */
export interface Pair {
  readonly debit: JournalLine
  readonly credit: JournalLine
  readonly minor: bigint
}

/**
 * An entry of several sides as pairs of two, for formats that know nothing else: each debit is matched with credits in their order. What is
 * the same on both sides together adds up to each side. Example: 119.00 receivable of 100.00 revenue and 19.00 tax are two pairs.
 */
export function pairsOf(entry: readonly JournalLine[]): Pair[] {
  const debits = entry.filter(({ booksMinor }) => booksMinor > 0n).map((line) => ({ line, left: line.booksMinor }))
  const credits = entry.filter(({ booksMinor }) => booksMinor < 0n).map((line) => ({ line, left: -line.booksMinor }))
  const pairs: Pair[] = []
  for (const debit of debits)
    for (const credit of credits) {
      const minor = debit.left < credit.left ? debit.left : credit.left
      if (minor === 0n) continue
      pairs.push({ debit: debit.line, credit: credit.line, minor })
      debit.left -= minor
      credit.left -= minor
    }
  return pairs
}

/** Words for what an entry is, such as `revenue recognised`. */
export function wordsOf({ template, belongsOn }: Pick<BookLine, 'template' | 'belongsOn'>): string {
  return `${template.replaceAll('_', ' ')}${belongsOn === null ? '' : ` (of ${belongsOn})`}`
}
