import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InvoiceDocument } from '../invoicing/document.ts'
import type { DocumentLine } from '../invoicing/document-line.ts'
import { daysText, priceText } from '../words/format.ts'
import { LINE_COLUMNS, PLAIN_BRAND } from './brand.ts'
import { invoicePage } from './invoice-page.ts'
import type { TableBlock } from './page.ts'
import { sampleDocument } from './sample-document.ts'

const SAMPLE = sampleDocument(PLAIN_BRAND, 'invoice', 'de')
const [FEE, CALLS] = SAMPLE.lines as [DocumentLine, DocumentLine]
const tablesOf = (document: InvoiceDocument): TableBlock[] =>
  invoicePage(document, PLAIN_BRAND).blocks.filter((block) => block.kind === 'table')
const linesOf = (...lines: DocumentLine[]): TableBlock => tablesOf({ ...SAMPLE, lines })[0] as TableBlock
const columnsOf = ({ columns }: TableBlock): string[] =>
  columns.map(({ label = '', isWide, isAbove }) => `${label}${isAbove ? ' above' : isWide ? ' wide' : ''}`)

test('columns that leave the description no room stand below it, and the widest of them takes what is left', () => {
  assert.deepEqual(columnsOf(linesOf(FEE, CALLS)), ['#', 'Beschreibung wide', 'Menge', 'Einzelpreis', 'Betrag, EUR'])
  const flow = { ...CALLS, quantity: '12345678.901234', unit: 'standard cubic metres per hour at 15 °C' }
  const wide = linesOf(FEE, { ...flow, unitAmount: '12345.678901', amount: '152415787529.49' })
  assert.deepEqual(columnsOf(wide), ['#', 'Beschreibung above', 'Menge wide', 'Einzelpreis', 'Betrag, EUR'])
})

test('a subtotal in a table of stacked columns is one line, and accounts that are billed to another keep its columns', () => {
  const brand = { ...PLAIN_BRAND, columns: LINE_COLUMNS }
  const grouped = [FEE, CALLS].map((line) => ({ ...line, group: 'Anna' }))
  const tableOf = (document: InvoiceDocument): TableBlock =>
    invoicePage(document, brand).blocks.find((block) => block.kind === 'table') as TableBlock
  const alone = tableOf({ ...SAMPLE, lines: grouped })
  assert.ok(columnsOf(alone).includes('Beschreibung above') && columnsOf(alone).includes('Zeitraum wide'))
  assert.deepEqual(alone.rows.at(-1)?.cells, ['', '', 'Zwischensumme', '', '', '', '30,00'])
  const annex = { account: 'mill', name: 'Mill', net: '7.00', tax: '0.00', total: '7.00' }
  const lines = [...grouped, { ...FEE, position: 3, amount: '7.00', account: 'mill' }]
  const firm = tableOf({ ...SAMPLE, lines, annexes: [annex] })
  assert.deepEqual(columnsOf(firm), columnsOf(alone))
  assert.deepEqual(firm.rows.at(-1)?.cells, ['', '', { text: 'Mill', beside: 'mill' }, '', '', '', '7,00'])
})

test('a legal form stands once behind the name of a seller', () => {
  const nameOf = (seller: Partial<InvoiceDocument['seller']>): string | undefined =>
    invoicePage({ ...SAMPLE, seller: { ...SAMPLE.seller, ...seller } }, PLAIN_BRAND).blocks.flatMap((block) =>
      block.kind === 'parties' ? [block.parties[0]?.name] : [],
    )[0]
  assert.equal(nameOf({ name: 'Nordnetz', legalForm: 'GmbH' }), 'Nordnetz GmbH')
  assert.equal(nameOf({ name: 'Nordnetz GmbH', legalForm: 'GmbH' }), 'Nordnetz GmbH')
  assert.equal(nameOf({ name: 'NordnetzGmbH', legalForm: 'GmbH' }), 'NordnetzGmbH GmbH')
})

test('prices have at least the digits of their currency, and a period of one day is that day', () => {
  assert.deepEqual([priceText('de', '10', 'EUR'), priceText('de', '0.14228', 'EUR')], ['10,00', '0,14228'])
  assert.deepEqual([priceText('en', '10', 'JPY'), priceText('en', '1.5', 'KWD')], ['10', '1.500'])
  assert.equal(daysText('de', '2026-03-01', '2026-03-02'), '01.03.2026')
  assert.deepEqual((linesOf(FEE).rows[0]?.cells ?? []).slice(-2), [{ text: '20,00' }, '20,00'])
})

test('what is taken back whole has no price of tiers, and parts that add nothing are not told', () => {
  const alone = { quantity: null, unitAmount: null, per: null }
  const parts = [
    { label: 'unit', quantity: '0', unitAmount: '2.5', per: null, amount: '0' },
    { label: 'discount 50 %', ...alone, amount: '0' },
    { label: 'billed before', ...alone, amount: '-4.02' },
  ]
  const [row] = linesOf({ ...CALLS, quantity: '-3.217', unitAmount: null, amount: '-4.02', parts }).rows
  const [, description, , price] = row?.cells ?? []
  assert.deepEqual(price, { text: '–', isMuted: true })
  assert.deepEqual(description, { text: 'Calls', beside: 'anna-mobile', below: ['bereits berechnet: −4,02'] })
})

test('a correction in the form "was, should be" has a row for each service, with what lowers it', () => {
  const corrected = (was: string, shouldBe: string): Pick<DocumentLine, 'corrected'> => {
    const amounts = (net: string) => ({ net, tax: '0.00', total: net })
    return { corrected: { was: amounts(was), shouldBe: amounts(shouldBe) } }
  }
  const lowering = { kind: 'discount', description: 'Welcome' } as const
  // Calls: 12.53 less 1.26 are taken back, 14.53 less 1.46 charged. 12.53 − 1.26 = 11.27; 14.53 − 1.46 = 13.07.
  const lines = [
    { ...CALLS, position: 1, amount: '-12.53', ...corrected('12.53', '0.00') },
    { ...CALLS, ...lowering, position: 2, lowers: 1, amount: '1.26', ...corrected('-1.26', '0.00') },
    { ...CALLS, position: 3, amount: '14.53', ...corrected('0.00', '14.53') },
    { ...CALLS, ...lowering, position: 4, lowers: 3, amount: '-1.46', ...corrected('0.00', '-1.46') },
    { ...FEE, position: 5, amount: '-2.00', ...corrected('20.00', '18.00') },
  ]
  const table = tablesOf({ ...SAMPLE, lines }).find(({ title }) => title === 'Korrektur')
  assert.deepEqual(
    table?.rows.map(({ cells }) => cells),
    [
      [{ text: 'Calls', beside: 'anna-mobile' }, '11,27', '13,07', '1,80'],
      [{ text: 'Mobile M', beside: 'anna-mobile' }, '20,00', '18,00', '−2,00'],
      ['', '31,27', '31,07', '−0,20'],
    ],
  )
  assert.equal(
    tablesOf(SAMPLE).some(({ title }) => title === 'Korrektur'),
    false,
  )
})

test('a draft asks for no money: it has neither account nor code', () => {
  const payTo = { accounts: [{ currency: 'EUR', iban: 'DE89370400440532013000' }], codes: [] }
  const kinds = (document: InvoiceDocument): string[] =>
    invoicePage(document, PLAIN_BRAND).blocks.map(({ kind }) => kind)
  assert.equal(kinds({ ...SAMPLE, payTo }).includes('payment'), true)
  assert.equal(kinds({ ...SAMPLE, payTo, mark: 'draft' }).includes('payment'), false)
})

test('the tax of a value-added tax is called as the language calls it', () => {
  const [sums] = invoicePage(SAMPLE, PLAIN_BRAND).blocks.filter((block) => block.kind === 'sums')
  assert.deepEqual(
    sums?.rows.map(({ label }) => label.replaceAll('\u00a0', ' ')),
    ['Netto', 'USt. 20 % (GB) von 50,00', 'Gesamtbetrag'],
  )
})
