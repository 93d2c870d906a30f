import type { DynamicTerms, PerUnitTerms } from '../../catalog/rate-terms.ts'
import { type CompiledPerUnit, perUnit } from './per-unit.ts'
import type { PriceModel } from './price-model.ts'

const asPerUnit = ({ factor }: DynamicTerms): PerUnitTerms => ({ model: 'per_unit', unitAmount: factor })

/** Dynamic: the record carries its price, which is charged times a factor. 10 at 1.33333 is 13.3333. */
export const dynamic: PriceModel<DynamicTerms, CompiledPerUnit> = {
  ...perUnit,
  isOfMoney: true,
  check: () => [],
  amounts: (terms) => perUnit.amounts(asPerUnit(terms)),
  quantities: () => [],
  compile: (terms, scales) => perUnit.compile(asPerUnit(terms), scales),
}
