import { decimal } from '../../base/decimal.ts'
import { powerOfTen } from '../../base/rounding.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import type { Modifier } from './modifier.ts'

/** Whether sessions cost a fee, and so are counted. */
export function hasConnectionFee({ connectionFee: text = '0' }: RateTerms): boolean {
  return decimal(text).coefficient !== 0n
}

/** Each record or session that is rated costs a fee besides its units: 0.05 and 3 calls are 0.15. */
export const connectionFee: Modifier = {
  ofRecords: ({ terms, measures: { sessionsAt }, scales, toAmount }) => {
    if (!hasConnectionFee(terms)) return null
    const { connectionFee: text = '0' } = terms
    const fee = toAmount(text)
    const oneUnit = powerOfTen(scales.quantityScale)
    return {
      enlarges: 1n,
      apply: (amount, aggregate) => amount + (aggregate[sessionsAt] ?? 0n) * fee,
      explain: (_change, aggregate) => {
        const sessions = aggregate[sessionsAt] ?? 0n
        if (sessions === 0n) return null
        const units = sessions * oneUnit
        return { label: 'connection fee', units, isCounted: true, unitAmount: text, flatAmount: null }
      },
    }
  },
  amounts: ({ connectionFee: text }) => [text],
}
