import type { TaxRule } from './tax-rule.ts'

/** Exempt by what is sold, by who buys and by who sells. */
export const EXEMPT: readonly TaxRule[] = [
  {
    id: 'exempt_class',
    when: { natures: ['exempt'] },
    category: 'E',
    taxedAt: null,
    why: 'the tax class says that this is exempt',
    legal: 'exempt',
  },
  {
    id: 'exemption_certificate',
    when: { hasCertificate: true },
    category: 'E',
    taxedAt: null,
    why: 'the buyer has the certificate {certificate} for {place}, which holds on {day}',
    legal: 'exemption_certificate',
  },
]

/** Sellers that charge no tax at home. The rule comes after reverse charge, which holds for them too. */
export const SELLERS_WITHOUT_TAX: readonly TaxRule[] = [
  {
    id: 'small_business',
    when: { standing: 'small_business', routes: ['domestic'] },
    category: 'E',
    taxedAt: null,
    why: 'the seller is exempt in {seller} as a small business',
    legal: 'small_business',
  },
  {
    id: 'not_registered',
    when: { standing: 'not_registered', routes: ['domestic'] },
    category: 'O',
    taxedAt: null,
    why: 'the seller is not registered for tax in {seller}',
    legal: 'not_registered',
  },
]
