/** What tax decides is what EN 16931 allows: the scenarios as e-invoices in both syntaxes, by the rules of the standard. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Decimal, decimal, formatScaled } from '../src/core/base/decimal.ts'
import type { EInvoice } from '../src/core/einvoice/document.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { sumOf } from '../src/core/tax/arithmetic/document-taxes.ts'
import { rateTable } from '../src/core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../src/core/tax/rates/shipped-rates.ts'
import { type TaxedDocument, taxDocument } from '../src/core/tax/tax-document.ts'
import { readDocument } from './einvoice-examples.ts'
import { ELSEWHERE } from './tax-scenarios/elsewhere.ts'
import { OWN, type Scenario } from './tax-scenarios/scenario.ts'
import { WITHIN_THE_UNION } from './tax-scenarios/within-the-union.ts'

const RATES = rateTable(SHIPPED_RATES, OWN)
const NETS = [10_000n, 3333n, 1n]
/** Documents of other taxes than VAT are not of EN 16931. */
const VAT_ONLY = /^(VAT|IGIC) [\d.]+ \S+$/
const SCENARIOS = [...WITHIN_THE_UNION, ...ELSEWHERE].filter(({ expected }) => VAT_ONLY.test(expected[2]))

function taxed({ seller, buyer, taxClass = 'telecom', on = '2026-11-29', language = 'en' }: Scenario): TaxedDocument {
  const lines = NETS.map((amountMinor) => ({ amountMinor, taxClass, suppliedOn: on }))
  const terms = { seller, buyer, language, currency: 'EUR', pricesIncludeTax: false, allowanceMinor: 0n }
  const document = taxDocument(lines, { ...terms, rounding: { minorDigits: 2, per: 'document' } }, RATES)
  assert.ok('parts' in document)
  return document
}

const amount = (minor: bigint): Decimal => decimal(formatScaled(minor, 2))

/** As documents are to fill in an e-invoice from what tax decided. */
function asEInvoice({ seller, buyer, on = '2026-11-29' }: Scenario, { parts, totals }: TaxedDocument): EInvoice {
  const category = parts[0]?.decision.category as string
  // Category O: no VAT identifiers and no rate (BR-O-2 and following).
  const isOutside = category === 'O'
  const net = sumOf(parts.map(({ netMinor }) => netMinor))
  const tax = sumOf(totals.map(({ taxMinor }) => taxMinor))
  const rateOf = (percent: string | null): { rate: Decimal } | object =>
    isOutside ? {} : { rate: decimal(percent ?? '0') }
  const [taxId] = buyer.taxIds
  const address = (country: string) => ({ city: 'City', country })
  return {
    ...{
      number: 'INV-000001',
      issueDate: on,
      dueDate: on,
      typeCode: '380',
      currency: 'EUR',
      notes: [],
      precedingInvoices: [],
    },
    specification: 'urn:cen.eu:en16931:2017',
    seller: {
      ...{ name: 'Seller', identifiers: [{ value: 'S-1' }], address: address(seller.place.country) },
      ...(isOutside ? {} : { vatId: `${seller.place.country}136695976` }),
    },
    buyer: {
      ...{ name: 'Buyer', identifiers: [], address: address(buyer.place.country) },
      ...(taxId === undefined || isOutside ? {} : { vatId: taxId.replaceAll(' ', '') }),
    },
    delivery: { date: on, address: address(buyer.place.country) },
    ...{ payments: [], allowances: [], charges: [], attachments: [] },
    totals: {
      lines: amount(net),
      withoutVat: amount(net),
      vat: amount(tax),
      withVat: amount(net + tax),
      due: amount(net + tax),
    },
    vatBreakdown: totals.map(({ tax: { percent }, baseMinor, taxMinor }) => {
      const { legal } = (parts[0] as TaxedDocument['parts'][number]).decision
      return {
        ...{ category, taxable: amount(baseMinor), tax: amount(taxMinor), ...rateOf(percent) },
        ...(legal === null ? {} : { exemptionReason: [legal.text, legal.reference].filter(Boolean).join(': ') }),
        ...(legal?.vatex ? { exemptionReasonCode: legal.vatex } : {}),
      }
    }),
    lines: parts.map(({ netMinor, decision }, at) => ({
      ...{ id: String(at + 1), quantity: { value: decimal('1'), unit: 'C62' }, netAmount: amount(netMinor) },
      ...{ price: { net: amount(netMinor) }, item: { name: 'Item', classifications: [], attributes: [] } },
      ...{ allowances: [], charges: [], vatCategory: category },
      ...(isOutside ? {} : { vatRate: decimal(decision.taxes[0]?.percent ?? '0') }),
    })),
  }
}

for (const scenario of SCENARIOS)
  test(`EN 16931 has nothing against: ${scenario.says}: ${scenario.expected[1]}`, () => {
    const document = asEInvoice(scenario, taxed(scenario))
    for (const syntax of ['ubl-invoice', 'cii'] as const) {
      const read = readDocument(Buffer.from(writeXml(writeEInvoice(document, syntax))))
      const broken = validate(read, RULE_SETS.en16931).map(({ rule, place, says }) => `${rule} ${place}: ${says}`)
      assert.deepEqual(broken, [])
    }
  })

test('the scenarios have every category but that of Ceuta and Melilla', () => {
  const categories = new Set(SCENARIOS.map(({ expected }) => expected[1]))
  assert.deepEqual([...categories].sort(), ['AE', 'E', 'G', 'K', 'L', 'O', 'S', 'Z'])
})
