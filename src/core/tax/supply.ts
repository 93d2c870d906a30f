/** Where something is, or is taxed. Country: ISO 3166-1 alpha-2. Region: what follows the hyphen in ISO 3166-2, `TX` of `US-TX`. */
export interface TaxPlace {
  readonly country: string
  readonly region?: string | undefined
  readonly county?: string | undefined
  readonly city?: string | undefined
}

/** Days are ISO 8601; `until` is the first day on which it does not hold any more. */
export interface DaySpan {
  readonly from: string
  readonly until?: string | undefined
}

/** Where a seller is registered for a tax, so that it may and must charge it. In the USA and for PST there is one for each region. */
export interface TaxRegistration extends DaySpan {
  readonly country: string
  readonly region?: string | undefined
  readonly kind: 'vat' | 'gst' | 'pst' | 'sales_tax'
  readonly number: string
  /** Whether the seller has a fixed establishment there, besides the one at home: what it sells there is no reverse charge. */
  readonly isEstablished?: boolean | undefined
}

/** What an engine outside is told of where somebody is: no street, so that customers of one postcode are asked about once. */
export interface TaxAddress extends TaxPlace {
  readonly postcode?: string | undefined
}

export interface Seller {
  /** Where it is established. */
  readonly place: TaxPlace
  /** Only where an engine outside is asked. */
  readonly taxAddress?: TaxAddress | undefined
  /** `small_business`: exempt by its turnover (Directive 2006/112/EC art. 284). `not_registered`: outside the tax, as a sole trader may be. */
  readonly standing: 'registered' | 'small_business' | 'not_registered'
  readonly registrations: readonly TaxRegistration[]
  /** The one-stop shop: VAT of all members of the Union through one of them, for consumers. */
  readonly oneStopShop?: (DaySpan & { readonly scheme: 'union' | 'non_union' }) | undefined
  /** Days on which sales to consumers in other member states are below 10,000 EUR a year, and so taxed at home (art. 59c). */
  readonly belowThreshold?: DaySpan | undefined
}

/** Says that a buyer is exempt at a place, such as a resale certificate of a state. */
export interface ExemptionCertificate extends DaySpan {
  readonly country: string
  readonly region?: string | undefined
  readonly number: string
  readonly reason: string
}

export interface Buyer {
  readonly kind: 'business' | 'consumer' | 'public_body'
  /** Of its address. Goods may go to another place: `Supply.deliveredTo`. */
  readonly place: TaxPlace
  /** Only where an engine outside is asked. */
  readonly taxAddress?: TaxAddress | undefined
  /** As written on documents, with the country in front where it has one: `FR40303265045`. */
  readonly taxIds: readonly string[]
  /** By tax id: how it was confirmed, in words. */
  readonly proofs?: Readonly<Record<string, string>>
  readonly certificates: readonly ExemptionCertificate[]
  /** Where a consumer is, besides the address (Implementing Regulation 282/2011 art. 24f). */
  readonly evidence: readonly PlaceEvidence[]
}

export interface PlaceEvidence {
  readonly kind: 'ip' | 'card' | 'sim' | 'landline' | 'other'
  readonly country: string
}

/** What is sold to whom, and when. */
export interface Supply {
  readonly seller: Seller
  readonly buyer: Buyer
  /** The tax class of the price: a code of `tax-classes.ts`. */
  readonly taxClass: string
  /** The tax point: the rates and registrations of this day hold. */
  readonly suppliedOn: string
  /** Of the document: an amount per unit must be in it. */
  readonly currency: string
  readonly deliveredTo?: TaxPlace | undefined
}

export function holdsOn({ from, until }: DaySpan, day: string): boolean {
  return from <= day && (until === undefined || day < until)
}

/** `US/TX/Travis`, for people. */
export function placeText({ country, region, county, city }: TaxPlace): string {
  return [country, region, county, city].filter((part) => part !== undefined).join('/')
}

/** The certificate of a buyer that holds at a place on a day. */
export function certificateOf({ certificates }: Buyer, place: TaxPlace, day: string): ExemptionCertificate | null {
  const holds = (one: ExemptionCertificate): boolean =>
    one.country === place.country && (one.region === undefined || one.region === place.region) && holdsOn(one, day)
  return certificates.find(holds) ?? null
}
