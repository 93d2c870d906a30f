import { holdsOn } from '../supply.ts'
import type { TaxRule } from './tax-rule.ts'

/** The buyer owes the tax: within a country where its law says so, and for services to a business in another member state. */
export const REVERSE_CHARGE: readonly TaxRule[] = [
  {
    id: 'domestic_reverse_charge',
    when: { isReversedAtHome: true, isBuyerTaxable: true, isEstablishedThere: true, isRegisteredThere: true },
    category: 'AE',
    taxedAt: null,
    why: 'sold within {place} to a business: for the class {class} the buyer owes the tax there ({law})',
    legal: 'domestic_reverse_charge',
  },
  {
    id: 'reverse_charge',
    when: {
      natures: ['service', 'telecom', 'electronic'],
      isBuyerTaxable: true,
      routes: ['within_union', 'into_union'],
      isEstablishedThere: false,
    },
    category: 'AE',
    taxedAt: null,
    why: 'a service from {seller} to a business in {place} with the tax id {taxId}: the buyer owes the tax',
    legal: 'reverse_charge',
  },
]

interface ReversedClass {
  readonly country: string
  readonly taxClass: string
  readonly from: string
  readonly law: string
}

/** Where telecommunication to those who sell it on is taxed at the buyer (Directive 2006/112/EC art. 199a(1)(g) and national law). */
const REVERSED: readonly ReversedClass[] = [
  { country: 'DE', taxClass: 'telecom_wholesale', from: '2021-01-01', law: '§ 13b Abs. 2 Nr. 12 UStG' },
  { country: 'FR', taxClass: 'telecom_wholesale', from: '2012-04-01', law: 'CGI, art. 283-2 octies' },
  { country: 'GB', taxClass: 'telecom_wholesale', from: '2021-02-01', law: 'VATA 1994, s. 55A' },
]

/** The law by which a class is taxed at the buyer within a country, or null. */
export function domesticReverseCharge(country: string, taxClass: string, day: string): string | null {
  const row = REVERSED.find((one) => one.country === country && one.taxClass === taxClass && holdsOn(one, day))
  return row?.law ?? null
}
