import { add, type Decimal, decimal, formatScaled, negate } from '../core/base/decimal.ts'
import type { CorrectedLine, PrintedAmounts } from '../core/invoicing/corrected-line.ts'
import type { InvoiceDocument } from '../core/invoicing/document.ts'
import type { PrintedLineTax, PrintedTax } from '../core/invoicing/document-tax.ts'
import type { IncludedUnits } from '../core/invoicing/included-units.ts'
import type { BankAccount } from '../core/invoicing/pay-to.ts'
import type { Json } from './client.ts'
import { formatTable } from './output.ts'

interface Party {
  readonly name: string
  readonly address: string | null
  readonly taxId: string | null
}

/** An invoice as the API shows it. */
export interface ShownInvoice extends Json {
  readonly number: string
  readonly kind: string
  readonly currency: string
  readonly state: string
  readonly isOverdue: boolean
  readonly total: string
  readonly paid: string
  readonly writtenOff: string
  readonly open: string
  readonly disputed: string
  readonly askable: string
  readonly document: {
    readonly issuedOn: string
    readonly dueOn: string
    readonly termsDays: number
    readonly account: string
    readonly corrects?: readonly string[]
    readonly reason?: string
    readonly seller: Party & Pick<InvoiceDocument['seller'], 'bankDetails' | 'legalForm' | 'registrations'>
    readonly buyer: Party & Pick<InvoiceDocument['buyer'], 'taxIds' | 'purchaseOrder'>
    readonly isAdvance?: true
    readonly deducts?: readonly string[]
    readonly part?: { readonly value: string }
    readonly period: { readonly from: string; readonly until: string }
    readonly lines: readonly Json[]
    readonly usage: readonly Json[]
    readonly included?: readonly IncludedUnits[]
    readonly totals: InvoiceDocument['totals']
    readonly taxes?: InvoiceDocument['taxes']
    readonly notices?: readonly string[]
    readonly payTo?: InvoiceDocument['payTo']
    readonly paymentLink?: string
  }
}

const KINDS: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  credit_note: 'Credit note',
  debit_note: 'Debit note',
}

/** The whole document as a text: who, to whom, for what, how much, and what is still to be paid. */
export function wordsOfInvoice(invoice: ShownInvoice): string {
  const { document, kind, currency, state, isOverdue, paid, writtenOff, open, disputed, askable } = invoice
  const facts = [['state', `${state.replace('_', ' ')}${isOverdue ? ', overdue' : ''}`]] as const
  const sums = [
    ['paid', paid],
    ...(/[1-9]/.test(writtenOff) ? [['written off', writtenOff] as const] : []),
    ['open', open],
    ...(/[1-9]/.test(disputed) ? [['disputed', disputed] as const, ['askable', askable] as const] : []),
  ] as const
  return [
    `${document.isAdvance === true ? 'Advance invoice' : (KINDS[kind] ?? kind)} ${invoice.number}`,
    '',
    wordsOfDocument(document, currency, facts, sums),
    '',
    'kvit explain LINE goes from a line to its price and records; the ids of lines are the last column.',
  ].join('\n')
}

/** A document without its title. @param more what else is known of it, such as what is paid */
export function wordsOfDocument(
  document: ShownInvoice['document'],
  currency: string,
  moreFacts: readonly (readonly [string, string])[] = [],
  moreSums: readonly (readonly [string, string])[] = [],
): string {
  const { seller, buyer, period, totals } = document
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['from', [partyWords(seller), ...numbersOf(seller)].join(', ')],
    ['bank', seller.bankDetails],
    ...(document.payTo?.accounts ?? []).map((account) => ['pay to', accountWords(account)] as const),
    ['pay online', document.paymentLink],
    ['to', partyWords(buyer)],
    ['order', buyer.purchaseOrder],
    ['account', document.account],
    ['part', document.part?.value],
    ['period', `${period.from} to before ${period.until}`],
    ['issued', document.issuedOn],
    ['due', `${document.dueOn} (${document.termsDays} days)`],
    ['corrects', document.corrects?.join(', ')],
    ['deducts', document.deducts?.join(', ')],
    ['reason', document.reason],
    ...moreFacts,
  ]
  const sums: readonly (readonly [string, string | undefined])[] = [
    ['discounts', totals.discounts],
    ['net', totals.net],
    ['tax', totals.tax],
    ['total', totals.total],
    ['withheld', totals.withheld],
    ['to pay', totals.toPay],
    ...moreSums,
  ]
  const included = (document.included ?? []).map(includedRow)
  const usage = document.usage.map(({ meter, quantity, unit, records }) => ({
    ...{ meter, ...(included.length === 0 ? { quantity } : { charged: quantity }), unit, records },
  }))
  return [
    ...facts.flatMap(([name, value]) => (value ? [`${name.padEnd(11)}${value.replaceAll('\n', ', ')}`] : [])),
    '',
    formatTable(document.lines.flatMap(lineRows)),
    '',
    ...sums.flatMap(([name, value]) =>
      value === undefined ? [] : [`${name.padEnd(11)}${value.padStart(14)} ${currency}`],
    ),
    ...correctionWords(document.lines),
    ...(document.taxes === undefined ? [] : ['', formatTable(document.taxes.map(taxRow))]),
    ...(document.notices ?? []),
    ...whyOf(document.lines),
    ...(usage.length === 0 ? [] : ['', formatTable(usage)]),
    ...(included.length === 0 ? [] : ['', formatTable(included)]),
  ].join('\n')
}

function taxRow({ category, name, percent, perUnit, place, base, amount }: PrintedTax): Json {
  const rate = percent === null ? `${perUnit} each` : `${percent} %`
  return { category, tax: category === 'O' ? name : `${name} ${rate}`, place, of: base, amount }
}

/** What was billed, what it should be and the difference, of a document that says so: for each line, and for all of them. */
function correctionWords(lines: readonly Json[]): string[] {
  const told = lines.flatMap(({ position, description, corrected }) =>
    corrected === undefined ? [] : [{ '#': position, corrected: description, ...(corrected as CorrectedLine) }],
  )
  if (told.length === 0) return []
  const was = told.map((line) => line.was).reduce(plus)
  const shouldBe = told.map((line) => line.shouldBe).reduce(plus)
  const rows = [...told, { '#': '', corrected: 'together', was, shouldBe }].flatMap((one): Json[] => [
    { '#': one['#'], corrected: one.corrected, form: 'was', ...one.was },
    { form: 'should be', ...one.shouldBe },
    { form: 'difference', ...plus(one.shouldBe, opposite(one.was)) },
  ])
  return ['', formatTable(rows)]
}

function plus(one: PrintedAmounts, other: PrintedAmounts): PrintedAmounts {
  return eachAmount((part) => add(decimal(one[part]), decimal(other[part])))
}

function opposite(amounts: PrintedAmounts): PrintedAmounts {
  return eachAmount((part) => negate(decimal(amounts[part])))
}

function eachAmount(of: (part: keyof PrintedAmounts) => Decimal): PrintedAmounts {
  const text = (part: keyof PrintedAmounts): string => {
    const { coefficient, scale } = of(part)
    return formatScaled(coefficient, scale)
  }
  return { net: text('net'), tax: text('tax'), total: text('total') }
}

/** Why each rule decided, once. */
function whyOf(lines: readonly Json[]): string[] {
  const all = lines.flatMap((line) => (line['tax'] ?? []) as readonly PrintedLineTax[])
  return [...new Set(all.map(({ rule, why }) => `${rule}: ${why}`))]
}

function numbersOf({ registrations = [] }: ShownInvoice['document']['seller']): string[] {
  return registrations.map(({ kind, number }) => `${kind.replace('_', ' ')} ${number}`)
}

/** A line, and the parts that it is made of where more than one price makes it. */
function lineRows(line: Json): Json[] {
  const { position, description, from, until, quantity, unit, unitAmount, per, amount, discount, id } = line
  const what = discount === undefined ? description : `${description} (${discount})`
  const price = unitAmount === null ? '' : `${unitAmount}${per === null ? '' : ` / ${per}`}`
  const parts = (line['parts'] ?? []) as readonly Json[]
  return [
    { '#': position, what, period: `${from}/${until}`, quantity, unit, price, amount, line: id },
    ...parts.map((part) => ({
      what: `  ${part['label']}`,
      quantity: part['quantity'],
      price: part['unitAmount'] ?? part['flatAmount'],
      amount: part['amount'],
    })),
  ]
}

function includedRow({ kind, name, subscription, unit, period, given, used, left }: IncludedUnits): Json {
  return {
    included: name ?? `${kind} units`,
    units: left === null ? `${used} of ${given} ${unit} used` : `${left} ${unit} left`,
    period: period === null ? '' : `${period.from}/${period.until}`,
    subscription: subscription ?? '',
  }
}

/** `IBAN DE89…, BIC ABCD…, holder Anna` */
function accountWords({ iban, bic, virtualAddress, holder, taxCode }: Omit<BankAccount, 'currency'>): string {
  const parts = { IBAN: iban, BIC: bic, UPI: virtualAddress, holder, 'tax code': taxCode }
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join(', ')
}

function partyWords({ name, address, taxId }: Party): string {
  return [name, address?.replaceAll('\n', ', '), taxId === null ? null : `tax id ${taxId}`].filter(Boolean).join(', ')
}
