import { assert, present } from '../../base/assert.ts'
import type { TieredTerms } from '../../catalog/rate-terms.ts'
import { type PriceModel, quantityOf } from './price-model.ts'
import { amountOfUnits, type CompiledTiers, explainTier, TIERED, type Tier } from './tiers.ts'

function tierFor(compiled: CompiledTiers, quantity: bigint): Tier {
  const { tiers } = compiled
  // Nothing passes a last tier that is closed; whoever asks what it would cost gets the price of that tier.
  return present(tiers.find(({ upTo }) => upTo === null || quantity <= upTo) ?? tiers.at(-1), 'a tier')
}

/**
 * Volume tiers: the tier that the whole quantity reaches prices all of it, by units or, where it has a `size`, by started
 * blocks. The amount may fall as usage grows, so an increase may be negative.
 */
export const volume: PriceModel<TieredTerms, CompiledTiers> = {
  ...TIERED,
  amountFor(compiled, aggregate) {
    const quantity = quantityOf(aggregate)
    assert(quantity >= 0n, 'a period aggregate is never negative')
    if (quantity === 0n && !compiled.flatOnZero) return 0n
    const tier = tierFor(compiled, quantity)
    return amountOfUnits(tier, quantity, compiled.oneUnit) + tier.flatAmount
  },
  explain(compiled, aggregate) {
    const units = quantityOf(aggregate)
    if (units === 0n && !compiled.flatOnZero) return []
    return [explainTier(compiled, tierFor(compiled, units), units)]
  },
}
