import { checkTaxId } from './ids/check-tax-id.ts'
import { type PlaceAnswer, placeOfSupply } from './places/place-of-supply.ts'
import { isInUnion, isNorthernIreland, lacksRegion, taxArea, taxedAs } from './places/tax-areas.ts'
import type { RateTable } from './rates/rate-table.ts'
import { taxesAt } from './rates/taxes-at.ts'
import { TAX_RULES } from './rules/all-rules.ts'
import { type LegalNotice, legalNotice } from './rules/legal-texts.ts'
import { domesticReverseCharge } from './rules/reverse-charge.ts'
import type { Route, RuleConditions, TaxRule } from './rules/tax-rule.ts'
import {
  type Buyer,
  certificateOf,
  type ExemptionCertificate,
  holdsOn,
  placeText,
  type Supply,
  type TaxPlace,
  type TaxRegistration,
} from './supply.ts'
import { noTax, type Tax, type TaxCategory } from './tax.ts'
import { findTaxClass, type SupplyNature, TAX_CLASS_CODES, type TaxClass } from './tax-classes.ts'
import { TAX_KINDS } from './tax-kinds.ts'

/** How a supply is taxed, and why. */
export interface TaxDecision {
  /** The id of the rule that decided. */
  readonly rule: string
  /** Of the document's line. The taxes have their own, where a country has several. */
  readonly category: TaxCategory
  readonly place: TaxPlace
  /** At least one: what is not taxed has a tax of 0 % with its category. */
  readonly taxes: readonly Tax[]
  /** Answers "why this tax". */
  readonly why: string
  /** What the document must say; null where it need not say anything. */
  readonly legal: LegalNotice | null
  /** The tax id of the buyer, where there is no tax because of it. */
  readonly restsOn?: string
}

/** What must be known, or done, before a document may be issued: nothing is guessed, and never taxed at nought instead. */
export interface Undecided {
  readonly undecided: string
}

/** All that rules ask about. */
interface SupplyFacts {
  readonly supply: Supply
  readonly taxClass: TaxClass
  readonly place: TaxPlace
  readonly because: string
  readonly route: Route
  readonly isBuyerTaxable: boolean
  readonly taxId: string | null
  readonly registration: TaxRegistration | null
  readonly isEstablishedThere: boolean
  readonly certificate: ExemptionCertificate | null
  /** The law that turns the tax over to the buyer within the country. */
  readonly reversedBy: string | null
}

/** Asks the rules in their order. Rates are those of the day of supply. */
export function decideTax(supply: Supply, rates: RateTable, language = 'en'): TaxDecision | Undecided {
  const taxClass = findTaxClass(supply.taxClass)
  if (taxClass === undefined)
    return { undecided: `"${supply.taxClass}" is no tax class; there are ${TAX_CLASS_CODES.join(', ')}` }
  const facts = factsOf(supply, taxClass)
  if ('unknown' in facts) return { undecided: facts.unknown }
  const rule = TAX_RULES.find(({ when }) => isMet(when, facts))
  return rule === undefined ? { undecided: whatIsMissing(facts) } : apply(rule, facts, rates, language)
}

function factsOf(supply: Supply, taxClass: TaxClass): SupplyFacts | { readonly unknown: string } {
  const { seller, buyer, suppliedOn } = supply
  const taxId = taxIdOf(buyer, taxClass)
  const isBuyerTaxable = isTaxable(supply, taxClass, taxId)
  const answer = placeFor(supply, taxClass, isBuyerTaxable)
  if ('unknown' in answer) return answer
  const { place } = answer
  if (taxClass.rates.length > 0 && lacksRegion(place) && isAtHomeIn(supply, place.country))
    return { unknown: `the region of ${place.country} is needed to know the tax, such as TX of US-TX` }
  const because = isBuyerTaxable || buyer.kind === 'consumer' ? answer.because : `${WITHOUT_TAX_ID}: ${answer.because}`
  const isThere = ({ country, region }: TaxPlace): boolean => taxArea({ country, region }) === taxArea(place)
  const registrations = seller.registrations.filter(
    (one) => holdsOn(one, suppliedOn) && isThere(one) && TAX_KINDS[one.kind]?.hasOwnRegistration !== true,
  )
  return {
    ...{ supply, taxClass, place, because, isBuyerTaxable, taxId },
    route: routeOf(seller.place, place, supply, taxClass),
    registration: registrations[0] ?? null,
    isEstablishedThere: isThere(seller.place) || registrations.some((one) => one.isEstablished === true),
    certificate: certificateOf(buyer, place, suppliedOn),
    reversedBy: domesticReverseCharge(taxedAs(place).country, taxClass.code, suppliedOn),
  }
}

const WITHOUT_TAX_ID = 'a buyer without a valid tax id of its country counts as a consumer'

function isAtHomeIn({ seller }: Supply, country: string): boolean {
  return [seller.place, ...seller.registrations].some((one) => one.country === country)
}

/** What is outside the tax has no place of supply that matters. */
function placeFor(supply: Supply, taxClass: TaxClass, isBuyerTaxable: boolean): PlaceAnswer {
  if (isNowhereTaxed(taxClass.nature)) return { place: supply.seller.place, because: 'it is taxed nowhere' }
  return placeOfSupply(supply, taxClass, isBuyerTaxable)
}

function isNowhereTaxed(nature: SupplyNature): boolean {
  return NOWHERE_TAXED.has(nature)
}

const NOWHERE_TAXED: ReadonlySet<SupplyNature> = new Set([
  'exempt',
  'out_of_scope',
  'multi_purpose_voucher',
  'used_voucher',
])

/** Whether what has the class is taxed at once when it is sold: money of it that is drawn down is a voucher for one purpose. */
export function isTaxedWhenSold(taxClass: string): boolean {
  const found = findTaxClass(taxClass)
  return found !== undefined && !isNowhereTaxed(found.nature)
}

/** The first tax id that is right for the buyer's own country; for goods to Northern Ireland one that begins with XI. */
function taxIdOf({ place, taxIds }: Buyer, { nature }: TaxClass): string | null {
  const country = nature === 'goods' && isNorthernIreland(place) ? 'XI' : taxedAs(place).country
  const found = taxIds.map((id) => checkTaxId(id, country)).find((one) => one.isValid && one.country === country)
  return found?.number ?? null
}

/** Public bodies are taxable with a tax id, and so are businesses in another member state; elsewhere a business is one without. */
function isTaxable({ seller, buyer, suppliedOn }: Supply, { nature }: TaxClass, taxId: string | null): boolean {
  if (buyer.kind === 'consumer') return false
  if (taxId !== null) return true
  const isCrossing = taxArea(buyer.place) !== taxArea(seller.place) && isInUnion(buyer.place, suppliedOn, nature)
  return buyer.kind === 'business' && !isCrossing
}

function routeOf(home: TaxPlace, place: TaxPlace, { suppliedOn }: Supply, { nature }: TaxClass): Route {
  if (taxArea(home) === taxArea(place)) return 'domestic'
  const [isFrom, isTo] = [isInUnion(home, suppliedOn, nature), isInUnion(place, suppliedOn, nature)]
  if (isFrom) return isTo ? 'within_union' : 'out_of_union'
  return isTo ? 'into_union' : 'abroad'
}

function isMet(when: RuleConditions, facts: SupplyFacts): boolean {
  const { seller, suppliedOn } = facts.supply
  const holds = (span: { from: string; until?: string | undefined } | undefined): boolean =>
    span !== undefined && holdsOn(span, suppliedOn)
  const isSame = (asked: unknown, found: unknown): boolean => asked === undefined || asked === found
  return (
    (when.natures?.includes(facts.taxClass.nature) ?? true) &&
    (when.routes?.includes(facts.route) ?? true) &&
    isSame(when.isBuyerTaxable, facts.isBuyerTaxable) &&
    isSame(when.placeCountry, facts.place.country) &&
    isSame(when.sellerCountry, seller.place.country) &&
    isSame(when.standing, seller.standing) &&
    isSame(when.isRegisteredThere, facts.registration !== null) &&
    isSame(when.isEstablishedThere, facts.isEstablishedThere) &&
    isSame(when.hasOneStopShop, holds(seller.oneStopShop) ? seller.oneStopShop?.scheme : null) &&
    isSame(when.isBelowThreshold, holds(seller.belowThreshold)) &&
    isSame(when.hasCertificate, facts.certificate !== null) &&
    isSame(when.isReversedAtHome, facts.reversedBy !== null)
  )
}

function apply(rule: TaxRule, facts: SupplyFacts, rates: RateTable, language: string): TaxDecision | Undecided {
  const { seller, suppliedOn, currency } = facts.supply
  const place = rule.taxedAt === 'seller' ? seller.place : facts.place
  const words = wordsOf(facts)
  const told = {
    rule: rule.id,
    place,
    why: filled(rule.why, { ...words, taxId: withProof(facts) }),
    ...(facts.taxId !== null && rule.why.includes('{taxId}') ? { restsOn: facts.taxId } : {}),
    legal: noticeOf(rule, facts, words, language),
  }
  if (rule.taxedAt === null || rule.category !== 'rates') {
    const category = rule.category === 'rates' ? 'O' : rule.category
    return { ...told, category, taxes: [noTax(category, placeText(place))] }
  }
  const found = taxesAt(rates, { place, taxClass: facts.taxClass, day: suppliedOn, currency, seller })
  if ('unknown' in found) return { undecided: found.unknown }
  const { taxes } = found
  const main =
    taxes.find(({ kind }) => kind === 'vat' || kind === 'gst') ?? taxes.find(({ percent }) => percent !== null)
  return { ...told, category: main?.category ?? 'S', taxes }
}

function wordsOf({
  supply,
  taxClass,
  place,
  because,
  taxId,
  registration,
  certificate,
  reversedBy,
}: SupplyFacts): Words {
  return {
    because,
    seller: placeText(supply.seller.place),
    place: placeText(place),
    day: supply.suppliedOn,
    class: taxClass.code,
    taxId: taxId ?? '',
    registration: registration?.number ?? '',
    certificate: certificate === null ? '' : `${certificate.number} (${certificate.reason})`,
    law: reversedBy ?? '',
  }
}

/** The tax id, and what a register said of it: `FR40303265045 (confirmed by vies on 2026-02-01)`. */
function withProof({ taxId, supply: { buyer } }: SupplyFacts): string {
  const proof = buyer.proofs?.[taxId ?? '']
  return proof === undefined ? (taxId ?? '') : `${taxId} (${proof})`
}

type Words = Readonly<Record<string, string>>

function filled(template: string, words: Words): string {
  return template.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')
}

function noticeOf({ legal }: TaxRule, facts: SupplyFacts, words: Words, language: string): LegalNotice | null {
  if (legal === null) return null
  const { supply, reversedBy } = facts
  const home = taxedAs(supply.seller.place)
  const isUnion = isInUnion(home, supply.suppliedOn)
  const { text, reference, vatex } = legalNotice(legal, language, { isUnion, country: home.country })
  const own = legal === 'domestic_reverse_charge' ? reversedBy : null
  const both = [own, reference].filter((one) => one !== null)
  return { text: filled(text, words), reference: both.length === 0 ? null : both.join('; '), vatex }
}

function whatIsMissing({ supply, place, route, because }: SupplyFacts): string {
  const where = placeText(place)
  const day = supply.suppliedOn
  if (route === 'domestic')
    return `the seller has no registration for tax in ${where} on ${day}: add one, or say that it is a small business or not registered`
  return `${because}: in ${where}; the seller has on ${day} neither a registration in ${where} nor the one-stop shop`
}
