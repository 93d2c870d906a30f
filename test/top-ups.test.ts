import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const world = await startChargingWorld('top-ups')

const topUp = async (key: string, account: string, amount: string): Promise<{ status: number; json: Json }> =>
  world.kvit.request('POST', '/v1/top-ups', {
    body: { key, account, amount, currency: 'EUR', method: 'cash', reference: null },
  })

async function availableTo(account: string): Promise<string | null> {
  return (await world.balances(account)).available
}

async function segments(): Promise<number> {
  return Number((await world.kvit.client.get('/v1/journal/head'))['seq'])
}

test('R7: top-ups that come together share commits; each key has one effect, and one is the first of its account', async () => {
  const { client } = world.kvit
  const rule = { currency: 'EUR', kind: 'fixed', value: '1', firstOnly: true, fromAmount: null, validFrom: null }
  const more = { validUntil: null, validDays: null, priority: 40 }
  await client.post('/v1/bonus-rules/welcome', { ...rule, ...more }, 'PUT')
  const accounts = Array.from({ length: 20 }, (_, at) => `many-${at}`)
  for (const key of accounts) await world.subscriber(key, { creditLimit: '0' })
  const from = await segments()
  const asked = Array.from({ length: 300 }, (_, at) => topUp(`k-${at}`, accounts[at % 20] as string, '2'))
  // Fifty of them once more, at once.
  const again = Array.from({ length: 50 }, (_, at) => topUp(`k-${at}`, accounts[at % 20] as string, '2'))
  const answers = await Promise.all([...asked, ...again])
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201])
  const ids = answers.map(({ json }) => json['id'])
  assert.equal(new Set(ids).size, 300)
  assert.deepEqual(ids.slice(300), ids.slice(0, 50))
  assert.ok((await segments()) - from < 150, 'hundreds of them are far fewer segments')
  for (const account of accounts) assert.equal(await availableTo(account), '31.00', account)
  const firsts = answers.slice(0, 300).filter(({ json }) => (json['bonuses'] as Json[]).length > 0)
  assert.equal(firsts.length, 20)
  assert.equal((await world.kvit.request('DELETE', '/v1/bonus-rules/welcome')).status, 200)
  assert.deepEqual(await checkHolds(client), [])
})

test('amounts of money are answered with the digits of their currency, however they were written', async () => {
  const { client } = world.kvit
  for (const key of ['written', 'other']) await world.subscriber(key, { creditLimit: '0' })
  assert.equal((await topUp('w-1', 'written', '20')).json['amount'], '20.00')
  const transfer = { key: 'w-2', from: 'written', to: 'other', amount: '5.5' }
  assert.equal((await client.post<Json>('/v1/balance-transfers', transfer))['amount'], '5.50')
  const payment = { key: 'w-4', account: 'other', method: 'bank', currency: 'EUR', amount: '3' }
  assert.equal((await client.post<Json>('/v1/payments', payment))['amount'], '3.00')
})

test('R7: one that is refused does not touch the others that came with it', async () => {
  await world.subscriber('good', { creditLimit: '0' })
  const other = { ...{ account: 'good', amount: '3', currency: 'USD', method: 'cash' }, key: 'usd', reference: null }
  const answers = await Promise.all([
    topUp('good-1', 'good', '5'),
    topUp('nobody-1', 'nobody', '5'),
    topUp('good-2', 'good', '0'),
    topUp('good-1', 'good', '6'),
    world.kvit.request('POST', '/v1/top-ups', { body: other }),
    topUp('good-3', 'good', '7'),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 404, 422, 409, 422, 201],
  )
  assert.ok(['12.00', '13.00'].includes((await availableTo('good')) ?? ''))
  assert.deepEqual(await checkHolds(world.kvit.client), [])
})

test('R6: an account has a bound of lots that are not used up, and the next top-up says so', async () => {
  await world.subscriber('saver', { creditLimit: '0' })
  for (let from = 0; from < 1_000; from += 250) {
    const answers = await Promise.all(Array.from({ length: 250 }, (_, at) => topUp(`s-${from + at}`, 'saver', '0.01')))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201])
  }
  const refused = await topUp('s-more', 'saver', '0.01')
  assert.deepEqual(
    [refused.status, refused.json['detail']],
    [422, 'the account has 1000 lots that are not used up: use some of them first'],
  )
  // A call of 1.00 uses up a hundred of them.
  assert.equal((await world.event('saver', 'call', {})).result, 'charged')
  assert.equal((await topUp('s-more', 'saver', '0.01')).status, 201)
  assert.deepEqual(await checkHolds(world.kvit.client), [])
})

test('a process that lost the journal while it looked which keys are new, and has it again, looks again', async () => {
  const { client, config, request } = world.kvit
  const rule = { currency: 'EUR', kind: 'fixed', value: '1', firstOnly: true, fromAmount: null, validFrom: null }
  await client.post('/v1/bonus-rules/again', { ...rule, validUntil: null, validDays: null, priority: 40 }, 'PUT')
  await world.subscriber('taken-over', { creditLimit: '0' })
  const db = new pg.Client({ connectionString: config.databaseUrl })
  await db.connect()
  const waiting = `select 1 from pg_locks where not granted and relation = 't_top_ups.top_up'::regclass`
  await db.query('begin')
  await db.query('lock table t_top_ups.top_up in access exclusive mode')
  const asked = topUp('taken-over-1', 'taken-over', '5')
  while ((await db.query(waiting)).rowCount === 0) await setTimeout(20)
  // Another process takes the journal and gives it back: this one begins anew, and charges again.
  const other = new pg.Client({ connectionString: config.databaseUrl })
  await other.connect()
  await other.query('update t_top_ups.partition set epoch = epoch + 1')
  await other.end()
  const usage = { id: 'nobody-1', source: 's', service: 'nobody', type: 'call', time: '2026-02-10T12:00:00Z', data: {} }
  while ((await request('POST', '/v1/usage', { body: [usage] })).status >= 500) await setTimeout(100)
  await db.query('commit')
  await db.end()
  const { status, json } = await asked
  assert.deepEqual([status, json['code']], [503, 'engine_unavailable'])
  assert.equal((await topUp('taken-over-1', 'taken-over', '5')).status, 201)
  assert.equal(await availableTo('taken-over'), '6.00')
  assert.equal((await request('DELETE', '/v1/bonus-rules/again')).status, 200)
  assert.deepEqual(await checkHolds(client), [])
})
