import { dayBefore } from '../../core/base/period.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import { converted } from '../../core/books/exchange.ts'
import { partsOf } from '../../core/books/gl-rules.ts'
import { revenueRecognised, unitsBroken } from '../../core/ledger/templates.ts'
import { type ComputedPage, type Computing, converting, type EntryOwner, linesOfEntry, rateOn } from './computing.ts'
import { openRecognitions, type RecognitionRow } from './line-store.ts'
import { ownersOf, packSubjects, usageSubjects } from './other-subjects.ts'
import { openingLines, postedLines } from './posted-lines.ts'
import { cutLines, linePages, lineSubjects, type Subject } from './recognised-lines.ts'
import { reservedLines, revaluedLines, type Standing } from './valuation.ts'

/**
 * All lines of the books of some days, in their order, with what they recognise: what was posted, what of it is deferred and what is unbilled
 * at their end, what is expected not to be paid, and what money of other currencies is worth then. Nothing is written.
 *
 * Each thing that is recognised has a state at the end, which follows from facts alone; the entry is by how much that differs from the state
 * that the last closed period has. So late usage, credits and corrections find their way without rules of their own.
 */
export async function* computePeriod(computing: Computing): AsyncGenerator<ComputedPage> {
  const standing: Standing = new Map()
  const noted = (lines: readonly BookLine[]): readonly BookLine[] => {
    noteStanding(standing, lines)
    return lines
  }
  const { books, start } = computing
  if (start === books.opensOn) yield { lines: noted(await openingLines(computing)), recognitions: [] }
  for await (const lines of postedLines(computing)) yield { lines: noted(lines), recognitions: [] }
  for await (const { lines, recognitions } of recognisedPages(computing)) yield { lines: noted(lines), recognitions }
  yield { lines: noted(await reservedLines(computing)), recognitions: [] }
  yield { lines: await revaluedLines(computing, standing), recognitions: [] }
}

function noteStanding(standing: Standing, lines: readonly BookLine[]): void {
  for (const { ledgerAccount, currency, amountMinor, booksMinor } of lines) {
    const name = `${partsOf(ledgerAccount)[0]} ${currency}`
    const known = standing.get(name) ?? { amountMinor: 0n, booksMinor: 0n }
    standing.set(name, { amountMinor: known.amountMinor + amountMinor, booksMinor: known.booksMinor + booksMinor })
  }
}

async function* recognisedPages(computing: Computing): AsyncGenerator<ComputedPage> {
  const { db, before } = computing
  const open = new Map((before === null ? [] : await openRecognitions(db, before)).map((row) => [row.subject, row]))
  const from = await firstUnbilledDay(computing)
  const { books, end, cutoffMs, cutoffSeq, usage } = computing
  const asked = { issuerId: books.issuerId, from, end, cutoffMs, cutoffSeq }
  const found = await usage.usage({ ...asked, cut: [] })
  for await (const rows of linePages(computing)) {
    const cut = await cutLines(computing, rows)
    const { days } = cut.length === 0 ? { days: new Map() } : await usage.usage({ ...asked, from: end, cut })
    yield pageOf(computing, lineSubjects(computing, rows, days), open)
  }
  yield pageOf(computing, await usageSubjects(computing, found.unbilled), open)
  const packs = await packSubjects(
    computing,
    [...open.keys()].filter((subject) => subject.startsWith('pack:')),
  )
  yield pageOf(computing, packs, open)
  // What was usage that no document billed is a line of a document now, or was taken back.
  const left = [...open.values()]
  const owners = await ownersOf(
    computing,
    left.map(({ accountId }) => accountId),
  )
  const lines = left.flatMap((row) => settledLines(computing, row, owners.get(row.accountId) as EntryOwner))
  yield { lines, recognitions: left.map(asSettled) }
}

/** Usage of periods that are not billed begins there: on the day until which the account was billed that was billed least. */
async function firstUnbilledDay({ db, books, start }: Computing): Promise<string> {
  const { day } = await db
    .selectFrom('account')
    .select((of) =>
      of.fn.min<string | null>(of.fn.coalesce('billedUntil', of.cast<string>(of.val(books.opensOn), 'date'))).as('day'),
    )
    .where('issuerId', '=', books.issuerId)
    .executeTakeFirstOrThrow()
  const first = day === null || day > start ? start : day
  return first < books.opensOn ? books.opensOn : first
}

/** The entries of subjects; what they were at the end of the last closed period is taken out of `open`. */
function pageOf(
  computing: Computing,
  subjects: readonly (Subject & { readonly brokenMinor?: bigint })[],
  open: Map<string, RecognitionRow>,
): ComputedPage {
  const lines: BookLine[] = []
  const recognitions: RecognitionRow[] = []
  for (const subject of subjects) {
    const known = open.get(subject.subject)
    open.delete(subject.subject)
    const [row, own] = recognise(computing, subject, known)
    lines.push(...own)
    if (row !== null) recognitions.push(row)
    const broken = subject.brokenMinor ?? 0n
    if (broken !== 0n) lines.push(...brokenLines(computing, subject, broken))
  }
  return { lines, recognitions }
}

function recognise(
  computing: Computing,
  subject: Subject,
  known: RecognitionRow | undefined,
): [RecognitionRow | null, readonly BookLine[]] {
  const { end, books, before, start } = computing
  const { owner, ledgerAccount, currency, billedOn, netMinor, earnedAtStart, atEnd, documentId } = subject
  const day = dayBefore(end)
  const isBilled = billedOn !== null && billedOn < end
  const rate = rateOn(computing, currency, isBilled && billedOn !== null ? billedOn : day)
  const worth = (minor: bigint): bigint => converted(minor, rate, currency, books.currency)
  const [deferredBooks, unbilledBooks] = [worth(atEnd.deferredMinor), worth(atEnd.unbilledMinor)]
  const grown = {
    deferredMinor: atEnd.deferredMinor - BigInt(known?.deferredMinor ?? 0),
    unbilledMinor: atEnd.unbilledMinor - BigInt(known?.unbilledMinor ?? 0),
    deferredBooks: deferredBooks - BigInt(known?.deferredBooks ?? 0),
    unbilledBooks: unbilledBooks - BigInt(known?.unbilledBooks ?? 0),
  }
  const earnedBefore = BigInt(known?.earnedMinor ?? (isOfBefore(subject, start) ? earnedAtStart : 0n))
  const row: RecognitionRow = {
    ...{ subject: subject.subject, documentId, accountId: owner.accountId, ledgerAccount, currency, billedOn },
    netMinor: String(netMinor),
    recognisedMinor: String(atEnd.earnedMinor - earnedBefore),
    // Without a period that was closed before, nothing is late.
    lateMinor: String(before === null ? 0n : earnedAtStart - earnedBefore),
    ...{ earnedMinor: String(atEnd.earnedMinor), deferredMinor: String(atEnd.deferredMinor) },
    ...{ unbilledMinor: String(atEnd.unbilledMinor) },
    ...{ deferredBooks: String(deferredBooks), unbilledBooks: String(unbilledBooks) },
  }
  const isNothing = [row.recognisedMinor, row.deferredMinor, row.unbilledMinor].every((amount) => amount === '0')
  const lines = entryOf(computing, subject, grown)
  return [isNothing && lines.length === 0 ? null : row, lines]
}

/** A line of before that the last closed period has left nothing of was earned there. */
function isOfBefore({ billedOn }: Subject, start: string): boolean {
  return billedOn !== null && billedOn < start
}

type Grown = Readonly<Record<'deferredMinor' | 'unbilledMinor' | 'deferredBooks' | 'unbilledBooks', bigint>>

function entryOf(
  computing: Computing,
  {
    owner,
    ledgerAccount,
    currency,
    documentId,
    subject,
  }: Pick<Subject, 'owner' | 'ledgerAccount' | 'currency' | 'documentId' | 'subject'>,
  grown: Grown,
): BookLine[] {
  const worths = [grown.deferredBooks, grown.unbilledBooks]
  if (grown.deferredMinor === 0n && grown.unbilledMinor === 0n && worths.every((worth) => worth === 0n)) return []
  const sides = revenueRecognised(owner.accountId, currency, ledgerAccount, grown).map((side) => ({
    ...{ ...side, rate: null },
    booksMinor: booksOf(side.ledgerAccount, grown),
  }))
  const parts = {
    day: dayBefore(computing.end),
    belongsOn: null,
    template: 'revenue_recognised',
    documentId,
    subject,
  } as const
  return linesOfEntry(computing, owner, parts, sides, 'exchange')
}

function booksOf(ledgerAccount: string, { deferredBooks, unbilledBooks }: Grown): bigint {
  if (ledgerAccount === 'deferred_revenue') return -deferredBooks
  return ledgerAccount === 'unbilled_revenue' ? unbilledBooks : deferredBooks - unbilledBooks
}

function brokenLines(
  computing: Computing,
  { owner, currency, ledgerAccount, documentId, subject, billedOn }: Subject,
  broken: bigint,
): BookLine[] {
  const unit = ledgerAccount.slice('revenue:units:'.length)
  const sides = converting(
    computing,
    unitsBroken(owner.accountId, currency, unit, broken),
    rateOn(computing, currency, billedOn as string),
  )
  const parts = {
    day: dayBefore(computing.end),
    belongsOn: null,
    template: 'units_broken',
    documentId,
    subject,
  } as const
  return linesOfEntry(computing, owner, parts, sides)
}

function settledLines(computing: Computing, row: RecognitionRow, owner: EntryOwner): BookLine[] {
  return entryOf(
    computing,
    { ...row, owner },
    {
      deferredMinor: -BigInt(row.deferredMinor),
      unbilledMinor: -BigInt(row.unbilledMinor),
      deferredBooks: -BigInt(row.deferredBooks),
      unbilledBooks: -BigInt(row.unbilledBooks),
    },
  )
}

function asSettled(row: RecognitionRow): RecognitionRow {
  const nothing = { deferredMinor: '0', unbilledMinor: '0', deferredBooks: '0', unbilledBooks: '0', earnedMinor: '0' }
  const { subject, documentId, accountId, ledgerAccount, currency, billedOn, netMinor, earnedMinor } = row
  const back = String(-BigInt(earnedMinor))
  const names = { subject, documentId, accountId, ledgerAccount, currency, billedOn, netMinor }
  return { ...names, ...nothing, recognisedMinor: back, lateMinor: back }
}
