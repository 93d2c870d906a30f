import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

/** Fees that a plan takes from the balance day by day (M13). */
const PLANS = `
meters:
  - { code: calls, name: Calls, eventType: call, aggregator: count, unit: call, scale: 0 }
plans:
  - code: daily
    name: Day by day
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 40, every: { unit: month }, daily: {} }
      - { kind: usage, code: call, name: Calls, meter: calls, rate: { model: per_unit, unitAmount: 0.01 } }
  - code: owing
    name: Day by day, owed
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 40, every: { unit: month }, daily: { whenShort: owe } }
  - code: owing-more
    name: Day by day, owed, at twice that
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 80, every: { unit: month }, daily: { whenShort: owe } }
`
const TENANT = 'daily'
const { client, config } = await startKvit(TENANT, '2026-04-01T08:00:00Z')
await seedOperator(client, PLANS)
let serial = 0

async function account(key: string, plan: string, startsAt: string, options: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key })
  const draft = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { ...draft, creditLimit: '0', ...options })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt })
}

async function topUp(key: string, amount: string, options: Json = {}): Promise<void> {
  const draft = { key: `t-${++serial}`, account: key, amount, currency: 'EUR', method: 'cash' }
  await client.post('/v1/top-ups', { ...draft, ...options })
}

let charged = 0
async function call(key: string, time: string): Promise<Json> {
  const answer = await client.post<Json>('/v1/charging', {
    op: 'event',
    source: 'gw',
    id: `e-${++serial}`,
    service: key,
    type: 'call',
    time,
    data: {},
  })
  if (answer['result'] === 'charged') charged++
  return answer
}

async function available(key: string): Promise<string> {
  return String((await client.get<Json>(`/v1/accounts/${key}/balances`))['available'])
}

async function owed(key: string): Promise<string> {
  return String((await client.get<{ credit: Json }>(`/v1/accounts/${key}/balances`)).credit['owed'])
}

/** The days that were taken, with their amounts. */
async function days(key: string): Promise<string[]> {
  const entries = await client.list<Json>(`/v1/accounts/${key}/balance-entries`)
  return entries
    .filter(({ kind }) => kind === 'daily_fee')
    .map(({ key: name, amount }) => `${String(name).slice(-5)} ${String(amount)}`)
}

async function until(isDone: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isDone()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(what)
}

async function clock(time: string): Promise<void> {
  await client.post(`/v1/tenants/${TENANT}`, { clock: time, back: true }, 'PATCH')
}

async function documentsOf(key: string): Promise<string[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${key}`)
  return list.map(({ total, paid }) => `${total}/${paid}`)
}

test('M13: 40 a month of 30 days from a balance of 20: 1.33 a day, each day in order, until the money ends', async () => {
  await account('ann', 'daily', '2026-04-01T00:00:00Z')
  await topUp('ann', '20.00')
  await until(async () => (await days('ann')).length === 1, 'the first day is taken')
  assert.deepEqual(await days('ann'), ['04-01 -1.33'])
  assert.equal(await available('ann'), '18.67')
  await runBills(client, '2026-04-01')
  assert.deepEqual([await available('ann'), await documentsOf('ann')], ['18.67', []])
  assert.equal((await call('ann', '2026-04-01T08:00:00Z'))['result'], 'charged')
  await clock('2026-04-10T08:00:00Z')
  await until(async () => (await days('ann')).length === 10, 'ten days are taken')
  assert.deepEqual((await days('ann')).slice(1, 4), ['04-02 -1.34', '04-03 -1.33', '04-04 -1.33'])
  assert.equal(await available('ann'), '6.66')
})

test('M13: a day that the balance does not cover is not paid, blocks its use, and is not billed; paid the same day it counts', async () => {
  await clock('2026-04-20T08:00:00Z')
  // 6.66 are enough for four days more: 5.33 until the 14th, 1.33 are left then, and the 15th costs 1.33.
  await until(async () => (await call('ann', '2026-04-20T08:00:00Z'))['reason'] === 'blocked', 'blocked')
  const paid = await days('ann')
  assert.deepEqual(paid.at(-1)?.slice(0, 5), '04-14')
  const left = await available('ann')
  await topUp('ann', '10.00')
  await until(async () => (await days('ann')).length === paid.length + 1, 'the day is tried again')
  assert.deepEqual((await days('ann')).at(-1), '04-20 -1.34')
  assert.equal((await call('ann', '2026-04-20T08:00:00Z'))['result'], 'charged')
  assert.equal(Number(await available('ann')).toFixed(2), (Number(left) + 10 - 1.34 - 0.01).toFixed(2))
  await topUp('ann', '100.00')
  await clock('2026-05-02T08:00:00Z')
  await runBills(client, '2026-05-01')
  const month = (await days('ann')).filter((day) => day.startsWith('04-'))
  assert.equal(month.length, 14 + 11)
  const fee = month.reduce((sum, day) => sum + Math.round(-100 * Number(day.slice(6))), 0)
  const [total] = (await documentsOf('ann'))[0]?.split('/') ?? []
  assert.equal(Math.round(Number(total) * 100), fee + charged, 'the days that were paid, and calls of a cent')
  assert.deepEqual(await documentsOf('ann'), [`${total}/${total}`], 'the balance has paid for it')
})

test('M13: what a plan owes goes on: the day is taken beyond the limit', async () => {
  await clock('2026-06-01T00:00:00Z')
  await account('cem', 'owing', '2026-06-01T00:00:00Z')
  await topUp('cem', '2.00')
  await clock('2026-06-03T08:00:00Z')
  await until(async () => (await days('cem')).length === 3, 'three days are taken')
  assert.deepEqual([await available('cem'), await owed('cem')], ['0.00', '2.00'])
})

test('M13: money that ends on a day pays for the days before, however far the clock moves', async () => {
  await account('dan', 'daily', '2026-06-03T00:00:00Z')
  await topUp('dan', '20.00', { expiresAt: '2026-06-06T00:00:00Z' })
  await clock('2026-06-20T08:00:00Z')
  await until(async () => (await call('dan', '2026-06-20T08:00:00Z'))['reason'] === 'blocked', 'blocked')
  assert.deepEqual(
    (await days('dan')).map((day) => day.slice(0, 5)),
    ['06-03', '06-04', '06-05'],
  )
})

test('M13: an end as of before gives the days behind it back', async () => {
  await account('eva', 'daily', '2026-06-20T00:00:00Z')
  await topUp('eva', '40.00')
  await clock('2026-06-29T08:00:00Z')
  await until(async () => (await days('eva')).length === 10, 'ten days are taken')
  await client.post('/v1/subscriptions/eva', { endsAt: '2026-06-25T00:00:00Z' }, 'PATCH')
  await clock('2026-07-01T08:00:00Z')
  await runBills(client, '2026-07-01')
  assert.deepEqual(await documentsOf('eva'), ['6.67/6.67'])
  assert.equal(await available('eva'), '33.33')
})

test('M13: 31 days are 1.29 a day, and a whole month comes to 40.00 exactly, on the balance and on the invoice', async () => {
  await account('bob', 'daily', '2026-07-01T00:00:00Z')
  await topUp('bob', '50.00')
  await until(async () => (await days('bob')).length === 1, 'the first day is taken')
  assert.deepEqual((await days('bob'))[0], '07-01 -1.29')
  await clock('2026-07-31T23:00:00Z')
  await until(async () => (await days('bob')).length === 31, 'a month is taken')
  assert.equal(await available('bob'), '10.00')
  await clock('2026-08-01T00:00:00Z')
  await runBills(client, '2026-08-01')
  assert.deepEqual(await documentsOf('bob'), ['40.00/40.00'])
  assert.equal(await available('bob'), '8.71')
})

test('a coupon on a fee that was taken day by day gives its amount back, and no more', async () => {
  await account('fay', 'owing', '2026-08-01T00:00:00Z')
  const coupon = { code: 'HALF', name: 'Half', value: { kind: 'percent', percent: '50' } }
  await client.post('/v1/coupons', coupon)
  await client.post('/v1/coupon-redemptions', { key: 'fay', code: 'HALF', account: 'fay' })
  await clock('2026-09-01T00:00:00Z')
  await runBills(client, '2026-09-01')
  assert.deepEqual(await documentsOf('fay'), ['20.00/0.00'])
  // 20.00 of August, and the first of September at 1.33.
  await until(async () => (await owed('fay')) === '21.33', `owed is ${await owed('fay')}`)
})

test('what changes as of before makes days dearer or cheaper that were taken already: the document takes the difference', async () => {
  for (const key of ['gus', 'hal', 'ivy', 'jon']) await account(key, 'owing', '2026-09-01T00:00:00Z')
  const change = async (key: string, body: Json): Promise<Json> =>
    client.post<Json>(`/v1/subscriptions/${key}/changes`, body)
  const { id } = await change('ivy', { kind: 'pause', at: '2026-09-03T00:00:00Z' })
  await change('ivy', { kind: 'resume', at: '2026-09-06T00:00:00Z' })
  await change('jon', { kind: 'quantity', quantity: 3 })
  await clock('2026-09-15T08:00:00Z')
  for (const [key, count] of [
    ['gus', 15],
    ['hal', 15],
    ['ivy', 12],
    ['jon', 15],
  ] as const)
    await until(async () => (await days(key)).length === count, `${count} days of ${key} are taken`)
  await change('gus', { kind: 'quantity', quantity: 2, at: '2026-09-01T00:00:00Z' })
  await change('hal', { kind: 'plan', plan: 'owing-more', at: '2026-09-06T00:00:00Z' })
  await client.post(`/v1/subscriptions/ivy/changes/${String(id)}`, undefined, 'DELETE')
  await change('jon', { kind: 'quantity', quantity: 1, at: '2026-09-01T00:00:00Z' })
  await clock('2026-10-01T00:00:00Z')
  await runBills(client, '2026-10-01')
  for (const [key, total, firstOfOctober] of [
    ['gus', 80, 2.58],
    ['hal', 6.67 + 66.67, 2.58],
    ['ivy', 40, 1.29],
    ['jon', 40, 1.29],
  ] as const) {
    assert.deepEqual(await documentsOf(key), [`${total.toFixed(2)}/0.00`], key)
    await until(async () => (await owed(key)) === (total + firstOfOctober).toFixed(2), `owed of ${key}`)
  }
})

test('M13: every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})

test('a day that somebody moves, makes dearer or takes away behind Kvit’s back is found and named', async () => {
  const database = new pg.Client({ connectionString: config.databaseUrl, options: `-c search_path=t_${TENANT}` })
  await database.connect()
  const day = `price_code = 'fee' and day = '2026-09-02' and account_id = (select id from account where key = 'gus')`
  const invariant = 'every day of a fee that was paid is in the entries of its balance'
  try {
    for (const [change, named] of [
      [`update daily_fee set day = '2026-10-30' where ${day}`, /fee:.*:2026-09-02; fee:.*:2026-10-30/],
      [`update daily_fee set amount_minor = amount_minor + 1 where ${day}`, /^fee:.*:2026-09-02$/],
      [`delete from daily_fee where ${day}`, /^fee:.*:2026-09-02$/],
    ] as const) {
      const { rows } = await database.query(`select * from daily_fee where ${day}`)
      assert.equal((await database.query(change)).rowCount, 1)
      const found = (await client.get<{ results: Json[] }>('/v1/check')).results
      assert.match(String(found.find((one) => one['invariant'] === invariant)?.['detail']), named)
      await database.query(`delete from daily_fee where day = '2026-10-30' or (${day})`)
      const columns = 'id, subscription_id, price_code, account_id, plan_version_id, amount_minor, is_paid, taken_at'
      const values = columns.split(', ').map((column) => rows[0][column])
      await database.query(
        `insert into daily_fee (day, ${columns}) values ('2026-09-02', $1, $2, $3, $4, $5, $6, $7, $8)`,
        values,
      )
    }
  } finally {
    await database.end()
  }
  assert.deepEqual(await checkHolds(client), [])
})
