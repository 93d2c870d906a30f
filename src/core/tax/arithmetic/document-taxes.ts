import { type Decimal, decimal } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { Tax } from '../tax.ts'
import { roundedShares } from './shares.ts'

/** A line of a document without tax, in minor units, and the taxes on it. */
export interface TaxableLine {
  readonly netMinor: bigint
  readonly taxes: readonly Tax[]
  /** Units that an amount per unit is for; one where nothing is said. */
  readonly quantity?: Decimal | undefined
}

export interface TaxRounding {
  /** Digits after the point of the currency. */
  readonly minorDigits: number
  /** `document`: once for each tax and rate (EN 16931, BR-CO-17). `line`: on each line, where a country asks for it. */
  readonly per: 'document' | 'line'
}

/** What a document has of one tax. */
export interface TaxTotal {
  readonly tax: Tax
  readonly baseMinor: bigint
  readonly taxMinor: bigint
}

export interface DocumentTaxes {
  readonly totals: readonly TaxTotal[]
  /** For each line the amounts of its taxes, in their order. They add up to the totals. */
  readonly byLine: readonly (readonly bigint[])[]
}

/** What makes taxes of several lines one: all that is said of them. */
export function taxKey({ kind, name, category, place, order, base, percent, perUnit }: Tax): string {
  return [kind, name, category, place, order, base, percent ?? '', perUnit ?? ''].join('|')
}

interface TaxOfLine {
  readonly line: number
  readonly slot: number
  readonly tax: Tax
}

/**
 * Taxes of a document: each is computed once on the sum of its lines, rounded half-up, and shared among the lines by largest remainder.
 * Three lines of 0.13 at 19 % are 0.39 with a tax of 0.07; by line it would be 3 × 0.02. A compound tax is on the net and on what its
 * lines have of the taxes before it, as printed, so that whoever computes with what is printed gets the same.
 */
export function documentTaxes(lines: readonly TaxableLine[], rounding: TaxRounding): DocumentTaxes {
  const byLine = lines.map(({ taxes }) => taxes.map(() => 0n))
  const all: TaxOfLine[] = lines.flatMap(({ taxes }, line) => taxes.map((tax, slot) => ({ line, slot, tax })))
  const groups = [...Map.groupBy(all, ({ tax }) => taxKey(tax)).values()].sort(
    (a, b) => (a[0] as TaxOfLine).tax.order - (b[0] as TaxOfLine).tax.order,
  )
  const totals = groups.map((group) => {
    const { tax } = group[0] as TaxOfLine
    const bases = group.map(({ line }) => baseOf(lines[line] as TaxableLine, byLine[line] as bigint[], tax))
    const amounts = amountsOf(
      tax,
      group.map(({ line }, at) => ({ line: lines[line] as TaxableLine, baseMinor: bases[at] as bigint })),
      rounding,
    )
    for (const [at, { line, slot }] of group.entries()) (byLine[line] as bigint[])[slot] = amounts[at] as bigint
    return { tax, baseMinor: sumOf(bases), taxMinor: sumOf(amounts) }
  })
  return { totals, byLine }
}

function baseOf({ netMinor, taxes }: TaxableLine, amounts: readonly bigint[], { base, order }: Tax): bigint {
  if (base === 'net') return netMinor
  return taxes.reduce((sum, other, at) => (other.order < order ? sum + (amounts[at] as bigint) : sum), netMinor)
}

interface Based {
  readonly line: TaxableLine
  readonly baseMinor: bigint
}

function amountsOf(tax: Tax, based: readonly Based[], { minorDigits, per }: TaxRounding): bigint[] {
  const { numerators, denominator } = exactAmounts(tax, based, minorDigits)
  if (per === 'line') return numerators.map((one) => divideRounded(one, denominator, 'half_up'))
  return roundedShares(numerators, denominator, divideRounded(sumOf(numerators), denominator, 'half_up'))
}

/** The exact amounts of a tax as fractions of one denominator, in minor units. */
function exactAmounts({ percent, perUnit }: Tax, based: readonly Based[], minorDigits: number) {
  if (perUnit === null) {
    const { coefficient, scale } = decimal(percent ?? '0')
    return { numerators: based.map(({ baseMinor }) => baseMinor * coefficient), denominator: powerOfTen(scale + 2) }
  }
  const { coefficient, scale } = decimal(perUnit)
  const quantities = based.map(({ line }) => line.quantity ?? { coefficient: 1n, scale: 0 })
  const most = Math.max(...quantities.map((one) => one.scale))
  const numerators = quantities.map(
    (one) => one.coefficient * powerOfTen(most - one.scale) * coefficient * powerOfTen(minorDigits),
  )
  return { numerators, denominator: powerOfTen(scale + most) }
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
