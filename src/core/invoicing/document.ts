import { formatMinor, parseMinor } from '../base/money.ts'
import { formatQuantity } from '../base/quantity.ts'
import type { Plan } from '../catalog/plan.ts'
import type { Names } from '../catalog/translations.ts'
import type { CompiledPrice } from '../rating/compiled-price.ts'
import { type Buyer, holdsOn, type TaxRegistration } from '../tax/supply.ts'
import type { Language } from '../words/languages.ts'
import { type CorrectedAmounts, correctedLine } from './corrected-line.ts'
import { type BrandFacts, type DocumentBrand, documentBrand, withGroups } from './document-brand.ts'
import { arithmeticOf, type DocumentLine, newQuantity } from './document-line.ts'
import {
  type DocumentTax,
  documentTax,
  type ElectronicAddress,
  lineTaxes,
  type PostalAddress,
  type TaxParts,
  totalsOfDocument,
} from './document-tax.ts'
import type { EInvoiceTerms } from './einvoice-terms.ts'
import { arithmeticOfGroup, printedTogether } from './group-line.ts'
import { type IncludedUnits, includedUnits, type UnitBalances } from './included-units.ts'
import { type InvoiceLine, targetKey } from './invoice-lines.ts'
import { advancesOn } from './items.ts'
import { netOf, taxOf } from './line-tax.ts'
import { type BankAccount, type PayTo, payTo } from './pay-to.ts'
import type { BillPart } from './split-bill.ts'
import { nameOfLine, withNames } from './translated-names.ts'

/** What is printed and kept: everything as it was when the document was issued. Amounts are texts in major units. */
export interface InvoiceDocument extends DocumentTax, DocumentBrand {
  readonly kind: 'invoice' | 'credit_note' | 'debit_note'
  /** Of a note: the documents that it corrects, and why. */
  readonly corrects?: readonly string[]
  readonly reason?: string
  /** It is no document yet, or none that is owed: it says so on every page. */
  readonly mark?: 'draft' | 'pro_forma'
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly termsDays: number
  readonly currency: string
  readonly language: Language
  readonly account: string
  readonly seller: Party & SellerParts & { readonly bankDetails: string | null }
  readonly buyer: Party & BuyerParts
  /** Where it may be paid; absent where the issuer has no account in its currency. */
  readonly payTo?: PayTo
  readonly period: { readonly from: string; readonly until: string }
  readonly lines: readonly DocumentLine[]
  readonly usage: readonly {
    readonly meter: string
    readonly unit: string
    readonly quantity: string
    readonly records: number
  }[]
  /** Units that covered usage, which is charged in no line then; absent where there are none. */
  readonly included?: readonly IncludedUnits[]
  /** What units, meters and the like are called on its page, in its language, where plans say it: `{ min: 'хв' }`. */
  readonly names?: Names
  /** It asks for money for supplies to come. */
  readonly isAdvance?: true
  /** Numbers of advance invoices that were paid and come off it. */
  readonly deducts?: readonly string[]
  /** Of a bill that is split: which part of it this is. */
  readonly part?: BillPart
  /** Discounts are in the net already; absent on documents from before there were any. */
  readonly totals: {
    readonly discounts?: string
    readonly net: string
    readonly tax: string
    readonly total: string
    /** What the buyer keeps back of the total and pays to its tax office, and what is left. */
    readonly withheld?: string
    readonly toPay?: string
  }
}

interface Party {
  readonly name: string
  readonly address: string | null
  readonly taxId: string | null
}

/** What else is known of a seller: fields that are not filled in are absent. */
interface SellerParts {
  readonly legalForm?: string
  readonly postalAddress?: PostalAddress
  /** Registrations for tax on the day of issue. */
  readonly registrations?: readonly TaxRegistration[]
  /** Whom to ask about documents, and where its e-invoices come from. */
  readonly contact?: SellerContact
  readonly electronicAddress?: ElectronicAddress
}

interface SellerContact {
  readonly name: string
  readonly telephone: string
  readonly email: string
}

interface BuyerParts {
  readonly kind?: Buyer['kind']
  readonly postalAddress?: PostalAddress
  readonly taxIds?: readonly string[]
  readonly purchaseOrder?: string
  readonly electronicAddress?: ElectronicAddress
  /** Which e-invoice it asks for; absent where it asks for none. */
  readonly einvoice?: EInvoiceTerms
}

/** Of issuers and customers as they are stored: what is empty there is absent on documents. */
interface StoredParts {
  readonly legalForm?: string | null
  readonly postalAddress?: PostalAddress | null
  readonly registrations?: readonly TaxRegistration[]
  readonly kind?: Buyer['kind'] | null
  readonly taxIds?: readonly string[]
  readonly purchaseOrder?: string | null
  readonly electronicAddress?: ElectronicAddress | null
  readonly contact?: SellerContact | null
  readonly einvoice?: EInvoiceTerms | null
}

export interface DocumentParts {
  readonly kind: InvoiceDocument['kind']
  readonly number: string
  readonly issuedOn: string
  readonly dueOn: string
  readonly account: {
    readonly key: string
    readonly currency: string
    readonly termsDays: number
    readonly zone: string
    /** `0` pays in advance. */
    readonly creditLimitMinor?: string | null
  }
  readonly customer: Party & StoredParts & Pick<InvoiceDocument, 'language'>
  readonly issuer: Party &
    StoredParts & {
      readonly correctiveForm?: boolean
      readonly bankDetails: string | null
      readonly bankAccounts?: readonly BankAccount[]
    }
  /** Null where the seller is registered nowhere and charges no tax. */
  readonly tax?: TaxParts | null
  readonly lines: readonly (InvoiceLine & { readonly id: string })[]
  readonly subscriptions: ReadonlyMap<string, { readonly key: string }>
  readonly plans: ReadonlyMap<string, Plan>
  readonly prices: (line: InvoiceLine) => CompiledPrice | undefined
  readonly units: UnitBalances | null
  readonly part?: BillPart | null
  /** Of a correction in the form "was, should be": what was billed of what a line is about. */
  readonly billedBefore?: ((line: InvoiceLine) => CorrectedAmounts) | undefined
  readonly correction: { readonly reason: string; readonly corrects: readonly string[] } | null
  /** Null where neither account nor issuer has one. */
  readonly brand?: BrandFacts | null | undefined
}

export function buildDocument(parts: DocumentParts): InvoiceDocument {
  const { account, customer, issuer, lines, issuedOn, tax = null } = parts
  const { currency } = account
  const totals = totalsOfDocument(lines, tax, currency)
  const toPay = totals.toPay ?? totals.total
  const toPayMinor = parseMinor(toPay, currency) ?? 0n
  const isPrepaid = account.creditLimitMinor === '0'
  const isAsked = parts.kind !== 'credit_note' && toPayMinor > 0n && !isPrepaid
  return {
    kind: parts.kind,
    ...parts.correction,
    number: parts.number,
    issuedOn: parts.issuedOn,
    dueOn: parts.dueOn,
    termsDays: account.termsDays,
    currency,
    language: customer.language,
    account: account.key,
    ...advancesOn(lines),
    ...(parts.part == null ? {} : { part: parts.part }),
    seller: { ...partyOf(issuer), bankDetails: issuer.bankDetails, ...sellerParts(issuer, issuedOn) },
    buyer: { ...partyOf(customer), ...buyerParts(customer) },
    period: {
      from: lines.map(({ shown }) => shown.start).toSorted()[0] as string,
      until: lines
        .map(({ shown }) => shown.end)
        .toSorted()
        .at(-1) as string,
    },
    ...withNames(parts, {
      lines: withGroups(toDocumentLines(parts), parts.brand),
      usage: summarizeUsage(parts),
      ...included(parts),
    }),
    ...documentTax(lines, tax, currency),
    totals: {
      discounts: formatMinor(discountedMinor(lines), currency),
      ...totals,
    },
    ...payTo({ ...parts, currency, language: customer.language, toPayMinor, isPrepaid }),
    ...documentBrand(parts.brand, {
      ...{ currency, language: customer.language, customerKind: customer.kind ?? null },
      ...{ number: parts.number, account: account.key, toPay: isAsked ? toPay : null },
    }),
  }
}

/** An address in parts is printed where there is none as a text, and likewise a tax id. */
export function partyOf({ name, address, taxId, postalAddress, taxIds = [] }: Party & StoredParts): Party {
  const parts = postalAddress == null ? null : addressText(postalAddress)
  return { name, address: address ?? parts, taxId: taxId ?? taxIds[0] ?? null }
}

/** `1 Main Street`, `10115 Berlin`, `DE`, each on a line. */
function addressText({ lines = [], postcode, city, region, country }: PostalAddress): string {
  const place = [postcode, city, region].filter((part) => part !== undefined).join(' ')
  return [...lines, place, country].filter((part) => part !== '').join('\n')
}

function sellerParts(issuer: StoredParts, day: string): SellerParts {
  const { legalForm, postalAddress, registrations = [], contact, electronicAddress } = issuer
  const own = registrations.filter((one) => holdsOn(one, day))
  return {
    ...(legalForm == null ? {} : { legalForm }),
    ...(postalAddress == null ? {} : { postalAddress }),
    ...(own.length === 0 ? {} : { registrations: own }),
    ...(contact == null ? {} : { contact }),
    ...(electronicAddress == null ? {} : { electronicAddress }),
  }
}

function buyerParts(customer: StoredParts): BuyerParts {
  const { kind, postalAddress, taxIds = [], purchaseOrder, electronicAddress, einvoice } = customer
  return {
    ...(kind == null ? {} : { kind }),
    ...(postalAddress == null ? {} : { postalAddress }),
    ...(taxIds.length === 0 ? {} : { taxIds }),
    ...(purchaseOrder == null ? {} : { purchaseOrder }),
    ...(electronicAddress == null ? {} : { electronicAddress }),
    ...(einvoice == null ? {} : { einvoice }),
  }
}

function discountedMinor(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, { kind, amountMinor }) => (kind === 'discount' ? sum + amountMinor : sum), 0n)
}

type Own = DocumentParts['lines'][number]

function toDocumentLines(parts: DocumentParts): DocumentLine[] {
  const printed = printedTogether(parts.lines)
  const places = new Map(
    printed.flatMap((own, index) =>
      own.filter(({ adjustment = '' }) => adjustment === '').map((line) => [targetKey(line), index + 1] as const),
    ),
  )
  return printed.map((own, index) => toDocumentLine(parts, own, index + 1, places))
}

function toDocumentLine(
  parts: DocumentParts,
  own: readonly Own[],
  position: number,
  places: ReadonlyMap<string, number>,
): DocumentLine {
  const { currency } = parts.account
  const facts = { currency, plans: parts.plans, prices: parts.prices }
  const [line] = own as [Own, ...Own[]]
  const { group } = line
  const isLowering = line.kind === 'cap' || line.kind === 'discount'
  return {
    id: line.id,
    position,
    kind: line.kind,
    description: nameOfLine(parts, line),
    isLate: line.isLate,
    subscription: parts.subscriptions.get(line.subscriptionId)?.key ?? '',
    from: line.shown.start,
    until: line.shown.end,
    amount: formatMinor(
      own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      currency,
    ),
    ...(isLowering ? { lowers: places.get(targetKey(line)) ?? null } : {}),
    ...(line.kind === 'discount' ? { discount: String(line.basis?.['code']) } : {}),
    ...(group === undefined
      ? arithmeticOf(facts, line)
      : arithmeticOfGroup(
          facts,
          own.map((one) => ({ ...one, group })),
        )),
    ...lineTaxes(own, currency),
    ...corrected(parts, own),
  }
}

/** What was billed of the charges of a line before, where the document says so. */
function corrected(
  { billedBefore, account: { currency } }: DocumentParts,
  own: readonly Own[],
): Pick<DocumentLine, 'corrected'> {
  if (billedBefore === undefined) return {}
  const was = own.map(billedBefore)
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
  const before = { netMinor: sum(was.map((one) => one.netMinor)), taxMinor: sum(was.map((one) => one.taxMinor)) }
  const change = { netMinor: sum(own.map(netOf)), taxMinor: sum(own.map(taxOf)) }
  return { corrected: correctedLine(before, change, currency) }
}

function included({ units, lines, plans, subscriptions, account, issuedOn }: DocumentParts): {
  included?: readonly IncludedUnits[]
} {
  if (units === null) return {}
  const used = lines.filter(({ usage }) => usage !== null)
  const told = includedUnits({ balances: units, used, plans, subscriptions, zone: account.zone, issuedOn })
  return told.length === 0 ? {} : { included: told }
}

function summarizeUsage(parts: DocumentParts): InvoiceDocument['usage'] {
  const used = parts.lines.flatMap((line) => {
    const price = line.usage === null ? undefined : parts.prices(line)
    return price === undefined ? [] : [{ line, price }]
  })
  // By code: versions of a plan that were published one after another have a meter of their own each.
  return [...Map.groupBy(used, ({ price }) => price.meter.code).values()].flatMap((own) => {
    const [{ price }] = own as [(typeof used)[number]]
    const { meter } = price
    const lines = own.map(({ line }) => line)
    const quantity = own.reduce((sum, { line, price }) => sum + newQuantity(line, price), 0n)
    const records = lines.reduce((sum, line) => sum + (line.usage?.records ?? 0) - line.billedBefore.records, 0)
    // The same usage by another price: nothing more was used.
    if (quantity === 0n && records === 0 && lines.some((line) => line.billedBefore.records > 0)) return []
    return [{ meter: meter.name, unit: meter.unit, quantity: formatQuantity(quantity, meter.scale), records }]
  })
}
