import { powerOfTen } from '../../base/rounding.ts'
import { type Modifier, told } from './modifier.ts'

/** A rate charges no more than its maximum in a period, whatever was used: of 23.00 with a maximum of 20.00, 20.00. */
export const maximum: Modifier = {
  ofPeriod: ({ terms: { maximum: text }, discountDigits, toAmount }) => {
    if (text === undefined) return null
    const most = toAmount(text) * powerOfTen(discountDigits)
    return {
      enlarges: 1n,
      apply: (amount) => (amount > most ? most : amount),
      explain: (change) => (change === 0n ? null : told(`maximum ${text}`)),
    }
  },
  amounts: ({ maximum: text }) => [text],
}
