/** Books in euro with documents in dollars: rates by day, what is gained and lost when it is paid and at the end of a period; a return for the one-stop shop. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { closePeriod, glBalances } from './books-world.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('dollars', '2026-01-01T06:00:00Z')
await seedOperator(
  client,
  `
plans:
  - code: dollars
    name: Dollars
    currency: USD
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 100, every: { unit: month } }
`,
)
const clock = async (day: string): Promise<unknown> =>
  client.post('/v1/tenants/dollars', { clock: `${day}T06:00:00Z` }, 'PATCH')

/** As the ECB writes them; holidays have no row, and some currencies no rate. */
const RATES = `Date,USD,JPY,CYP,
2026-03-02,1.6000,150.00,N/A,
2026-02-27,1.2500,160.25,N/A,
2026-01-30,1.0000,158.00,N/A,
2025-12-31,1.2500,155.00,N/A,
`

test('rates of a file of the ECB, and rates of your own; a file with mistakes is refused with their lines', async () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const added = await client.postRaw('/v1/exchange-rates/ecb', bytes(RATES), 'text/csv')
  assert.deepEqual(added, { added: 8, known: 0 })
  assert.deepEqual(await client.postRaw('/v1/exchange-rates/ecb', bytes(RATES), 'text/csv'), { added: 0, known: 8 })
  const own = { day: '2026-02-27', base: 'EUR', currency: 'USD', rate: '1.25' }
  assert.deepEqual(await client.post('/v1/exchange-rates', { source: 'bank', rates: [own] }), { added: 0, known: 1 })
  const bad = await request('POST', '/v1/exchange-rates/ecb', {
    raw: 'Date,USD\n2026-13-01,1\n2026-01-02,-1\n',
    headers: { 'content-type': 'text/csv' },
  })
  assert.deepEqual(
    [bad.status, bad.json['detail']],
    [422, 'line 2: "2026-13-01" is no day; line 3, USD: "-1" is no rate'],
  )
  const zero = await request('POST', '/v1/exchange-rates', { body: { source: 'x', rates: [{ ...own, rate: '0' }] } })
  assert.equal(zero.status, 400)
})

test('a document is worth what the rate of its day says; at the end of the period it is valued anew', async () => {
  await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
  await client.post('/v1/customers', { key: 'ann', name: 'Ann' })
  const account = { key: 'ann', customer: 'ann', issuer: 'op', currency: 'USD', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', account)
  const subscription = {
    key: 'ann',
    account: 'ann',
    plan: 'dollars',
    startsAt: '2026-01-01T00:00:00Z',
    alignment: 'calendar',
  }
  await client.post('/v1/subscriptions', { ...subscription, endsAt: '2026-02-01T00:00:00Z' })
  await runBills(client, '2026-01-01')
  await clock('2026-02-01')
  await closePeriod(client, '2026-01-01')
  // 100.00 USD of 1 January at 1.25 are 80.00 EUR. On 31 January a euro is a dollar: 20.00 more, and they are a gain.
  assert.deepEqual(await glBalances(client, '2026-01-31'), { '1100': '100.00', '4000': '-80.00', '4800': '-20.00' })
})

test('what is paid goes by the rate of the payment: the difference to the document is gained or lost', async () => {
  await clock('2026-02-28')
  await client.post('/v1/payments', { key: 'p1', account: 'ann', amount: '60.00', currency: 'USD', method: 'bank' })
  // 60.00 USD at 1.25 are 48.00 EUR, as they were billed: nothing is gained. 40.00 are open, 32.00 at that rate, too: the 20.00 are taken back.
  assert.deepEqual(await glBalances(client, '2026-02-28'), {
    '1000': '48.00',
    '1100': '32.00',
    '4000': '-80.00',
    '4800': '-20.00',
    '6800': '20.00',
  })
  await clock('2026-03-03')
  await closePeriod(client, '2026-02-01')
  await client.post('/v1/payments', { key: 'p2', account: 'ann', amount: '40.00', currency: 'USD', method: 'bank' })
  // 40.00 USD at 1.60 are 25.00 EUR, and were billed at 32.00: 7.00 lost. The 60.00 USD in the bank are 37.50 now instead of 48.00: 10.50 lost.
  const now = await glBalances(client, '2026-03-03')
  assert.deepEqual(now, { '1000': '62.50', '4000': '-80.00', '4800': '-20.00', '6800': '37.50' })
  assert.deepEqual(await checkHolds(client), [])
  const { items } = await client.get<{ items: Json[] }>('/v1/books/op/lines?code=1100&asOf=2026-03-03&from=2026-03-01')
  assert.deepEqual(
    items.map(({ template, amount, booksAmount, rate }) => [template, amount, booksAmount, rate]),
    [['payment_allocated', '-40.00', '-32.00', '1 EUR = 1.2500 USD on 2025-12-31']],
  )
})

test('without a rate a period is not closed, and says which is missing', async () => {
  await clock('2026-04-01')
  await assert.rejects(closePeriod(client, '2026-03-01'), /there is no rate from USD to EUR of 2026-03-31/)
  await client.post('/v1/exchange-rates', {
    source: 'bank',
    rates: [{ day: '2026-03-31', base: 'EUR', currency: 'USD', rate: '1.6' }],
  })
  await closePeriod(client, '2026-03-01')
  assert.deepEqual(await glBalances(client, '2026-03-31'), {
    '1000': '62.50',
    '4000': '-80.00',
    '4800': '-20.00',
    '6800': '37.50',
  })
  assert.deepEqual(await checkHolds(client), [])
})
