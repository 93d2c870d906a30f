import type { PostalAddress } from '../invoicing/document-tax.ts'
import type { OutsideTax } from '../tax/outside-engine.ts'
import { type RateTable, rowsAt } from '../tax/rates/rate-table.ts'
import type { Buyer, DaySpan, Seller, TaxAddress, TaxPlace } from '../tax/supply.ts'
import type { DocumentTerms } from '../tax/tax-document.ts'

/** How an account's documents are taxed: by whom, to whom, and by which rates. */
export interface TaxFacts {
  /** Null where the issuer says nothing of tax: then nobody is asked, and documents have none. */
  readonly terms: Omit<DocumentTerms, 'allowanceMinor' | 'rounding'> | null
  readonly rates: RateTable
  readonly roundingPer: 'document' | 'line'
  readonly pricesIncludeTax: boolean
  readonly withholding: IssuerTax['withholding']
  /** What must be filled in before anything can be decided, each a sentence. */
  readonly missing: readonly string[]
  /** Days on which a rate, a registration or a certificate changes; in order. */
  readonly changeDays: readonly string[]
}

/** What an issuer says of tax. */
export interface IssuerTax extends Omit<Seller, 'place' | 'oneStopShop' | 'belowThreshold'> {
  readonly key: string
  readonly postalAddress: PostalAddress | null
  readonly oneStopShop: Seller['oneStopShop'] | null
  readonly belowThreshold: DaySpan | null
  readonly taxRounding: 'document' | 'line'
  /** What buyers of its country that are no consumers keep back, and pay to the tax office. */
  readonly withholding: { readonly percent: string; readonly base: 'net' | 'tax' | 'gross' } | null
}

/** What is known of a customer as tax needs it. */
export interface CustomerTax extends Pick<Buyer, 'certificates' | 'evidence' | 'taxIds'> {
  readonly key: string
  readonly kind: Buyer['kind'] | null
  readonly postalAddress: PostalAddress | null
  /** As documents print it; it counts where its form is right. */
  readonly taxId: string | null
  readonly language: string
}

/** Who sells to whom, in which currency: what an engine of tax answers depends on it. */
export type TaxParties = Pick<DocumentTerms, 'seller' | 'buyer' | 'currency'>

/** What an engine of tax outside has said of some; undefined where none is asked. */
export type OutsideOf = (parties: TaxParties) => OutsideTax | undefined

/** What else is known of a customer's tax: how its tax ids were confirmed, and what an engine outside has said. */
interface TaxKnown {
  readonly proofs?: NonNullable<Buyer['proofs']>
  /** Whether an engine outside is asked, which is told more of addresses than Kvit's rules look at. */
  readonly isAskedOutside?: boolean
  readonly outsideOf?: OutsideOf
}

/** An issuer without registrations is not asked, unless it says why it has none. */
export function taxFactsOf(
  issuer: IssuerTax,
  customer: CustomerTax,
  { currency, pricesIncludeTax }: { readonly currency: string; readonly pricesIncludeTax: boolean },
  rates: RateTable,
  { proofs = {}, isAskedOutside = false, outsideOf = () => undefined }: TaxKnown = {},
): TaxFacts {
  const { standing, registrations, taxRounding: roundingPer, withholding } = issuer
  const common = { rates, roundingPer, pricesIncludeTax, withholding }
  if (registrations.length === 0 && standing === 'registered')
    return { ...common, terms: null, missing: [], changeDays: [] }
  const seller = {
    ...{ place: placeOf(issuer.postalAddress, rates), standing, registrations },
    oneStopShop: issuer.oneStopShop ?? undefined,
    belowThreshold: issuer.belowThreshold ?? undefined,
    ...(isAskedOutside ? { taxAddress: addressOf(issuer.postalAddress) } : {}),
  }
  const { kind, certificates, evidence, taxId } = customer
  const taxIds = taxId === null ? customer.taxIds : [...customer.taxIds, taxId]
  const buyer = {
    kind: kind ?? 'consumer',
    place: placeOf(customer.postalAddress, rates),
    taxIds,
    proofs,
    certificates,
    evidence,
    ...(isAskedOutside ? { taxAddress: addressOf(customer.postalAddress) } : {}),
  }
  const { language } = customer
  return {
    ...common,
    terms: {
      ...{ seller, buyer, currency, language, pricesIncludeTax, taxedFrom: taxedFrom(issuer) },
      outside: outsideOf({ seller, buyer, currency }),
    },
    missing: missingOf(issuer, customer),
    changeDays: changeDaysOf(seller, buyer, rates),
  }
}

/** An engine outside knows more places than Kvit has rates of: it is told all but the street. */
function addressOf(address: PostalAddress | null): TaxAddress {
  const { country = '', region, county, city, postcode } = address ?? {}
  return { country, region, county, city, postcode }
}

/** The county and city of an address are of its place where they have a tax of their own. */
function placeOf(address: PostalAddress | null, rates: RateTable): TaxPlace {
  const { country = '', region, county, city } = address ?? {}
  const local = (rates.get(country) ?? []).filter((row) => row.region === region)
  return {
    ...{ country, region },
    ...(local.some((row) => row.county !== undefined && row.county === county) ? { county } : {}),
    ...(local.some((row) => row.city !== undefined && row.city === city) ? { city } : {}),
  }
}

/** Whether an issuer is asked how something is taxed that it supplies on a day. */
export function isAskedOn(issuer: Pick<IssuerTax, 'standing' | 'registrations'>, day: string): boolean {
  const from = taxedFrom(issuer)
  return issuer.standing === 'registered' ? from !== undefined && from <= day : true
}

/** Who says that it is not registered is asked from the beginning. */
function taxedFrom({ standing, registrations }: Pick<IssuerTax, 'standing' | 'registrations'>): string | undefined {
  return standing === 'registered' ? registrations.map(({ from }) => from).toSorted()[0] : undefined
}

function missingOf(issuer: IssuerTax, { key, kind, postalAddress }: CustomerTax): string[] {
  return [
    ...(issuer.postalAddress === null
      ? [`the issuer ${issuer.key} has no postalAddress: its country is needed to know the tax`]
      : []),
    ...(kind === null
      ? [`the customer ${key} has no kind: say whether it is a business, a consumer or a public_body`]
      : []),
    ...(postalAddress === null
      ? [`the customer ${key} has no postalAddress: its country is needed to know the tax`]
      : []),
  ]
}

function changeDaysOf(seller: Seller, buyer: Buyer, rates: RateTable): string[] {
  const spans: readonly (DaySpan | undefined)[] = [
    ...[seller.place, buyer.place, ...buyer.evidence].flatMap((place) => rowsAt(rates, place)),
    ...[...seller.registrations, ...buyer.certificates, seller.oneStopShop, seller.belowThreshold],
  ]
  const days = spans.flatMap((span) => (span === undefined ? [] : [span.from, span.until]))
  return [...new Set(days.filter((day) => day !== undefined))].toSorted()
}
