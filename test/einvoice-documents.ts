import { add, type Decimal, decimal, multiply, negate, toScale, ZERO } from '../src/core/base/decimal.ts'
import type { AllowanceCharge, EInvoice, Line, Party, VatBreakdown } from '../src/core/einvoice/document.ts'

const cents = (value: Decimal): Decimal => ({ coefficient: toScale(value, 2), scale: 2 })
const sum = (amounts: readonly (Decimal | undefined)[]): Decimal =>
  cents(amounts.reduce<Decimal>((total, one) => (one === undefined ? total : add(total, one)), ZERO))

/** Categories without VAT need a reason. */
const REASONS: Readonly<Record<string, string>> = {
  E: 'Exempt',
  AE: 'Reverse charge',
  K: 'Intra-community supply',
  G: 'Export outside the EU',
  O: 'Not subject to VAT',
}

/** The document with the VAT breakdown and the totals that its lines, allowances and charges come to. */
export function withTotals(document: EInvoice): EInvoice {
  const rows = new Map<string, { category: string; rate: Decimal | undefined; taxable: Decimal }>()
  const take = (category = '', rate: Decimal | undefined, amount = ZERO): void => {
    const key = `${category} ${rate === undefined ? '' : toScale(rate, 4)}`
    rows.set(key, { category, rate, taxable: add(rows.get(key)?.taxable ?? ZERO, amount) })
  }
  for (const { vatCategory, vatRate, netAmount } of document.lines) take(vatCategory, vatRate, netAmount)
  for (const { vatCategory, vatRate, amount = ZERO } of document.allowances) take(vatCategory, vatRate, negate(amount))
  for (const { vatCategory, vatRate, amount } of document.charges) take(vatCategory, vatRate, amount)
  const vatBreakdown = [...rows.values()].map(({ category, rate, taxable }): VatBreakdown => {
    const reason = REASONS[category]
    const tax = multiply(taxable, rate === undefined ? ZERO : { ...rate, scale: rate.scale + 2 })
    return {
      taxable: cents(taxable),
      tax: cents(tax),
      category,
      ...(rate === undefined ? {} : { rate }),
      ...(reason === undefined ? {} : { exemptionReason: reason }),
    }
  })
  const lines = sum(document.lines.map(({ netAmount }) => netAmount))
  const allowances = sum(document.allowances.map(({ amount }) => amount))
  const charges = sum(document.charges.map(({ amount }) => amount))
  const withoutVat = sum([lines, negate(allowances), charges])
  const vat = sum(vatBreakdown.map(({ tax }) => tax))
  const withVat = sum([withoutVat, vat])
  const paid = document.totals?.paid ?? ZERO
  return {
    ...document,
    vatBreakdown,
    totals: {
      ...(document.totals?.paid === undefined ? {} : { paid }),
      ...(document.totals?.rounding === undefined ? {} : { rounding: document.totals.rounding }),
      lines,
      ...(document.allowances.length === 0 ? {} : { allowances }),
      ...(document.charges.length === 0 ? {} : { charges }),
      withoutVat,
      vat,
      ...(document.vatCurrency === undefined ? {} : { vatInVatCurrency: sum([multiply(vat, decimal('11.5'))]) }),
      withVat,
      due: sum([withVat, negate(paid), document.totals?.rounding]),
    },
  }
}

const party = (name: string): Party => ({
  name,
  tradingName: `${name} trading`,
  identifiers: [{ value: '7300010000001', scheme: '0088' }],
  legalRegistration: { value: '4598375937', scheme: '0002' },
  vatId: 'DE123456789',
  electronicAddress: { value: 'DE123456789', scheme: '9930' },
  address: {
    line1: 'Street 1',
    line2: 'House B',
    line3: 'Floor 2',
    city: 'Berlin',
    postCode: '10115',
    subdivision: 'Berlin',
    country: 'DE',
  },
  contact: { name: 'Ann Example', telephone: '+49 30 123456', email: `ann@${name.toLowerCase()}.example.com` },
})

/** 10 pieces at 12.00, less 20.00, plus 5.00: 105.00. */
function line(id: string, vatCategory: string, vatRate: Decimal | undefined): Line {
  return {
    id,
    note: 'A note',
    quantity: { value: decimal('10'), unit: 'C62' },
    netAmount: decimal('105.00'),
    allowances: [
      {
        amount: decimal('20.00'),
        baseAmount: decimal('200.00'),
        percentage: decimal('10'),
        reason: 'Discount',
        reasonCode: '95',
      },
    ],
    charges: [
      {
        amount: decimal('5.00'),
        baseAmount: decimal('50.00'),
        percentage: decimal('10'),
        reason: 'Packing',
        reasonCode: 'ABL',
      },
    ],
    price: {
      net: decimal('12.00'),
      discount: decimal('1.00'),
      gross: decimal('13.00'),
      baseQuantity: { value: decimal('1'), unit: 'C62' },
    },
    vatCategory,
    ...(vatRate === undefined ? {} : { vatRate }),
    item: {
      name: 'Minutes',
      description: 'Minutes of calls',
      sellersId: 'S-1',
      buyersId: 'B-1',
      standardId: { value: '07318343101010', scheme: '0160' },
      classifications: [{ value: '0721-880X', scheme: 'IB', schemeVersion: '1' }],
      originCountry: 'DE',
      attributes: [{ name: 'Colour', value: 'Black' }],
    },
    period: { start: '2026-01-01', end: '2026-01-31' },
    purchaseOrderLine: '1',
    buyerAccountingReference: 'KST 1',
    invoicedObject: { value: '+4930123456', scheme: 'ABZ' },
  }
}

const deal = (
  amount: string,
  vatCategory: string,
  vatRate: Decimal | undefined,
  reasonCode: string,
): AllowanceCharge => ({
  amount: decimal(amount),
  baseAmount: decimal('100.00'),
  percentage: decimal(amount),
  reason: 'Agreed',
  reasonCode,
  vatCategory,
  ...(vatRate === undefined ? {} : { vatRate }),
})

const RATES: Readonly<Record<string, string>> = { S: '19', L: '7', M: '4', B: '22' }

/** A right document of one category, with allowance and charge, whoever it takes known to the tax office. */
export function documentOf(category: string): EInvoice {
  const rate = category === 'O' ? undefined : decimal(RATES[category] ?? '0')
  const isO = category === 'O'
  const known = (name: string): Party => {
    const { vatId, ...rest } = party(name)
    return isO || vatId === undefined ? rest : { ...rest, vatId }
  }
  return withTotals({
    number: 'LDN-000001',
    issueDate: '2026-02-01',
    typeCode: '380',
    currency: 'EUR',
    dueDate: '2026-02-15',
    buyerReference: '04011000-12345-03',
    specification: 'urn:cen.eu:en16931:2017',
    businessProcess: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    notes: [],
    precedingInvoices: [],
    seller: known('Seller'),
    buyer: known('Buyer'),
    delivery: { date: '2026-01-31', address: { city: 'Potsdam', postCode: '14467', country: 'DE' } },
    period: { start: '2026-01-01', end: '2026-01-31' },
    payments: [{ code: '58', account: { id: 'DE21860000000086001055', name: 'Seller', bankId: 'GENODEF1M04' } }],
    allowances: [deal('10.00', category, rate, '95')],
    charges: [deal('4.00', category, rate, 'FC')],
    vatBreakdown: [],
    attachments: [],
    lines: [line('1', category, rate), line('2', category, rate)],
  })
}

/** Every field of the standard that can stand together with the others. */
export function fullDocument(): EInvoice {
  const base = documentOf('S')
  return withTotals({
    ...base,
    vatCurrency: 'SEK',
    vatPointDate: '2026-01-31',
    projectReference: 'P-1',
    contractReference: 'C-1',
    purchaseOrderReference: 'PO-1',
    salesOrderReference: 'SO-1',
    receivingAdviceReference: 'RA-1',
    despatchAdviceReference: 'DA-1',
    tenderOrLotReference: 'T-1',
    invoicedObject: { value: 'Meter 1', scheme: 'ABZ' },
    buyerAccountingReference: 'KST 0',
    paymentTerms: 'Within 14 days',
    notes: [{ subjectCode: 'AAI', text: 'Thank you' }],
    precedingInvoices: [{ number: 'LDN-000000', issueDate: '2026-01-01' }],
    seller: { ...(base.seller as Party), taxRegistration: '123/456/789', legalInformation: 'HRB 1' },
    payee: { name: 'Factor', identifier: { value: 'F-1' }, legalRegistration: { value: 'HRB 2' } },
    taxRepresentative: {
      name: 'Agent',
      vatId: 'FR12345678901',
      address: { line1: 'Rue 1', city: 'Paris', postCode: '75001', country: 'FR' },
    },
    delivery: { ...base.delivery, name: 'Depot', location: { value: '7300010000001', scheme: '0088' } },
    remittanceInformation: 'LDN-000001',
    payments: [
      { code: '58', text: 'SEPA', account: { id: 'DE21860000000086001055', name: 'Seller', bankId: 'GENODEF1M04' } },
    ],
    totals: { paid: decimal('50.00'), rounding: decimal('0.01') },
    attachments: [
      {
        reference: 'usage',
        description: 'Usage records',
        url: 'https://example.com/usage.csv',
        file: { content: 'YQ==', mimeType: 'text/csv', name: 'usage.csv' },
      },
    ],
  })
}
