import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { ChargingWorld } from './charging-world.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

/** By day a second costs 0.02, by night 0.01; whole minutes are billed, and a call costs 0.05 in any case. */
const VOICE = `      - kind: usage
        code: voice
        name: Voice
        meter: seconds
        bands:
          - { name: day, from: "08:00", to: "20:00", rate: { model: per_unit, unitAmount: 0.02, increments: { first: 60, next: 60 }, connectionFee: 0.05 } }
        otherwise: { name: night, rate: { model: per_unit, unitAmount: 0.01, increments: { first: 60, next: 60 }, connectionFee: 0.05 } }`
const PLANS = `
meters:
  - { code: seconds, name: Seconds, eventType: voice, aggregator: sum, property: seconds, unit: s, scale: 0 }
plans:
  - code: mobile
    name: Mobile
    currency: EUR
    prices:
${VOICE}
  - code: bundle
    name: Bundle
    currency: EUR
    prices:
      - { kind: allowance, code: seconds, name: 150 s, unit: s, amount: 150 }
${VOICE}
`
/** 90 s by day are billed as 120, 120 s by night as they are: 2.40 + 1.20 + 0.05. */
const CALL = { time: '2026-02-10T19:58:30Z', type: 'voice', data: { seconds: '210' } }
const COST = '3.65000000'

const kvit = await startKvit('crossing', '2026-02-10T22:00:00Z', 400, 0)
const { client, request } = kvit
await seedOperator(client, PLANS)
const world = new ChargingWorld(kvit)

const chargesOf = async (id: string): Promise<unknown[][]> => {
  const path = `/v1/usage-records/explain?source=gw&id=${id}`
  const { charges } = await client.get<{ charges: Json[] }>(path)
  return charges.map(({ cell, quantity, amount }) => [cell, quantity, amount])
}

test('a call into the night is charged in two parts, with one fee, and each can be explained', async () => {
  await world.subscriber('post')
  await client.post('/v1/usage', [{ id: 'f1', source: 'gw', service: 'post', ...CALL }])
  assert.deepEqual(await chargesOf('f1'), [
    ['day', '120', '2.45'],
    ['night', '120', '1.2'],
  ])
  await client.post('/v1/usage', [{ id: 'f2', source: 'gw', service: 'post', ...CALL, data: { seconds: '60' } }])
  assert.deepEqual(await chargesOf('f2'), [['day', '60', '1.25']])
})

test('a session in any pieces costs what the call costs as a whole', async () => {
  await world.subscriber('pre', { creditLimit: '0' })
  await world.topUp('pre', '100.00')
  const left = async (): Promise<number> => Number((await world.balances('pre')).available)
  const advice = await client.post<Json>('/v1/charging/advice', { id: 'any', source: 'gw', service: 'pre', ...CALL })
  assert.deepEqual([advice['cost'], advice['isCovered']], [COST, true])
  assert.equal((await world.ask({ op: 'event', id: 'e1', service: 'pre', ...CALL })).amount, COST)
  assert.equal(await left(), 96.35)
  const base = { service: 'pre', session: 's1' }
  const requested = [{ type: 'voice', data: { seconds: '600' } }]
  const used = (seconds: string): Json[] => [{ type: 'voice', data: { seconds } }]
  const start = await world.ask({ op: 'start', ...base, sequence: 0, time: CALL.time, requested })
  assert.deepEqual(start.groups?.[0]?.granted, { seconds: '90' }, 'a grant ends where the rate does')
  const next = { op: 'update', ...base, sequence: 1, time: '2026-02-10T20:00:00Z', used: used('90'), requested }
  assert.deepEqual((await world.ask(next)).groups?.[0]?.granted, { seconds: '600' })
  await world.ask({ op: 'end', ...base, sequence: 2, time: '2026-02-10T20:02:00Z', used: used('120') })
  assert.equal(await left(), 92.7)
  const late = { service: 'pre', session: 's2' }
  await world.ask({ op: 'start', ...late, sequence: 0, time: CALL.time, requested })
  const end = { op: 'end', ...late, sequence: 1, time: '2026-02-10T20:02:00Z', used: used('210') }
  assert.equal((await world.ask(end)).amount, COST, 'a report that comes too late is split, too')
  assert.equal(await left(), 89.05)
  const refund = { op: 'refund', id: 'e1', refundId: 'e1-back', service: 'pre', ...CALL }
  assert.equal((await world.ask(refund)).amount, COST)
  assert.equal(await left(), 92.7)
})

test('units of a balance cover what is used first, and come back with a correction', async () => {
  await world.subscriber('unit', { creditLimit: '0', plan: 'bundle' })
  await world.topUp('unit', '10.00')
  const advice = await client.post<Json>('/v1/charging/advice', { id: 'any', source: 'gw', service: 'unit', ...CALL })
  assert.equal(advice['cost'], '0.95000000')
  assert.equal((await world.ask({ op: 'event', id: 'u1', service: 'unit', ...CALL })).amount, '0.95000000')
  assert.deepEqual(await chargesOf('u1'), [
    ['day', '0', '0'],
    ['night', '90', '0.95'],
  ])
  const body = {
    key: 'k1',
    source: 'gw',
    id: 'u1',
    reason: 'a test',
    action: 'amend',
    record: { data: { seconds: 90 } },
  }
  assert.equal((await request('POST', '/v1/usage-corrections', { body })).json['difference'], '-0.95000000')
  const { available, balances } = await world.balances('unit')
  assert.deepEqual([available, balances.find(({ unit }) => unit === 's')?.remaining], ['10.00', '30'])
  const back = { ...body, key: 'k2', action: 'retract', record: undefined }
  assert.equal((await request('POST', '/v1/usage-corrections', { body: back })).status, 200)
  assert.equal((await world.balances('unit')).balances.find(({ unit }) => unit === 's')?.remaining, '150')
})

test('re-rating splits a call as its new prices do', async () => {
  const one = PLANS.replaceAll('unitAmount: 0.02', 'unitAmount: 0.03').replaceAll('to: "20:00"', 'to: "19:59"')
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: one }] })
  const plans = [{ from: { code: 'mobile', version: 1 }, to: { code: 'mobile', version: 2 } }]
  const draft = { key: 'r1', reason: 'a test', plans, from: '2026-02-01', until: '2026-03-01', accounts: ['post'] }
  const { id } = await client.post<{ id: string }>('/v1/re-ratings', draft)
  const until = async (wanted: string): Promise<Json> => {
    for (;;) {
      const found = await client.get<Json>(`/v1/re-ratings/${id}`)
      assert.notEqual(found['status'], 'failed')
      if (found['status'] === wanted) return found
      await setTimeout(20)
    }
  }
  await until('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await until('complete')
  // 30 s by day are billed as 60 at 0.03; 180 s by night as they are.
  assert.deepEqual(await chargesOf('f1'), [
    ['day', '60', '1.85'],
    ['night', '180', '1.8'],
  ])
  assert.deepEqual(await chargesOf('f2'), [
    ['day', '60', '1.85'],
    ['night', '0', '0'],
  ])
})

test('every invariant holds', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
