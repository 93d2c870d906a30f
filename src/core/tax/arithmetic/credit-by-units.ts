import { formatScaled } from '../../base/decimal.ts'
import type { Tax } from '../tax.ts'
import { type CreditRequest, grossOf, type LineAmounts } from './credit-notes.ts'
import { documentTaxes } from './document-taxes.ts'
import { taxesWithin } from './inclusive-prices.ts'

/** What a document billed of a line, and what was credited of it so far. */
interface Kept {
  readonly billed: LineAmounts
  readonly credited: LineAmounts
}

/**
 * What is taken of a line whose levies go by units and not by its amount: what is left of it is taxed as a line that has what is left of
 * the levies. Example: 110.00 with a levy of 100.00 and 10 % on both is 231.00; with 10.00 go 50.00 of the levy, and 6.00 of the tax.
 * @param levies of each tax that is an amount per unit what is taken of it, in minor units; null of others
 */
export function creditByUnits(
  taxes: readonly Tax[],
  { billed, credited }: Kept,
  taken: Exclude<CreditRequest, 'rest'>,
  levies: readonly (bigint | null)[],
  minorDigits: number,
): LineAmounts {
  const left: LineAmounts = {
    netMinor: billed.netMinor - credited.netMinor,
    taxMinor: taxes.map((_, slot) => (billed.taxMinor[slot] ?? 0n) - (credited.taxMinor[slot] ?? 0n)),
  }
  const asAmounts = taxes.map((tax, slot): Tax => {
    const levy = levies[slot]
    const after = (left.taxMinor[slot] as bigint) - (levy ?? 0n)
    return levy == null ? tax : { ...tax, perUnit: formatScaled(after, minorDigits) }
  })
  const rounding = { minorDigits, per: 'line' } as const
  const { netMinor, taxMinor } =
    'netMinor' in taken ? without(left.netMinor - taken.netMinor) : within(taken.grossMinor)
  return {
    netMinor: left.netMinor - netMinor,
    taxMinor: left.taxMinor.map((minor, slot) => minor - (taxMinor[slot] ?? 0n)),
  }

  function without(netMinor: bigint): LineAmounts {
    const [ofTaxes = []] = documentTaxes([{ netMinor, taxes: asAmounts }], rounding).byLine
    return { netMinor, taxMinor: ofTaxes }
  }

  function within(grossMinor: bigint): LineAmounts {
    const rest = { grossMinor: grossOf(left) - grossMinor, taxes: asAmounts }
    const { netMinor, byLine } = taxesWithin([rest], rounding)
    return { netMinor: netMinor[0] ?? 0n, taxMinor: byLine[0] ?? [] }
  }
}
