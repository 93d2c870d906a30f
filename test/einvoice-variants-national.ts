import { decimal } from '../src/core/base/decimal.ts'
import type { RuleSetName } from '../src/core/einvoice/rules/rule-sets.ts'
import {
  CVD_SPECIFICATION,
  EXTENSION_SPECIFICATION,
  XRECHNUNG_SPECIFICATION,
} from '../src/core/einvoice/rules/xrechnung.ts'
import { documentOf, fullDocument } from './einvoice-documents.ts'
import { having, type Row, type Variant } from './einvoice-variants.ts'

const none = undefined
const PEPPOL_SPECIFICATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
const peppol = having(fullDocument(), { specification: PEPPOL_SPECIFICATION })
const xrechnung = having(fullDocument(), { specification: XRECHNUNG_SPECIFICATION })
const vehicle = having(xrechnung, {
  specification: CVD_SPECIFICATION,
  'lines.0.item.classifications': [{ value: 'M1', scheme: 'CVD' }],
  'lines.0.item.attributes': [{ name: 'cva', value: 'clean' }],
})
const extension = having(xrechnung, {
  specification: EXTENSION_SPECIFICATION,
  'seller.identifiers.0.scheme': 'XR01',
  'attachments.0.file.mimeType': 'application/xml',
})
const debit = having(xrechnung, {
  payments: [{ code: '59', debitedAccount: 'DE21860000000086001055' }],
  mandateReference: 'M-1',
  creditorId: 'DE98ZZZ09999999999',
})
const card = having(xrechnung, { payments: [{ code: '48', card: { number: '123456', holder: 'Ann' } }] })

export const RIGHT_NATIONAL = {
  peppol,
  xrechnung,
  'xrechnung-cvd': vehicle,
  'xrechnung-extension': extension,
  debit,
  card,
}

const ofSet =
  (set: RuleSetName, base = set === 'peppol' ? peppol : xrechnung) =>
  ([rule, fields, ...also]: Row): Variant => ({ rule, set, document: having(base, fields), also })

/** What both Peppol and XRechnung want. */
const SHARED: readonly Row[] = [
  ['PEPPOL-EN16931-R001', { businessProcess: none }, 'peppol PEPPOL-EN16931-R007'],
  ['PEPPOL-EN16931-R005', { vatCurrency: 'EUR', 'totals.vatInVatCurrency': none }, 'PEPPOL-EN16931-R054', 'cii BR-53'],
  ['PEPPOL-EN16931-R010', { 'buyer.electronicAddress': none }],
  ['PEPPOL-EN16931-R020', { 'seller.electronicAddress': none }],
  ['PEPPOL-EN16931-R040', { 'lines.0.allowances.0.percentage': decimal('11') }],
  ['PEPPOL-EN16931-R041', { 'lines.0.allowances.0.baseAmount': none }],
  ['PEPPOL-EN16931-R042', { 'lines.0.allowances.0.percentage': none }],
  ['PEPPOL-EN16931-R046', { 'lines.0.price.gross': decimal('14.00') }],
  ['PEPPOL-EN16931-R054', { 'totals.vatInVatCurrency': none }, 'PEPPOL-EN16931-R055', 'BR-53'],
  ['PEPPOL-EN16931-R055', { 'totals.vatInVatCurrency': decimal('-1.00') }],
  ['PEPPOL-EN16931-R110', { 'lines.0.period.start': '2025-12-31' }],
  ['PEPPOL-EN16931-R111', { 'lines.0.period.end': '2026-02-01' }],
  ['PEPPOL-EN16931-R120', { 'lines.0.price.net': decimal('13.00'), 'lines.0.price.gross': decimal('14.00') }],
  ['PEPPOL-EN16931-R121', { 'lines.0.price.baseQuantity.value': decimal('0') }],
  ['PEPPOL-EN16931-R130', { 'lines.0.price.baseQuantity.unit': 'MIN' }],
]

/** An identifier of the seller whose form is wrong. */
const identifier = (rule: string, scheme: string, wrong: string): Row => [
  `PEPPOL-COMMON-${rule}`,
  { 'seller.legalRegistration': { value: wrong, scheme } },
]

const PEPPOL: readonly Row[] = [
  ['PEPPOL-EN16931-R002', { notes: [{ text: 'One' }, { text: 'Two' }], 'buyer.address.country': 'FR' }],
  [
    'PEPPOL-EN16931-R003',
    { buyerReference: none, purchaseOrderReference: none, salesOrderReference: none },
    'DE-R-015',
  ],
  ['PEPPOL-EN16931-R004', { specification: 'urn:cen.eu:en16931:2017' }],
  ['PEPPOL-EN16931-R007', { businessProcess: 'urn:own' }],
  ['PEPPOL-EN16931-R061', { payments: [{ code: '49' }] }],
  ['PEPPOL-EN16931-CL001', { 'attachments.0.file.mimeType': 'text/html' }, 'BR-CL-24'],
  ['PEPPOL-EN16931-CL002', { 'allowances.0.reasonCode': '999' }, 'BR-CL-19'],
  ['PEPPOL-EN16931-CL003', { 'charges.0.reasonCode': '999' }, 'BR-CL-20'],
  ['PEPPOL-EN16931-CL006', { vatPointDate: none, vatPointDateCode: '7' }, 'BR-CL-06'],
  ['PEPPOL-EN16931-CL008', { 'seller.electronicAddress.scheme': 'QQ' }, 'BR-CL-25'],
  ['PEPPOL-EN16931-P0100', { typeCode: '389' }],
  ['PEPPOL-EN16931-P0101', { typeCode: '261' }, 'DE-R-017'],
  ['PEPPOL-EN16931-P0112', { typeCode: '384', 'buyer.address.country': 'FR' }],
  identifier('R040', '0088', '7300010000002'),
  identifier('R041', '0192', '987654326'),
  identifier('R042', '0184', '1234567'),
  identifier('R043', '0208', '0123456789'),
  identifier('R044', '0201', '12345'),
  identifier('R045', '0210', '123'),
  identifier('R047', '0211', 'IT12345678901'),
  identifier('R049', '0007', '2021005488'),
  identifier('R050', '0151', '51824753557'),
  identifier('R052', '0096', '123'),
  identifier('R053', '0198', '12345678'),
  identifier('R054', '0106', '1'),
  identifier('R055', '0190', '1'),
  identifier('R057', '0217', '1'),
  [
    'PEPPOL-COMMON-R046',
    { 'seller.electronicAddress': { value: '1', scheme: '9907' } },
    'BR-CL-25',
    'PEPPOL-EN16931-CL008',
  ],
  ['PEPPOL-COMMON-R056-1', { 'seller.electronicAddress': { value: '1', scheme: '9944' } }],
  ['PEPPOL-COMMON-R056-2', { 'seller.vatId': 'NL1' }],
]

/** Identifiers whose form is right. */
export const RIGHT_IDENTIFIERS: readonly (readonly [scheme: string, value: string])[] = [
  ['0088', '7300010000001'],
  ['0192', '987654325'],
  ['0184', 'DK12345678'],
  ['0208', '0202239951'],
  ['0201', 'UFY9MH'],
  ['0210', 'RSSMRA85T10A562S'],
  ['0211', 'IT06363391001'],
  ['0007', '2021005489'],
  ['0151', '51824753556'],
  ['0096', '1234567890'],
  ['0198', 'DK12345678'],
  ['0106', '12345678'],
  ['0190', '12345678901234567890'],
  ['0217', '123456789012'],
]

/** Reasons that stand at the wrong category: all of them at Z, which may have none. */
const REASONS = [
  'VATEX-EU-G',
  'VATEX-EU-O',
  'VATEX-EU-IC',
  'VATEX-EU-AE',
  'VATEX-EU-D',
  'VATEX-EU-F',
  'VATEX-EU-I',
  'VATEX-EU-J',
]
const reasons = REASONS.map(
  (reason, at): Variant => ({
    rule: `PEPPOL-EN16931-P0${104 + at}`,
    set: 'peppol',
    document: having(documentOf('Z'), {
      specification: PEPPOL_SPECIFICATION,
      'vatBreakdown.0.exemptionReasonCode': reason,
    }),
    also: ['BR-Z-10'],
  }),
)

/** What only the text of a UBL file can have. */
const IN_THE_FILE: readonly (readonly [rule: string, from: RegExp, to: string, ...also: string[]])[] = [
  ['PEPPOL-EN16931-R008', /<cbc:Note>/, '<cbc:AccountingCostCode/><cbc:Note>'],
  ['PEPPOL-EN16931-R043', /(<cbc:ChargeIndicator>)false(<[\s\S]*?10\.00<)/, '$1maybe$2', 'BR-CO-11', 'BR-S-08'],
  ['PEPPOL-EN16931-R044', /(<cac:Price>[\s\S]*?ChargeIndicator>)false/, '$1true'],
  ['PEPPOL-EN16931-R051', /currencyID="EUR">105\.00/, 'currencyID="USD">105.00'],
  ['PEPPOL-EN16931-R053', /(<cac:TaxTotal>[\s\S]*?<\/cac:TaxTotal>)/, '$1$1', 'BR-CO-15'],
  ['PEPPOL-EN16931-R100', /(<cac:DocumentReference>[\s\S]*?<\/cac:DocumentReference>)/, '$1$1'],
  ['PEPPOL-EN16931-R101', /(<cac:DocumentReference>[\s\S]*?DocumentTypeCode>)130/, '$1916'],
  ['PEPPOL-EN16931-F001', /<cbc:DueDate>[^<]*/, '<cbc:DueDate>15.02.2026'],
  ['PEPPOL-EN16931-CL007', /currencyID="EUR">105\.00/, 'currencyID="XYZ">105.00', 'BR-CL-03', 'PEPPOL-EN16931-R051'],
]
const inTheFile = IN_THE_FILE.map(
  ([rule, from, to, ...also]): Variant => ({ rule, set: 'peppol', document: peppol, ubl: [from, to], also }),
)

const credit = having(peppol, { typeCode: '381' })
const PROJECT: Variant = {
  rule: 'PEPPOL-EN16931-R080',
  set: 'peppol',
  document: credit,
  ubl: [/(<cac:AdditionalDocumentReference>\s*<cbc:ID>P-1[\s\S]*?<\/cac:AdditionalDocumentReference>)/, '$1$1'],
  also: [],
}

const XRECHNUNG: readonly Row[] = [
  ['BR-DE-1', { payments: [], remittanceInformation: none }],
  ['BR-DE-2', { 'seller.contact': none }],
  ['BR-DE-3', { 'seller.address.city': none }],
  ['BR-DE-4', { 'seller.address.postCode': none }],
  ['BR-DE-5', { 'seller.contact.name': none }],
  ['BR-DE-6', { 'seller.contact.telephone': none }, 'BR-DE-27'],
  ['BR-DE-7', { 'seller.contact.email': none }, 'BR-DE-28'],
  ['BR-DE-8', { 'buyer.address.city': none }],
  ['BR-DE-9', { 'buyer.address.postCode': none }],
  ['BR-DE-10', { 'delivery.address.city': none }],
  ['BR-DE-11', { 'delivery.address.postCode': none }],
  ['BR-DE-14', { 'vatBreakdown.0.rate': none }, 'BR-48', 'BR-CO-17', 'BR-S-09'],
  ['BR-DE-15', { buyerReference: none }],
  [
    'BR-DE-16',
    { 'seller.vatId': none, 'seller.taxRegistration': none, taxRepresentative: none },
    'BR-S-02',
    'BR-S-03',
    'BR-S-04',
  ],
  ['BR-DE-17', { typeCode: '386' }],
  ['BR-DE-18', { paymentTerms: '#SKONTO#TAGE=14#PROZENT=2#' }],
  ['BR-DE-19', { 'payments.0.account.id': 'DE21860000000086001056' }],
  ['BR-DE-21', { specification: `${XRECHNUNG_SPECIFICATION}x` }],
  [
    'BR-DE-22',
    {
      attachments: ['a', 'b'].map((reference) => ({
        reference,
        file: { content: 'YQ==', mimeType: 'text/csv', name: 'a' },
      })),
    },
  ],
  ['BR-DE-23-a', { 'payments.0.account': none }, 'BR-61', 'BR-DE-19'],
  ['BR-DE-23-b', { 'payments.0.card': { number: '123456' } }],
  ['BR-DE-26', { typeCode: '384', precedingInvoices: [] }],
  ['BR-DE-27', { 'seller.contact.telephone': '12' }],
  ['BR-DE-28', { 'seller.contact.email': 'ann@' }],
  ['BR-DE-TMP-32', { 'delivery.date': none, period: none, 'lines.0.period': none }],
  ['BR-TMP-2', { 'attachments.0.url': 'usage.csv' }],
]

const DEBIT: readonly Row[] = [
  ['BR-DE-20', { 'payments.0.debitedAccount': 'DE21860000000086001056' }],
  [
    'BR-DE-25-a',
    { 'payments.0.debitedAccount': none, mandateReference: none, creditorId: none },
    'PEPPOL-EN16931-R061',
    'BR-DE-20',
  ],
  ['BR-DE-25-b', { 'payments.0.account': { id: 'DE21860000000086001055' } }],
  ['BR-DE-30', { creditorId: none }],
  ['BR-DE-31', { 'payments.0.debitedAccount': none }, 'BR-DE-20'],
  ['PEPPOL-EN16931-R061', { mandateReference: none }],
]

const CARD: readonly Row[] = [
  ['BR-DE-24-a', { 'payments.0.card': none }],
  ['BR-DE-24-b', { 'payments.0.account': { id: 'DE21860000000086001055' } }],
]

const VEHICLES: readonly Row[] = [
  ['BR-DE-CVD-01', { contractReference: none }],
  ['BR-DE-CVD-02', { tenderOrLotReference: none }],
  ['BR-DE-CVD-03', { 'lines.0.item.classifications': [], 'lines.0.item.attributes': [] }],
  ['BR-DE-CVD-04', { 'lines.0.item.classifications.0.value': 'M9' }],
  ['BR-DE-CVD-05', { 'lines.0.item.attributes.0.value': 'dirty' }],
  [
    'BR-DE-CVD-06-a',
    {
      'lines.0.item.attributes': [
        { name: 'cva', value: 'clean' },
        { name: 'cva', value: 'other' },
      ],
    },
  ],
  ['BR-DE-CVD-06-b', { 'lines.1.item.attributes': [{ name: 'cva', value: 'clean' }] }],
]

const EXTENSION: readonly Row[] = [
  ['BR-DEX-01', { 'attachments.0.file.mimeType': 'text/html' }],
  ['BR-DEX-04', { 'seller.identifiers.0.scheme': '9999' }],
  ['BR-DEX-05', { 'seller.legalRegistration.scheme': '9999' }],
  ['BR-DEX-06', { 'lines.0.item.standardId.scheme': '9999' }],
  ['BR-DEX-07', { 'seller.electronicAddress.scheme': 'QQ' }],
  ['BR-DEX-08', { 'delivery.location.scheme': '9999' }],
]

/** The same rows as documents of Peppol, where the rules have other ids. */
function betweenGermans(rows: readonly Row[], payments: Readonly<Record<string, unknown>>): Variant[] {
  const base = having(peppol, payments)
  const idOf = (id: string): string =>
    id === 'BR-TMP-2'
      ? 'DE-R-T02'
      : id.replace(/^BR-DE-(\d+)(-[ab])?$/, (_, number: string, part = '') => {
          return `DE-R-${number.padStart(3, '0')}${part.replace('a', '1').replace('b', '2')}`
        })
  return rows
    .filter(([rule]) => idOf(rule).startsWith('DE-R-') && rule !== 'BR-DE-21')
    .map(([rule, fields, ...also]) => ofSet('peppol', base)([idOf(rule), fields, ...also.map(idOf)]))
}

export const NATIONAL_VARIANTS: readonly Variant[] = [
  ...[...SHARED, ...PEPPOL].map(ofSet('peppol')),
  ...reasons,
  ...inTheFile,
  PROJECT,
  ...[...SHARED, ...XRECHNUNG].map(ofSet('xrechnung')),
  {
    ...ofSet('xrechnung')(['BR-TMP-3', {}]),
    cii: [/(?<=<ram:GrossPriceProductTradePrice>[\s\S]*?<ram:BasisQuantity unitCode="C62">)1/, '2'],
  },
  ...betweenGermans(XRECHNUNG, {}),
  ...betweenGermans(DEBIT, { payments: debit.payments, mandateReference: 'M-1', creditorId: debit.creditorId }),
  ...betweenGermans(CARD, { payments: card.payments }),
  ...DEBIT.map(ofSet('xrechnung', debit)),
  ...CARD.map(ofSet('xrechnung', card)),
  ...VEHICLES.map(ofSet('xrechnung-cvd', vehicle)),
  ofSet('xrechnung-cvd', vehicle)(['BR-TMP-CVD-01', { 'lines.1.item.classifications.0.scheme': 'QQQ' }]),
  ...EXTENSION.map(ofSet('xrechnung-extension', extension)),
]
