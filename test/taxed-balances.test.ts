/** Tax beside balances: commits that are drawn down, sponsors, fees day by day, prices with tax in them; ledger and balances agree with documents. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client } = await startKvit('balances', '2026-01-01T06:00:00Z')
const CALLS = '{ kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }'
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: drawn
    name: Drawn down
    currency: EUR
    prices:
      - { kind: commit, code: hundred, name: Hundred, amount: 100, term: { unit: month, count: 2 } }
      - ${CALLS}
  - code: plain
    name: Plain
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 5, every: { unit: month }, timing: arrears }
      - ${CALLS}
  - code: daily
    name: Daily
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 31, every: { unit: month }, daily: {} }
`,
    },
  ],
})
await client.post('/v1/issuers', {
  ...{ key: 'op', name: 'Operator', address: 'Berlin', postalAddress: { country: 'DE' } },
  registrations: [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }],
})
async function subscriber(key: string, plan: string, more: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country: 'DE' } })
  const account = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { ...account, ...more })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
}
const topUp = async (account: string, amount: string, more: Json = {}): Promise<Json> =>
  client.post('/v1/top-ups', { key: `top-${account}`, account, amount, currency: 'EUR', method: 'cash', ...more })
const use = async (service: string, minutes: string): Promise<void> => {
  const record = { id: service, service, type: 'call', time: '2026-01-10T10:00:00Z', data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}
const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/balances', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}
interface Told {
  readonly net: string
  readonly tax: string
  readonly total: string
}
/** Documents of an account: net, tax and total, what is paid of it, and the rules of its lines. */
async function told(account: string): Promise<string[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(
    list.map(async ({ id, paid }) => {
      const { document } = await client.get<{
        document: { totals: Told; lines: { tax: { rule: string }[] }[] }
      }>(`/v1/invoices/${id}`)
      const { net, tax, total } = document.totals
      const rules = [...new Set(document.lines.flatMap((line) => line.tax.map(({ rule }) => rule)))]
      return `${net} + ${tax} = ${total}, paid ${paid}: ${rules.join(', ')}`
    }),
  )
}

await subscriber('edna', 'drawn')
await subscriber('boss', 'plain', { creditLimit: '100' })
await subscriber('kid', 'plain', { sponsor: 'boss', creditLimit: '0' })
await subscriber('day', 'daily', { creditLimit: '0', pricesIncludeTax: true })
await subscriber('pre', 'plain', { creditLimit: '0' })
await topUp('day', '62.00')
await topUp('pre', '50.00')
await bill('2026-01-01')
await client.post('/v1/tenants/balances', { clock: '2026-01-31T00:00:00Z' }, 'PATCH')
for (const [service, minutes] of [
  ['edna', '200'],
  ['boss', '10'],
  ['kid', '30'],
  ['pre', '100'],
] as const)
  await use(service, minutes)
await bill('2026-02-01')
await bill('2026-03-01')

test('money that is bought to be drawn down has no tax until it pays for something; it pays the charge, and the tax is owed', async () => {
  const documents = await told('edna')
  assert.deepEqual(documents.slice(0, 2), [
    '100.00 + 0.00 = 100.00, paid 0.00: multi_purpose_voucher',
    '20.00 + 3.80 = 23.80, paid 20.00: domestic',
  ])
})

test('a sponsor pays what its member used, and the member’s document has the tax of it, which the member owes', async () => {
  assert.equal((await told('kid'))[0], '8.00 + 1.52 = 9.52, paid 3.00: domestic')
  const ofBoss = (await told('boss')).join('\n')
  assert.match(ofBoss, /out_of_scope/)
})

test('fees day by day with tax in them: the document takes nothing beyond what the days took', async () => {
  const [january] = await told('day')
  assert.equal(january, '26.05 + 4.95 = 31.00, paid 31.00: domestic')
})

test('a prepaid account pays fee, usage and tax', async () => {
  assert.equal((await told('pre'))[0], '15.00 + 2.85 = 17.85, paid 17.85: domestic')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
