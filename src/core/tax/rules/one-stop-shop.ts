import type { TaxRule } from './tax-rule.ts'

/** Consumers in other member states: the tax of their country by the one-stop shop, or of the seller's below 10,000 EUR a year. */
export const ONE_STOP_SHOP: readonly TaxRule[] = [
  {
    id: 'one_stop_shop',
    when: {
      natures: ['goods', 'telecom', 'electronic'],
      isBuyerTaxable: false,
      routes: ['within_union'],
      hasOneStopShop: 'union',
      isRegisteredThere: false,
    },
    category: 'rates',
    taxedAt: 'place',
    why: '{because}; the seller declares it in the one-stop shop: the rates of {place} on {day}',
    legal: null,
  },
  {
    id: 'below_threshold',
    when: {
      natures: ['goods', 'telecom', 'electronic'],
      isBuyerTaxable: false,
      routes: ['within_union'],
      isBelowThreshold: true,
      isRegisteredThere: false,
    },
    category: 'rates',
    taxedAt: 'seller',
    why: '{because}, but the seller sells less than 10,000 EUR a year to consumers in other member states: the rates of {seller} on {day}',
    legal: null,
  },
  {
    id: 'one_stop_shop_from_outside',
    when: {
      natures: ['service', 'telecom', 'electronic'],
      isBuyerTaxable: false,
      routes: ['into_union'],
      hasOneStopShop: 'non_union',
      isRegisteredThere: false,
    },
    category: 'rates',
    taxedAt: 'place',
    why: '{because}; the seller from outside the Union declares it in the one-stop shop: the rates of {place} on {day}',
    legal: null,
  },
]
