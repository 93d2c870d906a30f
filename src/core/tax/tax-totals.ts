import { decimal } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { TaxCategory, TaxDecision } from './tax-rule.ts'

/** A line's net in minor units, with how it is taxed. */
export interface TaxedLine {
  readonly netMinor: bigint
  readonly tax: TaxDecision
}

/** What a document has of one category and rate. */
export interface TaxTotal {
  readonly country: string
  readonly category: TaxCategory
  readonly percent: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
}

/**
 * Tax by category and rate on the sum of the document's lines, rounded half-up once each (EN 16931, BR-CO-17), not line by line.
 * Example: three lines of 0.13 at 19 % are 0.39, with a tax of 0.07; line by line it would be 3 × 0.02. What is credited has the tax
 * of what was billed, with the other sign.
 */
export function taxTotals(lines: readonly TaxedLine[]): TaxTotal[] {
  const nets = new Map<string, TaxedLine>()
  for (const { netMinor, tax } of lines) {
    const key = `${tax.country} ${tax.category} ${tax.percent}`
    nets.set(key, { netMinor: (nets.get(key)?.netMinor ?? 0n) + netMinor, tax })
  }
  return [...nets.values()].map(({ netMinor, tax: { country, category, percent } }) => {
    const { coefficient, scale } = decimal(percent)
    const taxMinor = divideRounded(netMinor * coefficient, powerOfTen(scale + 2), 'half_up')
    return { country, category, percent, netMinor, taxMinor }
  })
}
