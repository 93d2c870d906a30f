import type { InvoiceDocument } from '../invoicing/document.ts'
import { documentBrand, withGroups } from '../invoicing/document-brand.ts'
import type { DocumentLine } from '../invoicing/document-line.ts'
import type { Language } from '../words/languages.ts'
import type { Brand } from './brand.ts'

const PERIOD = { from: '2026-01-01', until: '2026-02-01' }
const TAX = { kind: 'vat', name: 'VAT', category: 'S', percent: '20', perUnit: null } as const

/** What a brand is tried with: an invoice, or a note, that has what most documents have. Names and figures are made up; it adds up. */
export function sampleDocument(brand: Brand, kind: InvoiceDocument['kind'], language: Language): InvoiceDocument {
  const sign = kind === 'credit_note' ? '-' : ''
  const number = { invoice: 'INV-000042', credit_note: 'CN-000007', debit_note: 'INV-000043' }[kind]
  const currency = 'EUR'
  const line = (position: number, own: Partial<DocumentLine> & { amount: string }): DocumentLine => ({
    ...{ id: `line-${position}`, position, kind: 'usage', description: '', subscription: 'anna-mobile', isLate: false },
    ...{ ...PERIOD, quantity: '1', unit: '', unitAmount: null, per: null, parts: null },
    tax: [
      {
        ...{ rule: 'domestic', category: 'S', place: 'GB', why: '', net: own.amount, tax: '0' },
        taxes: [{ ...TAX, amount: '0' }],
      },
    ],
    ...own,
    ...{ exactAmount: own.amount, amount: own.amount.startsWith('-') ? own.amount : `${sign}${own.amount}` },
  })
  const lines = [
    line(1, { kind: 'recurring', description: 'Mobile M', unitAmount: '20.00', amount: '20.00' }),
    line(2, { description: 'Calls', quantity: '125', unit: 'min', unitAmount: '0.08', amount: '10.00' }),
    line(3, { description: 'Data', quantity: '2048', unit: 'MB', unitAmount: '5.00', per: '1024', amount: '10.00' }),
    line(4, {
      ...{ kind: 'recurring', description: 'Mobile S', subscription: 'boris-mobile', unitAmount: '10.00' },
      amount: '10.00',
    }),
  ]
  const facts = {
    ...{ key: 'sample', version: 1, digest: '', content: brand, metadata: {} },
    groups: new Map([
      ['anna-mobile', 'Anna'],
      ['boris-mobile', 'Boris'],
    ]),
    earlierUsage: brand.usageChart
      ? ['2025-12-01', '2025-11-01', '2025-10-01'].map((from, index) => ({
          from,
          usage: [{ meter: 'Data', unit: 'MB', quantity: String(1_600 + 150 * index) }],
        }))
      : [],
  }
  const { brand: _sample, ...shown } = documentBrand(facts, {
    ...{ currency, language, customerKind: 'consumer', number, account: '1001' },
    toPay: kind === 'credit_note' ? null : '60.00',
  })
  return {
    ...{ kind, number, issuedOn: '2026-02-01', dueOn: '2026-02-15', termsDays: 14, currency, language },
    ...(kind === 'invoice' ? {} : { corrects: ['INV-000041'], reason: 'Sample' }),
    account: '1001',
    seller: {
      ...{ name: 'Example Telecom Ltd', address: '1 Example Street\nLondon', taxId: 'GB 123 4567 89' },
      bankDetails: null,
    },
    buyer: { name: 'Anna Example', address: '2 Example Road\nLeeds', taxId: null },
    period: PERIOD,
    lines: withGroups(lines, facts),
    usage: [{ meter: 'Data', unit: 'MB', quantity: '2048', records: 31 }],
    taxes: [{ ...TAX, place: 'GB', base: `${sign}50.00`, amount: `${sign}10.00`, notice: null, vatex: null }],
    notices: [],
    totals: { discounts: '0.00', net: `${sign}50.00`, tax: `${sign}10.00`, total: `${sign}60.00` },
    ...shown,
  }
}
