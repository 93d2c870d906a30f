import type { TaxRule } from './tax-rule.ts'

/** What is no supply, or not yet one. */
export const OUT_OF_SCOPE: readonly TaxRule[] = [
  {
    id: 'out_of_scope',
    when: { natures: ['out_of_scope'] },
    category: 'O',
    taxedAt: null,
    why: 'the tax class says that this is no supply: no tax is on it',
    legal: 'out_of_scope',
  },
  {
    id: 'multi_purpose_voucher',
    when: { natures: ['multi_purpose_voucher'] },
    category: 'O',
    taxedAt: null,
    why: 'a voucher or top-up for several purposes is taxed when it is used, not when it is sold',
    legal: 'multi_purpose_voucher',
  },
  {
    id: 'used_voucher',
    when: { natures: ['used_voucher'] },
    category: 'O',
    taxedAt: null,
    why: 'it is paid with money whose tax was paid when that was sold: it is not taxed again when it is used',
    legal: 'used_voucher',
  },
]
