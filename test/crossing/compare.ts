import { ApiError, type Client, type Json } from '../../src/cli/client.ts'
import { type Billable, type Book, minorOf, type Paper } from './reference/book.ts'
import { periodOf } from './reference/calendar.ts'
import { decimalText, Fraction, ZERO } from './reference/fraction.ts'
import { standing, totalOf, unbilledUsage } from './reference/papers.ts'

export interface Difference {
  readonly what: string
  readonly expected: string
  readonly got: string
}

export interface SeenPaper {
  readonly billingDay: string
  readonly purpose: string
  readonly paid: string
  readonly lines: readonly SeenLine[]
  readonly taxes?: readonly SeenTax[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
}

type SeenDocument = Pick<SeenPaper, 'lines' | 'taxes' | 'totals'>

/** What a document has of one tax. */
interface SeenTax {
  readonly percent: string
  readonly base: string
  readonly amount: string
}

/** What a line, or a part of it, has of it. `until` is the last of its days. */
export interface SeenLineTax {
  readonly rule: string
  readonly net: string
  readonly tax: string
  readonly taxes: readonly { readonly percent: string }[]
  readonly days?: { readonly from: string; readonly until: string }
  readonly isCredit?: true
}

export interface SeenLine extends Json {
  readonly id: string
  readonly kind: string
  readonly description: string
  readonly from: string
  readonly until: string
  readonly tax?: readonly SeenLineTax[]
  readonly amount: string
  readonly exactAmount: string
  readonly quantity: string
  readonly unitAmount: string | null
  readonly per: string | null
  readonly share?: string
  readonly discountPercent?: string
  readonly base?: string
  readonly billedBefore?: string
  readonly parts?: readonly SeenPart[] | null
}

export interface SeenPart {
  readonly label: string
  readonly quantity: string | null
  readonly unitAmount: string | null
  readonly per: string | null
  readonly flatAmount?: string
  readonly share?: string
  readonly discountPercent?: string
  readonly amount: string
}

export interface Listed extends Json {
  readonly id: string
  readonly kind: string
  readonly billingDay: string
  readonly purpose: string
  readonly total: string
  readonly paid: string
}

/** Reads documents that were not read before; what they have of tax is owed, too. */
export async function readPapers(client: Client, book: Book, papers: Map<string, SeenPaper>): Promise<Listed[]> {
  const listed = await client.list<Listed>(`/v1/invoices?account=${book.history.name}`)
  for (const { id } of listed)
    if (!papers.has(id)) {
      const read = await client.get<Listed & { document: SeenDocument }>(`/v1/invoices/${id}`)
      papers.set(id, { ...read, ...read.document })
    }
  book.taxMinor = [...papers.values()].reduce((sum, { totals }) => sum + book.minorOf(totals.tax), 0n)
  return listed
}

/** Compares documents and balances of an account with its book. `papers` keeps documents that were read before. */
export async function compareAccount(
  client: Client,
  book: Book,
  papers: Map<string, SeenPaper>,
): Promise<Difference[]> {
  const listed = await readPapers(client, book, papers)
  const seen = [...papers.values()].map((paper) => seenText(book, paper)).filter((text) => text !== '')
  const expected = book.papers.map((paper) => paperText(book, paper)).filter((text) => text !== '')
  const differences = compareLists('documents', expected, seen)
  if (differences.length > 0) return differences
  return [...compareReceivable(book, listed), ...(await compareStanding(client, book))]
}

/** What is open on invoices: all totals, those of credit notes below zero, less the money that came in. */
export function compareReceivable(book: Book, listed: readonly Listed[]): Difference[] {
  // What was bought pays for usage, as it comes and goes; `kvit check` holds the account's receivables to its balances.
  if (book.granted !== 0n) return []
  // A top-up pays what is owed. While a correction waits for its credit note, less is owed than invoices say.
  if (ZERO.isAbove(unbilledUsage(book))) return []
  const open = listed
    .filter(({ kind }) => kind !== 'credit_note')
    .reduce((sum, { total, paid }) => sum + minorOf(total, book.digits) - minorOf(paid, book.digits), 0n)
  const billed = book.papers.reduce((sum, paper) => sum + totalOf(paper), book.taxMinor)
  const moneyIn = book.moneyIn.reduce((sum, { minor }) => sum + minor, 0n)
  const expected = billed > moneyIn ? billed - moneyIn : 0n
  if (open === expected) return []
  return [
    { what: 'open receivables', expected: decimalText(expected, book.digits), got: decimalText(open, book.digits) },
  ]
}

function compareLists(what: string, expected: readonly string[], got: readonly string[]): Difference[] {
  const [one, other] = [[...expected].sort(), [...got].sort()]
  if (one.join('\n') === other.join('\n')) return []
  return [{ what, expected: without(one, other).join('\n'), got: without(other, one).join('\n') }]
}

/** What a list has more of than another one. */
function without(list: readonly string[], gone: readonly string[]): string[] {
  const rest = [...gone]
  return list.filter((text) => {
    const at = rest.indexOf(text)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

/** The server may have looked at the test clock before it was moved: the day of an interim invoice is not compared. */
const INTERIM = 'interim'

/** A document in one line: its day, and what its lines bill of each price and period; a line of nothing is left out. */
function paperText(book: Book, { day, isInterim, lines }: Paper): string {
  const written = lines.map((line): Written => [writtenName(line), line.minor])
  return text(book, isInterim ? INTERIM : day, written, totalOf({ lines }))
}

/** The name of a line in the book, as `lineName` has it. */
export function writtenName({ name, from, lowers }: Billable): string {
  return lowers === undefined ? `${name} ${from}` : name
}

function seenText(book: Book, { billingDay, purpose, totals, lines }: SeenPaper): string {
  const written = lines.map(({ description, from, amount }): Written => {
    return [lineName(book, description, from), minorOf(amount, book.digits)]
  })
  const day = purpose.startsWith('threshold') ? INTERIM : billingDay
  return text(book, day, written, minorOf(totals.net, book.digits))
}

type Written = readonly [name: string, minor: bigint]

function text(book: Book, day: string, lines: readonly Written[], total: bigint): string {
  const amounts = lines.filter(([, minor]) => minor !== 0n)
  if (amounts.length === 0) return ''
  const written = amounts.map(([name, minor]) => `${name} ${decimalText(minor, book.digits)}`)
  return `${day}: ${written.sort().join(', ')}; total ${decimalText(total, book.digits)}`
}

/** The name of the price that a line is of, and the first day of its period. What lowers a charge has the days of that. */
export function lineName({ history }: Book, description: string, from: string): string {
  if (description === history.coupon?.name) return description
  const prices = history.plans.flatMap((plan) => plan.prices)
  const price = prices.find(({ name }) => new RegExp(`^${name}(?![a-z0-9-])`).test(description))
  if (price === undefined) return `${description} ${from}`
  if (price.kind === 'cap') return price.name
  // The line of a fee or a bound begins with the day from which it holds in its period.
  const start = 'every' in price ? periodOf(history.anchor, price.every, from).from : from
  return `${price.name} ${start}`
}

interface Balances extends Json {
  readonly credit: { readonly owed: string }
  readonly balances: readonly { readonly unit: string; readonly remaining: string }[]
}

/** A charge is kept to a millionth of a minor unit, so a hundred of them may differ from the exact sum by this. */
const KEPT_CLOSE = new Fraction(1n, 10_000n)

export async function compareStanding(client: Pick<Client, 'get'>, book: Book): Promise<Difference[]> {
  const { name, currency } = book.history
  const answer = await client.get<Balances>(`/v1/accounts/${name}/balances`).catch((error: unknown) => {
    // Nothing was opened: it pays by invoice.
    if (error instanceof ApiError && error.problem['code'] === 'not_found') return null
    throw error
  })
  if (answer === null) return []
  const { credit, balances } = answer
  const money = balances.find(({ unit }) => unit === currency)?.remaining ?? '0'
  const got = Fraction.of(money).minus(Fraction.of(credit.owed))
  const scale = new Fraction(10n ** BigInt(book.digits))
  const expected = standing(book).dividedBy(scale)
  const apart = got.minus(expected).times(scale)
  if (!apart.isAbove(KEPT_CLOSE) && !new Fraction(-apart.over, apart.under).isAbove(KEPT_CLOSE)) return []
  return [{ what: 'balance less what is owed', expected: expected.toString(), got: got.toString() }]
}
