import { add, type Decimal, decimal, multiply } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { Tax } from '../tax.ts'
import { type DocumentTaxes, sumOf, type TaxRounding, type TaxTotal, taxKey } from './document-taxes.ts'
import { roundedShares } from './shares.ts'

/** A line whose amount has the taxes in it, in minor units. */
export interface InclusiveLine {
  readonly grossMinor: bigint
  readonly taxes: readonly Tax[]
  readonly quantity?: Decimal | undefined
}

export interface InclusiveDocument extends DocumentTaxes {
  readonly netMinor: readonly bigint[]
}

/**
 * Takes the taxes out of prices that include them. Lines with the same taxes are one sum, or by line each is one: its net is found by division and rounded
 * half-up, taxes are the rest, and lines get their nets by largest remainder, so that nets and taxes add up to what was to be paid.
 * Example: three lines of 1.00 with 19 % are 3.00; the net is 2.52 (0.84 each), the tax 0.48.
 */
export function taxesWithin(lines: readonly InclusiveLine[], { minorDigits, per }: TaxRounding): InclusiveDocument {
  const netMinor = lines.map(() => 0n)
  const byLine = lines.map(({ taxes }) => taxes.map(() => 0n))
  const keyOf = (at: number): string => (lines[at] as InclusiveLine).taxes.map(taxKey).join(' ')
  const groups = Map.groupBy([...lines.keys()], (at) => (per === 'line' ? String(at) : keyOf(at)))
  for (const group of groups.values()) {
    const members = group.map((at) => lines[at] as InclusiveLine)
    const split = splitGroup(members, minorDigits)
    for (const [position, at] of group.entries()) {
      netMinor[at] = split.nets[position] as bigint
      byLine[at] = split.taxes.map((ofTax) => ofTax[position] as bigint)
    }
  }
  return { netMinor, byLine, totals: totalsOf(lines, netMinor, byLine) }
}

/** A line's gross is net × factor + fixed; so is each tax. All are decimals; fixed is in minor units. */
interface Part {
  readonly factor: Decimal
  readonly fixed: Decimal
}

const ONE: Decimal = { coefficient: 1n, scale: 0 }
const NOTHING: Decimal = { coefficient: 0n, scale: 0 }

function splitGroup(lines: readonly InclusiveLine[], minorDigits: number) {
  const parts = lines.map((line) => partsOf(line, minorDigits))
  // Factors follow from the taxes, which all lines of a group have in common.
  const factor = (parts[0] as readonly Part[]).reduce((sum, part) => add(sum, part.factor), ONE)
  const scale = Math.max(...parts.flat().flatMap((part) => [part.factor.scale, part.fixed.scale]), factor.scale)
  const at = (value: Decimal): bigint => value.coefficient * powerOfTen(scale - value.scale)
  const one = powerOfTen(scale)
  // The net of a line is (gross − fixed) ÷ factor: its numerator, over `at(factor)`.
  const numerators = lines.map(
    ({ grossMinor }, line) => grossMinor * one - sumOf((parts[line] as readonly Part[]).map(({ fixed }) => at(fixed))),
  )
  const grossMinor = sumOf(lines.map((line) => line.grossMinor))
  const netTotal = divideRounded(sumOf(numerators), at(factor), 'half_up')
  const nets = roundedShares(numerators, at(factor), netTotal)
  const count = (parts[0] as readonly Part[]).length
  if (count === 0) return { nets: lines.map((line) => line.grossMinor), taxes: [] }
  const denominator = at(factor) * one
  /** Of each tax what each line has of it, exactly. */
  const exact = Array.from({ length: count }, (_, slot) =>
    parts.map((ofLine, line) => {
      const part = ofLine[slot] as Part
      return (numerators[line] as bigint) * at(part.factor) + at(part.fixed) * at(factor)
    }),
  )
  const totals = roundedShares(exact.map(sumOf), denominator, grossMinor - netTotal)
  const rests = lines.map((line, position) => line.grossMinor - (nets[position] as bigint))
  return { nets, taxes: sharesOf({ exact, denominator, totals, rests }) }
}

interface Shared {
  readonly exact: readonly (readonly bigint[])[]
  readonly denominator: bigint
  readonly totals: readonly bigint[]
  /** What each line has over its net. */
  readonly rests: readonly bigint[]
}

/** The amounts of each tax by line: the largest tax takes what the others leave of a line, so that they add up both ways. */
function sharesOf({ exact, denominator, totals, rests }: Shared): bigint[][] {
  const size = (slot: number): bigint => (exact[slot] ?? []).reduce((sum, one) => sum + (one < 0n ? -one : one), 0n)
  const largest = totals.reduce((best, _, slot) => (size(slot) > size(best) ? slot : best), 0)
  const shares = totals.map((total, slot) =>
    slot === largest ? [] : roundedShares(exact[slot] as readonly bigint[], denominator, total),
  )
  shares[largest] = rests.map((rest, line) => rest - sumOf(shares.map((ofTax) => ofTax[line] ?? 0n)))
  return shares
}

function partsOf({ taxes, quantity }: InclusiveLine, minorDigits: number): Part[] {
  const parts: Part[] = []
  for (const [at, { percent, perUnit, base, order }] of taxes.entries()) {
    if (perUnit !== null) {
      const amount = multiply(multiply(decimal(perUnit), quantity ?? ONE), {
        coefficient: powerOfTen(minorDigits),
        scale: 0,
      })
      parts.push({ factor: NOTHING, fixed: amount })
      continue
    }
    const { coefficient, scale } = decimal(percent ?? '0')
    const rate = { coefficient, scale: scale + 2 }
    const before = base === 'net' ? [] : parts.filter((_, other) => other < at && (taxes[other] as Tax).order < order)
    const factor = before.reduce((sum, part) => add(sum, part.factor), ONE)
    const fixed = before.reduce((sum, part) => add(sum, part.fixed), NOTHING)
    parts.push({ factor: multiply(factor, rate), fixed: multiply(fixed, rate) })
  }
  return parts
}

/** What lines have of each tax together, in the order in which taxes are computed. */
export function totalsOf(
  lines: readonly { readonly taxes: readonly Tax[] }[],
  nets: readonly bigint[],
  byLine: readonly (readonly bigint[])[],
): TaxTotal[] {
  const all = lines.flatMap(({ taxes }, line) => taxes.map((tax, slot) => ({ tax, line, slot })))
  const groups = [...Map.groupBy(all, ({ tax }) => taxKey(tax)).values()]
  return groups
    .map((group) => {
      const { tax } = group[0] as (typeof all)[number]
      const base = ({ line }: { line: number }): bigint => {
        const { taxes } = lines[line] as { readonly taxes: readonly Tax[] }
        const before = tax.base === 'net' ? [] : [...taxes.keys()].filter((at) => (taxes[at] as Tax).order < tax.order)
        return before.reduce((sum, at) => sum + (byLine[line]?.[at] ?? 0n), nets[line] as bigint)
      }
      return {
        tax,
        baseMinor: sumOf(group.map(base)),
        taxMinor: sumOf(group.map(({ line, slot }) => byLine[line]?.[slot] ?? 0n)),
      }
    })
    .sort((a, b) => a.tax.order - b.tax.order)
}
