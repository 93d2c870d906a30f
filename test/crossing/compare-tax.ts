import { type Difference, lineName, type SeenLine, type SeenLineTax, type SeenPaper } from './compare.ts'
import type { Book } from './reference/book.ts'
import { addDays } from './reference/calendar.ts'
import { decimalText, ZERO } from './reference/fraction.ts'
import { isWithin, percentOn, taxOf } from './reference/taxes.ts'

/** A part of a line that is taxed alike. */
interface Part {
  readonly name: string
  readonly percent: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly isCredit: boolean
}

/** What is bought to be drawn down is taxed when it is used. */
const NO_TAX = '0'

/**
 * The tax of one document: its lines are split into parts with the rates of their days, and of each rate the tax is that of the sum of their
 * rounded nets, rounded once, and what is taken back of documents before.
 */
export function compareTax(book: Book, paper: SeenPaper): Difference[] {
  const { digits, history } = book
  const told = (minor: bigint): string => decimalText(minor, digits)
  const what = (of: string): string => `tax of the document of ${paper.billingDay}: ${of}`
  const differing = (of: string, expected: bigint, got: string): Difference[] =>
    book.minorOf(got) === expected ? [] : [{ what: what(of), expected: told(expected), got }]
  const { totals, taxes = [] } = paper
  const net = paper.lines.reduce((sum, { amount }) => sum + book.minorOf(amount), 0n)
  const sums = [
    ...differing('net', net, totals.net),
    ...differing('total', net + book.minorOf(totals.tax), totals.total),
  ]
  if (history.tax === 'untaxed') return [...sums, ...differing('all', 0n, totals.tax)]
  const lines = paper.lines.flatMap((line) => {
    const parts = line.tax ?? []
    const expected = book.minorOf(line.amount)
    const got = parts.reduce((sum, one) => sum + book.minorOf(one.net), 0n)
    const split = got === expected ? [] : [{ what: what(line.description), expected: told(expected), got: told(got) }]
    const rates = parts.flatMap((part): Difference[] => {
      const [allowed, percent] = [ratesOf(book, line, part), percentOf(part)]
      if (allowed.includes(percent) || book.minorOf(part.net) === 0n) return []
      return [{ what: what(`rate of ${line.description}`), expected: allowed.join(' or '), got: percent }]
    })
    return [...split, ...rates]
  })
  const byRate = Map.groupBy(partsOf(book, paper), ({ percent }) => percent)
  const rates = [...byRate].flatMap(([percent, parts]): Difference[] => {
    const got = sumOf(parts.map(({ taxMinor }) => taxMinor))
    const back = sumOf(parts.filter(({ isCredit }) => isCredit).map(({ taxMinor }) => taxMinor))
    const exact = taxOf(percent, sumOf(parts.filter(({ isCredit }) => !isCredit).map(({ netMinor }) => netMinor)))
    if (isWithin(1, got - back, exact)) return []
    return [{ what: what(`${percent} %`), expected: `${exact} rounded, ${told(back)} back`, got: told(got) }]
  })
  const printed = [...Map.groupBy(taxes, ({ percent }) => percent)].flatMap(([percent, rows]) => {
    const parts = byRate.get(percent) ?? []
    const [base, amount] = [rows.map((row) => row.base), rows.map((row) => row.amount)].map((amounts) =>
      told(sumOf(amounts.map((one) => book.minorOf(one)))),
    )
    return [
      ...differing(`base at ${percent} %`, sumOf(parts.map(({ netMinor }) => netMinor)), String(base)),
      ...differing(`printed at ${percent} %`, sumOf(parts.map(({ taxMinor }) => taxMinor)), String(amount)),
    ]
  })
  const all = sumOf([...byRate.values()].flat().map(({ taxMinor }) => taxMinor))
  return [...sums, ...lines, ...rates, ...printed, ...differing('all', all, totals.tax)]
}

/**
 * Over all documents: what a price bills of a period and a rate, all in all, has the tax of that net, but for a half of each part that was rounded;
 * what was taken back whole has none.
 */
export function compareTaxOfAll(book: Book, papers: readonly SeenPaper[]): Difference[] {
  const all = Map.groupBy(
    papers.flatMap((paper) => partsOf(book, paper)),
    ({ name, percent }) => `${name} at ${percent} %`,
  )
  return [...all].flatMap(([what, parts]) => {
    const [net, tax] = [sumOf(parts.map(({ netMinor }) => netMinor)), sumOf(parts.map(({ taxMinor }) => taxMinor))]
    const exact = taxOf(parts[0]?.percent ?? NO_TAX, net)
    // Shares of a rounded sum are less than one away from what they would be by themselves.
    const isRight =
      net === 0n && parts.some(({ isCredit }) => isCredit) ? tax === 0n : isWithin(2 * parts.length, tax, exact)
    const told = decimalText(tax, book.digits)
    return isRight
      ? []
      : [{ what: `tax of all documents: ${what}`, expected: `${net === 0n ? ZERO : exact}`, got: told }]
  })
}

function partsOf(book: Book, { lines }: SeenPaper): Part[] {
  return lines.flatMap((line) =>
    (line.tax ?? []).map((part): Part => {
      const [netMinor, taxMinor] = [book.minorOf(part.net), book.minorOf(part.tax)]
      const name = lineName(book, line.description, line.from)
      return { name, percent: percentOf(part), netMinor, taxMinor, isCredit: part.isCredit === true }
    }),
  )
}

/** Rates that a part of a line can have: that of its days; of what is taken back, or added, without days those of the line's. */
function ratesOf({ history }: Book, { kind, from, until }: SeenLine, { days, isCredit }: SeenLineTax): string[] {
  if (kind === 'commit') return [NO_TAX]
  const last = until > from ? addDays(until, -1) : from
  const asked = days === undefined ? [from, last] : [days.from, days.until]
  const rates = [...new Set(asked.map((day) => percentOn(history, day) ?? NO_TAX))]
  // A part has days where the rate changes within the line's, unless it takes back or adds to what documents before had.
  if (isCredit === true || days === undefined) return rates
  return rates.length > 1 ? [] : rates
}

function percentOf({ taxes }: SeenLineTax): string {
  return taxes[0]?.percent ?? NO_TAX
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
