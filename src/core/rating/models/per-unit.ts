import { decimal, toScale } from '../../base/decimal.ts'
import type { PerUnitTerms } from '../../catalog/rate-terms.ts'
import { addQuantity, type PriceModel, quantityOf } from './price-model.ts'

export interface CompiledPerUnit {
  readonly unitAmount: bigint
  readonly unitText: string
}

/** Every unit costs the same: 1,000 × 0.05 = 50. */
export const perUnit: PriceModel<PerUnitTerms, CompiledPerUnit> = {
  measures: 1,
  isLinear: true,
  check: () => [],
  amounts: (terms) => [terms.unitAmount],
  quantities: () => [],
  compile: (terms, scales) => ({
    unitAmount: toScale(decimal(terms.unitAmount), scales.priceScale),
    unitText: terms.unitAmount,
  }),
  accumulate: addQuantity,
  amountFor: (compiled, aggregate) => quantityOf(aggregate) * compiled.unitAmount,
  breakpoints: () => [],
  explain(compiled, aggregate) {
    const units = quantityOf(aggregate)
    const amount = units * compiled.unitAmount
    return [{ label: 'unit', units, unitAmount: compiled.unitText, flatAmount: null, amount }]
  },
}
