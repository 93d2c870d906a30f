import type { Plan } from '../history.ts'
import type { Billable, Book, Line, Paper } from './book.ts'
import { boundsOf, type Charge } from './bounds.ts'
import { addDays, beginOf, periodOf } from './calendar.ts'
import { commitsOn } from './commits.ts'
import { discountsOf } from './discounts.ts'
import { Fraction, sumOf, ZERO } from './fraction.ts'
import { billingDays, feesUntil } from './recurring.ts'
import { usageOf } from './usage.ts'

/** Writes all documents that are due up to a day: what everything comes to by then, less what earlier ones billed. */
export function billUntil(book: Book, until: string, at = `${until}T12:00:00Z`): void {
  book.runUntil = until
  issueDue(book, at)
}

/** Of the days that bill runs have reached, the next one whose grace period has not ended keeps all behind it. */
export function issueDue(book: Book, at: string): void {
  book.isWaiting = false
  const { graceDays, zone } = book.history
  for (const day of billingDays(book, book.runUntil)) {
    if (book.billedUntil !== null && day <= book.billedUntil) continue
    const due = [commitsOn(book, day), wholesOn(book, day)]
    const isOver = Date.parse(beginOf(addDays(day, graceDays), zone)) <= Date.parse(at)
    book.isWaiting = graceDays > 0 && !isOver && due.some((wholes) => linesOf(book, wholes).length > 0)
    if (book.isWaiting) return
    issue(book, day, commitsOn(book, day))
    issue(book, day, wholesOn(book, day))
    book.billedUntil = day
    book.lookAtOwed()
  }
}

/**
 * Bills usage before its period has ended, where there is any.
 * @returns whether there is a document; there is none while a bill of before is a draft
 */
export function billInterim(book: Book, day: string): boolean {
  if (book.isWaiting) return false
  const all = withAdjustments(book, [...feesUntil(book, day), ...usageOf(book)], day)
  const wholes = wholesOf(book, all, null).filter(({ ofUsage }) => ofUsage)
  if (wholes.reduce((sum, whole) => sum + whole.minor, 0n) < 1n) return false
  issue(book, day, wholes, true)
  return true
}

/** Usage that was billed and has another price now is credited, or debited, on a document of its own. */
export function correctBilled(book: Book, days: { from: string; until: string }, plans: readonly Plan[]): void {
  const day = book.billedUntil
  if (day === null || day <= days.from) return
  const touched = plans.map(({ code, version }) => `usage ${code}@${version} `)
  const { anchor, cycle } = book.history
  const wholes = wholesOn(book, day).filter(({ key, lowers = key, from }) => {
    const period = periodOf(anchor, cycle, from)
    return touched.some((begin) => lowers.startsWith(begin)) && period.until > days.from && period.from < days.until
  })
  // What moves no money waits for the next document.
  if (wholes.reduce((sum, { minor }) => sum + minor, 0n) !== 0n) issue(book, day, wholes)
}

/** A document, where there is anything on it: what is billed for the first time has a line even if that rounds to nothing. */
function issue(book: Book, day: string, wholes: readonly Line[], isInterim = false): void {
  const lines = linesOf(book, wholes)
  if (lines.length > 0) book.papers.push({ day, isInterim, lines })
  for (const { key, kind, exact } of wholes) if (kind === 'usage') book.settled.set(key, exact)
}

function linesOf(book: Book, wholes: readonly Line[]): Line[] {
  const before = new Set(book.papers.flatMap(({ lines }) => lines.map(({ key }) => key)))
  return wholes.filter(({ key, minor }) => minor !== 0n || !before.has(key))
}

/**
 * What is to be looked at on a day: all fees that are due, and usage of all periods that have ended. Once an interim invoice
 * billed some of a running period, discounts and caps look at all of its usage.
 */
function wholesOn(book: Book, day: string): Line[] {
  const usage = usageOf(book)
  const running = new Set(usage.filter(({ until }) => until > day).map(({ key }) => key))
  // Also where all of that is under another plan by now.
  const isPartlyBilled = book.papers.some(({ lines }) => lines.some(({ kind, due }) => kind === 'usage' && due > day))
  const counted = isPartlyBilled ? usage : usage.filter(({ key }) => !running.has(key))
  const all = withAdjustments(book, [...feesUntil(book, day), ...counted], day)
  return wholesOf(book, all, day).filter(({ key, lowers = key }) => !running.has(lowers))
}

/** Caps first, then minimums, then the coupon. */
function withAdjustments(book: Book, charges: readonly Charge[], day: string): Billable[] {
  const { caps, minimums } = boundsOf(book, charges, day)
  return [...charges, ...caps, ...minimums, ...discountsOf(book, [...charges, ...minimums], caps)]
}

/**
 * Each billable with what is to be billed of it now.
 * @param day - null: also usage of periods that have not ended
 */
function wholesOf(book: Book, billables: readonly Billable[], day: string | null): Line[] {
  const wholes = new Map<string, Billable>()
  for (const billable of billables) wholes.set(billable.key, billable)
  // What was billed and is not owed any more is worth nothing now. Usage that an interim invoice had waits for its period's end.
  for (const { minor: _minor, ...line } of book.papers.flatMap(({ lines }) => lines)) {
    const isRunning = line.ofUsage && day !== null && line.due > day
    if (line.kind === 'commit') continue
    if (!wholes.has(line.key) && !isRunning) wholes.set(line.key, { ...line, exact: ZERO })
  }
  return [...wholes.values()].map((whole) => {
    return { ...whole, minor: whole.exact.minor(book.digits) - billedOf(book, whole.key) }
  })
}

function billedOf(book: Book, key: string): bigint {
  return book.papers
    .flatMap(({ lines }) => lines)
    .filter((line) => line.key === key)
    .reduce((sum, { minor }) => sum + minor, 0n)
}

export function totalOf({ lines }: Pick<Paper, 'lines'>): bigint {
  return lines.reduce((sum, { minor }) => sum + minor, 0n)
}

/** Usage that no document has yet, in the currency; below zero where what was billed was corrected since. */
export function unbilledUsage(book: Book): Fraction {
  const counters = new Map(usageOf(book).map(({ key, exact }) => [key, exact]))
  return sumOf(
    [...new Set([...counters.keys(), ...book.settled.keys()])].map((key) => {
      return (counters.get(key) ?? ZERO).minus(book.settled.get(key) ?? ZERO)
    }),
  )
}

/**
 * What the account has, less what it owes, in minor units, exactly: money that came in, and what it bought to be drawn down,
 * less all documents and their tax, less usage that no document has yet.
 */
export function standing(book: Book): Fraction {
  const moneyIn = book.moneyIn.reduce((sum, { minor }) => sum + minor, 0n)
  const billed = book.papers.reduce((sum, paper) => sum + totalOf(paper), 0n)
  const scale = new Fraction(10n ** BigInt(book.digits))
  return new Fraction(moneyIn + book.granted - billed - book.taxMinor).minus(unbilledUsage(book).times(scale))
}
