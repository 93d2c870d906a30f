import { formatMinor, parseMinor } from '../base/money.ts'
import { formatQuantity } from '../base/quantity.ts'
import type { Plan } from '../catalog/plan.ts'
import type { Names } from '../catalog/translations.ts'
import type { CompiledPrice } from '../rating/compiled-price.ts'
import type { Language } from '../words/languages.ts'
import { type Annex, annexesOf, type Holders } from './annexes.ts'
import { type CorrectedAmounts, correctedLine } from './corrected-line.ts'
import { type BrandFacts, type DocumentBrand, documentBrand, withGroups } from './document-brand.ts'
import { arithmeticOf, type DocumentLine, newQuantity } from './document-line.ts'
import {
  type BuyerParts,
  buyerParts,
  type Party,
  partyOf,
  type SellerParts,
  type StoredParts,
  sellerParts,
} from './document-parties.ts'
import { type DocumentTax, documentTax, lineTaxes, type TaxParts, totalsOfDocument } from './document-tax.ts'
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
  /** What it bills for other accounts, in the order of their lines; absent where it bills for none. */
  readonly annexes?: readonly Annex[]
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
  readonly holders?: Holders
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
  const isAsked = asksForMoney(parts.kind, toPayMinor, isPrepaid)
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
    ...annexesOf(lines, parts.holders, currency),
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

/** Whether a payer is led to where a document is paid: what pays in advance owes nothing by its documents. */
export function asksForMoney(kind: InvoiceDocument['kind'], toPayMinor: bigint, isPrepaid: boolean): boolean {
  return kind !== 'credit_note' && toPayMinor > 0n && !isPrepaid
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
    ...holderOf(parts, line),
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

/** Of a line for another account than the one that is billed: its key. */
function holderOf({ holders }: DocumentParts, { accountId = '' }: Own): Pick<DocumentLine, 'account'> {
  const holder = holders?.get(accountId)
  return holder === undefined ? {} : { account: holder.account }
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
