/** E-invoices by what a customer asks for: a document that cannot be one waits as a draft, with the rule and what to fill in. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { runCommand } from './command-line.ts'
import { CALLS, checkHolds, startKvit } from './harness.ts'

const { app, client, request } = await startKvit('einvoices', '2026-02-01T06:00:00Z')
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS }] })
const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
await client.post('/v1/issuers', {
  ...{ key: 'seller', name: 'Seller', legalForm: 'GmbH', address: 'Berlin', postalAddress: BERLIN, invoiceSeries: 'R' },
  registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }],
})

async function subscriber(key: string, customer: Json): Promise<void> {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, ...customer })
  const cycle = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key, customer: key, issuer: 'seller', ...cycle })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-02-01T00:00:00Z' })
  const subscription = { key, account: key, plan: 'basic', alignment: 'calendar' }
  await client.post('/v1/subscriptions', { ...subscription, startsAt: '2026-02-01T00:00:00Z' })
}
await subscriber('city', {
  ...{ kind: 'public_body', postalAddress: { country: 'DE', city: 'Bonn', postcode: '53111' } },
  einvoice: { specification: 'xrechnung' },
})
await subscriber('brussels', {
  ...{ kind: 'business', taxIds: ['BE0400853488'] },
  postalAddress: { country: 'BE', city: 'Brussels', postcode: '1000' },
  einvoice: { specification: 'peppol' },
})
await subscriber('plain', { kind: 'consumer', postalAddress: { country: 'DE' } })

const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'einvoices' }
async function run(...args: string[]): Promise<string> {
  const { code, out, err } = await runCommand(args, env)
  assert.equal(code, 0, `${err}${out}`)
  return out
}
interface Draft extends Json {
  readonly id: string
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
}
const draftsOf = async (account: string): Promise<readonly Draft[]> =>
  client.list(`/v1/drafts?account=${account}`) as Promise<unknown> as Promise<readonly Draft[]>
async function rulesOf(account: string): Promise<string[]> {
  const [draft] = await draftsOf(account)
  assert.deepEqual([...new Set(draft?.reasons.map(({ code }) => code))], ['einvoice_rule'])
  return draft?.reasons.map(({ text }) => text.split(' of ')[0] as string).toSorted() as string[]
}
const invoicesOf = async (account: string): Promise<readonly Json[]> => client.list(`/v1/invoices?account=${account}`)
const bill = async (): Promise<Json> => runBills(client, '2026-02-01')

const GENERAL_OF_XRECHNUNG = ['BR-DE-1', 'BR-DE-2', 'PEPPOL-EN16931-R010', 'PEPPOL-EN16931-R020']

test('only documents of customers that ask are looked at, by the rules that they ask for', async () => {
  assert.equal((await bill())['held'], 2)
  assert.deepEqual(
    (await invoicesOf('plain')).map(({ number, total }) => [number, total]),
    [['R-000001', '11.90']],
  )
  assert.deepEqual(await rulesOf('city'), [...GENERAL_OF_XRECHNUNG, 'BR-DE-15'].toSorted())
  assert.deepEqual(
    await rulesOf('brussels'),
    ['R003', 'R010', 'R020'].map((rule) => `PEPPOL-EN16931-${rule}`),
  )
  const { items } = await client.get<{ items: readonly Json[] }>('/v1/held-invoices')
  assert.deepEqual(items.map(({ account }) => String(account)).toSorted(), ['brussels', 'city'])
  assert.match(await run('invoice', 'drafts', '--why', 'einvoice_rule'), /Customer city/)
  assert.match(await run('invoice', 'held'), /BR-DE-15 of XRechnung 3\.0/)
})

test('what the issuer lacks is filled in once, and what is left names the field of the customer', async () => {
  await run(
    ...['issuer', 'change', 'seller', '--electronic-address', '{"scheme":"9930","id":"DE136695976"}'],
    ...['--contact', '{"name":"Accounts","telephone":"+49 30 1234567","email":"billing@example.com"}'],
    ...['--bank-accounts', '[{"currency":"EUR","iban":"DE89370400440532013000"}]'],
  )
  const electronicAddress = { scheme: '0204', id: '992-90009-96' }
  await client.post('/v1/customers/city', { electronicAddress }, 'PATCH')
  await bill()
  const [draft] = await draftsOf('city')
  assert.deepEqual(
    draft?.reasons.map(({ text }) => text),
    [
      "BR-DE-15 of XRechnung 3.0: Give the buyer's reference (BT-10), which is the Leitweg-ID of a public buyer. " +
        '(einvoice of the customer: leitwegId or buyerReference)',
    ],
  )
  const early = await request('POST', `/v1/drafts/${draft?.id}/issue`, { body: {} })
  assert.ok(early.status >= 400 && early.text.includes('BR-DE-15'), early.text)
})

test('a Leitweg-ID has check digits, and is no second reference', async () => {
  const change = async (einvoice: Json): Promise<string> => {
    const { status, text } = await request('PATCH', '/v1/customers/city', { body: { einvoice } })
    assert.equal(status, 400)
    return text
  }
  assert.match(await change({ specification: 'xrechnung', leitwegId: '992-90008-96' }), /right check digits/)
  const both = { specification: 'xrechnung', leitwegId: '992-90009-96', buyerReference: 'x' }
  assert.match(await change(both), /the same field of an e-invoice/)
  await change({ specification: 'fatturapa' })
})

test('filled in, they are issued by the next run, and are valid by our validator in both syntaxes', async () => {
  await run('customer', 'change', 'city', '--einvoice', '{"specification":"xrechnung","leitwegId":"992-90009-96"}')
  const electronicAddress = { scheme: '9925', id: 'BE0400853488' }
  const einvoice = { specification: 'peppol', buyerReference: 'Desk 7' }
  await client.post('/v1/customers/brussels', { electronicAddress, einvoice }, 'PATCH')
  // A bill that is split has its part as the accounting reference of its buyer.
  for (const key of ['city', 'brussels']) await run('account', 'change', key, '--split-by', 'subscription')
  assert.equal((await bill())['held'], 0)
  assert.deepEqual([await draftsOf('city'), await draftsOf('brussels')], [[], []])
  const [city, brussels] = [...(await invoicesOf('city')), ...(await invoicesOf('brussels'))]
  // 10.00 and 19 %; between businesses of two countries the buyer owes the tax.
  assert.deepEqual([city?.['total'], brussels?.['total']], ['11.90', '10.00'])
  const folder = await mkdtemp(join(tmpdir(), 'kvit-einvoices-'))
  const KOSIT = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0'
  const BIS = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
  const PROCESS = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
  try {
    for (const [invoice, specification, reference, name] of [
      [city, KOSIT, '992-90009-96', 'XRechnung'],
      [brussels, BIS, 'Desk 7', 'Peppol'],
    ] as const)
      for (const syntax of ['ubl', 'cii']) {
        const file = join(folder, 'invoice.xml')
        await run('invoice', 'einvoice', String(invoice?.['number']), '--syntax', syntax, '--output', file)
        assert.match(await run('einvoice', 'validate', file), new RegExp(`valid by the rules of ${name}`, 'i'))
        const { document } = JSON.parse(await run('einvoice', 'read', file, '--json')) as { document: Json }
        const { specification: told, businessProcess, buyerReference, buyerAccountingReference: part } = document
        const key = invoice === city ? 'city' : 'brussels'
        assert.deepEqual([told, businessProcess, buyerReference, part], [specification, PROCESS, reference, key])
      }
    const { text } = await request('GET', `/v1/invoices/${city?.['number']}/einvoice`)
    assert.match(text, new RegExp(`<cbc:CustomizationID>${KOSIT}</cbc:CustomizationID>\\s*<cbc:ProfileID>${PROCESS}<`))
    assert.match(text, /<cbc:Telephone>\+49 30 1234567</)
    const [plain] = await invoicesOf('plain')
    const other = await request('GET', `/v1/invoices/${plain?.['number']}/einvoice`)
    assert.match(other.text, /<cbc:CustomizationID>urn:cen\.eu:en16931:2017<\/cbc:CustomizationID>/)
    // The profile of a Factur-X is that of EN 16931.
    await run('invoice', 'pdf', String(city?.['number']), join(folder, 'city.pdf'), '--factur-x')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('an invoice of lines waits, too, and a note is refused until what is missing is there', async () => {
  const [invoice] = await invoicesOf('city')
  await client.post('/v1/customers/city', { postalAddress: { country: 'DE', postcode: '53111' } }, 'PATCH')
  const lines = [{ description: 'Box', unitPrice: '50.00' }]
  const made = await client.post<Json>('/v1/one-off-invoices', { key: 'box', account: 'city', lines })
  assert.equal(made['invoiceId'], null)
  assert.deepEqual(await rulesOf('city'), ['BR-DE-10', 'BR-DE-8'])
  const credit = { key: 'credit', reason: 'goodwill', amount: '1.19' }
  const url = `/v1/invoices/${invoice?.['number']}/credit-notes`
  const refused = await request('POST', url, { body: credit })
  assert.deepEqual([refused.status, refused.json['code']], [422, 'unprocessable'], refused.text)
  assert.match(refused.text, /BR-DE-8 of XRechnung 3\.0/)
  const postalAddress = { country: 'DE', city: 'Bonn', postcode: '53111' }
  await client.post('/v1/customers/city', { postalAddress }, 'PATCH')
  const note = await client.post<Json>(url, credit)
  const { text } = await request('GET', `/v1/invoices/${note['id']}/einvoice`)
  assert.match(text, /<cbc:PayableAmount currencyID="EUR">1\.19</)
  assert.match(text, /<cbc:PaymentMeansCode>1</)
  const folder = await mkdtemp(join(tmpdir(), 'kvit-einvoices-'))
  try {
    for (const syntax of ['ubl', 'cii']) {
      const file = join(folder, 'note.xml')
      await run('invoice', 'einvoice', String(note['id']), '--syntax', syntax, '--output', file)
      assert.match(await run('einvoice', 'validate', file), /valid by the rules of XRechnung/i)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  await bill()
  assert.deepEqual((await invoicesOf('city')).map(({ kind, total }) => `${kind} ${total}`).toSorted(), [
    'credit_note -1.19',
    'invoice 11.90',
    'invoice 59.50',
  ])
})

test('who asks for no e-invoice any more waits for none', async () => {
  await client.post('/v1/customers/brussels', { electronicAddress: null }, 'PATCH')
  const lines = [{ description: 'Box', unitPrice: '50.00' }]
  await client.post<Json>('/v1/one-off-invoices', { key: 'box-2', account: 'brussels', lines })
  assert.deepEqual(await rulesOf('brussels'), ['PEPPOL-EN16931-R010'])
  await client.post('/v1/customers/brussels', { einvoice: null }, 'PATCH')
  await bill()
  assert.equal((await invoicesOf('brussels')).length, 2)
  assert.deepEqual(await checkHolds(client), [])
})
