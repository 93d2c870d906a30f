import { currencyOf } from '../base/currency.ts'
import { formatMinor } from '../base/money.ts'
import type { SoldAmounts } from '../charging/sold-money.ts'
import type { InvoiceLine } from '../invoicing/invoice-lines.ts'
import { itemLines } from '../invoicing/items.ts'
import { PREPAID_MONEY } from '../ledger/prepaid-templates.ts'
import { creditDocument } from '../tax/arithmetic/credit-document.ts'
import { grossOf, type LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { taxesWithin } from '../tax/arithmetic/inclusive-prices.ts'
import { decideTax, type TaxDecision } from '../tax/decide-tax.ts'
import { decideOutside } from '../tax/outside-engine.ts'
import type { AccountFacts } from './account-facts.ts'
import { type CreditedDocument, planCredit } from './credit-request.ts'
import { composeDocument, type PlannedDocument } from './plan-document.ts'
import type { TaxFacts } from './tax-facts.ts'

/** How money that comes in is taxed when it is sold. */
export interface SoldTerms {
  readonly taxClass: string
  /** As its document says it. */
  readonly description: string
  /** The local day of the account on which it is sold. */
  readonly soldOn: string
  readonly decision: TaxDecision
}

/** Money that was sold with its tax: by a top-up, or a voucher that was redeemed. */
export interface PrepaidSale extends SoldTerms, SoldAmounts {
  readonly id: string
  readonly currency: string
}

/**
 * How money is taxed that is sold on a day; null where it is taxed when it is used: nobody is asked for tax, prices include it (the money
 * pays for prices with their tax), or nothing can be decided, or an engine outside is asked. Nothing is guessed, and nobody's money waits.
 */
export function decideSold(tax: TaxFacts, taxClass: string, soldOn: string): TaxDecision | null {
  const { terms, rates, missing, pricesIncludeTax } = tax
  if (terms === null || missing.length > 0 || pricesIncludeTax) return null
  const { seller, buyer, currency, language, outside, taxedFrom } = terms
  if (taxedFrom !== undefined && soldOn < taxedFrom) return null
  const supply = { seller, buyer, currency, taxClass, suppliedOn: soldOn }
  if (outside !== undefined && decideOutside(outside, supply) !== null) return null
  const answer = decideTax(supply, rates, language)
  return 'undecided' in answer ? null : answer
}

/** Takes the taxes out of what came in. Example: 11.90 at 19 % are 10.00 and 1.90. A levy on units is on none: money has no units. */
export function soldAmounts({ taxes }: TaxDecision, grossMinor: bigint, currency: string): SoldAmounts {
  const line = { grossMinor, taxes, quantity: { coefficient: 0n, scale: 0 } }
  const { minorDigits } = currencyOf(currency)
  const { netMinor, byLine } = taxesWithin([line], { minorDigits, per: 'document' })
  return { grossMinor, netMinor: netMinor[0] ?? 0n, taxMinor: byLine[0] ?? [] }
}

/** What the document of a sale is for; there is one of an account. */
export function purposeOfSale({ id }: Pick<PrepaidSale, 'id'>): string {
  return `prepaid ${id}`
}

/** What the credit note of a sale is for that was taken back. */
function purposeOfTaking({ id }: Pick<PrepaidSale, 'id'>): string {
  return `prepaid-back ${id}`
}

/** Whether a document is one of the two: it follows from a top-up or voucher, and is not corrected by itself. */
export function isOfSale(purpose: string): boolean {
  return purpose.startsWith('prepaid ') || purpose.startsWith('prepaid-back ')
}

/** The document of a sale, by the tax that was decided with the money. Balances have it already: their lot is without the tax. */
export function planSale(facts: AccountFacts, sale: PrepaidSale): PlannedDocument {
  const { taxClass, description, soldOn, decision, netMinor, taxMinor, currency } = sale
  const purpose = purposeOfSale(sale)
  const item = {
    ...{ description, quantity: '1', unit: '', unitPrice: formatMinor(netMinor, currency), discountPercent: null },
    ...{ taxClass, product: PREPAID_MONEY, from: soldOn },
    until: Temporal.PlainDate.from(soldOn).add({ days: 1 }).toString(),
  }
  const tax = [{ netMinor, taxMinor, decision, days: null, isCredit: false }]
  const lines = itemLines([item], purpose, currency, 'commit').map((line): InvoiceLine => ({ ...line, tax }))
  return { ...composeDocument(facts, { day: soldOn, purpose }, lines, null), beyondCharges: 0n }
}

/** What is credited of a sale with so much of its net that nobody has used. Example: of 10.00 and 1.90, 5.00 and 0.95. */
function creditOfSale(
  { decision: { taxes }, netMinor, taxMinor, currency }: PrepaidSale,
  leftMinor: bigint,
): LineAmounts {
  const line = { taxes, billed: { netMinor, taxMinor }, credited: { netMinor: 0n, taxMinor: taxMinor.map(() => 0n) } }
  const taking = leftMinor === netMinor ? 'rest' : { amountMinor: leftMinor }
  // A levy on units is on none of it.
  const levied = taxes.map(({ perUnit }) => (perUnit === null ? null : 0n))
  const own =
    taking === 'rest' || taxes.every(({ perUnit }) => perUnit === null) ? taking : { ...taking, leviesMinor: levied }
  const [credit] = creditDocument([line], [own], 'net', currencyOf(currency).minorDigits)
  return credit as LineAmounts
}

/** The same with its tax. */
export function creditedGross(sale: PrepaidSale, leftMinor: bigint): bigint {
  return grossOf(creditOfSale(sale, leftMinor))
}

/**
 * The credit note of a sale that was taken back; null where nothing was left of its money.
 * @param leftMinor what of its net nobody had used
 */
export function planTaking(
  facts: AccountFacts,
  document: CreditedDocument,
  { sale, leftMinor, day, reason }: { sale: PrepaidSale; leftMinor: bigint; day: string; reason: string },
): PlannedDocument | null {
  if (leftMinor === 0n) return null
  const credit = planCredit({ ...document, unusedOf: () => leftMinor }, { kind: 'rest' })
  if ('refused' in credit) throw new Error(credit.refused)
  const correction = { reason, corrects: [document.number] }
  const place = { day, purpose: purposeOfTaking(sale) }
  return { ...composeDocument(facts, place, credit.lines, correction), beyondCharges: 0n }
}
