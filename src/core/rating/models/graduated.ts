import { assert } from '../../base/assert.ts'
import type { TieredTerms } from '../../catalog/rate-terms.ts'
import { type PricedPart, type PriceModel, quantityOf } from './price-model.ts'
import { amountOfUnits, type CompiledTiers, explainTier, TIERED, type Tier } from './tiers.ts'

function unitsIn(tier: Tier, quantity: bigint): bigint {
  return (tier.upTo === null || quantity < tier.upTo ? quantity : tier.upTo) - tier.after
}

/**
 * Graduated tiers: each unit is priced in the tier that it falls into; a tier's flat amount is due once usage enters it.
 * ≤100 at 1, then 0.5: 250 units cost 100 + 75. A tier with a `size` is priced by started blocks.
 */
export const graduated: PriceModel<TieredTerms, CompiledTiers> = {
  ...TIERED,
  amountFor(compiled, aggregate) {
    const quantity = quantityOf(aggregate)
    assert(quantity >= 0n, 'a period aggregate is never negative')
    if (quantity === 0n) return compiled.flatOnZero ? (compiled.tiers[0] as Tier).flatAmount : 0n
    let amount = 0n
    for (const tier of compiled.tiers) {
      if (quantity <= tier.after) break
      amount += amountOfUnits(tier, unitsIn(tier, quantity), compiled.oneUnit) + tier.flatAmount
    }
    return amount
  },
  explain(compiled, aggregate) {
    const quantity = quantityOf(aggregate)
    const parts: PricedPart[] = []
    for (const [index, tier] of compiled.tiers.entries()) {
      const entered = quantity > tier.after || (index === 0 && compiled.flatOnZero)
      if (!entered) break
      const units = quantity === 0n ? 0n : unitsIn(tier, quantity)
      parts.push(explainTier(compiled, tier, units))
    }
    return parts
  },
}
