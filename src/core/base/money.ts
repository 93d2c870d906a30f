import { currencyOf } from './currency.ts'
import { fitsScale, formatScaled, parseDecimal, toScale } from './decimal.ts'

/** Text of an amount in minor units: 2758 USD-cents are `27.58`. */
export function formatMinor(amountMinor: bigint, currency: string): string {
  return formatScaled(amountMinor, currencyOf(currency).minorDigits)
}

/** Minor units of a decimal text, or null when it is no decimal or has more digits than the currency. */
export function parseMinor(text: string, currency: string): bigint | null {
  const value = parseDecimal(text)
  const { minorDigits } = currencyOf(currency)
  return value === null || !fitsScale(value, minorDigits) ? null : toScale(value, minorDigits)
}
