/** The records behind a document as sheets of paper. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { createTypstRenderer } from '../src/adapters/typst/renderer.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { itemisedList, type PrintedCharge, type PrintedRecord } from '../src/core/pages/itemised-list.ts'
import { sampleDocument } from '../src/core/pages/sample-document.ts'
import { itemisedPaper } from '../src/modules/invoices/itemised.ts'
import type { Invoice } from '../src/modules/invoices/store.ts'
import { runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

/** Where the papers go when somebody wants to look at them. */
const KEEP = process.env['KVIT_TEST_PDF_DIR']

const recordOf = (at: number): PrintedRecord => ({
  ...{ startMs: Date.UTC(2026, 2, 29, 0, 30 + at), endMs: Number.NaN, service: '380501112233', type: 'call' },
  ...{ source: 's', id: `r-${at}`, quantity: 1_500n, amount: 12_345_678n, isCorrection: at === 1 },
})
const chargeOf = (records: number, own: Partial<PrintedCharge> = {}): PrintedCharge => ({
  ...{ position: 2, description: 'Anrufe', cell: 'peak', price: 'calls', isLate: false, unit: 'min' },
  ...{ quantityScale: 3, ratingScale: 8, records: Array.from({ length: records }, (_, at) => recordOf(at)), ...own },
})
const plain = (text = ''): string => text.replaceAll('\u00a0', ' ')

test('records are lines in the language and zone of the account, with exact sums of each charge', () => {
  const document = sampleDocument(PLAIN_BRAND, 'invoice', 'de')
  const charges = [chargeOf(3), chargeOf(0, { position: 3 }), chargeOf(1, { position: 4, cell: '', isLate: true })]
  const { cover, columns, sheets } = itemisedList(document, PLAIN_BRAND, 'Europe/Berlin', charges)
  assert.deepEqual(
    columns.map(({ label }) => label),
    ['Zeit', 'Anschluss', 'Art', 'Quelle', 'Datensatz', 'Menge', 'Entgelt, EUR', ''],
  )
  const [sheet] = sheets
  assert.deepEqual(
    sheet?.parts.map((part) => (part.kind === 'rows' ? plain(part.columns.join('|')) : plain(part.text))),
    [
      '2  Anrufe · peak  calls',
      // At half past one on 29 March summer time has not begun yet; 3 × 0.12345678.
      [
        '2026-03-29 01:30:00\n2026-03-29 01:31:00\n2026-03-29 01:32:00',
        ...['380501112233\n380501112233\n380501112233', 'call\ncall\ncall', 's\ns\ns', 'r-0\nr-1\nr-2'],
        ...['1,5 min\n1,5 min\n1,5 min', '0,12345678\n0,12345678\n0,12345678', ' \nKorrektur\n '],
      ].join('|'),
      'Datensätze: 3   Menge: 4,5 min   Entgelt: 0,37037034 EUR',
      '4  Anrufe (verspätete Nutzung)  calls',
      '2026-03-29 01:30:00|380501112233|call|s|r-0|1,5 min|0,12345678| ',
      'Datensätze: 1   Menge: 1,5 min   Entgelt: 0,12345678 EUR',
    ],
  )
  const table = cover.blocks.find((block) => block.kind === 'table')
  assert.deepEqual(table?.rows[0]?.cells, ['2', 'Anrufe · peak', '3', '4,5 min', '0,37037034'])
  const [head] = cover.blocks
  assert.ok(head?.kind === 'head')
  assert.deepEqual(head.facts.at(-1), { label: 'Zeit', value: 'Europe/Berlin' })
})

test('sheets that are set apart are one file, which is the same to the byte each time', async () => {
  // 5,000 records: 57 of them on a sheet, so that they are set in two parts; 88 sheets behind one page.
  const list = itemisedList(sampleDocument(PLAIN_BRAND, 'invoice', 'uk'), PLAIN_BRAND, 'Europe/Kyiv', [chargeOf(5_000)])
  assert.equal(list.sheets.length, 88)
  const file = await createTypstRenderer().renderList(list)
  const read = await PDFDocument.load(file, { updateMetadata: false })
  assert.equal(read.getPageCount(), 89)
  assert.match(read.getTitle() ?? '', /INV-000042$/)
  const sizes = new Set(
    read
      .getPages()
      .slice(1)
      .map((page) => `${Math.round(page.getWidth())} ${Math.round(page.getHeight())}`),
  )
  assert.deepEqual([...sizes], ['842 595'], 'every sheet is one page of A4, landscape')
  assert.ok(file.equals(await createTypstRenderer().renderList(list)))
  if (KEEP !== undefined) await writeFile(join(KEEP, 'itemised.pdf'), file)
})

test('more records than are printed are refused before any is read, with what to take instead', async () => {
  const usage = [
    { meter: 'Calls', unit: 'min', quantity: '1', records: 100_000 },
    { meter: 'Data', unit: 'MB', quantity: '1', records: 1 },
  ]
  const invoice = { document: { ...sampleDocument(PLAIN_BRAND, 'invoice', 'en'), usage } } as unknown as Invoice
  const [nothing, look] = [{} as never, { brand: PLAIN_BRAND, logo: undefined }]
  await assert.rejects(itemisedPaper(nothing, nothing, invoice, look), /more than 100000 records .* XLSX or the CSV/)
})

test('the records of an invoice are downloaded as PDF', async () => {
  const kvit = await startKvit('sheets-of-paper', '2026-02-01T00:00:00Z')
  const { client, app } = kvit
  await seedOperator(client)
  await createSubscriber(client, 'anna', { language: 'de' })
  const record = { source: 's', service: 'anna', type: 'call' }
  await client.post('/v1/usage', [
    { ...record, id: 'a', time: '2026-01-05T10:00:00Z', data: { minutes: 70 } },
    { ...record, id: 'b', time: '2026-01-06T10:00:00Z', data: { minutes: 40.25 } },
  ])
  await runBills(client, '2026-02-01')
  const documents = await client.list<{ id: string; billingDay: string }>('/v1/invoices')
  const id = documents.find(({ billingDay }) => billingDay === '2026-02-01')?.id ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'kvit-sheets-'))
  const file = join(folder, 'records.pdf')
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'sheets-of-paper' }
  const { code, err } = await runCommand(['invoice', 'records', id, file], env)
  assert.equal(code, 0, err)
  const read = await PDFDocument.load(await readFile(file), { updateMetadata: false })
  assert.equal(read.getPageCount(), 2)
  assert.match(read.getTitle() ?? '', /^Einzelaufstellung INV-/)
  await rm(folder, { recursive: true })
  assert.equal((await kvit.request('GET', '/v1/invoices/INV-999/itemised.pdf')).status, 404)
})
