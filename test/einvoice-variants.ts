import { add, type Decimal, decimal } from '../src/core/base/decimal.ts'
import type { EInvoice } from '../src/core/einvoice/document.ts'
import type { RuleSetName } from '../src/core/einvoice/rules/rule-sets.ts'
import { documentOf, fullDocument, withTotals } from './einvoice-documents.ts'

/** A right document with one thing broken. */
export interface Variant {
  /** The rule that is meant. */
  readonly rule: string
  readonly set: RuleSetName
  readonly document: EInvoice
  /** What is done to the text of the UBL file, where the model cannot say it. */
  readonly ubl?: readonly [from: RegExp, to: string]
  /** The same with the CII file. */
  readonly cii?: readonly [from: RegExp, to: string]
  /** What else must break, since it follows from the same; a syntax or a set before it where it does only there, as in `cii BR-53`. */
  readonly also: readonly string[]
}

/** A copy with a field, such as `lines.0.price.net`, set to a value; undefined takes it away. */
export function having(document: EInvoice, fields: Readonly<Record<string, unknown>>): EInvoice {
  const copy = structuredClone(document)
  for (const [path, value] of Object.entries(fields)) {
    const steps = path.split('.')
    const last = steps.pop() as string
    let at = copy as unknown as Record<string, unknown>
    for (const step of steps) at = at[step] as Record<string, unknown>
    if (value === undefined) delete at[last]
    else at[last] = value
  }
  return copy
}

function amountAt(document: EInvoice, path: string): Decimal {
  return path.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document) as Decimal
}

/** An amount that is 5.00 more than it should be. */
function off(document: EInvoice, path: string): EInvoice {
  return having(document, { [path]: add(amountAt(document, path), decimal('5.00')) })
}

const full = fullDocument()

export type Row = readonly [rule: string, fields: Readonly<Record<string, unknown>>, ...also: string[]]

const none = undefined
/** What must be there. */
const REQUIRED: readonly Row[] = [
  ['BR-01', { specification: none }],
  ['BR-02', { number: none }],
  ['BR-03', { issueDate: none }],
  ['BR-04', { typeCode: none }],
  ['BR-05', { currency: none }, 'ubl BR-CL-03'],
  ['BR-06', { 'seller.name': none }],
  ['BR-07', { 'buyer.name': none }],
  ['BR-08', { 'seller.address': none }],
  ['BR-09', { 'seller.address.country': none }],
  ['BR-10', { 'buyer.address': none }],
  ['BR-11', { 'buyer.address.country': none }],
  ['BR-12', { 'totals.lines': none }, 'BR-CO-10', 'BR-CO-13'],
  ['BR-13', { 'totals.withoutVat': none }, 'BR-CO-13', 'BR-CO-15'],
  ['BR-14', { 'totals.withVat': none }, 'BR-CO-15', 'BR-CO-16'],
  ['BR-15', { 'totals.due': none }, 'BR-CO-16'],
  ['BR-16', { lines: [] }, 'BR-CO-10', 'BR-S-08'],
  ['BR-17', { 'payee.name': none }],
  ['BR-18', { 'taxRepresentative.name': none }],
  ['BR-19', { 'taxRepresentative.address': none }],
  ['BR-20', { 'taxRepresentative.address.country': none }],
  ['BR-21', { 'lines.0.id': none }],
  ['BR-22', { 'lines.0.quantity': none }, 'BR-23'],
  ['BR-23', { 'lines.0.quantity.unit': none }],
  ['BR-24', { 'lines.0.netAmount': none }, 'BR-CO-10', 'BR-S-08'],
  ['BR-25', { 'lines.0.item.name': none }],
  ['BR-26', { 'lines.0.price.net': none }, 'BR-27'],
  ['BR-27', { 'lines.0.price.net': decimal('-12.00') }],
  ['BR-28', { 'lines.0.price.gross': decimal('-13.00') }],
  ['BR-29', { 'period.end': '2025-12-31' }],
  ['BR-30', { 'lines.0.period.end': '2025-12-31' }],
  ['BR-31', { 'allowances.0.amount': none }, 'BR-CO-11', 'BR-S-08'],
  ['BR-32', { 'allowances.0.vatCategory': none }, 'BR-S-08'],
  ['BR-33', { 'allowances.0.reason': none, 'allowances.0.reasonCode': none }, 'BR-CO-21'],
  ['BR-36', { 'charges.0.amount': none }, 'BR-CO-12', 'BR-S-08'],
  ['BR-37', { 'charges.0.vatCategory': none }, 'BR-S-08'],
  ['BR-38', { 'charges.0.reason': none, 'charges.0.reasonCode': none }, 'BR-CO-22'],
  ['BR-41', { 'lines.0.allowances.0.amount': none }],
  ['BR-42', { 'lines.0.allowances.0.reason': none, 'lines.0.allowances.0.reasonCode': none }, 'BR-CO-23'],
  ['BR-43', { 'lines.0.charges.0.amount': none }],
  ['BR-44', { 'lines.0.charges.0.reason': none, 'lines.0.charges.0.reasonCode': none }, 'BR-CO-24'],
  ['BR-45', { 'vatBreakdown.0.taxable': none }, 'BR-CO-17', 'BR-S-08', 'BR-S-09'],
  ['BR-46', { 'vatBreakdown.0.tax': none }, 'BR-CO-14', 'BR-CO-17', 'BR-S-09'],
  ['BR-47', { 'vatBreakdown.0.category': none }, 'BR-S-01'],
  ['BR-48', { 'vatBreakdown.0.rate': none }, 'BR-CO-17', 'BR-S-09'],
  ['BR-49', { 'payments.0.code': none, 'payments.0.text': none }],
  ['BR-50', { 'payments.0.account.id': none }, 'BR-61'],
  ['BR-51', { 'payments.0.card': { number: '1234567890123456' } }],
  ['BR-52', { 'attachments.0.reference': none }],
  ['BR-53', { 'totals.vatInVatCurrency': none }],
  ['BR-54', { 'lines.0.item.attributes.0.value': none }],
  ['BR-55', { 'precedingInvoices.0.number': none }],
  ['BR-56', { 'taxRepresentative.vatId': none }],
  ['BR-57', { 'delivery.address.country': none }],
  ['BR-61', { 'payments.0.account': none }],
  ['BR-62', { 'seller.electronicAddress.scheme': none }],
  ['BR-63', { 'buyer.electronicAddress.scheme': none }],
  ['BR-64', { 'lines.0.item.standardId.scheme': none }],
  ['BR-65', { 'lines.0.item.classifications.0.scheme': none }],
]

const AGREEING: readonly Row[] = [
  ['BR-CO-03', { vatPointDateCode: '35' }],
  ['BR-CO-04', { 'lines.0.vatCategory': none }, 'BR-S-08'],
  ['BR-CO-09', { 'seller.vatId': 'XX123456789' }],
  ['BR-CO-10', { 'totals.lines': decimal('211.00') }, 'BR-CO-13'],
  ['BR-CO-11', { 'totals.allowances': decimal('11.00') }, 'BR-CO-13'],
  ['BR-CO-12', { 'totals.charges': decimal('5.00') }, 'BR-CO-13'],
  ['BR-CO-13', { 'totals.withoutVat': decimal('205.00') }, 'BR-CO-15'],
  ['BR-CO-14', { 'totals.vat': decimal('38.77') }, 'BR-CO-15'],
  ['BR-CO-15', { 'totals.withVat': decimal('242.77') }, 'BR-CO-16'],
  ['BR-CO-16', { 'totals.due': decimal('192.00') }],
  ['BR-CO-17', { 'vatBreakdown.0.tax': decimal('43.76') }, 'BR-CO-14', 'BR-S-09'],
  ['BR-CO-18', { vatBreakdown: [] }, 'BR-S-01'],
  ['BR-CO-19', { period: {} }],
  ['BR-CO-20', { 'lines.0.period': {} }],
  ['BR-CO-21', { 'allowances.0.reason': none, 'allowances.0.reasonCode': none }, 'BR-33'],
  ['BR-CO-22', { 'charges.0.reason': none, 'charges.0.reasonCode': none }, 'BR-38'],
  ['BR-CO-23', { 'lines.0.allowances.0.reason': none, 'lines.0.allowances.0.reasonCode': none }, 'BR-42'],
  ['BR-CO-24', { 'lines.0.charges.0.reason': none, 'lines.0.charges.0.reasonCode': none }, 'BR-44'],
  ['BR-CO-25', { dueDate: none, paymentTerms: none }],
  ['BR-CO-26', { 'seller.vatId': none, 'seller.identifiers': [], 'seller.legalRegistration': none }],
]

const DIGITS: Readonly<Record<string, string>> = {
  'BR-DEC-01': 'allowances.0.amount',
  'BR-DEC-02': 'allowances.0.baseAmount',
  'BR-DEC-05': 'charges.0.amount',
  'BR-DEC-06': 'charges.0.baseAmount',
  'BR-DEC-09': 'totals.lines',
  'BR-DEC-10': 'totals.allowances',
  'BR-DEC-11': 'totals.charges',
  'BR-DEC-12': 'totals.withoutVat',
  'BR-DEC-13': 'totals.vat',
  'BR-DEC-14': 'totals.withVat',
  'BR-DEC-15': 'totals.vatInVatCurrency',
  'BR-DEC-16': 'totals.paid',
  'BR-DEC-17': 'totals.rounding',
  'BR-DEC-18': 'totals.due',
  'BR-DEC-19': 'vatBreakdown.0.taxable',
  'BR-DEC-20': 'vatBreakdown.0.tax',
  'BR-DEC-23': 'lines.0.netAmount',
  'BR-DEC-24': 'lines.0.allowances.0.amount',
  'BR-DEC-25': 'lines.0.allowances.0.baseAmount',
  'BR-DEC-27': 'lines.0.charges.0.amount',
  'BR-DEC-28': 'lines.0.charges.0.baseAmount',
}

/** The same amount, with a nought more than it may have. */
function longer(path: string): EInvoice {
  const found = amountAt(full, path)
  return having(full, { [path]: { coefficient: found.coefficient * 10n, scale: found.scale + 1 } })
}

const CODES: readonly Row[] = [
  ['BR-CL-01', { typeCode: '999' }],
  ['BR-CL-04', { currency: 'XYZ' }, 'BR-CL-03'],
  ['BR-CL-05', { vatCurrency: 'XYZ' }],
  ['BR-CL-06', { vatPointDate: none, vatPointDateCode: '7' }],
  ['BR-CL-07', { 'invoicedObject.scheme': 'XYZZ' }],
  ['BR-CL-08', { 'notes.0.subjectCode': 'QQQ' }],
  ['BR-CL-10', { 'seller.identifiers.0.scheme': '9999' }],
  ['BR-CL-11', { 'seller.legalRegistration.scheme': '9999' }],
  ['BR-CL-13', { 'lines.0.item.classifications.0.scheme': 'QQQ' }],
  ['BR-CL-14', { 'buyer.address.country': 'QQ' }],
  ['BR-CL-15', { 'lines.0.item.originCountry': 'QQ' }],
  ['BR-CL-16', { 'payments.0.code': '999' }],
  ['BR-CL-17', { 'allowances.0.vatCategory': 'Q' }, 'BR-S-08'],
  ['BR-CL-18', { 'lines.0.vatCategory': 'Q' }, 'BR-S-08'],
  ['BR-CL-19', { 'allowances.0.reasonCode': '999' }],
  ['BR-CL-20', { 'charges.0.reasonCode': '999' }],
  ['BR-CL-21', { 'lines.0.item.standardId.scheme': '9999' }],
  ['BR-CL-23', { 'lines.0.quantity.unit': 'QQQ' }],
  ['BR-CL-24', { 'attachments.0.file.mimeType': 'text/html' }],
  ['BR-CL-25', { 'seller.electronicAddress.scheme': 'QQ' }],
  ['BR-CL-26', { 'delivery.location.scheme': '9999' }],
]

const ofFull = ([rule, fields, ...also]: Row): Variant => ({
  rule,
  set: 'en16931',
  document: having(full, fields),
  also,
})

/** The ten rules of each category. */
function ofCategory([family, code, rate, isTaxed, hasReason]: (typeof FAMILIES)[number]): Variant[] {
  const whole = documentOf(code)
  const variant = (number: string, document: EInvoice, ...also: string[]): Variant => ({
    rule: `BR-${family}-${number}`,
    set: 'en16931',
    document,
    also: also.map((one) => one.replace('BR-_', `BR-${family}`)),
  })
  const parties =
    code === 'O'
      ? { 'seller.vatId': 'DE123456789' }
      : { 'seller.vatId': undefined, 'seller.taxRegistration': undefined }
  const onLines = withTotals({ ...whole, allowances: [], charges: [] })
  const rates = isTaxed ? ['BR-_-08'] : []
  const [row] = whole.vatBreakdown
  return [
    isTaxed
      ? variant('01', having(whole, { vatBreakdown: [] }), 'BR-CO-18')
      : variant('01', having(whole, { vatBreakdown: [row, row] })),
    variant('02', having(onLines, parties)),
    variant('03', having(whole, parties), 'BR-_-02', 'BR-_-04'),
    variant('04', having(whole, parties), 'BR-_-02', 'BR-_-03'),
    variant('05', having(whole, { 'lines.0.vatRate': decimal(rate) }), ...rates),
    variant('06', having(whole, { 'allowances.0.vatRate': decimal(rate) }), ...rates),
    variant('07', having(whole, { 'charges.0.vatRate': decimal(rate) }), ...rates),
    variant('08', off(whole, 'vatBreakdown.0.taxable')),
    variant('09', off(whole, 'vatBreakdown.0.tax'), 'BR-CO-14', 'BR-CO-17'),
    variant('10', having(whole, { 'vatBreakdown.0.exemptionReason': hasReason ? undefined : 'Why not' })),
  ]
}

const FAMILIES: readonly (readonly [
  family: string,
  code: string,
  wrongRate: string,
  isTaxed: boolean,
  hasReason: boolean,
])[] = [
  ['S', 'S', '0', true, false],
  ['Z', 'Z', '5', false, false],
  ['E', 'E', '5', false, true],
  ['AE', 'AE', '5', false, true],
  ['IC', 'K', '5', false, true],
  ['G', 'G', '5', false, true],
  ['O', 'O', '0', false, true],
  ['AF', 'L', '-1', true, false],
  ['AG', 'M', '-1', true, false],
]

const [K, O, B] = [documentOf('K'), documentOf('O'), documentOf('B')]
const zero = decimal('0')
const italian = having(B, {
  'seller.address.country': 'IT',
  'buyer.address.country': 'IT',
  'delivery.address.country': 'IT',
  'lines.0.item.originCountry': 'IT',
  'lines.1.item.originCountry': 'IT',
})
const of = (rule: string, document: EInvoice, ...also: string[]): Variant => ({ rule, set: 'en16931', document, also })

const PARTICULAR: readonly Variant[] = [
  of('BR-IC-11', having(K, { 'delivery.date': undefined, period: undefined })),
  of('BR-IC-12', having(K, { 'delivery.address': undefined })),
  of(
    'BR-O-11',
    having(O, { vatBreakdown: [...O.vatBreakdown, { taxable: zero, tax: zero, category: 'Z', rate: zero }] }),
    'cii BR-Z-01',
  ),
  of('BR-O-12', having(O, { 'lines.0.vatCategory': 'Q' }), 'BR-O-08', 'BR-CL-18'),
  of('BR-O-13', having(O, { 'allowances.0.vatCategory': 'Q' }), 'BR-O-08', 'BR-CL-17'),
  of('BR-O-14', having(O, { 'charges.0.vatCategory': 'Q' }), 'BR-O-08', 'BR-CL-17'),
  of('BR-B-01', having(italian, { 'buyer.address.country': 'DE' })),
  of('BR-B-02', withTotals(having(italian, { 'lines.0.vatCategory': 'S' }))),
  of('BR-CL-22', having(K, { 'vatBreakdown.0.exemptionReasonCode': 'VATEX-QQ' })),
  { ...of('BR-CL-03', full), ubl: [/currencyID="EUR">105\.00/, 'currencyID="XYZ">105.00'] },
]

/** Right documents, which break nothing. */
export const RIGHT: Readonly<Record<string, EInvoice>> = {
  full,
  creditNote: having(full, { typeCode: '381' }),
  'split payment': italian,
  ...Object.fromEntries(FAMILIES.map(([, code]) => [code, documentOf(code)])),
}

export const EN16931_VARIANTS: readonly Variant[] = [
  ...[...REQUIRED, ...AGREEING, ...CODES].map(ofFull),
  ...Object.entries(DIGITS).map(([rule, path]) => of(rule, longer(path))),
  ...FAMILIES.flatMap(ofCategory),
  ...PARTICULAR,
]
