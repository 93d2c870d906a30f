import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const PLAN = `
plans:
  - code: graced
    name: Fee in arrears
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 5, every: { unit: month }, timing: arrears }
      - { kind: usage, code: call, name: Calls, meter: calls, rate: { model: per_unit, unitAmount: 1 } }
  - code: ahead
    name: Fee in advance
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 5, every: { unit: month } }
      - { kind: commit, code: month, name: 10 a month, amount: 10, term: { unit: month }, graceHours: 12 }
      - { kind: usage, code: call, name: Calls, meter: calls, rate: { model: per_unit, unitAmount: 1 } }
`
const TENANT = 'grace'
const world = await startChargingWorld(TENANT)
const { client, request } = world.kvit
await client.post('/v1/catalog', { files: [{ name: 'graced.yaml', text: PLAN }] })

async function clock(time: string): Promise<void> {
  await client.post(`/v1/tenants/${TENANT}`, { clock: time, back: true }, 'PATCH')
}

async function use(key: string, time: string, calls: number): Promise<void> {
  const records = Array.from({ length: calls }, () => ({
    id: world.nextKey(),
    service: key,
    type: 'call',
    time,
    data: {},
  }))
  assert.equal((await client.post('/v1/usage', records))['charged'], calls)
}

async function standing(key: string): Promise<string[]> {
  const { balances, credit } = await world.balances(key)
  return [balances.find(({ unit }) => unit === 'EUR')?.remaining ?? '0.00', credit.owed]
}

const UNTIL = '2026-03-01T00:00:00Z'

test('E12: 40.00 until the 1st pay for usage of the day before that arrives six hours later, and for the fee in arrears', async () => {
  await world.subscriber('ann', { plan: 'graced', creditLimit: '0' })
  await world.topUp('ann', '40.00', { expiresAt: UNTIL, graceHours: 12 })
  await world.subscriber('strict', { plan: 'graced', creditLimit: '0' })
  await world.topUp('strict', '40.00', { expiresAt: UNTIL })
  await world.subscriber('next', { plan: 'ahead', creditLimit: '0' })
  await world.topUp('next', '40.00', { expiresAt: UNTIL, graceHours: 12 })
  await runBills(client, '2026-02-01')
  assert.deepEqual(await standing('ann'), ['35.00', '0.00'])
  await clock('2026-03-01T06:00:00Z')
  await use('ann', '2026-02-28T23:00:00Z', 20)
  await use('strict', '2026-02-28T23:00:00Z', 20)
  assert.deepEqual(await standing('ann'), ['15.00', '0.00'])
  assert.deepEqual((await standing('strict'))[1], '20.00')
  // Usage of the time behind it is refused, or owed.
  const event = { op: 'event', source: 'gw', id: 'now', service: 'ann', type: 'call', time: '2026-03-01T06:00:00Z' }
  assert.equal((await world.ask({ ...event, data: {} })).reason, 'insufficient_balance')
  await use('ann', '2026-03-01T05:00:00Z', 1)
  assert.deepEqual(await standing('ann'), ['15.00', '1.00'])
  await runBills(client, '2026-03-01')
  assert.deepEqual(await standing('ann'), ['10.00', '1.00'], 'the fee of February')
})

test('E12: a fee in advance of the time behind it is not paid by it; commits have a grace, too', async () => {
  // February and March were billed in advance: March begins as the money ends, and is owed.
  const [, owed] = await standing('next')
  assert.equal(owed, '15.00', 'the commit of 10.00 and the fee of March')
})

test('E12: when the grace is over, what is left is breakage', async () => {
  await clock('2026-03-01T13:00:00Z')
  for (let tries = 0; tries < 200 && (await standing('ann'))[0] !== '0.00'; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(await standing('ann'), ['0.00', '1.00'])
  await use('ann', '2026-02-28T23:00:00Z', 1)
  assert.deepEqual(await standing('ann'), ['0.00', '2.00'])
  const entries = await client.list<Json>('/v1/accounts/ann/balance-entries')
  assert.ok(entries.some(({ kind, amount }) => kind === 'expire' && Number(amount) === -10))
})

test('E12: a grace is for money that expires', async () => {
  const draft = { key: 'g-1', account: 'ann', amount: '1', currency: 'EUR', method: 'cash', graceHours: 5 }
  assert.match((await request('POST', '/v1/top-ups', { body: draft })).text, /only what expires has a grace/)
  assert.equal((await request('POST', '/v1/top-ups', { body: { ...draft, graceHours: -1 } })).status, 400)
  assert.deepEqual(await checkHolds(client), [])
})
