import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { runBills } from '../src/cli/commands-billing.ts'
import { type PaperParties, receiptPage, statementPage } from '../src/core/pages/account-papers.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { confirmationPage } from '../src/core/pages/confirmation-page.ts'
import type { Block } from '../src/core/pages/page.ts'
import { writeXlsx } from '../src/platform/xlsx.ts'
import { runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const PARTIES: PaperParties = {
  ...{ language: 'de', account: '1001', currency: 'EUR', today: '2026-03-01' },
  seller: { name: 'Netz GmbH', address: 'Berlin' },
  customer: { name: 'Anna', address: null },
}
const rowsOf = (blocks: readonly Block[]): unknown[] =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells) : []))

test('a statement on paper says every entry in the language of the customer, and its amounts with every digit', () => {
  const entry = { day: '2026-02-05', reference: null, balance: '-10.369' } as const
  const page = statementPage(
    PARTIES,
    PLAIN_BRAND,
    { from: '2026-02-01', until: '2026-03-01' },
    {
      opening: '-10',
      closing: '1234567.5',
      disputed: null,
      rows: [
        { ...entry, kind: 'usage', description: 'usage of bob: data', amount: '-0.369' },
        { ...entry, kind: 'document', description: 'debit note', reference: 'INV-7', amount: '-2' },
        { ...entry, kind: 'payment', description: 'bank', reference: 'p-1', amount: '1234579.869' },
        { ...entry, kind: 'payment', description: 'reversed: bounced', amount: '-1' },
      ],
    },
  )
  assert.deepEqual(rowsOf(page.blocks), [
    ['01.02.2026', 'Anfangssaldo', '', '−10,00'],
    ['05.02.2026', 'Nutzung (bob): data', '−0,369', '−10,369'],
    ['05.02.2026', { text: 'Nachbelastung', below: ['INV-7'] }, '−2,00', '−10,369'],
    ['05.02.2026', { text: 'Zahlung', below: ['p-1'] }, '1.234.579,869', '−10,369'],
    ['05.02.2026', 'Zahlung zurückgebucht: bounced', '−1,00', '−10,369'],
    ['', 'Endsaldo', '', '1.234.567,50'],
  ])
})

test('a receipt says what the money has settled, and what is left of it', () => {
  const page = receiptPage(PARTIES, PLAIN_BRAND, {
    ...{ key: 'p-1', receivedOn: '2026-02-07', reference: null, amount: '15.00', rest: '5.00' },
    settled: [{ number: 'INV-1', issuedOn: '2026-02-01', amount: '10.00' }],
  })
  assert.deepEqual(rowsOf(page.blocks), [['INV-1', '01.02.2026', '10,00']])
  const [sums] = page.blocks.filter((block) => block.kind === 'sums')
  assert.deepEqual(
    sums?.rows.map(({ label, value }) => [label, value.replaceAll('\u00a0', ' ')]),
    [
      ['Auf dem Kundenkonto belassen', '5,00'],
      ['Erhaltener Betrag', '15,00 EUR'],
    ],
  )
})

test('a confirmation of a balance says what is open, what is there ahead, and in whose favour the rest is', () => {
  const item = { issuedOn: '2026-01-01', dueOn: '2026-01-15', totalMinor: 11_900n }
  const sumsOf = (prepaidMinor: bigint, openMinors: readonly bigint[], returnTo: string | null = null) => {
    const items = openMinors.map((openMinor, at) => ({ ...item, number: `INV-${at}`, openMinor }))
    const { blocks } = confirmationPage(PARTIES, PLAIN_BRAND, { asOf: '2026-01-31', items, prepaidMinor, returnTo })
    const [sums] = blocks.filter((block) => block.kind === 'sums')
    const texts = blocks.flatMap((block) => (block.kind === 'text' ? block.lines : []))
    return {
      sums: sums?.rows.map(({ label, value }) => `${label}: ${value}`.replaceAll('\u00a0', ' ')),
      rows: rowsOf(blocks),
      address: texts.at(-1),
    }
  }
  // 119.00 of which 19.00 were paid, and a credit of 10.00 that has settled nothing: 90.00; 30.00 came in ahead.
  assert.deepEqual(sumsOf(3_000n, [10_000n, -1_000n]), {
    sums: ['Offene Belege: 90,00', 'Auf dem Kundenkonto belassen: −30,00', 'Saldo zu unseren Gunsten: 60,00 EUR'],
    rows: [
      ['INV-0', '01.01.2026', '15.01.2026', '119,00', '100,00'],
      ['INV-1', '01.01.2026', '15.01.2026', '119,00', '−10,00'],
    ],
    address: 'Bitte zurück an: Netz GmbH, Berlin',
  })
  assert.deepEqual(sumsOf(3_000n, [], 'Prüfer, Bonn'), {
    sums: ['Auf dem Kundenkonto belassen: −30,00', 'Saldo zu Ihren Gunsten: 30,00 EUR'],
    rows: [],
    address: 'Bitte zurück an: Prüfer, Bonn',
  })
  assert.deepEqual(sumsOf(0n, []).sums, ['Saldo: 0,00 EUR'])
})

test('statement and receipt are set as PDF in the look of today; what was taken back has no receipt', async () => {
  const kvit = await startKvit('papers', '2026-02-01T00:00:00Z')
  const { client, request } = kvit
  await seedOperator(client)
  await client.post('/v1/brands/acme', { accent: '#005bbb', paper: 'us-letter' }, 'PUT')
  await client.post(
    '/v1/issuers/op',
    { brand: 'acme', bankAccounts: [{ currency: 'EUR', iban: 'DE71110220330123456789', bic: 'BHBLDEHHXXX' }] },
    'PATCH',
  )
  await createSubscriber(client, 'anna', { language: 'de' })
  await runBills(client, '2026-02-01')
  const payment = { account: 'anna', currency: 'EUR', method: 'bank' }
  await client.post('/v1/payments', { ...payment, key: 'p-1', amount: '15.00' })
  await client.post('/v1/payments', { ...payment, key: 'p-2', amount: '1.00' })
  await client.post('/v1/payments/p-2/reversal', { reason: 'bounced' })
  const pdfOf = async (path: string): Promise<Buffer> => Buffer.from(await client.download(path))
  for (const path of ['/v1/payments/p-1/receipt', '/v1/accounts/anna/statement?format=pdf&from=2026-01-01']) {
    const pdf = await pdfOf(path)
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    assert.ok(pdf.equals(await pdfOf(path)), 'set again on the same day, it is the same to the byte')
  }
  const refused = await request('GET', '/v1/payments/p-2/receipt')
  assert.equal(refused.status, 422)
  assert.match(String(refused.json['detail']), /p-2 was reversed/)
  assert.equal((await request('GET', '/v1/payments/nobody/receipt')).status, 404)

  const folder = await mkdtemp(join(tmpdir(), 'kvit-papers-'))
  const run = async (...args: string[]): Promise<string> => {
    const env = { KVIT_URL: kvit.app.url, KVIT_KEY: kvit.app.rootKey, KVIT_TENANT: 'papers' }
    const { code, out, err } = await runCommand(args, env)
    assert.equal(code, 0, err)
    return out
  }
  for (const [file, ...args] of [
    ['receipt.pdf', 'payment', 'receipt', 'p-1', join(folder, 'receipt.pdf')],
    ['statement.pdf', 'balance', 'statement', 'anna', '--pdf', join(folder, 'statement.pdf')],
  ] as const) {
    await run(...args)
    assert.equal((await readFile(join(folder, file))).subarray(0, 5).toString(), '%PDF-')
  }
  const [{ number } = { number: '' }] = await client.list<{ number: string }>('/v1/invoices?account=anna')
  assert.match(await run('invoice', 'show', number), /pay to +IBAN DE71110220330123456789, BIC BHBLDEHHXXX/)
  await rm(folder, { recursive: true })
})

test('a workbook has the records of the CSV, as numbers and texts', async () => {
  const { client } = await startKvit('sheets', '2026-02-01T00:00:00Z')
  await seedOperator(client)
  await createSubscriber(client, 'anna')
  const record = { source: 's', service: 'anna', type: 'call' }
  const sent = await client.post('/v1/usage', [
    { ...record, id: 'a', time: '2026-01-05T10:00:00Z', data: { minutes: 70 } },
    { ...record, id: 'b, "c"', time: '2026-01-06T10:00:00Z', data: { minutes: 40.25 } },
  ])
  assert.equal(sent['charged'], 2)
  await runBills(client, '2026-02-01')
  const documents = await client.list<{ id: string; billingDay: string }>('/v1/invoices')
  const id = documents.find(({ billingDay }) => billingDay === '2026-02-01')?.id
  const csv = Buffer.from(await client.download(`/v1/invoices/${id}/itemised.csv`)).toString()
  const rows = parse(csv) as string[][]
  assert.deepEqual(
    rows.map((row) => [row[6], row[9], row[11]]),
    [
      ['id', 'quantity', 'charge'],
      ['a', '70', '7.00000000'],
      ['b, "c"', '40.25', '3.51250000'],
    ],
  )
  const workbook = Buffer.from(await client.download(`/v1/invoices/${id}/itemised.xlsx`))
  const numeric = new Set([0, 9, 11])
  assert.ok(workbook.equals(await writeXlsx(Readable.from(rows), numeric)))
})
