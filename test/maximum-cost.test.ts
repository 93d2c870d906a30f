import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { ChargingWorld } from './charging-world.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

/** Seven units cost 15.12, and the eighth what is left of 17.00; with a fee of 0.50 seven cost 15.62. */
const PLANS = `
meters:
  - { code: units, name: Units, eventType: use, aggregator: sum, property: units, unit: unit, scale: 0 }
  - { code: rings, name: Rings, eventType: ring, aggregator: sum, property: seconds, unit: s, scale: 0 }
  - { code: parts, name: Parts, eventType: part, aggregator: sum, property: parts, unit: part, scale: 2 }
plans:
  - code: capped
    name: Capped
    currency: EUR
    prices:
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 2.160, maximumCost: { amount: 17, afterwards: free } } }
      - { kind: usage, code: part, name: Parts, meter: parts, rate: { model: per_unit, unitAmount: 2.864, connectionFee: 0.5, maximumCost: { amount: 38, afterwards: free } } }
  - code: ringing
    name: Ringing
    currency: EUR
    prices:
      - kind: usage
        code: ring
        name: Rings
        meter: rings
        convert: { divideBy: 60, round: up, scale: 0 }
        rate: { model: per_unit, unitAmount: 0.10, connectionFee: 0.30, maximumCost: { amount: 0.30, afterwards: free } }
  - code: twin
    name: Twin
    currency: EUR
    prices:
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 2.160, maximumCost: { amount: 17, afterwards: free } } }
  - code: other
    name: The same under another name
    currency: EUR
    prices:
      - { kind: usage, code: use, name: Use, meter: units, rate: { model: per_unit, unitAmount: 2.160, connectionFee: 0.5, maximumCost: { amount: 17, afterwards: free } } }
`
const kvit = await startKvit('maximum', '2026-03-01T12:00:00Z', 400, 0)
const { client, request } = kvit
await seedOperator(client, PLANS)
const world = new ChargingWorld(kvit)

const use = (service: string, id: string, units: number | string, day = 10, type = 'use'): Json => {
  const data = { [type === 'use' ? 'units' : 'parts']: String(units) }
  return { id, source: 'gw', service, type, time: `2026-02-${day}T10:00:00Z`, data }
}

async function costOf(id: string): Promise<number> {
  const { charges } = await client.get<{ charges: Json[] }>(`/v1/usage-records/explain?source=gw&id=${id}`)
  return charges.reduce((sum, { amount }) => sum + Number(amount), 0)
}

async function billed(account: string): Promise<unknown[][]> {
  await runBills(client, '2026-03-01')
  const found: unknown[][] = []
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { account: string; lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, quantity, amount } of document.account === account ? document.lines : [])
      found.push([description, quantity, amount])
  }
  return found
}

test('a record costs its maximum cost exactly, also where that is no multiple of the unit price', async () => {
  await world.subscriber('post', { plan: 'capped' })
  const records = [use('post', 'a', 26), use('post', 'b', 11), use('post', 'c', 7), use('post', 'd', 210, 10, 'part')]
  await client.post('/v1/usage', records)
  assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map(costOf)), [17, 17, 15.12, 38])
  assert.deepEqual(await checkHolds(client), [])
})

test('a call whose fee is its maximum cost costs the fee, on the bill, too', async () => {
  await world.subscriber('ringer', { plan: 'ringing' })
  const ring = (id: string, seconds: string): Json => ({ ...use('ringer', id, 0), type: 'ring', data: { seconds } })
  await client.post('/v1/usage', [ring('r1', '40'), ring('r2', '0'), ring('r3', '600'), ring('r4', '1')])
  await client.post('/v1/usage-corrections', { key: 'k0', source: 'gw', id: 'r4', reason: 'a test', action: 'retract' })
  assert.deepEqual(await Promise.all(['r1', 'r2', 'r3'].map(costOf)), [0.3, 0, 0.3])
  assert.deepEqual(
    (await billed('ringer')).map(([, , amount]) => amount),
    ['0.60'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a correction takes such a record back exactly, and a smaller one is charged in its place', async () => {
  const correct = async (key: string, id: string, change: Json): Promise<unknown> => {
    const body = { key, source: 'gw', id, reason: 'a test', ...change }
    return (await request('POST', '/v1/usage-corrections', { body })).json['difference']
  }
  const amended = { action: 'amend', record: { data: { units: 2 } } }
  assert.equal(await correct('k1', 'b', amended), '-12.68000000')
  assert.equal(await correct('k2', 'c', { action: 'retract' }), '-15.12000000')
  assert.equal(await correct('k3', 'd', { action: 'retract' }), '-38.00000000')
  assert.equal(await correct('k4', 'b', { action: 'amend', record: { data: { units: 8 } } }), '12.68000000')
  assert.deepEqual(await checkHolds(client), [])
})

async function reRate(key: string, to: string): Promise<unknown[]> {
  const draft = { key, reason: 'a test', from: '2026-02-01', until: '2026-03-01' }
  const plans = [{ from: { code: 'capped', version: 1 }, to: { code: to, version: 1 } }]
  const { id } = await client.post<Json>('/v1/re-ratings', { ...draft, plans })
  const until = async (status: string): Promise<Json> => {
    for (;;) {
      const found = await client.get<Json>(`/v1/re-ratings/${id}`)
      assert.notEqual(found['status'], 'failed', String(found['error']))
      if (found['status'] === status) return found
      await setTimeout(50)
    }
  }
  const { totals } = await until('draft')
  const [total] = totals as Json[]
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await until('complete')
  return [total?.['before'], total?.['after']]
}

test('a re-rating moves a record at its maximum cost to a price with a fee, which is inside', async () => {
  assert.deepEqual(await reRate('r1', 'other'), ['34.00000000', '34.00000000'])
  assert.deepEqual(await Promise.all(['a', 'b'].map(costOf)), [17, 17])
  assert.deepEqual(await checkHolds(client), [])
})

test('after a change of plan within a month records cost the same, and the bill says so', async () => {
  await world.subscriber('moved', { plan: 'capped' })
  await client.post('/v1/usage', [use('moved', 'm1', 26, 10)])
  const change = { kind: 'plan', at: '2026-02-15T00:00:00Z', plan: 'other' }
  await client.post('/v1/subscriptions/moved/changes', change)
  await client.post('/v1/usage', [use('moved', 'm2', 26, 20), use('moved', 'm3', 7, 21), use('moved', 'm4', 9, 11)])
  assert.deepEqual(await Promise.all(['m1', 'm2', 'm3', 'm4'].map(costOf)), [17, 17, 15.62, 17])
  assert.deepEqual(await billed('moved'), [
    ['Use', '16', '34.00'],
    ['Use', '15', '32.62'],
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('a session in any pieces costs its maximum cost, no more money is needed for it, and a refund gives it back', async () => {
  await world.subscriber('pre', { plan: 'capped', creditLimit: '0' })
  await world.topUp('pre', '17.00')
  const left = async (): Promise<number> => Number((await world.balances('pre')).available)
  const base = { service: 'pre', session: 's1' }
  const requested = [{ type: 'use', data: { units: '26' } }]
  const used = (units: number): Json[] => [{ type: 'use', data: { units: String(units) } }]
  const at = (minute: number): string => `2026-02-10T12:0${minute}:00Z`
  const start = await world.ask({ op: 'start', ...base, sequence: 0, time: at(0), requested })
  assert.deepEqual(start.groups?.[0]?.granted, { units: '26' }, 'all of it costs no more than 17.00')
  assert.equal(await left(), 0)
  await world.ask({ op: 'update', ...base, sequence: 1, time: at(1), used: used(7), requested })
  assert.equal((await world.balances('pre')).credit.owed, '0.00')
  await world.ask({ op: 'update', ...base, sequence: 2, time: at(2), used: used(5), requested })
  await world.ask({ op: 'end', ...base, sequence: 3, time: at(3), used: used(30) })
  assert.equal(await left(), 0)
  await world.topUp('pre', '20.00')
  const event = use('pre', 'e1', 26)
  assert.equal((await world.ask({ op: 'event', ...event })).amount, '17.00000000')
  assert.equal(await left(), 3)
  assert.equal((await world.ask({ op: 'refund', ...event, refundId: 'e1-back' })).amount, '17.00000000')
  assert.equal(await left(), 20)
  assert.deepEqual(await checkHolds(client), [])
})

test('a re-rating to an equal price changes nothing, also of what was reported in parts', async () => {
  assert.deepEqual(await reRate('r2', 'twin'), ['51.00000000', '51.00000000'])
  assert.equal((await world.balances('pre')).available, '20.00')
  assert.deepEqual(await checkHolds(client), [])
})
