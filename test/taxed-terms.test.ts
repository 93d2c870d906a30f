/** What else documents are taxed by, through API and command line: notes of re-ratings, interim invoices, previews, terms of issuers, files. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { runCommand } from './command-line.ts'
import { CALLS, checkHolds, startKvit } from './harness.ts'

const { app, client, request } = await startKvit('terms', '2026-02-01T06:00:00Z')
const publish = async (text: string): Promise<Json> =>
  client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text }] })
await publish(CALLS)

const HOME = { country: 'DE' }
const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
async function issuer(key: string, more: Json = {}): Promise<void> {
  const named = { key, name: key, address: key, invoiceSeries: key.toUpperCase(), postalAddress: HOME }
  await client.post('/v1/issuers', { ...named, registrations, ...more })
}
async function subscriber(key: string, of: string, customer: Json = {}, account: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: HOME, ...customer })
  const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key, customer: key, issuer: of, ...cycle, ...account })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  const subscription = { key, account: key, plan: 'basic', alignment: 'calendar' }
  await client.post('/v1/subscriptions', { ...subscription, startsAt: '2026-01-01T00:00:00Z' })
}
const use = async (service: string, id: string, time: string, minutes: string): Promise<Json> =>
  client.post('/v1/usage', [{ id, source: 's', service, type: 'call', time, data: { minutes } }])

interface Invoice extends Json {
  readonly id: string
  readonly kind: string
  readonly open: string
  readonly document: {
    readonly totals: Readonly<Record<string, string>>
    readonly notices: readonly string[]
    readonly lines: readonly { amount: string; tax: readonly { tax: string; rule: string; isCredit?: boolean }[] }[]
  }
}
async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}
const sums = ({ document: { totals } }: Invoice): string => `${totals['net']} + ${totals['tax']} = ${totals['total']}`

await issuer('op')
await issuer('line', { taxRounding: 'line' })
await issuer('small', { registrations: [], standing: 'small_business', taxId: '27/123/45678' })
await issuer('held', { withholding: { percent: '15' } })
await subscriber('anna', 'op')
await subscriber('line', 'line')
await subscriber('small', 'small')
await subscriber('firm', 'held', { kind: 'business', taxIds: ['DE136695976'] })
await subscriber('person', 'held')
await subscriber('soon', 'op', {}, { progressiveBilling: { threshold: '10' } })
await subscriber('unsaid', 'op', { kind: null })

test('a preview has the tax that the bill will have, or what is to be filled in', async () => {
  const { documents } = await client.get<{ documents: Json[] }>('/v1/accounts/anna/next-invoice?at=2026-02-01')
  assert.deepEqual(
    documents.map(({ totals }) => (totals as Json)['total']),
    ['11.90', '11.90'],
  )
  const unsaid = await client.get<{ documents: Json[] }>('/v1/accounts/unsaid/next-invoice?at=2026-02-01')
  const [first] = unsaid.documents as [Json]
  assert.match(String((first['held'] as string[])[0]), /the customer unsaid has no kind/)
})

test('what a change costs is told with tax', async () => {
  const {
    without,
    with: changed,
    difference,
  } = await client.post<Record<string, Json>>('/v1/subscriptions/anna/changes/preview', {
    kind: 'quantity',
    quantity: 2,
    at: '2026-03-01T00:00:00Z',
  })
  assert.deepEqual(
    [without, changed].map((bill) => `${bill?.['tax']} in ${bill?.['total']}`),
    ['5.70 in 35.70', '7.60 in 47.60'],
  )
  assert.equal(difference, '11.90')
})

test('an interim invoice is taxed, and the period’s own invoice bills and taxes the rest', async () => {
  await use('soon', 'i1', '2026-02-01T01:00:00Z', '120')
  for (let looks = 0; looks < 600 && (await invoicesOf('soon')).length === 0; looks++) await setTimeout(100)
  const [interim] = (await invoicesOf('soon')) as [Invoice]
  assert.equal(sums(interim), '11.00 + 2.09 = 13.09')
})

test('terms of issuers: rounding by line, a small business, and what buyers of the country keep back', async () => {
  await use('line', 'l1', '2026-01-10T00:00:00Z', '100.3')
  const run = await runBills(client, '2026-02-01')
  assert.equal(run['held'], 1, 'unsaid waits')
  const [, rounded] = (await invoicesOf('line')) as [Invoice, Invoice]
  assert.deepEqual(
    rounded.document.lines.map(({ amount, tax }) => `${amount} + ${tax[0]?.tax}`),
    ['10.02 + 1.90', '10.00 + 1.90'],
  )
  const [small] = (await invoicesOf('small')) as [Invoice]
  assert.deepEqual([sums(small), small.document.lines[0]?.tax[0]?.rule], ['10.00 + 0.00 = 10.00', 'small_business'])
  assert.equal(small.document.notices.length, 1)
  const [firm] = (await invoicesOf('firm')) as [Invoice]
  assert.deepEqual(firm.document.totals, {
    ...{ discounts: '0.00', net: '10.00', tax: '1.90', total: '11.90' },
    ...{ withheld: '1.50', toPay: '10.40' },
  })
  // A deposit settles what is to be paid, and not what the buyer keeps back.
  const deposit = { account: 'firm', reason: 'the contract has ended' }
  await client.post('/v1/deposit-entries', { ...deposit, kind: 'taken', key: 'd', amount: '30.00', method: 'bank' })
  const applied = { ...deposit, kind: 'applied', key: 'a', invoice: firm.id }
  assert.equal((await client.post('/v1/deposit-entries', applied))['amount'], '10.40')
  const [person] = (await invoicesOf('person')) as [Invoice]
  assert.equal(person.document.totals['withheld'], undefined)
  await client.post('/v1/customers/unsaid', { kind: 'consumer' }, 'PATCH')
})

test('a re-rating credits at once, with the tax that was billed', async () => {
  await client.post('/v1/tenants/terms', { clock: '2026-03-01T06:00:00Z' }, 'PATCH')
  await use('anna', 'r1', '2026-02-10T00:00:00Z', '50')
  await runBills(client, '2026-03-01')
  await publish(CALLS.replace('unitAmount: 0.10', 'unitAmount: 0.04'))
  const draft = { key: 'r', reason: 'the price was wrong', from: '2026-02-01', until: '2026-02-28' }
  const plans = [{ from: { code: 'basic', version: 1 }, to: { code: 'basic', version: 2 } }]
  const { id } = await client.post<Json>('/v1/re-ratings', { ...draft, plans })
  const reach = async (status: string): Promise<void> => {
    for (let looks = 0; looks < 600; looks++) {
      if ((await client.get(`/v1/re-ratings/${id}`))['status'] === status) return
      await setTimeout(100)
    }
    assert.fail(`the re-rating is not ${status} in a minute`)
  }
  await reach('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await reach('complete')
  const note = (await invoicesOf('anna')).at(-1) as Invoice
  assert.deepEqual([note.kind, sums(note)], ['credit_note', '-3.00 + -0.57 = -3.57'])
  const { text } = await request('GET', `/v1/invoices/${note.id}/einvoice`)
  assert.match(text, /<CreditNote /)
  assert.match(text, /<cbc:PayableAmount currencyID="EUR">3\.57</)
})

test('customers out of a file, and rates of one’s own, by the command line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-terms-'))
  try {
    const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'terms' }
    const run = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await runCommand(args, env)
      assert.equal(code, 0, err)
      return out
    }
    const csv = `customer.key,customer.name,customer.kind,customer.postalAddress,customer.taxIds\nfile,File,business,"{""country"":""FR""}","[""FR40303265045""]"\n`
    await writeFile(join(folder, 'customers.csv'), csv)
    await run('customer', 'import', join(folder, 'customers.csv'))
    const { kind, postalAddress, taxIds } = await client.get('/v1/customers/file')
    assert.deepEqual([kind, postalAddress, taxIds], ['business', { country: 'FR' }, ['FR40303265045']])
    await run('customer', 'change', 'file', '--purchase-order', 'PO-9', '--evidence', '[{"kind":"ip","country":"FR"}]')
    assert.equal((await client.get('/v1/customers/file'))['purchaseOrder'], 'PO-9')
    const rates =
      'source: Texas\nasOf: 2026-01-01\nrates:\n  - { country: US, region: TX, tax: state_tax, class: telecom, from: 2020-01-01, percent: 6.25 }\n'
    await writeFile(join(folder, 'rates.yaml'), rates)
    assert.match(
      await run('tax', 'rate', 'add', join(folder, 'rates.yaml')),
      /rates added: 1; there before as they are: 0/,
    )
    assert.match(
      await run('tax', 'rate', 'add', join(folder, 'rates.yaml')),
      /rates added: 0; there before as they are: 1/,
    )
    const listed = await run('tax', 'rate', 'list', '--country', 'US', '--on', '2026-01-01')
    assert.match(listed, /US\/TX +state_tax +telecom +2020-01-01 +6\.25 % +own: Texas \(as of 2026-01-01\)/)
    assert.match(
      await run('tax', 'rate', 'list', '--country', 'DE', '--on', '2026-01-01'),
      /DE +vat +standard +\S+ +19 % +Kvit/,
    )
    const [bill] = await client.list('/v1/invoices?account=firm')
    assert.match(await run('invoice', 'show', String(bill?.['number'])), /withheld +1\.50 EUR\nto pay +10\.40 EUR/)
    assert.match(
      await run('invoice', 'einvoice', String(bill?.['number']), '--syntax', 'cii'),
      /<rsm:CrossIndustryInvoice/,
    )
    assert.match(await run('invoice', 'held'), /none/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

for (const [what, path, body, says] of [
  ['a tax id', '/v1/customers', { key: 'x', name: 'X', taxIds: ['FR41303265045'] }, /check digits of FR41303265045/],
  ['a country', '/v1/customers', { key: 'x', name: 'X', postalAddress: { country: 'de' } }, /two capital letters/],
  [
    'a registration',
    '/v1/issuers',
    { key: 'x', name: 'X', address: 'X', registrations: [{ country: 'DE', number: 'DE1', from: '2020-01-01' }] },
    /the VAT number of DE is DE and 9 digits/,
  ],
  [
    'a rate',
    '/v1/tax-rates',
    {
      source: 'x',
      asOf: '2026-01-01',
      rates: [{ country: 'DE', tax: 'vta', class: 'standard', from: '2026-01-01', percent: '1' }],
    },
    /rates 1: tax: "vta" is no kind of tax/,
  ],
  [
    'a rate of a kind that objects have by nature',
    '/v1/tax-rates',
    {
      source: 'x',
      asOf: '2026-01-01',
      rates: [{ country: 'DE', tax: 'constructor', class: 'standard', from: '2026-01-01', percent: '1' }],
    },
    /rates 1: tax: "constructor" is no kind of tax/,
  ],
  [
    'a rate that no tax class takes',
    '/v1/tax-rates',
    {
      source: 'x',
      asOf: '2026-01-01',
      rates: [{ country: 'DE', tax: 'vat', class: 'reduced_service', from: '2026-01-01', percent: '1' }],
    },
    /rates 1: class: no tax class takes the rate "reduced_service"/,
  ],
] as const)
  test(`${what} with a mistake is refused with a sentence`, async () => {
    const { status, json } = await request('POST', path, { body })
    assert.ok(status === 400 || status === 422)
    assert.match(String(json['detail']), says)
  })

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
