import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('whole', '2026-03-01T00:00:00Z')
const { client, request, app } = kvit
await seedOperator(client)
for (const name of ['anna', 'boris']) await createSubscriber(client, name)
await client.post('/v1/accounts', {
  ...{ key: 'member', customer: 'boris', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' },
  sponsor: 'anna',
})
await client.post('/v1/subscriptions', {
  ...{ key: 'covers', account: 'anna', service: 'anna', plan: 'basic', startsAt: '2026-01-01T00:00:00Z' },
})
await runBills(client, '2026-03-01')
await client.post('/v1/payments', {
  ...{ key: 'p', account: 'boris', method: 'bank', currency: 'EUR', amount: '1.00', receivedOn: '2026-03-01' },
})

test('T6: what is named stands whole in the answer, in place of its key; the rest stays', async () => {
  const anna = { customer: await client.get('/v1/customers/anna'), account: await client.get('/v1/accounts/anna') }
  const plain = await client.list('/v1/invoices?account=anna')
  const whole = await client.list('/v1/invoices?account=anna&expand=customer,account')
  assert.ok(plain.length >= 2)
  assert.deepEqual(
    whole,
    plain.map((one) => ({ ...one, ...anna })),
  )
  const bracketed = await client.list('/v1/invoices?account=anna&expand[]=customer&expand[]=account')
  assert.deepEqual(bracketed, whole)
  assert.deepEqual(await client.list('/v1/invoices?account=anna&expand=customer&expand=account'), whole)
  const one = await client.get(`/v1/invoices/${plain[0]?.['number']}?expand=customer`)
  assert.deepEqual([one['customer'], one['account']], [anna.customer, 'anna'])
  const payment = await client.get('/v1/payments/p?expand=account')
  assert.equal((payment['account'] as Json)['key'], 'boris')
  assert.deepEqual(await client.list('/v1/payments?expand=account'), [payment])
})

test('T6: a name within what is named goes one level deeper, and what is not there is null', async () => {
  const [covers, boris] = await Promise.all(
    ['covers', 'boris'].map((key) =>
      client.get(`/v1/subscriptions/${key}?expand=account.issuer,account.customer,service,parent`),
    ),
  )
  const account = covers?.['account'] as Json
  assert.deepEqual(account['issuer'], await client.get('/v1/issuers/op'))
  assert.deepEqual(account['customer'], await client.get('/v1/customers/anna'))
  assert.deepEqual(covers?.['service'], await client.get('/v1/services/anna'))
  assert.deepEqual([covers?.['parent'], boris?.['service'], covers?.['customer']], [null, null, 'anna'])
  const accounts = await client.list('/v1/accounts?expand=sponsor,issuer')
  assert.deepEqual(
    accounts.map(({ key, sponsor, issuer }) => [key, (sponsor as Json | null)?.['key'], (issuer as Json)['key']]),
    [
      ['anna', undefined, 'op'],
      ['boris', undefined, 'op'],
      ['member', 'anna', 'op'],
    ],
  )
  const services = await client.list('/v1/services?expand=account')
  assert.deepEqual(
    services.map(({ account: own }) => (own as Json)['key']),
    ['anna', 'boris'],
  )
})

test('T6: what cannot be expanded is told with what can, and there is an end to depth and number', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      '/v1/invoices?expand=custmer',
      /"custmer" cannot be expanded; one of: account, account\.customer, account\.issuer/,
    ],
    ['/v1/invoices?expand=account.customer.key', /"account\.customer\.key" cannot be expanded/],
    ['/v1/invoices?expand=', /"" cannot be expanded/],
    ['/v1/invoices?expand[a]=account', /cannot be expanded/],
    [`/v1/invoices?expand=${Array(11).fill('account').join(',')}`, /at most 10 names/],
    ['/v1/customers/anna?expand=account', /unknown parameter "expand".*takes none/],
    ['/v1/customers?expand=account', /unknown parameter "expand"/],
  ]
  for (const [path, said] of cases) {
    const { status, json } = await request('GET', path)
    assert.equal(status, 400, path)
    assert.match(String(json['detail']), said)
  }
})

test('a key that may not read customers gets nothing of them by way of what it may read', async () => {
  const accountant = await personWith(kvit, 'accountant', ['invoices:read', 'payments:read'])
  assert.ok((await accountant.list('/v1/invoices')).length > 0)
  for (const path of [
    '/v1/invoices?expand=customer',
    '/v1/payments?expand=account.customer',
    '/v1/payments/p?expand=account',
  ])
    await assert.rejects(accountant.get(path), /expand: the key needs the scope customers:read, too/)
})

test('the description says how parameters with parts are written', async () => {
  const api = (await (await fetch(`${app.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters: Json[] }>>
  }
  const parameters = api.paths['/v1/subscriptions']?.['get']?.parameters ?? []
  const [expand, metadata] = ['expand', 'metadata'].map((name) => parameters.find((one) => one['name'] === name))
  assert.deepEqual([expand?.['style'], expand?.['explode'], expand?.['required']], ['form', false, false])
  const { items, maxItems } = (expand as Json)['schema'] as { items: { enum: string[] }; maxItems: number }
  assert.equal(maxItems, 10)
  assert.ok(items.enum.includes('parent') && items.enum.includes('account.issuer'))
  assert.deepEqual([metadata?.['style'], metadata?.['explode'], metadata?.['required']], ['deepObject', true, false])
})
