import { decimal } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'

/** A part of the price that the buyer pays to its tax office in the seller's name, by the law of its country. */
export interface Withholding {
  readonly percent: string
  /** What the percentage is of. */
  readonly base: 'net' | 'tax' | 'gross'
}

/**
 * What the buyer keeps back. The document's total stays as it is; less is to be paid to the seller, who has the rest as a claim.
 * Example: 1,000.00 and 200.00 of tax with 15 % of the net withheld: 150.00 withheld, 1,050.00 to pay.
 */
export function withheldOf(amounts: { netMinor: bigint; taxMinor: bigint }, { percent, base }: Withholding): bigint {
  const { netMinor, taxMinor } = amounts
  const of = { net: netMinor, tax: taxMinor, gross: netMinor + taxMinor }[base]
  const { coefficient, scale } = decimal(percent)
  return divideRounded(of * coefficient, powerOfTen(scale + 2), 'half_up')
}
