import { type Decimal, formatScaled } from '../../core/base/decimal.ts'
import type { FileFault } from '../../core/einvoice/binding/reading.ts'
import { isCreditNoteType } from '../../core/einvoice/code-lists/document-types.ts'
import type { AllowanceCharge, EInvoice, Party } from '../../core/einvoice/document.ts'
import type { ReadDocument } from '../../core/einvoice/read-einvoice.ts'
import { formatTable } from '../output.ts'

const SYNTAX_WORDS = { 'ubl-invoice': 'UBL invoice', 'ubl-credit-note': 'UBL credit note', cii: 'CII' }

function amount(value: Decimal | undefined): string {
  return value === undefined ? '' : formatScaled(value.coefficient, value.scale)
}

/** The document as people read one. */
export function describeDocument({ syntax, document, faults, unread }: ReadDocument): string {
  const kind = isCreditNoteType(document.typeCode ?? '') ? 'credit note' : 'invoice'
  const days = [
    document.dueDate === undefined ? '' : `, due ${document.dueDate}`,
    document.period === undefined ? '' : `, for ${document.period.start ?? '…'} to ${document.period.end ?? '…'}`,
  ].join('')
  return [
    `${kind} ${document.number ?? '(no number)'} of ${document.issueDate ?? '(no day)'}${days} · ${SYNTAX_WORDS[syntax]}`,
    `from    ${partyLine(document.seller)}`,
    `to      ${partyLine(document.buyer)}`,
    `follows ${document.specification ?? '(nothing named)'}`,
    '',
    formatTable(lineRows(document)),
    ...allowanceRows(document),
    '',
    formatTable(
      document.vatBreakdown.map(({ category, rate, taxable, tax }) => ({
        VAT: category,
        '%': amount(rate),
        of: amount(taxable),
        tax: amount(tax),
      })),
    ),
    '',
    ...totalLines(document),
    ...noteLines('could not be read:', faults),
    ...noteLines('the file has this, and Kvit no field for it:', unread),
  ].join('\n')
}

function partyLine(party: Party | undefined): string {
  const { name, tradingName, vatId, address } = party ?? {}
  return [name ?? tradingName ?? '(no name)', address?.city, address?.country, vatId]
    .filter((part) => part !== undefined)
    .join(', ')
}

function lineRows({ lines }: EInvoice) {
  return lines.map(({ id, item, quantity, price, vatCategory, vatRate, netAmount }) => ({
    line: id ?? '',
    item: item?.name ?? '',
    quantity: amount(quantity?.value),
    unit: quantity?.unit ?? '',
    price: amount(price?.net),
    VAT: [vatCategory, amount(vatRate)].join(' ').trim(),
    net: amount(netAmount),
  }))
}

function allowanceRows({ allowances, charges }: EInvoice): string[] {
  const rows = (list: readonly AllowanceCharge[], kind: string) =>
    list.map((one) => ({
      '': kind,
      reason: one.reason ?? one.reasonCode ?? '',
      VAT: [one.vatCategory, amount(one.vatRate)].join(' ').trim(),
      amount: amount(one.amount),
    }))
  const all = [...rows(allowances, 'allowance'), ...rows(charges, 'charge')]
  return all.length === 0 ? [] : ['', formatTable(all)]
}

function totalLines({ totals = {}, currency = '' }: EInvoice): string[] {
  const rows: readonly (readonly [string, Decimal | undefined])[] = [
    ['lines', totals.lines],
    ['allowances', totals.allowances],
    ['charges', totals.charges],
    ['without VAT', totals.withoutVat],
    ['VAT', totals.vat],
    ['with VAT', totals.withVat],
    ['paid', totals.paid],
    ['rounding', totals.rounding],
    ['to pay', totals.due],
  ]
  const told = rows.filter(([, value]) => value !== undefined)
  const width = told.reduce((most, [, value]) => Math.max(most, amount(value).length), 0)
  return told.map(([name, value]) => `${name.padEnd(12)} ${amount(value).padStart(width)} ${currency}`)
}

/** Longer lists say how much more there is. */
const MOST_NOTES = 20

function noteLines(head: string, notes: readonly FileFault[]): string[] {
  if (notes.length === 0) return []
  const more = notes.length > MOST_NOTES ? [`  … ${notes.length - MOST_NOTES} more`] : []
  return [
    '',
    head,
    ...notes.slice(0, MOST_NOTES).map(({ element, line, message }) => `  line ${line}: ${element} ${message}`),
    ...more,
  ]
}
