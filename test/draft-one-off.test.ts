/** Invoices of lines that somebody writes, and pro forma invoices: through the door, with amounts computed by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('items', '2026-02-10T06:00:00Z')
await seedOperator(client)
const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
await client.post('/v1/issuers', {
  ...{ key: 'taxed', name: 'Taxed', address: 'Berlin', postalAddress: BERLIN, invoiceSeries: 'TX' },
  ...{ legalForm: 'GmbH', registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }] },
})

async function account(key: string, customer: Json, terms: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, ...customer })
  const cycle = { zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key, customer: key, issuer: 'taxed', currency: 'EUR', ...cycle, ...terms })
}
const german = { kind: 'consumer', postalAddress: { country: 'DE' } }
await account('hans', german)
await account('yuki', german, { currency: 'JPY' })
await account('kuw', german, { currency: 'KWD' })
await account('gross', german, { pricesIncludeTax: true })
await account('acme', {
  ...{ kind: 'business', taxIds: ['FR40303265045'], address: '1 rue de l’Exemple, Paris' },
  postalAddress: { country: 'FR', city: 'Paris', postcode: '75001', lines: ['1 rue de l’Exemple'] },
})

interface Made extends Json {
  readonly id: string
  readonly invoiceId: string | null
  readonly draftId: string | null
}
const make = async (key: string, to: string, lines: Json[], more: Json = {}): Promise<Made> =>
  client.post<Made>('/v1/one-off-invoices', { key, account: to, lines, ...more })
interface Invoice extends Json {
  readonly number: string
  readonly total: string
  readonly open: string
  readonly document: {
    readonly totals: Json
    readonly taxes: readonly Json[]
    readonly lines: readonly Json[]
    readonly notices: readonly string[]
  }
}
const invoiceOf = async ({ invoiceId }: Made): Promise<Invoice> => client.get<Invoice>(`/v1/invoices/${invoiceId}`)
const sums = ({ document: { totals } }: Invoice): string => `${totals['net']} + ${totals['tax']} = ${totals['total']}`

const CONSULTING = {
  ...{ description: 'Consulting', quantity: '3', unit: 'h', unitPrice: '33.335', discountPercent: '10' },
  product: 'consulting',
}
const BOX = { description: 'Box', unitPrice: '50.00', product: 'hardware' }

test('lines are quantity × price less the discount, rounded once, taxed, numbered, posted and settled', async () => {
  await client.post('/v1/payments', { key: 'p1', account: 'hans', method: 'bank', currency: 'EUR', amount: '100.00' })
  const made = await make('hans-1', 'hans', [CONSULTING, BOX])
  const invoice = await invoiceOf(made)
  // 3 × 33.335 × 0.9 = 90.0045; 90.00 + 50.00 with 19 %.
  assert.deepEqual([invoice.number, sums(invoice), invoice.open], ['TX-000001', '140.00 + 26.60 = 166.60', '66.60'])
  assert.deepEqual(
    invoice.document.lines.map((line) => [line['quantity'], line['unitAmount'], line['exactAmount'], line['amount']]),
    [
      ['3', '33.335', '90.0045', '90.00'],
      ['1', '50.00', '50', '50.00'],
    ],
  )
  const postings = await client.list(`/v1/ledger/postings?document=${made.invoiceId}`)
  assert.deepEqual(postings.map(({ ledgerAccount, amount }) => `${ledgerAccount} ${amount}`).sort(), [
    'receivable 166.60',
    'revenue:consulting -90.00',
    'revenue:hardware -50.00',
    'tax:vat:DE:19 -26.60',
  ])
  const explained = await client.get(`/v1/invoice-lines/${invoice.document.lines[0]?.['id']}/explain`)
  assert.deepEqual([explained['plan'], explained['description']], [null, 'Consulting'])
  const xml = Buffer.from(await client.download(`/v1/invoices/${made.invoiceId}/einvoice`)).toString('utf8')
  assert.match(xml, /<cbc:TaxInclusiveAmount currencyID="EUR">166.60</)
})

test('the same key is the same invoice, and another thing under it is refused', async () => {
  const again = await make('hans-1', 'hans', [CONSULTING, BOX])
  assert.equal((await invoiceOf(again)).number, 'TX-000001')
  const body = { key: 'hans-1', account: 'hans', lines: [BOX] }
  const other = await request('POST', '/v1/one-off-invoices', { body })
  assert.deepEqual([other.status, other.json['code']], [409, 'conflict'])
  assert.equal((await client.list('/v1/invoices?account=hans')).length, 1)
})

test('two of the same are two: neither counts as more of the other', async () => {
  const second = await invoiceOf(await make('hans-2', 'hans', [BOX]))
  const third = await invoiceOf(await make('hans-3', 'hans', [BOX]))
  assert.deepEqual([sums(second), sums(third)], ['50.00 + 9.50 = 59.50', '50.00 + 9.50 = 59.50'])
})

test('currencies of no digit and of three, prices with tax in them, and a reverse charge', async () => {
  // 3 × 333.5 = 1000.5, half up; 19 % of 1001 are 190.19.
  const yen = await invoiceOf(await make('y', 'yuki', [{ ...BOX, quantity: '3', unitPrice: '333.5' }]))
  assert.equal(sums(yen), '1001 + 190 = 1191')
  // 2.5 × 1.2345 = 3.08625; 19 % of 3.086 are 0.58634.
  const dinar = await invoiceOf(await make('k', 'kuw', [{ ...BOX, quantity: '2.5', unitPrice: '1.2345' }]))
  assert.equal(sums(dinar), '3.086 + 0.586 = 3.672')
  const gross = await invoiceOf(await make('g', 'gross', [{ ...BOX, unitPrice: '119.00' }]))
  assert.equal(sums(gross), '100.00 + 19.00 = 119.00')
  const reverse = await make('r', 'acme', [{ ...CONSULTING, taxClass: 'general' }])
  const charged = await invoiceOf(reverse)
  assert.deepEqual([sums(charged), charged.document.taxes[0]?.['category']], ['90.00 + 0.00 = 90.00', 'AE'])
  const xml = Buffer.from(await client.download(`/v1/invoices/${reverse.invoiceId}/einvoice?syntax=cii`)).toString()
  assert.match(xml, /<ram:CategoryCode>AE</)
})

test('one that is asked for as a draft waits for somebody, is looked at, and issued once', async () => {
  const made = await make('d', 'hans', [BOX], { draft: true })
  assert.equal(made.invoiceId, null)
  const draft = await client.get<Json>(`/v1/drafts/${made.draftId}`)
  assert.deepEqual(
    [draft['kind'], draft['total'], draft['reasons']],
    ['one_off', '59.50', [{ code: 'by_hand', text: 'it was asked for as a draft' }]],
  )
  assert.equal((await runBills(client, '2026-02-10')).held, 0)
  assert.deepEqual((await make('d', 'hans', [BOX], { draft: true })).draftId, made.draftId)
  const { documents } = await client.post<{ documents: string[] }>(`/v1/drafts/${made.draftId}/issue`, {})
  assert.deepEqual(documents, [(await make('d', 'hans', [BOX], { draft: true })).invoiceId])
  assert.deepEqual(await client.list('/v1/drafts'), [])
})

test('what keeps documents of an account keeps these, too', async () => {
  const hold = await client.post('/v1/invoice-holds', { account: 'hans', reason: 'a dispute' })
  const made = await make('h', 'hans', [BOX])
  const [draft] = await client.list('/v1/drafts?account=hans&kind=one_off')
  assert.deepEqual([draft?.['id'], draft?.['reasons']], [made.draftId, [{ code: 'on_hold', text: 'a dispute' }]])
  await client.post(`/v1/invoice-holds/${hold['id']}/release`, {})
  await runBills(client, '2026-02-10')
  assert.notEqual((await make('h', 'hans', [BOX])).invoiceId, null)
})

test('bad lines are told all at once', async () => {
  const lines = [{ description: 'x', unitPrice: '-1', quantity: '0', taxClass: 'nothing' }]
  const refused = await request('POST', '/v1/one-off-invoices', { body: { key: 'b', account: 'hans', lines } })
  assert.equal(refused.status, 400)
  const paths = (refused.json['errors'] as { path: string }[]).map(({ path }) => path)
  assert.deepEqual(paths, ['/lines/0/quantity', '/lines/0/unitPrice', '/lines/0/taxClass'])
})

test('a pro forma has a number of its own series, is in no ledger, and becomes an invoice once', async () => {
  const before = await client.get('/v1/ledger/trial-balance')
  const body = { key: 'offer', account: 'hans', lines: [BOX] }
  const made = await client.post<Json>('/v1/pro-forma-invoices', body)
  assert.deepEqual([made['number'], made['total'], made['of']], ['PF-000001', '59.50', 'items'])
  assert.equal((await client.post('/v1/pro-forma-invoices', body))['id'], made['id'])
  assert.deepEqual(await client.get('/v1/ledger/trial-balance'), before)
  const pdf = await client.download(`/v1/pro-forma-invoices/${made['id']}/pdf`)
  assert.equal(Buffer.from(pdf).subarray(0, 5).toString(), '%PDF-')
  const first = await client.post<Made>(`/v1/pro-forma-invoices/${made['id']}/invoice`, {})
  const second = await client.post<Made>(`/v1/pro-forma-invoices/${made['id']}/invoice`, {})
  assert.equal(first.invoiceId, second.invoiceId)
  assert.equal((await invoiceOf(first)).total, '59.50')
})

test('a pro forma of the next bill shows it, and the bill run issues that', async () => {
  await createSubscriber(client, 'ina', { startsAt: '2026-02-01T00:00:00Z' })
  await client.post('/v1/usage', [
    { id: 'u1', service: 'ina', type: 'call', time: '2026-02-05T10:00:00Z', data: { minutes: '50' } },
  ])
  const made = await client.post<Json>('/v1/pro-forma-invoices', { key: 'next', account: 'ina' })
  // The fee of March and 50 minutes of 0.10; that of February is a document before it.
  assert.deepEqual([made['number'], made['total'], made['of']], ['PF-000001', '15.00', 'next_bill'])
  const refused = await request('POST', `/v1/pro-forma-invoices/${made['id']}/invoice`, { body: {} })
  assert.deepEqual([refused.status, refused.json['code']], [409, 'conflict'])
  assert.deepEqual(await client.list('/v1/invoices?account=ina'), [])
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
