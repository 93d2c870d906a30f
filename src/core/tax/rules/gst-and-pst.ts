import type { TaxRule } from './tax-rule.ts'

/** Canada: GST, or HST in its place, and also the tax of the province by sellers that are registered in the province. */
export const GST_AND_PST: readonly TaxRule[] = [
  {
    id: 'gst_and_pst',
    when: { placeCountry: 'CA', isRegisteredThere: true },
    category: 'rates',
    taxedAt: 'place',
    why: 'sold to {place} by a seller with the registration {registration}: GST or HST, and the tax of the province where the seller is registered for it, on {day}',
    legal: null,
  },
]
