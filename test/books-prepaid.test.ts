/** Books of accounts that pay ahead: money and packs of minutes, read out of the journal and out of its archive. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { closePeriod, glBalances } from './books-world.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

const { client } = await startKvit('ahead', '2026-01-05T06:00:00Z', 400, 0)
await seedOperator(
  client,
  `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: calls
    name: Calls
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`,
)
const clock = async (day: string): Promise<unknown> =>
  client.post('/v1/tenants/ahead', { clock: `${day}T06:00:00Z` }, 'PATCH')
let serial = 0
const use = async (service: string, day: string, minutes: string): Promise<void> => {
  const record = { id: `u${++serial}`, service, type: 'call', time: `${day}T10:00:00Z`, data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}

/** 20.00 and 5.00 came in. Of the pack of 100 minutes at 0.05, 40 were used: 2.00. Money paid for 30 minutes: 3.00, which no document bills yet. */
const JANUARY = { '1000': '25.00', '1200': '3.00', '2000': '-20.00', '2100': '-3.00', '4000': '-5.00' }

test('money that is paid ahead is owed until a document takes it, a pack is deferred until it is used', async () => {
  await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
  for (const key of ['money', 'pack']) {
    await client.post('/v1/customers', { key, name: key })
    const account = {
      key,
      customer: key,
      issuer: 'op',
      currency: 'EUR',
      zone: 'UTC',
      cycleAnchor: '2026-01-01',
      creditLimit: '0',
    }
    await client.post('/v1/accounts', account)
    await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    await client.post('/v1/subscriptions', { key, account: key, plan: 'calls', startsAt: '2026-01-01T00:00:00Z' })
  }
  const paid = { currency: 'EUR', method: 'cash', expiresAt: '2026-03-10T00:00:00Z' }
  await client.post('/v1/top-ups', { key: 't1', account: 'money', amount: '20.00', ...paid })
  await client.post('/v1/unit-sales', {
    key: 's1',
    account: 'pack',
    unit: 'min',
    units: '100',
    unitPrice: '0.05',
    ...paid,
  })
  await clock('2026-01-31')
  await use('money', '2026-01-20', '30')
  await use('pack', '2026-01-20', '40')
  assert.deepEqual(await glBalances(client, '2026-01-31'), JANUARY)
  assert.deepEqual(await glBalances(client, '2026-01-19'), { '1000': '25.00', '2000': '-20.00', '2100': '-5.00' })
})

test('the same is read out of the archive', async () => {
  await clock('2026-02-01')
  const archived = await client.post<{ segments: number }>('/v1/journal/archive', {})
  assert.ok(archived.segments > 0, JSON.stringify(archived))
  assert.deepEqual(await glBalances(client, '2026-01-31'), JANUARY)
})

test('documents take the money; what has expired is breakage', async () => {
  await runBills(client, '2026-02-01')
  await closePeriod(client, '2026-01-01')
  assert.deepEqual(await glBalances(client, '2026-01-31'), JANUARY)
  assert.deepEqual(await glBalances(client, '2026-02-01'), {
    '1000': '25.00',
    '2000': '-17.00',
    '2100': '-3.00',
    '4000': '-5.00',
  })
  await clock('2026-03-01')
  await closePeriod(client, '2026-02-01')
  await use('pack', '2026-02-20', '10')
  // It came after February was closed: 0.50 are of March.
  assert.deepEqual(await glBalances(client, '2026-02-28'), {
    '1000': '25.00',
    '2000': '-17.00',
    '2100': '-3.00',
    '4000': '-5.00',
  })
  assert.deepEqual(await glBalances(client, '2026-03-01'), {
    '1000': '25.00',
    '2000': '-17.00',
    '2100': '-2.50',
    '4000': '-5.50',
  })
  await clock('2026-03-11')
  await until('money has expired', async () => {
    const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
    return items.some(({ ledgerAccount }) => ledgerAccount === 'breakage')
  })
  await clock('2026-04-01')
  await runBills(client, '2026-04-01')
  await closePeriod(client, '2026-03-01')
  // 50 minutes at 0.05 and 17.00 of money were never used.
  assert.deepEqual(await glBalances(client, '2026-03-31'), { '1000': '25.00', '4000': '-5.50', '4200': '-19.50' })
  assert.deepEqual(await checkHolds(client), [])
})

test('a write-off of an account with balances: it owes less by it, and owes it again when it is taken back', async () => {
  await client.post('/v1/customers', { key: 'both', name: 'both' })
  const account = {
    key: 'both',
    customer: 'both',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
    creditLimit: '100',
  }
  await client.post('/v1/accounts', account)
  await client.post('/v1/services', { key: 'both', account: 'both', validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', {
    key: 'both',
    account: 'both',
    plan: 'calls',
    startsAt: '2026-04-01T00:00:00Z',
    alignment: 'calendar',
  })
  await client.post('/v1/unit-sales', {
    key: 's2',
    account: 'both',
    unit: 'min',
    units: '10',
    unitPrice: '0.05',
    currency: 'EUR',
    method: 'cash',
  })
  await clock('2026-05-01')
  // 10 of 60 minutes are covered by the pack; 5.00 for the others.
  await use('both', '2026-04-20', '60')
  await runBills(client, '2026-05-01')
  const owed = async (): Promise<unknown> =>
    (await client.get<{ credit: { owed: string } }>('/v1/accounts/both/balances')).credit.owed
  const [bill] = await client.list<{ id: string; open: string }>('/v1/invoices?account=both')
  assert.deepEqual([bill?.open, Number(await owed())], ['5.00', 5])
  await client.post(`/v1/invoices/${bill?.id}/write-off`, { key: 'off', reason: 'goodwill' })
  assert.deepEqual([(await client.get(`/v1/invoices/${bill?.id}`))['open'], Number(await owed())], ['0.00', 0])
  assert.deepEqual(await checkHolds(client), [])
  await client.post('/v1/payments/off/reversal', { reason: 'a mistake' })
  assert.deepEqual([(await client.get(`/v1/invoices/${bill?.id}`))['open'], Number(await owed())], ['5.00', 5])
  assert.deepEqual(await checkHolds(client), [])
  await closePeriod(client, '2026-04-01')
  // The pack of 0.50 is used, and 5.00 of usage was unbilled until 1 May; 5.50 + 5.50 of revenue.
  const april = await glBalances(client, '2026-04-30')
  assert.deepEqual(
    [april['1200'], april['2100'], april['4000'], april['6000']],
    ['5.00', undefined, '-11.00', undefined],
  )
})
