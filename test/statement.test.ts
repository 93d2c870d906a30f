import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const MIXED = `
plans:
  - code: mixed
    name: Mixed
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 2.50, every: { unit: month }, timing: arrears }
      - { kind: allowance, code: bundle, name: 100 MB, unit: MB, amount: 100 }
      - { kind: usage, code: data, name: Data, meter: megabytes, rate: { model: per_unit, unitAmount: 0.0123 } }
      - { kind: usage, code: call, name: Calls, meter: calls, rate: { model: per_unit, unitAmount: 1 } }
`
const world = await startChargingWorld('statement')
const { client } = world.kvit
await client.post('/v1/catalog', { files: [{ name: 'mixed.yaml', text: MIXED }] })

interface Statement {
  readonly opening: string
  readonly closing: string
  readonly entries: readonly { date: string; kind: string; description: string; amount: string; total: string | null }[]
}

const SCALE = 8
/** Exact, as integers of the scale of charges. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(whole + fraction.padEnd(SCALE, '0'))
  return text.startsWith('-') ? -value : value
}

async function statement(account: string, query = ''): Promise<Statement> {
  const found = await client.get<Statement>(`/v1/accounts/${account}/statement${query}`)
  const sum = found.entries.reduce((total, { amount }) => total + scaled(amount), scaled(found.opening))
  assert.equal(sum, scaled(found.closing), 'opening + entries = closing')
  return found
}

const lines = ({ entries }: Statement): string[] =>
  entries.map(({ date, kind, description, amount }) => `${date} ${kind} ${description} ${amount}`)

async function usage(records: readonly Json[]): Promise<void> {
  const body = records.map((record) => JSON.stringify({ source: 'f', id: world.nextKey(), ...record })).join('\n')
  await client.postRaw('/v1/usage', Buffer.from(body), 'application/x-ndjson')
}

test('a mixed account: allowance, prepaid money and credit in one statement that adds up to its balances', async () => {
  const chief = await personWith(world.kvit, 'chief', ['balances:approve'])
  await chief.post(
    '/v1/charging/settings',
    { promise: { limits: { EUR: '5' }, fees: { EUR: '0.50' }, days: 3 }, approvalLimits: { EUR: '10' } },
    'PUT',
  )
  await world.subscriber('mix', { plan: 'mixed', creditLimit: '50' })
  await world.subscriber('friend', { creditLimit: '0' })
  await world.topUp('mix', '10.00', { key: 'first' })
  await client.post('/v1/balance-transfers', { key: 't', from: 'mix', to: 'friend', amount: '1.00' })
  const adjustment = { account: 'mix', direction: 'credit', reason: 'gift', source: 'bonus' }
  await client.post('/v1/adjustments', { ...adjustment, key: 'a', amount: '2.00', expiresAt: '2026-02-12T00:00:00Z' })
  await client.post('/v1/promised-credits', { key: 'p', account: 'mix', amount: '3.00' })
  // 100 MB are free, 60 cost 0.738; one call is given back.
  const data = { service: 'mix', type: 'data' }
  await usage([
    { ...data, time: '2026-02-05T10:00:00Z', data: { mb: 90 } },
    { ...data, time: '2026-02-05T23:59:59Z', data: { mb: 40 } },
    { ...data, time: '2026-02-06T00:00:00Z', data: { mb: 30 } },
  ])
  for (const id of ['c-1', 'c-2', 'c-3']) assert.equal((await world.event('mix', 'call', {}, id)).result, 'charged')
  const call = { service: 'mix', type: 'call', data: {} }
  assert.equal((await world.ask({ op: 'refund', id: 'c-3', ...call })).result, 'refunded')
  await usage(Array.from({ length: 9 }, () => ({ ...call, time: '2026-02-07T10:00:00Z' })))
  const position = async (): Promise<bigint> => scaled(String((await world.balances('mix')).available)) - scaled('50')
  const found = await statement('mix')
  assert.deepEqual(lines(found), [
    '2026-02-05 usage usage: data -0.369',
    '2026-02-06 usage usage: data -0.369',
    '2026-02-07 usage usage: call -9.00',
    '2026-02-10 balance top_up 10.00',
    '2026-02-10 balance transfer_out -1.00',
    '2026-02-10 balance adjust:bonus 2.00',
    '2026-02-10 usage usage: call -2.00',
  ])
  // The promise can be used, too, and is a loan.
  assert.equal(scaled(found.closing), (await position()) - scaled('3'))
  await world.topUp('mix', '4.00', { key: 'second' })
  assert.equal(scaled((await statement('mix')).closing), await position())
  await world.moveClock('statement', '2026-03-01T06:00:00Z', async () => true)
  await runBills(client, '2026-03-01')
  await client.post('/v1/payments', { key: 'pay', account: 'mix', method: 'bank', currency: 'EUR', amount: '2.00' })
  const march = await statement('mix', '?from=2026-03-01&until=2026-04-01')
  // 2.50 for the month, and 0.002 that the line of 0.738 was rounded by.
  assert.deepEqual(lines(march), [
    '2026-03-01 document invoice -2.50',
    '2026-03-01 document invoice -2.502',
    '2026-03-01 payment bank 2.00',
  ])
  assert.deepEqual([march.entries[1]?.total, scaled(march.closing)], ['14.24', await position()])
  const february = await statement('mix', '?until=2026-03-01')
  assert.deepEqual([february.opening, february.closing], ['0.00', march.opening])
  assert.ok(lines(february).includes('2026-02-10 balance promise_fee -0.50'))
})

test('the same as CSV, and days that make no range are refused', async () => {
  const { text } = await world.kvit.request('GET', '/v1/accounts/mix/statement?from=2026-03-01&format=csv')
  const { opening, closing } = await statement('mix', '?from=2026-03-01')
  const rows = text.trim().split('\n')
  assert.equal(rows[0], 'date,kind,reference,description,amount,balance,total,currency')
  assert.equal(rows[1], `2026-03-01,opening,,,,${opening},,EUR`)
  assert.match(rows[3] ?? '', /^2026-03-01,document,INV-000002,invoice,-2.502,.*,14.24,EUR$/)
  assert.equal(rows.at(-1), `,closing,,,,${closing},,EUR`)
  const wrong = await world.kvit.request('GET', '/v1/accounts/mix/statement?from=2026-03-01&until=2026-03-01')
  assert.equal(wrong.json['code'], 'unprocessable')
})

test('an account without balances has documents and payments', async () => {
  await world.subscriber('post')
  await usage([{ service: 'post', type: 'call', time: '2026-02-20T10:00:00Z', data: {} }])
  await runBills(client, '2026-03-01')
  await client.post('/v1/payments', { key: 'pp', account: 'post', method: 'cash', currency: 'EUR', amount: '0.40' })
  const { entries, closing } = await statement('post')
  assert.deepEqual(
    entries.map(({ kind, amount, total }) => [kind, amount, total]),
    [
      ['document', '-1.00', '1.00'],
      ['payment', '0.40', null],
    ],
  )
  assert.equal(closing, '-0.60')
})

test('what members used is in the sponsor’s statement, and not in theirs', async () => {
  await world.subscriber('boss', { creditLimit: '0' })
  await world.topUp('boss', '10.00', { shared: true })
  await world.subscriber('kid', { creditLimit: '0', sponsor: 'boss', sponsorCaps: { '': '1.00' } })
  await world.topUp('kid', '5.00')
  const time = '2026-03-01T06:00:00Z'
  for (let n = 0; n < 3; n++)
    await world.ask({ op: 'event', id: `k-${n}`, service: 'kid', type: 'call', time, data: {} })
  assert.deepEqual(lines(await statement('boss')), [
    '2026-03-01 balance top_up 10.00',
    '2026-03-01 usage usage of kid: call -1.00',
  ])
  assert.equal((await statement('kid')).closing, '3.00')
  assert.deepEqual(await checkHolds(client), [])
})
