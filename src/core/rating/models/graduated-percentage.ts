import type { GraduatedPercentageTerms, TieredTerms } from '../../catalog/rate-terms.ts'
import { graduated } from './graduated.ts'
import { percentAsFactor } from './percent.ts'
import type { PriceModel } from './price-model.ts'
import type { CompiledTiers } from './tiers.ts'

/** Units are money here: a tier's per cent is the price of one of them. */
function asTiers({ tiers, flatOnZero, beyond }: GraduatedPercentageTerms): TieredTerms {
  return {
    model: 'graduated',
    flatOnZero,
    beyond,
    tiers: tiers.map(({ upTo, percent, flatAmount }) => ({ upTo, unitAmount: percentAsFactor(percent), flatAmount })),
  }
}

/**
 * Graduated percentage: each part of the period's money costs the share of the tier that it falls into; a tier's flat
 * amount is due once the total enters it. Up to 1,000 1% and 200, then 2% and 300: 1,050 cost 10 + 200 + 1 + 300.
 */
export const graduatedPercentage: PriceModel<GraduatedPercentageTerms, CompiledTiers> = {
  ...graduated,
  isOfMoney: true,
  check: (terms) => graduated.check(asTiers(terms)),
  amounts: (terms) => graduated.amounts(asTiers(terms)),
  quantities: (terms) => graduated.quantities(asTiers(terms)),
  compile: (terms, scales) => graduated.compile(asTiers(terms), scales),
}
