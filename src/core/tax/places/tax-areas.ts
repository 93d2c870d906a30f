import { holdsOn, type TaxPlace } from '../supply.ts'

/** Members of the European Union, with the days of those that came or went since 2013. */
const MEMBERS: Readonly<Record<string, { from: string; until?: string }>> = {
  ...Object.fromEntries(
    'AT BE BG CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'
      .split(' ')
      .map((country) => [country, { from: '2007-01-01' }]),
  ),
  HR: { from: '2013-07-01' },
  // The United Kingdom kept the rules of the Union until the end of the transition period.
  GB: { from: '1973-01-01', until: '2021-01-01' },
}

/** Places whose VAT is that of another country. */
const TAXED_AS: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB', LI: 'CH' }

/** Regions that are not in the tax area of their country (Directive 2006/112/EC art. 6), by the name of their own one. */
const OWN_AREAS: Readonly<Record<string, string>> = {
  'ES/GC': 'Canary Islands',
  'ES/TF': 'Canary Islands',
  'ES/CE': 'Ceuta',
  'ES/ML': 'Melilla',
}

/** Countries each of whose regions has a tax of its own and none in common. */
const BY_REGION = new Set(['US'])

/** Countries where services to consumers are taxed at the consumer, not at the seller. */
const AT_THE_CONSUMER = new Set(['US', 'CA'])

/** The place as the tables of rates name it: Monaco is France. */
export function taxedAs(place: TaxPlace): TaxPlace {
  const country = TAXED_AS[place.country]
  return country === undefined ? place : { country }
}

/** What a tax holds in: a country, a state of the USA, a territory such as the Canary Islands. */
export function taxArea(place: TaxPlace): string {
  const { country, region } = taxedAs(place)
  const whole = region === undefined ? country : `${country}/${region}`
  return BY_REGION.has(country) ? whole : (OWN_AREAS[whole] ?? country)
}

export function isInUnion(place: TaxPlace, day: string): boolean {
  const { country } = taxedAs(place)
  const member = MEMBERS[country]
  return member !== undefined && holdsOn(member, day) && taxArea(place) === country
}

export function isTaxedAtConsumer({ country }: TaxPlace): boolean {
  return AT_THE_CONSUMER.has(country)
}
