/** Records that take back: credits and adjustments, where the meter lets them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { ChargingWorld } from './charging-world.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: floored, name: Floored, eventType: floored, aggregator: sum, property: units, unit: GB, scale: 4, negative: allowed }
  - { code: credited, name: Credited, eventType: credited, aggregator: sum, property: units, unit: GB, scale: 4, negative: allowed }
  - { code: tiered, name: Tiered, eventType: tiered, aggregator: sum, property: units, unit: GB, scale: 4, negative: allowed }
  - { code: plain, name: Plain, eventType: plain, aggregator: sum, property: units, unit: GB, scale: 4 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: usage, code: floored, name: Floored, meter: floored, rate: { model: per_unit, unitAmount: 2 } }
      - { kind: usage, code: credited, name: Credited, meter: credited, belowZero: credited, rate: { model: per_unit, unitAmount: 2 } }
      - { kind: usage, code: tiered, name: Tiered, meter: tiered, rate: { model: graduated, tiers: [ { upTo: 10, unitAmount: 1 }, { upTo: null, unitAmount: 0.5 } ] } }
      - { kind: usage, code: plain, name: Plain, meter: plain, rate: { model: per_unit, unitAmount: 2 } }
`

const kvit = await startKvit('negative', '2026-01-31T12:00:00Z')
const { client } = kvit
await seedOperator(client, PLANS)
const world = new ChargingWorld(kvit)
let serial = 0

async function use(service: string, type: string, ...quantities: number[]): Promise<Json> {
  const time = '2026-01-10T12:00:00Z'
  const records = quantities.map((units) => ({
    id: `n${++serial}`,
    source: 'cloud',
    service,
    type,
    time,
    data: { units },
  }))
  return client.post<Json>('/v1/usage', records)
}

async function linesOf(account: string): Promise<string[]> {
  const found: string[] = []
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, quantity, amount } of document.lines)
      found.push(`${description}: ${quantity} = ${amount}`)
  }
  return found.sort((one, other) => one.localeCompare(other))
}

test('E13: a meter without it suspends a quantity below zero, as ever', async () => {
  await createSubscriber(client, 'plain')
  const { suspended, firstSuspended } = await use('plain', 'plain', -1)
  assert.equal(suspended, 1)
  assert.equal((firstSuspended as Json[])[0]?.['reason'], 'negative')
})

test('E13: what is taken back lowers the amount, in any order, and on a tier too', async () => {
  await createSubscriber(client, 'lower')
  assert.equal((await use('lower', 'floored', -2.5, 10))['charged'], 2)
  assert.equal((await use('lower', 'tiered', 14, -6))['charged'], 2)
})

test('E13: a period below zero costs nothing, unless the price says that it is credited', async () => {
  await createSubscriber(client, 'below')
  assert.equal((await use('below', 'floored', 1, -2.6137))['charged'], 2)
  assert.equal((await use('below', 'tiered', -3))['charged'], 1)
  assert.equal((await use('below', 'credited', 1, -3.6137))['charged'], 2)
  assert.equal((await use('below', 'plain', 10))['charged'], 1)
  // The debt of units stays: what comes later fills it up first.
  await createSubscriber(client, 'later')
  await use('later', 'floored', -2)
  assert.equal((await use('later', 'floored', 5))['charged'], 1)
})

async function moneyOf(account: string): Promise<unknown> {
  return (await world.balances(account)).available
}

test('E13: a prepaid balance gets back what a record takes back, and no more than was paid', async () => {
  await world.subscriber('paid', { plan: 'basic', creditLimit: '0' })
  await world.topUp('paid', '50')
  await use('paid', 'floored', 10)
  assert.equal(await moneyOf('paid'), '30.00')
  await use('paid', 'floored', -4)
  assert.equal(await moneyOf('paid'), '38.00')
  await use('paid', 'floored', -100)
  assert.equal(await moneyOf('paid'), '50.00')
})

test('E13: online nothing is taken back', async () => {
  await assert.rejects(world.event('paid', 'credited', { units: -1 }), /data\.units: -1/)
})

test('E13: a record that takes back is retracted like any other', async () => {
  await createSubscriber(client, 'wrong')
  await use('wrong', 'credited', 5, -3)
  const correction = {
    key: 'no-credit',
    source: 'cloud',
    id: `n${serial}`,
    action: 'retract',
    reason: 'sent by mistake',
  }
  assert.equal((await client.post<Json>('/v1/usage-corrections', correction))['difference'], '6.00000000')
})

const MISTAKES: readonly (readonly [string, string, RegExp])[] = [
  [
    'aggregator: max, property: u',
    'rate: { model: per_unit, unitAmount: 1 }',
    /only aggregator \\?"sum\\?" has negative/,
  ],
  [
    'aggregator: sum, property: u',
    'belowZero: credited, rate: { model: package, amount: 1, size: 2 }',
    /has no price for units below zero/,
  ],
  [
    'aggregator: sum, property: u',
    'rate: { model: per_unit, unitAmount: 1, connectionFee: 1 }',
    /has records that take back \(negative\): leave connectionFee out/,
  ],
  ['aggregator: sum, property: u', 'rate: { model: percentage, percent: 3 }', /needs single records/],
]

for (const [meter, price, said] of MISTAKES) {
  test(`E13: a plan with ${meter} and ${price} says what is wrong`, async () => {
    const text = `
meters: [ { code: m, name: M, eventType: m, ${meter}, unit: u, scale: 0, negative: allowed } ]
plans: [ { code: p, name: P, currency: EUR, prices: [ { kind: usage, code: u, name: U, meter: m, ${price} } ] } ]
`
    const { status, text: answer } = await kvit.request('POST', '/v1/catalog', {
      body: { files: [{ name: 'p.yaml', text }] },
    })
    assert.equal(status, 422, answer)
    assert.match(answer, said)
  })
}

test('E13: the invoices have it, and nothing contradicts anything', async () => {
  await client.post('/v1/tenants/negative', { clock: '2026-02-01T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
  assert.deepEqual(await linesOf('lower'), ['Floored: 7.5 = 15.00', 'Tiered: 8 = 8.00'])
  assert.deepEqual(
    (await linesOf('below')).filter((line) => !line.endsWith('= 0.00')),
    ['Credited: -2.6137 = -5.23', 'Plain: 10 = 20.00'],
  )
  assert.deepEqual(await linesOf('later'), ['Floored: 3 = 6.00'])
  assert.deepEqual(await checkHolds(client), [])
})
