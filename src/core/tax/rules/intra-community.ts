import type { TaxRule } from './tax-rule.ts'

/** Goods to a business in another member state. (Services to one are `reverse-charge.ts`.) */
export const INTRA_COMMUNITY: readonly TaxRule[] = [
  {
    id: 'intra_community_supply',
    when: { natures: ['goods'], isBuyerTaxable: true, routes: ['within_union'], isEstablishedThere: false },
    category: 'K',
    taxedAt: null,
    why: 'goods from {seller} to a business in {place} with the tax id {taxId}: exempt here, the buyer pays the tax of {place}',
    legal: 'intra_community_supply',
  },
]
