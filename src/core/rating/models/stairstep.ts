import type { StairstepTerms, TieredTerms } from '../../catalog/rate-terms.ts'
import type { PriceModel } from './price-model.ts'
import type { CompiledTiers } from './tiers.ts'
import { volume } from './volume.ts'

/** Steps are volume tiers that have flat amounts alone. */
function asTiers({ tiers, flatOnZero, beyond }: StairstepTerms): TieredTerms {
  return { model: 'volume', flatOnZero, beyond, tiers: tiers.map(({ upTo, amount }) => ({ upTo, flatAmount: amount })) }
}

/**
 * Stairstep: the step that the whole quantity reaches is the price, whatever the quantity within it. Up to 1,000 for 50,
 * up to 5,000 for 200: 4,500 cost 200. Nothing used costs nothing, unless `flatOnZero` asks for the first step.
 */
export const stairstep: PriceModel<StairstepTerms, CompiledTiers> = {
  ...volume,
  check: (terms) => volume.check(asTiers(terms)),
  amounts: (terms) => volume.amounts(asTiers(terms)),
  quantities: (terms) => volume.quantities(asTiers(terms)),
  compile: (terms, scales) => volume.compile(asTiers(terms), scales),
}
