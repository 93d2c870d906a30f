/** What follows from what a register said of a tax id: 100.00 a month from DE to a business in FR, without tax there and with 19 % otherwise. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, startKvit } from './harness.ts'

const TAX_ID = 'FR40303265045'
let isGiven = false
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    const told = {
      countryCode: 'FR',
      vatNumber: TAX_ID.slice(2),
      requestDate: '2026-02-01T06:00:00.000Z',
      valid: isGiven,
    }
    response.end(JSON.stringify({ ...told, requestIdentifier: 'WAPI1', name: '---', address: '---' }))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => server.close())
const viesUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest-api`
const { app, client, request } = await startKvit('policy', '2026-02-01T06:00:00Z', undefined, undefined, { viesUrl })
const kvit = commandsOf(app, 'policy')
await client.post('/v1/issuers', {
  ...{ key: 'de', name: 'Seller', address: 'Berlin', postalAddress: { country: 'DE' } },
  registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }],
})
const fee = '{ kind: recurring, code: fee, name: Fee, amount: 100, every: { unit: month }, timing: arrears }'
const text = `plans:\n  - { code: basic, name: Basic, currency: EUR, prices: [${fee}] }`
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text }] })
const customer = { kind: 'business', postalAddress: { country: 'FR' }, taxIds: [TAX_ID] }
for (const key of ['a', 'b', 'c']) {
  await client.post('/v1/customers', { key, name: key, ...customer })
  const account = { key, customer: key, issuer: 'de', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', account)
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  const startsAt = '2026-01-01T00:00:00Z'
  await client.post('/v1/subscriptions', { key, account: key, plan: 'basic', startsAt, alignment: 'calendar' })
}

interface Document extends Json {
  readonly document: { readonly lines: readonly { readonly tax: readonly { rule: string; why: string }[] }[] }
}
const policy = async (values: Json): Promise<Json> => client.post('/v1/settings/tax-ids', { values }, 'PUT')
const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/policy', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}
const ask = async (key: string): Promise<Json> => client.post(`/v1/customers/${key}/tax-id-checks`, { issuer: 'de' })
const draftOf = async (key: string): Promise<{ id: string; reasons: { code: string; text: string }[] }> =>
  client.get(`/v1/drafts/${key}`)
const issued = async (key: string): Promise<string[]> => {
  const list = await client.list(`/v1/invoices?account=${key}`)
  const whole = await Promise.all(list.map(({ id }) => client.get<Document>(`/v1/invoices/${id}`)))
  return whole.map(
    ({ total, document }) => `${total}: ${document.lines[0]?.tax[0]?.rule} ${document.lines[0]?.tax[0]?.why}`,
  )
}

test('held: a document without tax for a tax id that nobody has confirmed is a draft, and says what to do', async () => {
  await policy({ policy: 'hold', days: 30 })
  await bill('2026-02-01')
  assert.deepEqual(await issued('a'), [])
  const waiting = await draftOf('a')
  assert.deepEqual(
    waiting.reasons.map(({ code }) => code),
    ['tax_id'],
  )
  assert.match(
    String(waiting.reasons[0]?.text),
    /no register has confirmed the tax id FR40303265045: ask \(kvit customer check-tax-id/,
  )
  const [, , command = ''] = /(ask \()(kvit [^)]*)/.exec(String(waiting.reasons[0]?.text)) ?? []
  // What it says is a command: nobody has the number, so that it waits on.
  await kvit(...command.split(' ').slice(1))
  assert.match(String((await draftOf('a')).reasons[0]?.text), /vies said on 2026-02-01 that nobody has the tax id/)
  assert.match(await kvit('invoice', 'drafts', '--why', 'tax_id'), /a .*tax_id/)
  assert.equal((await client.list('/v1/held-invoices')).length, 3)
  const approved = await request('POST', '/v1/drafts/a/issue', { body: {} })
  assert.match(`${approved.status} ${approved.json['detail']}`, /^409 the draft waits: vies said/)
  isGiven = true
  await ask('a')
  await bill('2026-02-01')
  const [shown = ''] = await issued('a')
  assert.match(shown, /^100\.00: reverse_charge .* FR40303265045 \(confirmed by vies on 2026-02-01, WAPI1\)/)
})

test('held: without the tax id its buyer counts as a consumer, and is taxed', async () => {
  await client.post('/v1/customers/b', { taxIds: [] }, 'PATCH')
  await bill('2026-02-01')
  const [shown = ''] = await issued('b')
  assert.match(shown, /^119\.00: /)
})

test('a confirmation counts so many days; warned, somebody approves of the draft', async () => {
  await bill('2026-03-01')
  assert.equal((await issued('a')).length, 2)
  await bill('2026-04-01')
  // 1 February is more than 30 days before 1 April.
  assert.match(
    String((await draftOf('a')).reasons[0]?.text),
    /confirmed on 2026-02-01, more than 30 days ago: ask again/,
  )
  await policy({ policy: 'warn', days: 30 })
  await bill('2026-04-01')
  const { reasons } = await draftOf('a')
  assert.deepEqual(
    reasons.map(({ code }) => code),
    ['review'],
  )
  await client.post('/v1/drafts/a/approval', { total: '100.00' })
  await kvit('bill', 'run', '--until', '2026-04-01')
  assert.equal((await issued('a')).length, 3)
})

test('a debit note is refused where it is held, a credit note is not; off, everything is issued', async () => {
  await policy({ policy: 'hold', days: 30 })
  const { number } = (await client.list('/v1/invoices?account=a'))[0] as Json
  const lines = [{ description: 'A visit', unitPrice: '10.00' }]
  const note = { key: 'n1', reason: 'other', lines }
  const refused = await request('POST', `/v1/invoices/${number}/debit-notes`, { body: note })
  assert.match(
    `${refused.status} ${refused.json['detail']}`,
    /^422 the tax id FR40303265045 was confirmed on 2026-02-01/,
  )
  await client.post(`/v1/invoices/${number}/credit-notes`, { key: 'n2', reason: 'goodwill', amount: '5.00' })
  await client.post('/v1/settings/tax-ids', undefined, 'DELETE')
  await client.post(`/v1/invoices/${number}/debit-notes`, note)
  await bill('2026-04-01')
  assert.equal((await issued('c')).length, 3)
  assert.deepEqual(await checkHolds(client), [])
})
