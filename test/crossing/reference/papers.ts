import type { Billable, Book, Line, Paper } from './book.ts'
import { Fraction, ZERO } from './fraction.ts'
import { billingDays, feesUntil } from './recurring.ts'
import { usageOf } from './usage.ts'

/** Writes all documents that are due up to a day: what everything comes to by then, less what earlier ones billed. */
export function billUntil(book: Book, until: string): void {
  for (const day of billingDays(book, until)) {
    if (book.billedUntil !== null && day <= book.billedUntil) continue
    const paper = { day, lines: linesOn(book, day) }
    if (paper.lines.length > 0) book.papers.push(paper)
    book.billedUntil = day
  }
}

function linesOn(book: Book, day: string): Line[] {
  const wholes = new Map<string, Billable>()
  for (const billable of [...usageOf(book).filter(({ until }) => until <= day), ...feesUntil(book, day)])
    wholes.set(billable.key, billable)
  // What was billed and is not owed any more is worth nothing now.
  for (const line of book.papers.flatMap(({ lines }) => lines))
    if (!wholes.has(line.key)) wholes.set(line.key, { ...line, exact: ZERO })
  return [...wholes.values()]
    .map((whole) => ({ ...whole, minor: whole.exact.minor(book.digits) - billedOf(book, whole.key) }))
    .filter(({ minor }) => minor !== 0n)
}

function billedOf(book: Book, key: string): bigint {
  return book.papers
    .flatMap(({ lines }) => lines)
    .filter((line) => line.key === key)
    .reduce((sum, { minor }) => sum + minor, 0n)
}

export function totalOf({ lines }: Paper): bigint {
  return lines.reduce((sum, { minor }) => sum + minor, 0n)
}

/**
 * What the account has, less what it owes, in minor units, exactly: money that came in, less all documents, less usage
 * that no document has yet.
 */
export function standing(book: Book): Fraction {
  const moneyIn = book.moneyIn.reduce((sum, { minor }) => sum + minor, 0n)
  const billed = book.papers.reduce((sum, paper) => sum + totalOf(paper), 0n)
  const scale = new Fraction(10n ** BigInt(book.digits))
  let unbilled = ZERO
  for (const counter of usageOf(book)) {
    const last = book.papers.flatMap(({ lines }) => lines).findLast(({ key }) => key === counter.key)
    unbilled = unbilled.plus(counter.exact.minus(last?.exact ?? ZERO))
  }
  return new Fraction(moneyIn - billed).minus(unbilled.times(scale))
}
