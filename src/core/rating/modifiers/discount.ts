import { compare, decimal, toScale } from '../../base/decimal.ts'
import { powerOfTen } from '../../base/rounding.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import { type Modifier, told } from './modifier.ts'

const HUNDRED = decimal('100')

/** Digits that the discounts of a price's rates add to its amounts: 12.5 % of something has three more. */
export function discountDigitsOf(rates: readonly { readonly terms: RateTerms }[]): number {
  return rates.reduce((most, { terms: { discountPercent } }) => {
    return discountPercent === undefined ? most : Math.max(most, decimal(discountPercent).scale + 2)
  }, 0)
}

/** A discount on what a rate charges: 15 % off 20.00 leaves 17.00. All rates of a price have amounts of the same scale. */
export const discount: Modifier = {
  ofPeriod: ({ terms: { discountPercent = '0' }, discountDigits }) => {
    if (discountDigits === 0) return null
    const whole = powerOfTen(discountDigits)
    const share = whole - toScale(decimal(discountPercent), discountDigits - 2)
    return {
      enlarges: whole,
      apply: (amount) => amount * share,
      explain: () => (share === whole ? null : told(`discount ${discountPercent} %`)),
    }
  },
  check: ({ discountPercent }) =>
    discountPercent !== undefined && compare(decimal(discountPercent), HUNDRED) > 0
      ? [{ path: ['discountPercent'], message: `${discountPercent} % is more than the whole amount` }]
      : [],
}
