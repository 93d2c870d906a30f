import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: drawn
    name: Drawn down
    currency: EUR
    prices:
      - { kind: commit, code: hundred, name: 100 for two months, amount: 100, term: { unit: month, count: 2 } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: plain
    name: Plain
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: parts
    name: In parts
    currency: EUR
    prices:
      - { kind: commit, code: parts, name: In two parts, amount: 99.99, term: { unit: month, count: 2 }, instalments: { unit: month }, renews: true }
      - { kind: recurring, code: fee, name: Fee, amount: 5, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`

const { client } = await startKvit('commits', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)
await createSubscriber(client, 'edna', { plan: 'drawn' })
await createSubscriber(client, 'fred', { plan: 'parts', startsAt: '2026-01-10T00:00:00Z' })

async function bill(day: string): Promise<void> {
  await client.post('/v1/tenants/commits', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}

async function use(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  assert.equal(report['charged'], 1)
}

/** Documents of an account as "why total/paid". */
async function documentsOf(account: string): Promise<string[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return list.map(({ purpose, total, paid }) => `${purpose} ${total}/${paid}`)
}

/** What the ledger has on an account, debit less credit. */
async function ledgerOf(name: string): Promise<number> {
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  const row = items.find(({ ledgerAccount }) => ledgerAccount === name)
  return Number(row?.['debit'] ?? 0) - Number(row?.['credit'] ?? 0)
}

test('a commit is billed on a document of its own, and its money pays for usage before anything else', async () => {
  await bill('2026-01-01')
  assert.deepEqual(await documentsOf('edna'), ['commit 100.00/0.00'])
  assert.equal(await ledgerOf('revenue:drawn'), 0, 'what is bought to be drawn down is no revenue yet')
  await use('e1', 'edna', '2026-01-01T05:00:00Z', '300')
  const [lot, ...others] = (
    await client.get<{ balances: { lots: Json[] }[] }>('/v1/accounts/edna/balances')
  ).balances.flatMap(({ lots }) => lots)
  assert.deepEqual([lot?.['remaining'], lot?.['priority'], others.length], ['70.00', 30, 0])
  const { items } = await client.get<{ items: Json[] }>('/v1/accounts/edna/contract-commits')
  assert.deepEqual(
    items.map(({ termStart, termEnd, amount, left }) => [termStart, termEnd, amount, Number(left)]),
    [['2026-01-01', '2026-03-01', '100.00', 70]],
  )
  await bill('2026-02-01')
  assert.deepEqual(await documentsOf('edna'), ['commit 100.00/0.00', 'cycle 30.00/30.00'])
  assert.equal(await ledgerOf('revenue:drawn'), -30)
})

test('a payment settles the commit; usage beyond it is left to pay', async () => {
  await client.post('/v1/payments', { key: 'p1', account: 'edna', method: 'bank', currency: 'EUR', amount: '100' })
  await use('e2', 'edna', '2026-02-01T05:00:00Z', '800')
  await bill('2026-03-01')
  assert.deepEqual(await documentsOf('edna'), ['commit 100.00/100.00', 'cycle 30.00/30.00', 'cycle 80.00/70.00'])
  await use('e3', 'edna', '2026-03-01T05:00:00Z', '10')
  await bill('2026-04-01')
  assert.equal((await documentsOf('edna')).at(-1), 'cycle 1.00/0.00')
  assert.equal(await ledgerOf('unbilled:hundred'), 0)
})

test('instalments add up, also behind the end; what is not used by the end of the term is lost; a term renews', async () => {
  assert.deepEqual(
    (await documentsOf('fred')).filter((one) => one.startsWith('commit')),
    ['commit 50.00/0.00', 'commit 49.99/0.00', 'commit 50.00/0.00'],
  )
  while ((await ledgerOf('breakage')) === 0) await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(await ledgerOf('breakage'), -99.99)
  await client.post('/v1/subscriptions/fred', { endsAt: '2026-04-05T00:00:00Z' }, 'PATCH')
  await bill('2026-05-01')
  await bill('2026-06-01')
  const commits = (await documentsOf('fred')).filter((one) => one.startsWith('commit'))
  assert.deepEqual(commits.at(-1), 'commit 49.99/0.00')
  assert.equal(commits.length, 4)
  assert.equal(Math.round((await ledgerOf('unbilled:parts')) * 100), 0)
})

test('the preview has the document of a commit, too', async () => {
  await createSubscriber(client, 'gina', { plan: 'drawn', startsAt: '2026-06-10T00:00:00Z' })
  const { documents } = await client.get<{ documents: Json[] }>('/v1/accounts/gina/next-invoice')
  assert.deepEqual(
    documents.map(({ purpose, totals }) => [purpose, (totals as Json)['total']]),
    [['commit', '100.00']],
  )
})

test('a term that was bought runs on when its plan is left as of before and taken up again', async () => {
  await createSubscriber(client, 'hugo', { plan: 'drawn', startsAt: '2026-06-01T00:00:00Z' })
  await bill('2026-06-02')
  assert.deepEqual(await documentsOf('hugo'), ['commit 100.00/0.00'])
  const change = async (plan: string, at: string): Promise<Json> =>
    client.post('/v1/subscriptions/hugo/changes', { kind: 'plan', plan, at })
  await client.post('/v1/tenants/commits', { clock: '2026-06-20T06:00:00Z' }, 'PATCH')
  await change('plain', '2026-06-01T00:00:00Z')
  await change('drawn', '2026-06-15T00:00:00Z')
  await bill('2026-06-21')
  assert.deepEqual(await documentsOf('hugo'), ['commit 100.00/0.00'], 'nothing is bought twice')
  const { items } = await client.get<{ items: Json[] }>('/v1/accounts/hugo/contract-commits')
  assert.deepEqual(
    items.map(({ termStart, termEnd }) => [termStart, termEnd]),
    [['2026-06-01', '2026-08-01']],
  )
})

test('a term that was bought is billed where its subscription is taken back as of its first day, before any bill', async () => {
  await client.post('/v1/tenants/commits', { clock: '2026-07-01T06:00:00Z' }, 'PATCH')
  await createSubscriber(client, 'ines', { plan: 'drawn', startsAt: '2026-07-01T00:00:00Z' })
  const terms = async (): Promise<Json[]> =>
    (await client.get<{ items: Json[] }>('/v1/accounts/ines/contract-commits')).items
  while ((await terms()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await client.post('/v1/subscriptions/ines/changes', { kind: 'cancel', at: '2026-07-01T00:00:00Z' })
  await bill('2026-08-02')
  assert.deepEqual(await documentsOf('ines'), ['commit 100.00/0.00'])
})

/** What is left of the commit of an account, once `left` says so. */
async function leftOf(account: string, left: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { items } = await client.get<{ items: Json[] }>(`/v1/accounts/${account}/contract-commits`)
    if (Number(items[0]?.['left']) === left) return
    assert.ok(tries < 200, `${items[0]?.['left']} is left, not ${left}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const lastOf = async (account: string): Promise<string> =>
  String((await client.list<Json>(`/v1/invoices?account=${account}`))[0]?.['number'])
const credit = async (number: string, key: string, body: Json = {}): Promise<Json> =>
  client.post(`/v1/invoices/${number}/credit-notes`, { key, reason: 'returned', ...body })
const totalOf = ({ document }: Json): string => String((document as { totals: Json }).totals['total'])

test('a credit of a commit takes back what nobody has used; what was used is credited by an amount, and is given', async () => {
  await client.post('/v1/tenants/commits', { clock: '2026-09-01T06:00:00Z' }, 'PATCH')
  for (const account of ['jan', 'kate', 'leo'])
    await createSubscriber(client, account, { plan: 'drawn', startsAt: '2026-09-01T00:00:00Z' })
  await bill('2026-09-01')
  for (const account of ['jan', 'kate', 'leo']) await use(`${account}1`, account, '2026-09-01T05:00:00Z', '300')
  const adjusted = await ledgerOf('adjustments')
  await client.post('/v1/payments', { key: 'p-jan', account: 'jan', method: 'bank', currency: 'EUR', amount: '100' })
  const [jan, kate, leo] = [await lastOf('jan'), await lastOf('kate'), await lastOf('leo')]
  // Paid 100.00, used 30.00: 70.00 come back, and can be paid back.
  const whole = await credit(jan, 'jan-1', { money: 'refund' })
  assert.deepEqual([totalOf(whole), (whole['refund'] as Json)['amount']], ['-70.00', '70.00'])
  await leftOf('jan', 0)
  await assert.rejects(credit(jan, 'jan-2'), /is used; name an amount/)
  await assert.rejects(credit(jan, 'jan-3', { lines: [{ line: 1 }] }), /is used; name an amount/)
  assert.equal(Math.round((await ledgerOf('adjustments')) - adjusted), 0)
  // Not paid: 25.00 of the money are taken back first, then 55.00, of which 45.00 are there.
  await credit(kate, 'kate-1', { lines: [{ line: 1, amount: '25.00' }] })
  await leftOf('kate', 45)
  await credit(kate, 'kate-2', { amount: '55.00' })
  await leftOf('kate', 0)
  // A void is of all of it: 70.00 are taken back, 30.00 are given.
  await client.post(`/v1/invoices/${leo}/void`, { key: 'leo-1', reason: 'billing_error', rebill: false })
  await leftOf('leo', 0)
  assert.equal(Math.round((await ledgerOf('adjustments')) - adjusted), 40)
  await bill('2026-10-01')
  assert.deepEqual((await documentsOf('jan')).at(-1), 'cycle 30.00/30.00')
  await use('jan2', 'jan', '2026-10-01T05:00:00Z', '10')
  await bill('2026-11-01')
  assert.deepEqual((await documentsOf('jan')).at(-1), 'cycle 1.00/0.00')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
