import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

/** Balances that open late take up everything that happened before (policy 15). */
const PLANS = `
meters:
  - { code: units, name: Units, eventType: use, aggregator: sum, property: n, unit: n, scale: 2 }
plans:
  - code: plain
    name: Plain
    currency: EUR
    prices: [ { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 1 } } ]
  - code: bundle
    name: Bundle
    currency: EUR
    prices:
      - { kind: allowance, code: hundred, name: 100, unit: n, amount: 100 }
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 1 } }
  - code: committed
    name: Committed
    currency: EUR
    prices:
      - { kind: commit, code: year, name: 200 a year, amount: 200, term: { unit: year } }
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 1 } }
  - code: odd
    name: Odd cents
    currency: EUR
    prices: [ { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 0.0033333 } } ]
  - code: daily
    name: Day by day
    currency: EUR
    prices: [ { kind: recurring, code: fee, name: Fee, amount: 40, every: { unit: month }, daily: { whenShort: owe } } ]
`
const TENANT = 'late'
const { app, client, config, request } = await startKvit(TENANT, '2026-01-10T12:00:00Z')
await seedOperator(client, PLANS)
let serial = 0

async function account(key: string, options: Json = {}): Promise<void> {
  const { plan = 'plain', ...terms } = options
  await client.post('/v1/customers', { key, name: key })
  const draft = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { ...draft, ...terms })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z' })
}

async function use(service: string, n: string, time = '2026-01-09T00:00:00Z'): Promise<void> {
  const id = `u-${++serial}`
  assert.equal((await client.post('/v1/usage', [{ id, service, type: 'use', time, data: { n } }]))['charged'], 1)
}

async function pay(key: string, amount: string): Promise<void> {
  await client.post('/v1/payments', { key: `p-${++serial}`, account: key, method: 'bank', currency: 'EUR', amount })
}

async function topUp(key: string, amount: string): Promise<void> {
  const draft = { key: `t-${++serial}`, account: key, amount, currency: 'EUR', method: 'cash' }
  await client.post('/v1/top-ups', draft)
}

async function event(service: string, n: string): Promise<Json> {
  const time = '2026-01-10T12:00:00Z'
  return client.post('/v1/charging', {
    ...{ op: 'event', source: 'gw', id: `e-${++serial}`, service, type: 'use', time },
    data: { n },
  })
}

interface Standing {
  readonly owed: string
  readonly left: string
}

/** What balances say is owed, and what money is left to use. */
async function standing(key: string): Promise<Standing> {
  const { credit, balances } = await client.get<{ credit: Json; balances: { unit: string; remaining: string }[] }>(
    `/v1/accounts/${key}/balances`,
  )
  return { owed: String(credit['owed']), left: balances.find(({ unit }) => unit === 'EUR')?.remaining ?? '0.00' }
}

/** What is open of documents. */
async function open(key: string): Promise<string> {
  const cents = (amount: unknown): number => Math.round(Number(amount) * 100)
  const documents = await client.list<Json>(`/v1/invoices?account=${key}`)
  return (documents.reduce((sum, { total, paid }) => sum + cents(total) - cents(paid), 0) / 100).toFixed(2)
}

/** An interim invoice as soon as there is usage of so much. */
async function interim(key: string, threshold: string, documents = 1): Promise<void> {
  await client.post(`/v1/accounts/${key}`, { progressiveBilling: { threshold } }, 'PATCH')
  for (let tries = 0; tries < 300; tries++) {
    if ((await client.list<Json>(`/v1/invoices?account=${key}`)).length >= documents) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail('no interim invoice')
}

test('M2: usage of 100, an interim invoice of 100 that was paid, then a top-up of 50: 50.00 left', async () => {
  await account('a')
  await use('a', '100')
  await interim('a', '100')
  await pay('a', '100')
  await topUp('a', '50')
  assert.deepEqual(await standing('a'), { owed: '0.00', left: '50.00' })
})

test('M2: an interim invoice that is not paid is owed when balances open, and what is not billed with it', async () => {
  await account('a2')
  await use('a2', '100')
  await interim('a2', '100')
  await use('a2', '7')
  await pay('a2', '30')
  await topUp('a2', '50')
  assert.deepEqual(await standing('a2'), { owed: '27.00', left: '0.00' })
})

test('M2: a payment of 5, a top-up of 5, usage of 12: 2.00 owed, as the invoice says', async () => {
  await account('b')
  await pay('b', '5.00')
  await topUp('b', '5')
  await use('b', '12')
  assert.equal((await standing('b')).owed, '2.00')
})

test('M2: a payment of 5.00, then a credit limit of 0: an online event of 3 is charged, 2.00 are left', async () => {
  await account('c')
  await pay('c', '5.00')
  await client.post('/v1/accounts/c', { creditLimit: '0' }, 'PATCH')
  assert.equal((await event('c', '3'))['result'], 'charged')
  assert.equal((await event('c', '2.01'))['result'], 'refused')
  assert.equal((await client.get<Json>('/v1/accounts/c/balances'))['available'], '2.00')
})

test('M2: a session opens the balances of an account that pays by invoice, with what was billed and paid before', async () => {
  await account('online')
  await use('online', '60')
  await interim('online', '60')
  await pay('online', '20')
  const step = { source: 'gw', session: 's-1', service: 'online', time: '2026-01-10T12:00:00Z' }
  const data = { n: '3' }
  await client.post('/v1/charging', { ...step, op: 'start', sequence: 0, requested: [{ type: 'use', data }] })
  await client.post('/v1/charging', { ...step, op: 'end', sequence: 1, used: [{ type: 'use', data }] })
  assert.deepEqual(await standing('online'), { owed: '43.00', left: '0.00' })
})

test('M2: a plan with an allowance of 100, a payment of 20, usage of 130: 10 owed', async () => {
  await account('d', { plan: 'bundle' })
  await pay('d', '20')
  await use('d', '130')
  assert.equal((await standing('d')).owed, '10.00')
  await account('d2')
  await pay('d2', '20')
  await client.post('/v1/subscriptions/d2/changes', { kind: 'plan', plan: 'bundle', at: '2026-01-05T00:00:00Z' })
  await use('d2', '130')
  assert.equal((await standing('d2')).owed, '10.00')
})

test('M2: usage of 60, an interim invoice that was paid, a change to a plan with a commit: nothing is owed', async () => {
  await account('e')
  await use('e', '60')
  await interim('e', '60')
  await pay('e', '60')
  await client.post('/v1/subscriptions/e/changes', { kind: 'plan', plan: 'committed', at: '2026-01-10T00:00:00Z' })
  await runBills(client, '2026-01-10')
  // The commit was bought by then, on a document of its own.
  assert.deepEqual(await standing('e'), { owed: '200.00', left: '200.00' })
  assert.equal(await open('e'), '200.00')
  await use('e', '30', '2026-01-10T06:00:00Z')
  await pay('e', '150')
  assert.deepEqual([await standing('e'), await open('e')], [{ owed: '50.00', left: '170.00' }, '50.00'])
  // A top-up pays what is owed; what the commit paid for usage waits for the document of that usage.
  await topUp('e', '60')
  assert.deepEqual([await standing('e'), await open('e')], [{ owed: '0.00', left: '180.00' }, '0.00'])
})

test('M2: a payment before the document of a commit leaves nothing behind when it is issued', async () => {
  await account('f', { plan: 'committed', creditLimit: '0' })
  await pay('f', '200')
  await runBills(client, '2026-01-10')
  assert.deepEqual([await standing('f'), await open('f')], [{ owed: '0.00', left: '200.00' }, '0.00'])
})

test('M2: a credit limit that is set on usage of before counts it at once, to the last digit', async () => {
  await account('g', { plan: 'odd' })
  await use('g', '1')
  await client.post('/v1/accounts/g', { creditLimit: '10' }, 'PATCH')
  assert.equal((await standing('g')).owed, '0.0033333')
  assert.equal((await client.get<Json>('/v1/accounts/g/balances'))['available'], '9.9966667')
})

test('M2: what was spent in the period before balances opened counts for thresholds of spending', async () => {
  await account('h')
  await use('h', '80')
  const thresholds = [{ code: 'ninety', kind: 'spend', amount: '90', action: 'notify' }]
  await client.post('/v1/accounts/h', { thresholds }, 'PATCH')
  await use('h', '15')
  const { thresholdsCrossed, spentThisPeriod } = await client.get<Json>('/v1/accounts/h/balances')
  assert.deepEqual([thresholdsCrossed, spentThisPeriod], [['ninety'], '95.00'])
})

test('M2: the statement of before stays as it was when balances open', async () => {
  const before = await client.get<{ closing: string; entries: Json[] }>('/v1/accounts/a2/statement')
  assert.equal(before.closing, '-27.00')
  const kinds = before.entries.map(({ kind, amount }) => `${kind} ${amount}`)
  assert.deepEqual(kinds.toSorted(), ['balance 50.00', 'document -100.00', 'payment 30.00', 'usage -7.00'].toSorted())
})

test('M2: months of bills, paid or not, before the balances open', async () => {
  await account('i', { plan: 'odd' })
  await use('i', '1000')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-03-10T12:00:00Z' }, 'PATCH')
  await use('i', '2000', '2026-02-09T00:00:00Z')
  await runBills(client, '2026-03-01')
  await use('i', '3000', '2026-03-09T00:00:00Z')
  await use('i', '10', '2026-01-15T00:00:00Z')
  await pay('i', '4.00')
  // 3.33 and 6.67 were billed; 10 of January and 3000 of March are not.
  await topUp('i', '0.01')
  assert.equal((await standing('i')).owed, '16.023233')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-04-10T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-04-01')
  assert.equal(await open('i'), (await standing('i')).owed)
})

test('M2: fees that another account pays day by day are no part of what balances take up when they open', async () => {
  await account('beside', { plan: 'daily' })
  await topUp('beside', '50')
  await account('fees')
  await use('fees', '10')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-04-10T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-04-01')
  await topUp('fees', '4')
  assert.deepEqual([(await standing('fees')).owed, await open('fees')], ['6.00', '6.00'])
})

test('units of an allowance are kept 35 days behind their period: what comes later is charged, though none of them was used', async () => {
  await account('much-later', { plan: 'bundle' })
  // On 10 April those of March are there, and those of January are not.
  await use('much-later', '30', '2026-03-15T00:00:00Z')
  assert.equal((await standing('much-later')).owed, '0.00')
  await use('much-later', '30', '2026-01-15T00:00:00Z')
  assert.equal((await standing('much-later')).owed, '30.00')
})

test('M2: a bonus that expires while a part of a cent of it is spent leaves nothing owed that no document has open', async () => {
  await account('bonus', { plan: 'odd' })
  const rule = { currency: 'EUR', kind: 'fixed', value: '1.00', validDays: 1 }
  assert.equal((await request('PUT', '/v1/bonus-rules/gift', { body: rule })).status, 200)
  await topUp('bonus', '1.00')
  await use('bonus', '150', '2026-04-09T00:00:00Z')
  assert.equal((await standing('bonus')).left, '1.500005')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-05-10T12:00:00Z' }, 'PATCH')
  while ((await standing('bonus')).left !== '1.00') await new Promise((resolve) => setTimeout(resolve, 100))
  await runBills(client, '2026-05-01')
  assert.deepEqual([(await standing('bonus')).owed, await open('bonus')], ['0.00', '0.00'])
})

test('M2: every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
  assert.equal((await request('GET', '/v1/accounts/a/balances')).status, 200)
})

/** The row of an account is locked while its balances open, and a connection that breaks takes the lock along. */
test('balances that two open at once are opened by one; the other is told to send again, and nothing else fails', async () => {
  await account('twice')
  await use('twice', '3')
  const { id } = await client.get('/v1/accounts/twice')
  const work = {
    accountId: String(id),
    nowMs: Date.parse('2026-01-10T12:00:00Z'),
    before: { billedCharges: 0n, documents: 0n, payments: 0n },
  }
  let opened = 0
  const open = async (): Promise<void> =>
    app.engine.takeUpBooks(TENANT, {
      ...work,
      commitHook: async () => {
        opened++
      },
    })
  await open()
  await assert.rejects(open, { code: 'engine_unavailable' })
  assert.equal(opened, 1)
})

test('balances that a plan had opened are told of payments when the plan is gone, also by a process that began since', async () => {
  await account('once', { plan: 'bundle' })
  const change = { kind: 'plan', plan: 'plain', at: '2026-01-01T00:00:00Z' }
  await client.post('/v1/subscriptions/once/changes', change)
  const db = new pg.Client({ connectionString: config.databaseUrl })
  await db.connect()
  // Another process takes the journal and gives it back: memory is built anew.
  await db.query(`update t_${TENANT}.partition set epoch = epoch + 1`)
  const usage = {
    id: 'once-1',
    source: 's',
    service: 'once',
    type: 'use',
    time: '2026-01-09T12:00:00Z',
    data: { n: '3' },
  }
  while ((await request('POST', '/v1/usage', { body: [usage] })).status >= 500) await pause(100)
  const payment = { key: 'once-1', account: 'once', method: 'bank', currency: 'EUR', amount: '2' }
  assert.equal((await request('POST', '/v1/payments', { body: payment })).status, 201)
  const told = await db.query(`select balance_applied_at from t_${TENANT}.payment where key = 'once-1'`)
  await db.end()
  assert.notEqual(told.rows[0]?.['balance_applied_at'], null)
  assert.deepEqual(await checkHolds(client), [])
})
