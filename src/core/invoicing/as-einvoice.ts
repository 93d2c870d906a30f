import { add, type Decimal, decimal, negate } from '../base/decimal.ts'
import { plainIban } from '../base/iban.ts'
import { dayBefore } from '../base/period.ts'
import type { Address, EInvoice, Line, Party, Price, Quantity, VatBreakdown } from '../einvoice/document.ts'
import { WORDS } from '../words/words.ts'
import type { InvoiceDocument } from './document.ts'
import type { DocumentLine } from './document-line.ts'
import { registeredName } from './document-parties.ts'
import type { ElectronicAddress, PostalAddress, PrintedLineTax } from './document-tax.ts'
import { EINVOICE_HEADERS } from './einvoice-terms.ts'

/** Taxes that EN 16931 knows: VAT, and those of the Canary Islands, and of Ceuta and Melilla. */
const VAT_KINDS = new Set(['vat', 'gst', 'igic', 'ipsi'])
/** UNTDID 1001. */
const TYPE_CODES = { invoice: '380', credit_note: '381', debit_note: '383' } as const
const PREPAYMENT = '386'
/** UN/ECE Recommendation 20, of units as plans write them; all else is counted by one. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ min: 'MIN', minute: 'MIN', minutes: 'MIN', s: 'SEC', second: 'SEC', seconds: 'SEC', h: 'HUR', hour: 'HUR' },
  ...{ kWh: 'KWH', kwh: 'KWH', MWh: 'MWH', MB: '4L', GB: 'E34', TB: 'E35', day: 'DAY', month: 'MON' },
}
const ONE = 'C62'

/** A file that goes out with a document: a supporting document of it (BG-24). */
export interface EnclosedFile {
  /** Names it within the document, too: no two have the same. */
  readonly name: string
  readonly mimeType: string
  readonly base64: string
}

/** A document that cannot be an e-invoice, and why. */
export interface NoEInvoice {
  readonly because: string
}

/**
 * A document as EN 16931 has it. Each line of it is one for each tax that it has; amounts of a credit note are above zero. Discounts and
 * maximums are lines with a quantity of −1, as they are on the document.
 */
export function asEInvoice(document: InvoiceDocument, files: readonly EnclosedFile[] = []): EInvoice | NoEInvoice {
  const { kind, taxes, totals } = document
  if (taxes === undefined)
    return {
      because: 'its issuer said nothing of tax when it was issued: an e-invoice needs the category of each line',
    }
  const other = taxes.find((tax) => !VAT_KINDS.has(tax.kind))
  if (other !== undefined)
    return { because: `it has the tax "${other.name}", for which EN 16931 has no place beside VAT` }
  const sign: Sign = kind === 'credit_note' ? -1 : 1
  const amount = (text: string): Decimal => signed(decimal(text), sign)
  const categoryOf = categoriesOf(document)
  const isOutside = taxes.every(({ category }) => category === 'O')
  const lastDays = new LastDays()
  return {
    ...headOf(document),
    seller: sellerOf(document, isOutside),
    buyer: buyerOf(document, isOutside),
    delivery: {
      date: dayBefore(document.period.until),
      ...(document.buyer.postalAddress === undefined ? {} : { address: addressOf(document.buyer.postalAddress) }),
    },
    ...{ payments: paymentsOf(document), allowances: [], charges: [] },
    attachments: files.map(({ name, mimeType, base64: content }) => ({
      ...{ reference: name, file: { content, mimeType, name } },
    })),
    totals: {
      ...{ lines: amount(totals.net), withoutVat: amount(totals.net), vat: amount(totals.tax) },
      ...{ withVat: amount(totals.total), due: amount(totals.total) },
    },
    vatBreakdown: breakdownOf(document, sign, categoryOf),
    lines: document.lines.flatMap((line) => linesOf(document, line, sign, { lastDays, categoryOf })),
  }
}

type Sign = 1 | -1

function signed(value: Decimal, sign: Sign): Decimal {
  return sign === 1 ? value : negate(value)
}

function headOf(
  document: InvoiceDocument,
): Omit<EInvoice, 'payments' | 'allowances' | 'charges' | 'vatBreakdown' | 'attachments' | 'lines'> {
  const {
    kind,
    number,
    issuedOn,
    dueOn,
    currency,
    period,
    corrects = [],
    deducts = [],
    buyer,
    reason,
    termsDays,
  } = document
  const isCredit = kind === 'credit_note'
  const { part } = document
  const buyerReference = buyer.einvoice?.leitwegId ?? buyer.einvoice?.buyerReference
  return {
    ...EINVOICE_HEADERS[buyer.einvoice?.specification ?? 'en16931'],
    ...{ number, issueDate: issuedOn, typeCode: typeCodeOf(document), currency },
    ...(isCredit ? {} : { dueDate: dueOn, paymentTerms: `${termsDays} days` }),
    ...(buyerReference === undefined ? {} : { buyerReference }),
    ...(buyer.purchaseOrder === undefined ? {} : { purchaseOrderReference: buyer.purchaseOrder }),
    ...(part === undefined ? {} : { buyerAccountingReference: part.value }),
    notes: reason === undefined ? [] : [{ text: reason }],
    precedingInvoices: [...corrects, ...deducts].map((one) => ({ number: one })),
    period: { start: period.from, end: dayBefore(period.until) },
  }
}

/** XRechnung has no prepayment invoice (BR-DE-17). */
function typeCodeOf({ kind, isAdvance, buyer }: InvoiceDocument): string {
  return isAdvance === true && buyer.einvoice?.specification !== 'xrechnung' ? PREPAYMENT : TYPE_CODES[kind]
}

/** Without a registration the number that its tax office knows it by is the tax id of the issuer, as of a small business. */
function sellerOf({ seller }: InvoiceDocument, isOutside: boolean): Party {
  const { postalAddress, registrations = [], taxId, contact, electronicAddress } = seller
  const home = registrations.find((one) => one.country === postalAddress?.country) ?? registrations[0]
  const number = (home?.number ?? taxId)?.replaceAll(/[\s./-]/g, '')
  const isVat = home !== undefined && number !== undefined && isVatId(number)
  const known = isVat ? { vatId: number } : { taxRegistration: number as string }
  return {
    name: registeredName(seller),
    identifiers: taxId === null && (isOutside || !isVat) ? [{ value: number ?? seller.name }] : [],
    ...(taxId === null ? {} : { legalRegistration: { value: taxId } }),
    ...(number === undefined || isOutside ? {} : known),
    ...endpointOf(electronicAddress),
    ...(contact === undefined ? {} : { contact }),
    ...(postalAddress === undefined ? {} : { address: addressOf(postalAddress) }),
  }
}

/** It begins with the country that gave it (BR-CO-9). */
function isVatId(number: string): boolean {
  return /^[A-Z]{2}.*\d/.test(number)
}

function buyerOf({ buyer, account }: InvoiceDocument, isOutside: boolean): Party {
  const { name, postalAddress, electronicAddress, taxIds = [], taxId } = buyer
  const ids = (taxIds.length === 0 && taxId !== null ? [taxId] : taxIds).map((id) => id.replaceAll(/[\s./-]/g, ''))
  const vatId = ids.find(isVatId)
  return {
    ...{ name, identifiers: [{ value: account }] },
    ...(vatId === undefined || isOutside ? {} : { vatId }),
    ...endpointOf(electronicAddress),
    ...(postalAddress === undefined ? {} : { address: addressOf(postalAddress) }),
  }
}

/** Where its e-invoices go to and come from. */
function endpointOf(address: ElectronicAddress | undefined): Pick<Party, 'electronicAddress'> {
  return address === undefined ? {} : { electronicAddress: { value: address.id, scheme: address.scheme } }
}

function addressOf({ lines = [], postcode, city, region, country }: PostalAddress): Address {
  const [line1, line2, ...more] = lines
  return {
    ...(line1 === undefined ? {} : { line1 }),
    ...(line2 === undefined ? {} : { line2 }),
    ...(more.length === 0 ? {} : { line3: more.join(', ') }),
    ...(city === undefined ? {} : { city }),
    ...(postcode === undefined ? {} : { postCode: postcode }),
    ...(region === undefined ? {} : { subdivision: region }),
    country,
  }
}

/**
 * A transfer to each account that the document shows with an IBAN; without one it does not say how it is paid. Nor does a credit note, but
 * XRechnung, and Peppol between Germans (DE-R-001), want something there: 1 of UNTDID 4461 says that nothing was agreed on.
 */
function paymentsOf({ seller, payTo, kind, buyer }: InvoiceDocument): EInvoice['payments'] {
  const { specification = 'en16931' } = buyer.einvoice ?? {}
  if (kind === 'credit_note') return specification === 'en16931' ? [] : [{ code: '1' }]
  return (payTo?.accounts ?? []).flatMap(({ iban, bic, holder = seller.name }) =>
    iban === undefined
      ? []
      : [{ code: '30', account: { id: plainIban(iban), name: holder, ...(bic === undefined ? {} : { bankId: bic }) } }],
  )
}

type Category = NonNullable<InvoiceDocument['taxes']>[number]['category']

/**
 * EN 16931 has no document with what is outside the tax (O) beside what is within (BR-O-11 to BR-O-14): there it is written as exempt (E) at
 * 0 %, with its own reason and without the code of that list, which is of O alone.
 */
function categoriesOf({ taxes = [] }: InvoiceDocument): (category: Category) => Category {
  const isMixed = taxes.some(({ category }) => category !== 'O')
  return (category) => (category === 'O' && isMixed ? 'E' : category)
}

/** By category and rate: places that have the same are one. */
function breakdownOf(
  { taxes = [] }: InvoiceDocument,
  sign: Sign,
  categoryOf: (category: Category) => Category,
): VatBreakdown[] {
  const groups = Map.groupBy(taxes, ({ category, percent }) => `${categoryOf(category)} ${percent}`)
  return [...groups.values()].map((group) => {
    const [first] = group as [(typeof group)[0]]
    const category = categoryOf(first.category)
    const sum = (field: 'base' | 'amount'): Decimal => signed(group.map((one) => decimal(one[field])).reduce(add), sign)
    const { notice, vatex } = group.find((one) => one.notice !== null) ?? first
    const isMoved = group.some((one) => one.category !== category)
    return {
      ...{ category, taxable: sum('base'), tax: sum('amount') },
      ...(category === 'O' ? {} : { rate: decimal(first.percent ?? '0') }),
      ...(notice === null ? (isMoved ? { exemptionReason: OUTSIDE } : {}) : { exemptionReason: notice }),
      ...(vatex === null || isMoved ? {} : { exemptionReasonCode: vatex }),
    }
  })
}

/** The reason of what is outside the tax where nothing has to be said of it. */
const OUTSIDE = 'Not subject to VAT'

/** The last days of periods by where they end; most lines of a document end with the same day. */
class LastDays {
  private readonly known = new Map<string, string>()

  of(until: string): string {
    const day = this.known.get(until) ?? dayBefore(until)
    this.known.set(until, day)
    return day
  }
}

/** A line for each tax: `2`, or `2.1` and `2.2` where it has several. */
function linesOf(
  document: InvoiceDocument,
  line: DocumentLine,
  sign: Sign,
  { lastDays, categoryOf }: { readonly lastDays: LastDays; readonly categoryOf: (category: Category) => Category },
): Line[] {
  const { tax = [], position, description, from, until } = line
  const end = until > from ? lastDays.of(until) : from
  return tax.map((part, at) => ({
    id: tax.length === 1 ? String(position) : `${position}.${at + 1}`,
    netAmount: signed(decimal(part.net), sign),
    ...(tax.length === 1 ? (priceOf(document, line, sign) ?? lumpOf(part, sign)) : lumpOf(part, sign)),
    period: part.days === undefined ? { start: from, end } : { start: part.days.from, end: part.days.until },
    ...(line.account === undefined ? {} : { note: noteOf(document, line.account) }),
    ...{ allowances: [], charges: [], item: { name: description, classifications: [], attributes: [] } },
    vatCategory: categoryOf(part.category),
    ...(categoryOf(part.category) === 'O' ? {} : { vatRate: decimal(part.taxes[0]?.percent ?? '0') }),
  }))
}

/** Which account a line is for, where that is not the one that is billed: `Account mill-a`. */
function noteOf({ language, annexes = [] }: InvoiceDocument, account: string): string {
  const name = annexes.find((annex) => annex.account === account)?.name ?? ''
  return `${WORDS[language].document.account} ${account}, ${name}`
}

interface Priced {
  readonly quantity: Quantity
  readonly price: Price
}

/** Quantity and price as the line has them, where they multiply to it. */
function priceOf({ pricesIncludeTax }: InvoiceDocument, line: DocumentLine, sign: Sign): Priced | null {
  const { unitAmount, per, unit, quantity, share, discountPercent, billedBefore } = line
  const isWhole = share === undefined && discountPercent === undefined && billedBefore === undefined
  if (unitAmount === null || unitAmount.startsWith('-') || !isWhole || pricesIncludeTax === true) return null
  const code = UNITS[unit] ?? ONE
  const base = per === null ? {} : { baseQuantity: { value: decimal(per), unit: code } }
  return {
    quantity: { value: signed(decimal(quantity), sign), unit: code },
    price: { net: decimal(unitAmount), ...base },
  }
}

/** One of all of it: a price is never below zero, so that what lowers a document has a quantity of −1. */
function lumpOf({ net }: PrintedLineTax, sign: Sign): Priced {
  const value = signed(decimal(net), sign)
  const isNegative = value.coefficient < 0n
  return {
    quantity: { value: decimal(isNegative ? '-1' : '1'), unit: ONE },
    price: { net: isNegative ? negate(value) : value },
  }
}
