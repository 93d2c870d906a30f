import { ApiError, type Client, type Json } from '../../src/cli/client.ts'
import { type Book, minorOf, type Paper } from './reference/book.ts'
import { decimalText, Fraction } from './reference/fraction.ts'
import { standing, totalOf } from './reference/papers.ts'

export interface Difference {
  readonly what: string
  readonly expected: string
  readonly got: string
}

export interface SeenPaper {
  readonly billingDay: string
  readonly total: string
  readonly paid: string
  readonly lines: readonly SeenLine[]
}

interface SeenLine extends Json {
  readonly id: string
  readonly description: string
  readonly from: string
  readonly amount: string
}

interface Listed extends Json {
  readonly id: string
  readonly kind: string
  readonly billingDay: string
  readonly total: string
  readonly paid: string
}

/** Compares documents and balances of an account with its book. `papers` keeps documents that were read before. */
export async function compareAccount(
  client: Client,
  book: Book,
  papers: Map<string, SeenPaper>,
): Promise<Difference[]> {
  const { name } = book.history
  const listed = await client.list<Listed>(`/v1/invoices?account=${name}`)
  for (const { id } of listed)
    if (!papers.has(id)) {
      const read = await client.get<Listed & { document: { lines: SeenLine[] } }>(`/v1/invoices/${id}`)
      papers.set(id, { ...read, lines: read.document.lines })
    }
  const seen = [...papers.values()].map((paper) => seenText(book, paper)).filter((text) => text !== '')
  const expected = book.papers.map((paper) => paperText(book, paper))
  const differences = compareLists('documents', expected, seen)
  if (differences.length > 0) return differences
  return [...compareReceivable(book, listed), ...(await compareStanding(client, book))]
}

/** What is open on invoices: all totals, those of credit notes below zero, less the money that came in. */
function compareReceivable(book: Book, listed: readonly Listed[]): Difference[] {
  const open = listed
    .filter(({ kind }) => kind !== 'credit_note')
    .reduce((sum, { total, paid }) => sum + minorOf(total, book.digits) - minorOf(paid, book.digits), 0n)
  const billed = book.papers.reduce((sum, paper) => sum + totalOf(paper), 0n)
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
  const missing = one.filter((text) => !other.includes(text))
  const surplus = other.filter((text) => !one.includes(text))
  return [{ what, expected: missing.join('\n'), got: surplus.join('\n') }]
}

/** A document in one line: its day, and what it bills of each price and period; what adds up to nothing is left out. */
function paperText(book: Book, { day, lines }: Paper): string {
  const sums = sumLines(lines.map(({ name, from, minor }) => [`${name} ${from}`, minor]))
  return text(book, day, sums, totalOf({ day, lines }))
}

function seenText(book: Book, { billingDay, total, lines }: SeenPaper): string {
  const names = [...new Set(book.history.plans.flatMap(({ prices }) => prices.map(({ name }) => name)))]
  const sums = sumLines(
    lines.map(({ description, from, amount }) => {
      const name = names.find((one) => new RegExp(`^${one}(?![a-z0-9])`).test(description)) ?? description
      return [`${name} ${from}`, minorOf(amount, book.digits)]
    }),
  )
  return text(book, billingDay, sums, minorOf(total, book.digits))
}

function sumLines(lines: readonly (readonly [string, bigint])[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const [key, minor] of lines) sums.set(key, (sums.get(key) ?? 0n) + minor)
  return sums
}

function text(book: Book, day: string, sums: ReadonlyMap<string, bigint>, total: bigint): string {
  const lines = [...sums]
    .filter(([, minor]) => minor !== 0n)
    .map(([key, minor]) => `${key} ${decimalText(minor, book.digits)}`)
  if (lines.length === 0) return ''
  return `${day}: ${lines.sort().join(', ')}; total ${decimalText(total, book.digits)}`
}

interface Balances extends Json {
  readonly credit: { readonly owed: string }
  readonly balances: readonly { readonly unit: string; readonly remaining: string }[]
}

/** A charge is kept to a millionth of a minor unit, so a hundred of them may differ from the exact sum by this. */
const KEPT_CLOSE = new Fraction(1n, 10_000n)

async function compareStanding(client: Client, book: Book): Promise<Difference[]> {
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
