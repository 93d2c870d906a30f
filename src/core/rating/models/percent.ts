import { type Decimal, decimal, formatDecimal } from '../../base/decimal.ts'

/** A per cent as a plain factor, exactly: 1.3 is 0.013. */
export function percentAsFactor(percent: string): string {
  return formatDecimal(hundredth(decimal(percent)))
}

/** What a markup makes of one: 15 is 1.15. */
export function markupAsFactor(percent: string): string {
  const { coefficient, scale } = hundredth(decimal(percent))
  return formatDecimal({ coefficient: 10n ** BigInt(scale) + coefficient, scale })
}

function hundredth({ coefficient, scale }: Decimal): Decimal {
  return { coefficient, scale: scale + 2 }
}
