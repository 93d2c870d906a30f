import { decimal, toScale } from '../../base/decimal.ts'
import type { RateTerms } from '../../catalog/rate-terms.ts'
import type { PriceScales } from '../models/price-model.ts'
import type { Modifier } from './modifier.ts'

/** What a rate gives for nothing in a period, in the units that it counts in. */
export function freeUnitsOf({ freeUnits: text = '0' }: RateTerms, { quantityScale }: PriceScales): bigint {
  return toScale(decimal(text), quantityScale)
}

/** Free units of a period: they are taken from the converted and rounded quantity. Of 100 units with 40 free the model prices 60. */
export const freeUnits: Modifier = {
  ofQuantity: ({ terms, scales }) => {
    const free = freeUnitsOf(terms, scales)
    if (free === 0n) return null
    return {
      apply: (quantity) => (quantity < 0n ? quantity : quantity > free ? quantity - free : 0n),
      lastWithin: (limit) => limit + free,
    }
  },
}
