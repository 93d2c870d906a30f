import { currencyOf } from './currency.ts'
import { fitsScale, formatScaled, parseDecimal, toScale } from './decimal.ts'
import { powerOfTen } from './rounding.ts'

/** Text of an amount in minor units: 2758 USD-cents are `27.58`. */
export function formatMinor(amountMinor: bigint, currency: string): string {
  return formatScaled(amountMinor, currencyOf(currency).minorDigits)
}

/** Minor units at the scale of charges and balances. */
export function toRatingScale(amountMinor: bigint, currency: string): bigint {
  const { minorDigits, ratingScale } = currencyOf(currency)
  return amountMinor * powerOfTen(ratingScale - minorDigits)
}

/** Minor units of a decimal text, or null when it is no decimal or has more digits than the currency. */
export function parseMinor(text: string, currency: string): bigint | null {
  const value = parseDecimal(text)
  const { minorDigits } = currencyOf(currency)
  return value === null || !fitsScale(value, minorDigits) ? null : toScale(value, minorDigits)
}
