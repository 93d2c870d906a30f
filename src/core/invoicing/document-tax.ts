import { formatMinor, parseMinor } from '../base/money.ts'
import { sumOf, taxKey } from '../tax/arithmetic/document-taxes.ts'
import { withheldOf } from '../tax/arithmetic/withholding.ts'
import type { TaxDecision } from '../tax/decide-tax.ts'
import type { LegalNotice } from '../tax/rules/legal-texts.ts'
import { type Buyer, placeText, type TaxPlace, type TaxRegistration } from '../tax/supply.ts'
import type { Tax } from '../tax/tax.ts'
import type { InvoiceLine } from './invoice-lines.ts'
import { type LineTax, netOf, taxOf, taxTotals } from './line-tax.ts'

/** An address in its parts. */
export interface PostalAddress extends TaxPlace {
  readonly lines?: readonly string[] | undefined
  readonly postcode?: string | undefined
}

/** An address in a network of e-invoices: the code of the list that it is of (EAS), and itself. */
export interface ElectronicAddress {
  readonly scheme: string
  readonly id: string
}

/** One tax as a document has it. Amounts are texts in major units; a percentage is null for an amount per unit. */
export interface PrintedTax
  extends Pick<Tax, 'kind' | 'name' | 'category' | 'place' | 'percent' | 'perUnit'>,
    Pick<LegalNotice, 'vatex'> {
  readonly base: string
  readonly amount: string
  /** What the document must say of it, such as the text of reverse charge; null where it need not say anything. */
  readonly notice: string | null
}

/** How a line, or a part of it, is taxed and why. */
export interface PrintedLineTax {
  readonly rule: string
  readonly category: Tax['category']
  readonly place: string
  readonly why: string
  readonly net: string
  readonly tax: string
  readonly taxes: readonly (Pick<Tax, 'kind' | 'name' | 'percent' | 'perUnit'> & { readonly amount: string })[]
  /** Of a part of a line whose tax changes within its days: the first and last of them. */
  readonly days?: { readonly from: string; readonly until: string }
  /** It takes back what a document before billed, with the tax of that. */
  readonly isCredit?: true
}

/** What a document says of tax; nothing where nobody was asked for it. */
export interface DocumentTax {
  readonly pricesIncludeTax?: true
  readonly taxes?: readonly PrintedTax[]
  readonly notices?: readonly string[]
}

/** What a document's tax follows from, besides its lines. */
export interface TaxParts {
  readonly withholding: { readonly percent: string; readonly base: 'net' | 'tax' | 'gross' } | null
  readonly pricesIncludeTax: boolean
  /** Null where the issuer says nothing of tax any more: a document takes back then what others billed, and withholds nothing. */
  readonly terms: {
    readonly seller: { readonly place: TaxPlace; readonly registrations: readonly TaxRegistration[] }
    readonly buyer: Pick<Buyer, 'kind' | 'place'>
  } | null
}

type Lines = readonly Pick<InvoiceLine, 'amountMinor' | 'tax'>[]

export function documentTax(lines: Lines, parts: TaxParts | null, currency: string): DocumentTax {
  const own = lines.flatMap(({ tax = [] }) => tax)
  if (own.length === 0) return {}
  const decisions = own.map(({ decision }) => decision)
  const taxes = taxTotals(lines).map(({ tax, baseMinor, taxMinor }) => {
    const { kind, name, category, place, percent, perUnit } = tax
    const legal = legalOf(decisions, tax)
    return {
      ...{ kind, name, category, place, percent, perUnit, base: formatMinor(baseMinor, currency) },
      ...{ amount: formatMinor(taxMinor, currency), notice: noticeText(legal), vatex: legal?.vatex ?? null },
    }
  })
  const notices = [...new Set(decisions.map(({ legal }) => noticeText(legal)).filter((text) => text !== null))]
  return {
    ...(parts?.pricesIncludeTax === true ? { pricesIncludeTax: true } : {}),
    ...{ taxes, notices },
  }
}

function legalOf(decisions: readonly TaxDecision[], tax: Tax): LegalNotice | null {
  const found = decisions.find(({ taxes, legal }) => legal !== null && taxes.some((one) => isSame(one, tax)))
  return found?.legal ?? null
}

function isSame(a: Tax, b: Tax): boolean {
  return a.category === b.category && a.place === b.place && a.kind === b.kind && a.percent === b.percent
}

function noticeText(legal: LegalNotice | null): string | null {
  if (legal === null) return null
  return legal.reference === null ? legal.text : `${legal.text} (${legal.reference})`
}

/** Sums of a document. What a buyer keeps back for the tax office is part of the total. */
export function totalsOfDocument(
  lines: Lines,
  parts: TaxParts | null,
  currency: string,
): {
  readonly net: string
  readonly tax: string
  readonly total: string
  readonly withheld?: string
  readonly toPay?: string
} {
  const [netMinor, taxMinor] = [sumOf(lines.map(netOf)), sumOf(lines.map(taxOf))]
  const money = (amount: bigint): string => formatMinor(amount, currency)
  const totals = { net: money(netMinor), tax: money(taxMinor), total: money(netMinor + taxMinor) }
  if (parts === null || parts.withholding === null || !isWithheld(parts)) return totals
  const withheld = withheldOf({ netMinor, taxMinor }, parts.withholding)
  return { ...totals, withheld: money(withheld), toPay: money(netMinor + taxMinor - withheld) }
}

/** What the buyer of a document keeps back of its total, in minor units: it is not to be asked for. */
export function withheldMinor({
  currency,
  totals,
}: {
  readonly currency: string
  readonly totals: { readonly withheld?: string }
}): bigint {
  return parseMinor(totals.withheld ?? '0', currency) ?? 0n
}

function isWithheld({ terms }: TaxParts): boolean {
  if (terms === null) return false
  const { seller, buyer } = terms
  return buyer.kind !== 'consumer' && buyer.place.country === seller.place.country
}

/** The taxes of a printed line: of all the charges that are on it, those that are taxed alike together. */
export function lineTaxes(lines: Lines, currency: string): { readonly tax?: readonly PrintedLineTax[] } {
  const own = lines.flatMap(({ tax = [] }) => tax)
  if (own.length === 0) return {}
  if (own.length === 1) return { tax: [printedLineTax(own, currency)] }
  const alike = Map.groupBy(own, ({ decision: { rule, taxes, why }, days, isCredit }) =>
    JSON.stringify([rule, taxes.map(taxKey), why, days?.from, isCredit]),
  )
  return { tax: [...alike.values()].map((parts) => printedLineTax(parts, currency)) }
}

function printedLineTax(parts: readonly LineTax[], currency: string): PrintedLineTax {
  const [{ decision, days, isCredit }] = parts as [LineTax]
  const amounts = decision.taxes.map((_, slot) => sumOf(parts.map(({ taxMinor }) => taxMinor[slot] ?? 0n)))
  const { rule, category, place, why, taxes } = decision
  return {
    ...{ rule, category, place: placeText(place), why },
    net: formatMinor(sumOf(parts.map(({ netMinor }) => netMinor)), currency),
    tax: formatMinor(sumOf(amounts), currency),
    taxes: taxes.map(({ kind, name, percent, perUnit }, slot) => ({
      ...{ kind, name, percent, perUnit, amount: formatMinor(amounts[slot] as bigint, currency) },
    })),
    ...(days === null ? {} : { days }),
    ...(isCredit ? { isCredit } : {}),
  }
}
