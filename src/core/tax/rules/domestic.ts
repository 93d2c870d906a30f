import type { TaxRule } from './tax-rule.ts'

/** Taxed where it is supplied, by a seller that is registered there, at home or abroad. */
export const DOMESTIC: readonly TaxRule[] = [
  {
    id: 'domestic',
    when: { isRegisteredThere: true },
    category: 'rates',
    taxedAt: 'place',
    why: '{because}, and the seller is registered in {place} ({registration}): the rates of {place} on {day}',
    legal: null,
  },
]
