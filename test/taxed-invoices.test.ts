/** Tax on invoices, through the door: parties, a bill run, the document in JSON, words and PDF, the ledger, corrections. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { type ShownInvoice, wordsOfInvoice } from '../src/cli/invoice-words.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client } = await startKvit('taxed', '2026-02-01T06:00:00Z')
await seedOperator(client)

const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
const REGISTRATION = { country: 'DE', number: 'DE136695976', from: '2020-01-01' }

const FRENCH = { country: 'FR', number: 'FR40303265045', from: '2020-01-01' }

const invoicesOf = async (account: string): Promise<Invoice[]> =>
  Promise.all(
    (await client.list<Invoice>(`/v1/invoices?account=${account}`)).map(({ id }) =>
      client.get<Invoice>(`/v1/invoices/${id}`),
    ),
  )

interface Tax extends Json {
  readonly rule: string
  readonly category: string
  readonly tax: string
  readonly why: string
}
interface Invoice extends ShownInvoice {
  readonly id: string
  readonly document: ShownInvoice['document'] & {
    readonly lines: readonly (Json & { readonly tax?: readonly Tax[] })[]
    readonly taxes?: readonly Json[]
    readonly notices?: readonly string[]
  }
}

const sums = ({ document: { totals } }: Invoice): string => `${totals.net} + ${totals.tax} = ${totals.total}`
const use = async (id: string, service: string, time: string, minutes: string): Promise<void> => {
  const report = await client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  assert.equal(report['charged'], 1)
}
const to = async (clock: string): Promise<void> => {
  await client.post('/v1/tenants/taxed', { clock: `${clock}T06:00:00Z` }, 'PATCH')
}

await createSubscriber(client, 'anna')

test('an issuer that says nothing of tax is not asked: documents are as they were', async () => {
  await use('u1', 'anna', '2026-01-10T10:00:00Z', '150')
  await runBills(client, '2026-02-01')
  const [first] = await invoicesOf('anna')
  assert.equal(sums(first as Invoice), '10.00 + 0.00 = 10.00')
  assert.deepEqual([first?.document.taxes, first?.document.lines[0]?.tax], [undefined, undefined])
})

test('a document whose tax cannot be decided is not issued, and says what is to be filled in', async () => {
  const issuer = { postalAddress: BERLIN, legalForm: 'GmbH', registrations: [REGISTRATION] }
  await client.post('/v1/issuers/op', issuer, 'PATCH')
  await to('2026-03-01')
  const run = await runBills(client, '2026-03-01')
  assert.deepEqual([run.issued, run['held']], [0, 1])
  const { items } = await client.get<{ items: (Json & { reasons: string[] })[] }>('/v1/held-invoices')
  assert.deepEqual(
    items.map(({ account, billingDay, reasons }) => [account, billingDay, reasons]),
    [
      [
        'anna',
        '2026-03-01',
        [
          'the customer anna has no kind: say whether it is a business, a consumer or a public_body',
          'the customer anna has no postalAddress: its country is needed to know the tax',
        ],
      ],
    ],
  )
})

test('once that is filled in, the next run issues it, with the tax of each line and why', async () => {
  await client.post('/v1/customers/anna', { kind: 'consumer', postalAddress: { country: 'DE' } }, 'PATCH')
  const run = await runBills(client, '2026-03-01')
  assert.deepEqual([run.issued, run['held']], [1, 0])
  const { items } = await client.get<{ items: Json[] }>('/v1/held-invoices')
  assert.deepEqual(items, [])
  const invoice = (await invoicesOf('anna')).at(-1) as Invoice
  assert.equal(sums(invoice), '10.00 + 1.90 = 11.90')
  assert.equal(invoice.open, '11.90')
  const [tax] = invoice.document.lines[0]?.tax ?? []
  assert.deepEqual([tax?.rule, tax?.category, tax?.tax], ['domestic', 'S', '1.90'])
  assert.match(tax?.why ?? '', /registered in DE \(DE136695976\)/)
  const postings = await client.list(`/v1/ledger/postings?document=${invoice.id}`)
  assert.deepEqual(postings.map(({ ledgerAccount, amount }) => `${ledgerAccount} ${amount}`).sort(), [
    'receivable 11.90',
    'revenue:basic -10.00',
    'tax:vat:DE:19 -1.90',
  ])
})

test('less is owed of what was billed before: the tax that it was billed with comes back, whatever the rate is today', async () => {
  await client.post('/v1/customers', {
    key: 'boris',
    name: 'Boris',
    kind: 'consumer',
    postalAddress: { country: 'DE' },
  })
  const account = {
    key: 'boris',
    customer: 'boris',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await client.post('/v1/accounts', account)
  const subscription = { key: 'boris', account: 'boris', plan: 'basic', startsAt: '2026-03-01T00:00:00Z' }
  await client.post('/v1/subscriptions', { ...subscription, alignment: 'calendar' })
  await runBills(client, '2026-03-01')
  const [bill] = (await invoicesOf('boris')) as [Invoice]
  assert.equal(sums(bill), '10.00 + 1.90 = 11.90')
  const french = { postalAddress: { country: 'FR', city: 'Paris', postcode: '75001' }, registrations: [FRENCH] }
  await client.post('/v1/issuers/op', french, 'PATCH')
  await client.post('/v1/customers/boris', { postalAddress: { country: 'FR' } }, 'PATCH')
  await client.post('/v1/subscriptions/boris', { endsAt: '2026-03-11T00:00:00Z' }, 'PATCH')
  await to('2026-04-01')
  await runBills(client, '2026-04-01')
  const note = (await invoicesOf('boris')).at(-1) as Invoice
  assert.deepEqual([note.kind, sums(note)], ['credit_note', '-6.77 + -1.29 = -8.06'])
  const [tax] = note.document.lines[0]?.tax ?? []
  assert.deepEqual([tax?.rule, tax?.['isCredit'], tax?.['place']], ['domestic', true, 'DE'])
})

test('a reverse charge, in words and as PDF', async () => {
  const home = { postalAddress: BERLIN, registrations: [REGISTRATION] }
  await client.post('/v1/issuers/op', home, 'PATCH')
  const customer = {
    ...{ key: 'acme', name: 'Acme SARL', kind: 'business', taxIds: ['FR40303265045'], purchaseOrder: 'PO-77' },
    postalAddress: { country: 'FR', city: 'Paris', postcode: '75001', lines: ['1 rue de l’Exemple'] },
  }
  await client.post('/v1/customers', customer)
  const account = {
    key: 'acme',
    customer: 'acme',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await client.post('/v1/accounts', account)
  const subscription = { key: 'acme', account: 'acme', plan: 'basic', startsAt: '2026-04-01T00:00:00Z' }
  await client.post('/v1/subscriptions', { ...subscription, alignment: 'calendar' })
  await runBills(client, '2026-04-01')
  const [bill] = (await invoicesOf('acme')) as [Invoice]
  assert.equal(sums(bill), '10.00 + 0.00 = 10.00')
  const words = wordsOfInvoice(bill)
  assert.match(words, /Reverse charge: the recipient is liable for the VAT/)
  assert.match(words, /AE {8}VAT 0 % {2}FR/)
  assert.match(words, /vat DE136695976/)
  assert.match(words, /FR40303265045/)
  assert.match(words, /order +PO-77/)
  const pdf = Buffer.from(await client.download(`/v1/invoices/${bill.id}/pdf`))
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
