import type { TaxRule } from './tax-rule.ts'

/** To places outside the seller's tax area, or outside the Union. */
export const EXPORT: readonly TaxRule[] = [
  {
    id: 'export_of_goods',
    when: { natures: ['goods'], routes: ['out_of_union', 'abroad', 'into_union'], isRegisteredThere: false },
    category: 'G',
    taxedAt: null,
    why: 'goods from {seller} to {place}: an export',
    legal: 'export_of_goods',
  },
  {
    id: 'service_abroad',
    when: {
      natures: ['service', 'telecom', 'electronic'],
      routes: ['out_of_union', 'abroad'],
      isRegisteredThere: false,
    },
    category: 'O',
    taxedAt: null,
    why: '{because}: in {place}, outside the reach of the tax of {seller}, and the seller is not registered there',
    legal: 'service_abroad',
  },
]
