import type { CostPlusTerms, PerUnitTerms } from '../../catalog/rate-terms.ts'
import { type CompiledPerUnit, perUnit } from './per-unit.ts'
import { markupAsFactor } from './percent.ts'
import type { PriceModel } from './price-model.ts'

function asPerUnit({ markupPercent }: CostPlusTerms): PerUnitTerms {
  return { model: 'per_unit', unitAmount: markupAsFactor(markupPercent) }
}

/** Cost plus: what the usage cost the seller, with a markup. 40 with 15 per cent is 46. */
export const costPlus: PriceModel<CostPlusTerms, CompiledPerUnit> = {
  ...perUnit,
  isOfMoney: true,
  check: () => [],
  amounts: (terms) => perUnit.amounts(asPerUnit(terms)),
  quantities: () => [],
  compile: (terms, scales) => perUnit.compile(asPerUnit(terms), scales),
}
