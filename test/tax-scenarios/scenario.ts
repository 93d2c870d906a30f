import type { TaxRate } from '../../src/core/tax/rates/tax-rate.ts'
import type { Buyer, Seller, Supply, TaxRegistration } from '../../src/core/tax/supply.ts'

const SINCE = '2010-01-01'
export const registered = (country: string, more: Partial<TaxRegistration> = {}): TaxRegistration => ({
  ...{ country, kind: 'vat', number: `${country} 1`, from: SINCE },
  ...more,
})
export const seller = (country: string, more: Partial<Seller> = {}): Seller => ({
  ...{ place: { country }, standing: 'registered', registrations: [registered(country)] },
  ...more,
})
export const consumer = (country: string, more: Partial<Buyer> = {}): Buyer => ({
  ...{ kind: 'consumer', place: { country }, taxIds: [], certificates: [] },
  evidence: [{ kind: 'card', country }],
  ...more,
})
export const business = (country: string, ...taxIds: string[]): Buyer => ({
  ...consumer(country),
  kind: 'business',
  taxIds,
})
export const OSS = { scheme: 'union', from: '2021-07-01' } as const
export const texan = seller('US', {
  place: { country: 'US', region: 'TX' },
  registrations: [registered('US', { region: 'TX', kind: 'sales_tax' })],
})
export const inTexas = { country: 'US', region: 'TX', county: 'Travis', city: 'Austin' }
export const canadian = seller('CA', {
  place: { country: 'CA', region: 'BC' },
  registrations: [registered('CA', { kind: 'gst' }), registered('CA', { kind: 'pst', region: 'BC' })],
})
/** Rows that an operator adds: local taxes of the USA, telecommunication in Texas, a levy on SIM cards with VAT on top. */
export const OWN: readonly TaxRate[] = [
  { country: 'US', region: 'TX', tax: 'state_tax', class: 'telecom', from: SINCE, percent: '6.25' },
  ...(['goods', 'telecom'] as const).flatMap((rateClass) => [
    { country: 'US', region: 'TX', county: 'Travis', tax: 'county_tax', class: rateClass, from: SINCE, percent: '0.5' },
    { ...inTexas, tax: 'city_tax', class: rateClass, from: SINCE, percent: '1' },
  ]),
  { country: 'RO', tax: 'levy', class: 'sim_card', from: SINCE, perUnit: '2.50', currency: 'RON' },
  { country: 'RO', tax: 'vat', class: 'sim_card', from: SINCE, percent: '19', base: 'net_and_earlier' },
]

export interface Scenario {
  readonly says: string
  readonly seller: Seller
  readonly buyer: Buyer
  readonly taxClass?: string
  readonly on?: string
  readonly deliveredTo?: Supply['deliveredTo']
  readonly language?: string
  /** Rule, category, taxes, legal text with its reference. */
  readonly expected: readonly [rule: string, category: string, taxes: string, legal: string | null]
}
