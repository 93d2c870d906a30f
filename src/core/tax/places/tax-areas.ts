import { type DaySpan, holdsOn, type TaxPlace } from '../supply.ts'
import type { SupplyNature } from '../tax-classes.ts'

/** Members of the European Union by the day on which they came; the earliest are those of before 1970. */
const JOINED: Readonly<Record<string, string>> = {
  '1970-01-01': 'BE DE FR IT LU NL',
  '1973-01-01': 'DK GB IE',
  '1981-01-01': 'GR',
  '1986-01-01': 'ES PT',
  '1995-01-01': 'AT FI SE',
  '2004-05-01': 'CY CZ EE HU LT LV MT PL SI SK',
  '2007-01-01': 'BG RO',
  '2013-07-01': 'HR',
}

/** The United Kingdom kept the rules of the Union until the end of the transition period. */
const LEFT: Readonly<Record<string, string>> = { GB: '2021-01-01' }

const MEMBERS: ReadonlyMap<string, DaySpan> = new Map(
  Object.entries(JOINED).flatMap(([from, countries]) =>
    countries.split(' ').map((country) => [country, { from, until: LEFT[country] }] as const),
  ),
)

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

/** Countries where services to consumers are taxed at the consumer, not at the seller, and by the consumer's region. */
const AT_THE_REGION = new Set(['US', 'CA'])

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

/** Northern Ireland is in it for goods (Protocol on Ireland/Northern Ireland), with tax ids that begin with XI. */
export function isInUnion(place: TaxPlace, day: string, nature: SupplyNature | null = null): boolean {
  const { country } = taxedAs(place)
  if (nature === 'goods' && isNorthernIreland(place)) return true
  const member = MEMBERS.get(country)
  return member !== undefined && holdsOn(member, day) && taxArea(place) === country
}

export function isNorthernIreland({ country, region }: TaxPlace): boolean {
  return country === 'GB' && region === 'NIR'
}

export function isTaxedAtConsumer({ country }: TaxPlace): boolean {
  return AT_THE_REGION.has(country)
}

/** Whether the tax of a place does not follow from its country alone. */
export function lacksRegion({ country, region }: TaxPlace): boolean {
  return AT_THE_REGION.has(country) && region === undefined
}
