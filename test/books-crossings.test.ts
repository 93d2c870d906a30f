/** The books where things cross: what was before them, cycles that begin in the middle of a month, plans that change, prepaid accounts, the one-stop shop, bad debts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { closePeriod, glBalances } from './books-world.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('cross', '2026-01-01T06:00:00Z')
await seedOperator(
  client,
  `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: monthly
    name: Monthly
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 31, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: dearer
    name: Dearer
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 62, every: { unit: month } }
  - code: electronic
    name: Electronic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 50, every: { unit: month }, taxClass: electronic }
  - code: yen
    name: Yen
    currency: JPY
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 1000, every: { unit: month } }
`,
)
const clock = async (day: string): Promise<unknown> =>
  client.post('/v1/tenants/cross', { clock: `${day}T06:00:00Z` }, 'PATCH')
const use = async (service: string, id: string, day: string, minutes: string): Promise<void> => {
  const record = { id, service, type: 'call', time: `${day}T10:00:00Z`, data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}

test('what was before the books is their opening entry: balances as they are, what was earned as retained earnings', async () => {
  await createSubscriber(client, 'old', { plan: 'monthly', endsAt: '2026-02-01T00:00:00Z' })
  await runBills(client, '2026-01-01')
  await client.post('/v1/payments', { key: 'p', account: 'old', amount: '11.00', currency: 'EUR', method: 'bank' })
  await clock('2026-02-01')
  const draft = {
    issuer: 'op',
    currency: 'EUR',
    opensOn: '2026-02-01',
    policies: { badDebts: { '0-30': '10', '31-60': '50' } },
  }
  const opened = await client.post('/v1/books', draft)
  assert.deepEqual(await client.post('/v1/books', draft), opened)
  assert.equal((await request('POST', '/v1/books', { body: { ...draft, currency: 'USD' } })).json['code'], 'conflict')
  const late = await request('POST', '/v1/books', { body: { ...draft, opensOn: '2026-01-31' } })
  assert.equal(late.status, 409)
  // 31.00 billed, 11.00 paid; the 20.00 are due since 15 January, 17 days: 10 % of them are reserved.
  assert.deepEqual(await glBalances(client, '2026-02-01'), {
    '1000': '11.00',
    '1100': '20.00',
    '1110': '-2.00',
    '3000': '-31.00',
    '6100': '2.00',
  })
})

test('a cycle from the 15th: a fee in advance is cut by days, usage by what was charged on each', async () => {
  await client.post('/v1/customers', { key: 'mid', name: 'Mid' })
  const account = {
    key: 'mid',
    customer: 'mid',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-02-15',
    termsDays: 90,
  }
  await client.post('/v1/accounts', account)
  await client.post('/v1/services', { key: 'mid', account: 'mid', validFrom: '2026-02-15T00:00:00Z' })
  await client.post('/v1/subscriptions', {
    key: 'mid',
    account: 'mid',
    plan: 'monthly',
    startsAt: '2026-02-15T00:00:00Z',
  })
  await clock('2026-02-15')
  await runBills(client, '2026-02-15')
  await clock('2026-03-01')
  await use('mid', 'm1', '2026-02-20', '40')
  await clock('2026-03-15')
  await use('mid', 'm2', '2026-03-01', '10')
  await use('mid', 'm3', '2026-03-10', '50')
  await runBills(client, '2026-03-15')
  await closePeriod(client, '2026-02-01')
  // 31.00 over 28 days, 15 February to 14 March: 1.10 a day, 1.11 on the first 20: 14 × 1.11 = 15.54 until the end of February, 15.46 deferred.
  // Of 100 minutes, 10.00, 40 were in February: 4.00. The 20.00 are due since 44 days at the end: half of them is reserved. Mid's 31.00 are not due.
  const february = {
    '1000': '11.00',
    '1100': '51.00',
    '1110': '-10.00',
    '1200': '4.00',
    '2100': '-15.46',
    '3000': '-31.00',
    '4000': '-19.54',
    '6100': '10.00',
  }
  assert.deepEqual(await glBalances(client, '2026-02-28'), february)
  assert.deepEqual(await checkHolds(client), [])
})

test('a plan that changes within its month: what is credited comes off what was deferred, to the last cent', async () => {
  await clock('2026-03-20')
  await client.post('/v1/subscriptions/mid/changes', {
    kind: 'plan',
    plan: 'dearer',
    at: '2026-03-25T00:00:00Z',
  })
  await clock('2026-04-15')
  await runBills(client, '2026-04-15')
  await clock('2026-05-15')
  await runBills(client, '2026-05-15')
  await closePeriod(client, '2026-03-01')
  await closePeriod(client, '2026-04-01')
  const { items, totals } = await client.get<{ items: Json[]; totals: Json[] }>(
    '/v1/books/op/deferred-revenue?asOf=2026-04-30',
  )
  const balances = await glBalances(client, '2026-04-30')
  assert.equal(totals[0]?.['deferred'], String(balances['2100'] ?? '0.00').replace('-', ''))
  for (const { billed, recognised, deferred, unbilled } of items) {
    const sum = Object.values(recognised as Record<string, string>).reduce(
      (all, amount) => all + Math.round(Number(amount) * 100),
      0,
    )
    const cents = (amount: unknown): number => Math.round(Number(amount) * 100)
    assert.equal(sum + cents(deferred) - cents(unbilled), cents(billed))
  }
  assert.deepEqual(await checkHolds(client), [])
})

test('the one-stop shop: what was supplied to consumers of other member states in a quarter, by rate, in euro, also as CSV', async () => {
  const postalAddress = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
  const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
  const oneStopShop = { scheme: 'union', from: '2021-07-01' }
  await client.post('/v1/issuers', {
    key: 'shop',
    name: 'Shop',
    address: 'Berlin',
    postalAddress,
    registrations,
    oneStopShop,
  })
  await client.post('/v1/books', { issuer: 'shop', currency: 'EUR', opensOn: '2026-05-01' })
  for (const [key, country] of [
    ['fr1', 'FR'],
    ['fr2', 'FR'],
    ['at', 'AT'],
    ['de', 'DE'],
  ] as const) {
    const evidence = [{ kind: 'card', country }]
    await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country }, evidence })
    const account = { key, customer: key, issuer: 'shop', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-05-01' }
    await client.post('/v1/accounts', account)
    await client.post('/v1/subscriptions', { key, account: key, plan: 'electronic', startsAt: '2026-05-01T00:00:00Z' })
  }
  await runBills(client, '2026-05-15')
  // 50.00 each: 2 × 10.00 in France, 10.00 in Austria at 20 %. What is supplied in Germany is not declared there.
  const rows = await client.get<{ items: Json[] }>('/v1/books/shop/oss?quarter=2026-Q2')
  assert.deepEqual(rows.items, [
    { quarter: '2026-Q2', memberState: 'AT', rate: '20', base: '50.00', tax: '10.00' },
    { quarter: '2026-Q2', memberState: 'FR', rate: '20', base: '100.00', tax: '20.00' },
  ])
  const csv = new TextDecoder().decode(await client.download('/v1/books/shop/oss?quarter=2026-Q2&format=csv'))
  assert.equal(
    csv,
    'quarter,memberState,rate,base,tax,currency\n2026-Q2,AT,20,50.00,10.00,EUR\n2026-Q2,FR,20,100.00,20.00,EUR\n',
  )
  const { totals } = await client.get<{ totals: Json[] }>('/v1/books/shop/taxes?from=2026-04-01&until=2026-06-30')
  assert.deepEqual(totals, [{ currency: 'EUR', tax: '39.50', ledger: '39.50', difference: '0.00' }])
})

test('documents in a currency without minor units, and a rate across the euro', async () => {
  await client.post('/v1/issuers', { key: 'tokyo', name: 'Tokyo', address: 'Tokyo' })
  await client.post('/v1/books', { issuer: 'tokyo', currency: 'USD', opensOn: '2026-05-01', zone: 'Asia/Tokyo' })
  const day = { day: '2026-05-15', base: 'EUR' }
  await client.post('/v1/exchange-rates', {
    source: 'bank',
    rates: [
      { ...day, currency: 'JPY', rate: '160' },
      { ...day, currency: 'USD', rate: '1.2' },
    ],
  })
  await client.post('/v1/customers', { key: 'yuki', name: 'Yuki' })
  const account = {
    key: 'yuki',
    customer: 'yuki',
    issuer: 'tokyo',
    currency: 'JPY',
    zone: 'Asia/Tokyo',
    cycleAnchor: '2026-05-15',
  }
  await client.post('/v1/accounts', account)
  await client.post('/v1/subscriptions', {
    key: 'yuki',
    account: 'yuki',
    plan: 'yen',
    startsAt: '2026-05-14T15:00:00Z',
  })
  await runBills(client, '2026-05-15')
  // 1,000 JPY ÷ 160 × 1.2 = 7.50 USD. One of 31 days is earned: 33 JPY and 8 more: 1000 = 31 × 32 + 8, so 33 on the first day; 967 are deferred, 7.25 USD.
  assert.deepEqual(await glBalances(client, '2026-05-15', 'tokyo'), {
    '1100': '7.50',
    '2100': '-7.25',
    '4000': '-0.25',
  })
})

test('a chart without rules: what is unmapped is told, and keeps a period from being closed', async () => {
  await client.post('/v1/issuers', { key: 'bare', name: 'Bare', address: 'Kyiv' })
  await client.post('/v1/books', { issuer: 'bare', currency: 'EUR', opensOn: '2026-04-01', chart: 'none' })
  await client.post('/v1/customers', { key: 'zoe', name: 'Zoe' })
  const account = {
    key: 'zoe',
    customer: 'zoe',
    issuer: 'bare',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await client.post('/v1/accounts', account)
  await client.post('/v1/payments', { key: 'zoe', account: 'zoe', amount: '5.00', currency: 'EUR', method: 'cash' })
  await closePeriod(client, '2026-04-01', 'bare')
  const { unmapped } = await client.get('/v1/books/bare/trial-balance')
  assert.deepEqual(unmapped, ['cash:cash', 'customer_prepaid'])
  await clock('2026-06-01')
  await assert.rejects(
    closePeriod(client, '2026-05-01', 'bare'),
    /no rule says which account of the general ledger takes cash:cash, customer_prepaid/,
  )
  assert.deepEqual(await checkHolds(client), [])
})
