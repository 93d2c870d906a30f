import type { Client, Json } from '../../src/cli/client.ts'
import { type Difference, lineName, type SeenLine, type SeenPaper, type SeenPart } from './compare.ts'
import type { Book, Line } from './reference/book.ts'
import { Fraction, ONE, sumOf } from './reference/fraction.ts'

/** What is asked of one line: of an account, so many of its last lines of usage. */
const EXPLAINED = 4

const HUNDRED = new Fraction(100n)

/**
 * What lines say of themselves: that a quantity times a price comes to their amount, or that their parts do; and, of the last lines of
 * usage, that the steps from the quantity to the price are those that the book has, down to single records.
 */
export async function compareExplanations(
  client: Client,
  book: Book,
  papers: readonly SeenPaper[],
): Promise<Difference[]> {
  const lines = papers.flatMap((paper) => paper.lines)
  const wrong = lines.flatMap((line) => printedWrong(book, line))
  if (wrong.length > 0) return wrong
  const written = new Map<string, Line[]>()
  for (const line of book.papers.flatMap((paper) => paper.lines))
    if (line.kind === 'usage') written.set(nameOf(line), [...(written.get(nameOf(line)) ?? []), line])
  // Where several rates have a line of one name, which is which is told by the documents already.
  const last = lines.filter(({ kind, amount }) => kind === 'usage' && book.minorOf(amount) !== 0n).slice(-EXPLAINED)
  const differences: Difference[] = []
  for (const line of last) {
    const name = lineName(book, line.description, line.from)
    const alike = (written.get(name) ?? []).filter((one) => one.minor === book.minorOf(line.amount))
    differences.push(...(await explainedWrong(client, book, line, alike)))
  }
  return differences
}

function nameOf({ name, from }: Line): string {
  return `${name} ${from}`
}

/** A document's line multiplies out, and rounds to its amount. */
function printedWrong(book: Book, line: SeenLine): Difference[] {
  const exact = fractionOf(line.exactAmount)
  // What a maximum or a coupon takes off is an amount alone: the rule stands in its explanation.
  const isAmount = line.unitAmount === null && !line.parts?.length
  const sum = isAmount
    ? exact
    : line.parts?.length
      ? sumOf(line.parts.map(({ amount }) => fractionOf(amount)))
      : productOf(line)
  const parts = (line.parts ?? []).filter((part) => part.unitAmount !== null && part.quantity !== null)
  const wrongParts = parts.filter((part) => {
    return withFlat(part).compare(fractionOf(part.amount)) !== 0
  })
  return [
    ...difference(`"${line.description}" multiplied out`, exact, sum),
    ...difference(`"${line.description}" rounded`, roundedUp(book, exact), new Fraction(book.minorOf(line.amount))),
    ...wrongParts.flatMap((part) =>
      difference(`"${line.description}", ${part.label}`, withFlat(part), fractionOf(part.amount)),
    ),
  ]
}

function withFlat(part: SeenPart): Fraction {
  return productOf(part).plus(fractionOf(part.flatAmount ?? '0'))
}

/** A line is what all comes to less what was billed: of 40.125, billed at 40.13, it is -0.005 and 0.00. So a half goes up. */
function roundedUp({ digits }: Book, exact: Fraction): Fraction {
  return new Fraction(
    exact
      .times(new Fraction(10n ** BigInt(digits)))
      .plus(new Fraction(1n, 2n))
      .floor(),
  )
}

type Product = Pick<SeenPart, 'quantity' | 'unitAmount' | 'per' | 'share' | 'discountPercent'>

function productOf({ quantity, unitAmount, per, share, discountPercent }: Product): Fraction {
  const left = ONE.minus(fractionOf(discountPercent ?? '0').dividedBy(HUNDRED))
  return fractionOf(quantity ?? '0')
    .times(fractionOf(unitAmount ?? '0'))
    .dividedBy(fractionOf(per ?? '1'))
    .times(fractionOf(share ?? '1'))
    .times(left)
}

interface Explained extends Json {
  readonly rounding: { readonly exactAmount: string; readonly billedBefore: string; readonly amount: string }
  readonly parts: readonly {
    readonly label: string
    readonly units: string
    readonly unitAmount: string | null
    readonly flatAmount: string | null
    readonly per: string
    readonly amount: string
  }[]
  readonly records: readonly { readonly id: string; readonly charge: string }[]
}

async function explainedWrong(
  client: Client,
  book: Book,
  line: SeenLine,
  alike: readonly Line[],
): Promise<Difference[]> {
  const { rounding, parts } = await client.get<Explained>(`/v1/invoice-lines/${line.id}/explain?records=500`)
  const what = `the explanation of "${line.description}"`
  const whole = fractionOf(rounding.exactAmount)
  const billed = fractionOf(rounding.billedBefore).plus(fractionOf(rounding.amount))
  const scale = new Fraction(10n ** BigInt(book.digits))
  const wrong = [
    ...difference(`${what}: its parts`, whole, sumOf(parts.map(({ amount }) => fractionOf(amount)))),
    ...difference(`${what}: rounded`, new Fraction(whole.minor(book.digits)), billed.times(scale)),
    ...parts.flatMap(({ label, units, unitAmount, flatAmount, per, amount }) => {
      if (unitAmount === null || label.includes('block')) return []
      const product = fractionOf(units)
        .times(fractionOf(unitAmount))
        .dividedBy(fractionOf(per))
        .plus(fractionOf(flatAmount ?? '0'))
      return difference(`${what}: ${label}`, product, fractionOf(amount))
    }),
  ]
  if (alike.some(({ exact }) => exact.compare(whole) === 0)) return wrong
  const expected = alike.map(({ exact }) => exact.toString()).join(' or ')
  return [...wrong, { what: `${what}: the price of all`, expected, got: whole.toString() }]
}

function difference(what: string, expected: Fraction, got: Fraction): Difference[] {
  if (expected.compare(got) === 0) return []
  return [{ what, expected: expected.toString(), got: got.toString() }]
}

/** A decimal, or a fraction such as `910/3`. */
function fractionOf(text: string): Fraction {
  const [over = '0', under = '1'] = text.split('/')
  return Fraction.of(over).dividedBy(Fraction.of(under))
}
