import type { TaxCategory } from './tax.ts'

/** A kind of tax. A line has at most one rate of each kind; different kinds are on it together. */
export interface TaxKind {
  readonly name: string
  /** Of a rate above nought. */
  readonly category: TaxCategory
  /** Whether a place must have a rate of one of these for its tax to be known; others come on top. */
  readonly isPrimary: boolean
  /** Whether sellers charge it by a registration of its own, in the region: PST. Others come with the one that they have there. */
  readonly hasOwnRegistration: boolean
  /** Smaller numbers are computed first. */
  readonly order: number
}

const kind = (name: string, order: number, more: Partial<TaxKind> = {}): TaxKind => ({
  ...{ name, order, category: 'S', isPrimary: false, hasOwnRegistration: false },
  ...more,
})

/** Levies and excise come before the taxes that may be on top of them. */
export const TAX_KINDS: Readonly<Record<string, TaxKind>> = {
  levy: kind('levy', 10),
  excise: kind('excise', 20),
  vat: kind('VAT', 100, { isPrimary: true }),
  gst: kind('GST', 100, { isPrimary: true }),
  igic: kind('IGIC', 100, { isPrimary: true, category: 'L' }),
  ipsi: kind('IPSI', 100, { isPrimary: true, category: 'M' }),
  state_tax: kind('state sales tax', 100, { isPrimary: true }),
  pst: kind('PST', 110, { hasOwnRegistration: true }),
  county_tax: kind('county sales tax', 110),
  city_tax: kind('city sales tax', 120),
  district_tax: kind('district sales tax', 130),
  pension_charge: kind('pension fund charge', 140),
}
