/** Odd ways to come to a taxed document: one tax on two bases, an issuer that ends its registration, a subscription that ends after it was billed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client } = await startKvit('odds', '2026-01-01T06:00:00Z')
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `plans:
  - code: two
    name: Two
    currency: EUR
    prices:
      - { kind: recurring, code: line, name: Line, amount: 31, every: { unit: month }, taxClass: telecom }
      - { kind: recurring, code: care, name: Care, amount: 62, every: { unit: month }, timing: arrears }
`,
    },
  ],
})
await client.post('/v1/tax-rates', {
  ...{ source: 'rows of the test', asOf: '2026-01-01' },
  rates: [
    { country: 'DE', tax: 'levy', class: 'telecom', from: '2020-01-01', perUnit: '5', currency: 'EUR' },
    { country: 'DE', tax: 'vat', class: 'telecom', from: '2020-01-01', percent: '19', base: 'net_and_earlier' },
  ],
})
const HOME = { country: 'DE' }
const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
async function subscriber(key: string, more: Json = {}): Promise<void> {
  await client.post('/v1/issuers', { key, name: key, address: key, postalAddress: HOME, registrations })
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: HOME })
  const account = { key, customer: key, issuer: key, currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { ...account, ...more })
  await client.post('/v1/subscriptions', { key, account: key, plan: 'two', startsAt: '2026-01-01T00:00:00Z' })
}
const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/odds', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}
interface Invoice extends Json {
  readonly document: {
    readonly pricesIncludeTax?: true
    readonly totals: Readonly<Record<string, string>>
    readonly taxes: readonly { kind: string; base: string; amount: string }[]
    readonly lines: readonly { amount: string; tax: readonly Json[] }[]
  }
}
async function lastOf(account: string): Promise<Invoice['document']> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return (await client.get<Invoice>(`/v1/invoices/${list.at(-1)?.['id']}`)).document
}

await subscriber('net')
await subscriber('gross', { pricesIncludeTax: true })

test('a VAT on the net, and on the net with a levy, is printed twice and is one sum to the check', async () => {
  await bill('2026-01-01')
  await bill('2026-02-01')
  const { taxes } = await lastOf('net')
  assert.deepEqual(taxes.map(({ kind, base, amount }) => `${kind} of ${base}: ${amount}`).sort(), [
    'levy of 31.00: 5.00',
    'vat of 36.00: 6.84',
    'vat of 62.00: 11.78',
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('what ended within a period that was billed is no fault until the next bill run credits it', async () => {
  for (const key of ['net', 'gross'])
    await client.post(`/v1/subscriptions/${key}`, { endsAt: '2026-02-15T00:00:00Z' }, 'PATCH')
  assert.deepEqual(await checkHolds(client), [])
})

test('an issuer that says nothing of tax any more gives back what it taxed: each line says its tax, and that prices include it', async () => {
  for (const key of ['net', 'gross']) await client.post(`/v1/issuers/${key}`, { registrations: [] }, 'PATCH')
  await bill('2026-03-01')
  const [net, gross] = [await lastOf('net'), await lastOf('gross')]
  assert.deepEqual(
    [net, gross].map(({ pricesIncludeTax = false, lines }) => [
      pricesIncludeTax,
      lines.map(({ amount, tax }) => `${amount}: ${tax.map((one) => `${one['rule']} ${one['net']} + ${one['tax']}`)}`),
    ]),
    [
      [false, ['31.00: not_asked 31.00 + 0.00', '-15.50: domestic -15.50 + -5.92']],
      [true, ['31.00: not_asked 31.00 + 0.00', '-15.50: domestic -10.53 + -4.97']],
    ],
  )
  assert.deepEqual(await checkHolds(client), [])
})
