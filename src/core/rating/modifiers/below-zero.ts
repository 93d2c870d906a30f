import { modelOf } from '../models/models.ts'
import type { Modifier, QuantityModifier } from './modifier.ts'

const NOTHING_USED: QuantityModifier = {
  apply: (quantity) => (quantity < 0n ? 0n : quantity),
  lastWithin: (limit) => limit,
}

/**
 * A period's quantity below zero is what an estimate can leave that is put right in a later period, and what records take back
 * where the meter lets them. It is credited where every unit has one price and nothing says otherwise; else it costs nothing.
 */
export const belowZero: Modifier = {
  ofQuantity: ({ terms, price, meter }) => {
    const isCredited =
      modelOf(terms).isLinear === true && (meter.negative === undefined || price.belowZero === 'credited')
    return isCredited ? null : NOTHING_USED
  },
}
