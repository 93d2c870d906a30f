import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'

/** Faults that only showed through a plan file, online or late reports: each by the door that an operator uses. */
const world = await startChargingWorld('doors')
const { client } = world.kvit
const PLANS = (code: string, price: string): string => `
plans:
  - code: ${code}
    name: ${code}
    currency: EUR
    prices: [ { kind: usage, code: use, name: Use, ${price} } ]
`
const publish = async (code: string, price: string): Promise<unknown> =>
  client.post('/v1/catalog', { files: [{ name: 'plan.yaml', text: PLANS(code, price) }] })

/** What so many seconds or megabytes cost in a period of their own, rate by rate. */
async function pricesOf(code: string, type: string, data: Json): Promise<string[]> {
  const records = [{ type, time: '2026-01-05T00:00:00Z', data }]
  const { items } = await client.post<{ items: { exactAmount: string }[] }>(`/v1/plans/${code}/simulate`, { records })
  return items.map(({ exactAmount }) => exactAmount)
}

test('E2: blocks in volume tiers: KB-4', async () => {
  const tiers =
    '[ { upTo: 1000, size: 100, unitAmount: 1 }, { upTo: 101000, size: 1000, unitAmount: 1 }, { upTo: null, size: 1000, unitAmount: 0.5 } ]'
  await publish('blocks', `meter: megabytes, rate: { model: volume, tiers: ${tiers} }`)
  const costs: unknown[] = []
  for (const mb of ['1000', '101000', '102000', '300000'])
    costs.push(...(await pricesOf('blocks', 'data', { mb })).map(Number))
  assert.deepEqual(costs, [10, 101, 51, 150])
})

test('E3: the first tier is due without usage on every tiered model that says so', async () => {
  const rates = {
    graduated: 'tiers: [ { upTo: 10, flatAmount: 200 }, { upTo: null, unitAmount: 1 } ]',
    volume: 'tiers: [ { upTo: 10, flatAmount: 200 }, { upTo: null, unitAmount: 1 } ]',
    stairstep: 'tiers: [ { upTo: 10, amount: 200 }, { upTo: null, amount: 300 } ]',
    package: 'amount: 200, size: 10',
  }
  for (const [model, terms] of Object.entries(rates)) {
    await publish(model, `meter: megabytes, rate: { model: ${model}, flatOnZero: true, ${terms} }`)
    await world.subscriber(`zero-${model}`, { plan: model })
  }
  for (const model of Object.keys(rates)) {
    const { documents } = await client.get<{ documents: { lines: Json[] }[] }>(
      `/v1/accounts/zero-${model}/next-invoice?at=2026-02-10`,
    )
    const amounts = documents.flatMap(({ lines }) => lines.map(({ amount }) => amount))
    assert.ok(amounts.length > 0 && amounts.every((amount) => amount === '200.00'), `${model}: ${amounts.join()}`)
  }
})

test('E4: a rate that steps within a call: 85 s at 0.2 a minute by the second, then 0.1', async () => {
  await publish(
    'steps',
    'meter: seconds, per: 60, rate: { model: per_unit, unitAmount: 0.2, steps: [{ after: 60, unitAmount: 0.1 }] }',
  )
  assert.deepEqual(
    (await pricesOf('steps', 'voice', { seconds: '85' })).toSorted((a, b) => (a < b ? -1 : 1)),
    ['0.2', '1/24'],
  )
})

test('M15, T10: a maximum cost with `disconnect` bounds what is granted, and usage that happened is charged in full', async () => {
  for (const afterwards of ['disconnect', 'free'])
    await publish(
      afterwards,
      `meter: seconds, rate: { model: per_unit, unitAmount: 0.01, maximumCost: { amount: 0.62, afterwards: ${afterwards} } }`,
    )
  for (const plan of ['disconnect', 'free']) {
    await world.subscriber(plan, { plan, creditLimit: '0' })
    await world.topUp(plan, '10.00')
    const record = { id: plan, source: 's', service: plan, type: 'voice', time: '2026-02-10T11:00:00Z' }
    await client.post('/v1/usage', [{ ...record, data: { seconds: '70' } }])
  }
  assert.equal((await world.balances('disconnect')).available, '9.30')
  assert.equal((await world.balances('free')).available, '9.38')
  const session = { session: 'max', service: 'disconnect', requested: [{ type: 'voice', data: { seconds: '100' } }] }
  const first = await world.ask({ op: 'start', sequence: 0, ...session })
  assert.equal(first.groups?.[0]?.granted['seconds'], '62')
  const used = [{ type: 'voice', data: { seconds: '62' } }]
  const more = await world.ask({ op: 'update', sequence: 1, ...session, used })
  assert.deepEqual([more.groups?.[0]?.result, more.groups?.[0]?.reason], ['refused', 'maximum_cost_reached'])
})

test('T8: a session of a meter that counts needs no quantity', async () => {
  await world.subscriber('counted', { creditLimit: '0' })
  await world.topUp('counted', '10.00')
  const asked = { op: 'start', session: 'count', sequence: 0, service: 'counted' }
  const answer = await world.ask({ ...asked, requested: [{ type: 'call', data: {} }] })
  assert.equal(answer.groups?.[0]?.result, 'granted', JSON.stringify(answer))
  const missing = await world.ask({ ...asked, session: 'sum', requested: [{ type: 'voice', data: {} }] })
  assert.match(JSON.stringify(missing), /missing_field.*requested\.data\.seconds/)
})
