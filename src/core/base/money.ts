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

/** What an amount of a currency that cannot be read should have been: "write an amount above zero such as 12.50; EUR has 2 digits behind the point". */
export function amountAdvice(currency: string): string {
  const { minorDigits } = currencyOf(currency)
  const example = minorDigits === 0 ? '12' : `12.5${'0'.repeat(minorDigits - 1)}`
  return `write an amount above zero such as ${example}; ${currency} has ${minorDigits} digits behind the point`
}

/** Minor units of a decimal text, or null when it is no decimal or has more digits than the currency. */
export function parseMinor(text: string, currency: string): bigint | null {
  const value = parseDecimal(text)
  const { minorDigits } = currencyOf(currency)
  return value === null || !fitsScale(value, minorDigits) ? null : toScale(value, minorDigits)
}
