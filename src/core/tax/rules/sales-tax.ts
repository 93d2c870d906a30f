import type { TaxRule } from './tax-rule.ts'

/** The USA: a state's tax, with those of county, city and district, by sellers that have nexus there and so are registered. */
export const SALES_TAX: readonly TaxRule[] = [
  {
    id: 'sales_tax',
    when: { placeCountry: 'US', isRegisteredThere: true },
    category: 'rates',
    taxedAt: 'place',
    why: 'sold to {place}, where the seller is registered ({registration}): the taxes of state, county and city on {day}',
    legal: null,
  },
  {
    id: 'no_nexus',
    when: { placeCountry: 'US', sellerCountry: 'US', isRegisteredThere: false },
    category: 'O',
    taxedAt: null,
    why: 'sold to {place}, where the seller is not registered on {day}: it has no nexus there and collects no tax',
    legal: 'no_nexus',
  },
]
