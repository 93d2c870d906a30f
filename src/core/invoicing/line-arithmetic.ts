import { addExact, type Exact, exact, isSameExact, multiplyExact, parseExact, roundExact } from '../base/exact.ts'
import { powerOfTen } from '../base/rounding.ts'

/** Something that a line of a document is made of, as it is printed. Amounts are exact. */
export interface PrintedPart {
  readonly label: string
  /** Of a rate that shares its line with others: the id by which it is explained. */
  readonly line?: string
  /** Null where the part is an amount alone. */
  readonly quantity: string | null
  readonly unitAmount: string | null
  readonly per: string | null
  /** Besides the units, once. */
  readonly flatAmount?: string
  /** Of a period, such as `17/31`; absent is all of it. */
  readonly share?: string
  readonly discountPercent?: string
  readonly amount: string
  /** Of such a rate: the exact price of all that was used of it, where some was billed before. */
  readonly whole?: string
}

/** What of a printed line is multiplied and added. */
export interface PrintedLine {
  readonly quantity: string
  readonly unitAmount: string | null
  readonly per: string | null
  readonly share?: string
  readonly discountPercent?: string
  /** What the line comes to before it is rounded. */
  readonly exactAmount: string
  readonly amount: string
  /** What earlier documents billed of the same, where they did. */
  readonly billedBefore?: string | undefined
  /** Null where quantity and unit amount say all; absent on documents from before. */
  readonly parts?: readonly PrintedPart[] | null
}

/** Quantity × unit amount ÷ per × share, less the discount. */
export function productOf(
  line: Omit<PrintedLine, 'exactAmount' | 'amount' | 'billedBefore' | 'parts'> & { unitAmount: string },
): Exact {
  const per = parseExact(line.per ?? '1')
  const inverse = exact(powerOfTen(per.scale) * per.denominator, 0, per.numerator)
  const rest = addExact(exact(100n), negated(parseExact(line.discountPercent ?? '0')))
  const factors = [
    parseExact(line.unitAmount),
    inverse,
    parseExact(line.share ?? '1'),
    { ...rest, scale: rest.scale + 2 },
  ]
  return factors.reduce(multiplyExact, parseExact(line.quantity))
}

/**
 * What does not multiply out in a line that is printed: quantity times unit amount, or else its parts added up, is its
 * exact amount, and that, rounded half-up to minor units, its amount. Null where all does.
 *
 * Where some was billed before, the whole is what is rounded: 4 were billed, 3.5 are due now, which is 4 when it is rounded; so
 * the line comes to -0.5 and bills 0.
 */
export function wrongProduct(line: PrintedLine, minorDigits: number): string | null {
  const { unitAmount, parts, exactAmount, amount } = line
  const said = parseExact(exactAmount)
  const before = parseExact(line.billedBefore ?? '0')
  const rounded = (value: Exact): bigint => roundExact(addExact(value, before), minorDigits)
  if (rounded(said) !== rounded(parseExact(amount))) return `${exactAmount} is not ${amount} when it is rounded`
  if (parts === null || parts === undefined) {
    if (unitAmount === null) return 'it shows neither a unit amount nor parts'
    return isSameExact(productOf({ ...line, unitAmount }), said)
      ? null
      : `${line.quantity} times ${unitAmount} is not ${exactAmount}`
  }
  const sum = parts.reduce((total, part) => addExact(total, parseExact(part.amount)), exact(0n))
  return isSameExact(sum, said) ? null : `its parts do not add up to ${exactAmount}`
}

export function negated(value: Exact): Exact {
  return { ...value, numerator: -value.numerator }
}
