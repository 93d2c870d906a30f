import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const FEE = 'kind: recurring, code: fee, name: Fee, every: { unit: month }'
const CAP = 'kind: cap, code: cap, name: Cap, every: { unit: month }'
const PLANS = `
meters:
  - { code: used, name: Used, eventType: use, aggregator: sum, property: amount, unit: unit, scale: 0 }
plans:
  - { code: rests, name: Rests, currency: EUR, prices: [ { ${FEE}, amount: 34, timing: advance, whilePaused: charged }, { ${CAP}, amount: 11 } ] }
  - { code: free, name: Free, currency: EUR, prices: [ { ${FEE}, amount: 34, timing: advance }, { ${CAP}, amount: 11 }, { kind: commitment, code: min, name: Minimum, amount: 31, every: { unit: month } } ] }
  - code: beside
    name: Beside
    currency: EUR
    prices:
      - { ${FEE}, amount: 34, timing: advance, whilePaused: charged }
      - { kind: recurring, code: seat, name: Seat, amount: 62, every: { unit: month }, timing: arrears }
      - { ${CAP}, amount: 31, counts: [seat] }
  - code: used
    name: Used
    currency: EUR
    prices:
      - { kind: usage, code: use, name: Use, meter: used, rate: { model: per_unit, unitAmount: 0.01 } }
      - { ${CAP}, amount: 50 }
  - code: last
    name: Last
    currency: EUR
    prices:
      - { ${FEE}, amount: 39, timing: arrears, proration: none }
      - { kind: usage, code: use, name: Use, meter: used, rate: { model: per_unit, unitAmount: 0.01 } }
      - { ${CAP}, amount: 24 }
`
const kvit = await startKvit('caps', '2026-02-06T12:00:00Z', 400, 0)
const { client } = kvit
await seedOperator(client, PLANS)

async function subscribe(plan: string): Promise<void> {
  await createSubscriber(client, plan, { plan, startsAt: '2025-12-01T00:00:00Z', cycleAnchor: '2025-12-01' })
}

const change = (key: string, body: Json): Promise<Json> => client.post(`/v1/subscriptions/${key}/changes`, body)

/** Every line by the first day of what it is for. */
async function billed(account: string): Promise<unknown[][]> {
  await runBills(client, '2026-02-01')
  const found: unknown[][] = []
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { account: string; lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, from, amount } of document.account === account ? document.lines : [])
      found.push([String(from).slice(0, 7), String(description).replace(/ \(.*/, ''), amount])
  }
  return found.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
}

test('days of a pause count for a cap where a fee that it counts is charged while paused', async () => {
  await subscribe('rests')
  await change('rests', { kind: 'pause', at: '2025-12-20T00:00:00Z' })
  assert.deepEqual(await billed('rests'), [
    ['2025-12', 'Cap', '-23.00'],
    ['2025-12', 'Fee', '34.00'],
    ['2026-01', 'Cap', '-23.00'],
    ['2026-01', 'Fee', '34.00'],
    ['2026-02', 'Cap', '-23.00'],
    ['2026-02', 'Fee', '34.00'],
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('where nothing is charged while paused, bounds have their share of the days, and none in a period of rest', async () => {
  await subscribe('free')
  await change('free', { kind: 'pause', at: '2025-12-20T00:00:00Z' })
  // 19 of 31 days: 20.84 under a cap of 6.74, and a minimum of 19.00.
  assert.deepEqual(await billed('free'), [
    ['2025-12', 'Cap', '-14.10'],
    ['2025-12', 'Fee', '20.84'],
    ['2025-12', 'Minimum', '12.26'],
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('a fee charged while paused that a cap does not count makes none of its days', async () => {
  await subscribe('beside')
  await change('beside', { kind: 'pause', at: '2025-12-20T00:00:00Z' })
  const lines = await billed('beside')
  assert.deepEqual(
    lines.filter(([month]) => month === '2025-12'),
    [
      ['2025-12', 'Cap', '-19.00'],
      ['2025-12', 'Fee', '34.00'],
      ['2025-12', 'Seat', '38.00'],
    ],
  )
})

test('a fee in arrears without proration falls due for a cap when its period has ended, as it is billed', async () => {
  await subscribe('last')
  await change('last', { kind: 'quantity', quantity: 2, at: '2026-01-27T00:00:00Z' })
  const record = { id: 'u1', source: 'gw', service: 'last', type: 'use', time: '2026-01-10T10:00:00Z' }
  await client.post('/v1/usage', [{ ...record, data: { amount: '371' } }])
  const lines = await billed('last')
  // 42.71 − 24.00 = 18.71, of which 3.71 / 42.71 are 1.63.
  assert.deepEqual(
    lines.filter(([month]) => month === '2026-01'),
    [
      ['2026-01', 'Cap', '-1.63'],
      ['2026-01', 'Cap', '-17.08'],
      ['2026-01', 'Fee', '39.00'],
      ['2026-01', 'Use', '3.71'],
    ],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('what was used before a pause that is dated back to it is charged under the cap all the same', async () => {
  await subscribe('used')
  const record = { id: 'u2', source: 'gw', service: 'used', type: 'use', time: '2026-01-10T10:00:00Z' }
  await client.post('/v1/usage', [{ ...record, data: { amount: '10000' } }])
  await change('used', { kind: 'pause', at: '2026-01-01T00:00:00Z' })
  assert.deepEqual(await billed('used'), [
    ['2026-01', 'Cap', '-50.00'],
    ['2026-01', 'Use', '100.00'],
  ])
  assert.deepEqual(await checkHolds(client), [])
})
