import { add, decimal, formatDecimal } from '../base/decimal.ts'
import type { RateFrom } from './late-charges.ts'

/** Base rates with points above them: 1.27 and 8 points are 9.27. A base rate may be below zero: -0.88 and 8 points are 7.12. */
export function addPercents(rates: readonly RateFrom[], points: string): RateFrom[] {
  return rates.map(({ from, percent }) => {
    return { from, percent: formatDecimal(add(decimal(percent), decimal(points))) }
  })
}
