import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkProofText } from '../src/cli/read-proof.ts'
import { ChargingWorld } from './charging-world.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: home-mb, name: Data at home, eventType: data, aggregator: sum, property: mb, unit: MB, scale: 0, filter: { roaming: [false, no] } }
  - { code: away-mb, name: Data abroad, eventType: data, aggregator: sum, property: mb, unit: MB, scale: 0, filter: { roaming: [true], zone: [eu, us] } }
  - { code: minutes, name: Minutes, eventType: machine, aggregator: sum, property: minutes, unit: min, scale: 2 }
  - { code: tokens, name: Tokens, eventType: tokens, aggregator: sum, property: tokens, unit: token, scale: 0, groupBy: model }
  - { code: level, name: Storage, eventType: level, aggregator: time_weighted, property: gb, unit: GB, scale: 0, timeUnit: period, groupBy: disk }
  - { code: pairs, name: Pairs, eventType: pairs, aggregator: sum, property: tokens, unit: token, scale: 0, groupBy: [model, region] }
  - { code: peak, name: Peak, eventType: level, aggregator: max, property: gb, unit: GB, scale: 0, filter: { watched: [yes] } }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: usage, code: home, name: Data at home, meter: home-mb, rate: { model: per_unit, unitAmount: 0.01 } }
      - { kind: usage, code: away, name: Data abroad, meter: away-mb, rate: { model: per_unit, unitAmount: 0.5 } }
      - kind: usage
        code: machines
        name: Machines
        meter: minutes
        matrix:
          keys: [os, cores]
          rates:
            - { when: { os: linux, cores: 2 }, rate: { model: per_unit, unitAmount: 0.008 } }
            - when: { os: linux, cores: 4 }
              name: large
              bands: [ { name: day, from: "08:00", to: "20:00", rate: { model: per_unit, unitAmount: 0.02 } } ]
              otherwise: { name: night, rate: { model: per_unit, unitAmount: 0.01 } }
            - { when: { os: windows, cores: 2 }, rate: { model: package, amount: 1, size: 10 } }
      - { kind: usage, code: level, name: Storage, meter: level, rate: { model: per_unit, unitAmount: 0.1 } }
      - { kind: usage, code: pairs, name: Pairs, meter: pairs, rate: { model: graduated, tiers: [ { upTo: 1000, unitAmount: 2 }, { upTo: null, unitAmount: 1 } ] } }
      - { kind: usage, code: peak, name: Peak, meter: peak, rate: { model: per_unit, unitAmount: 1 } }
      - kind: usage
        code: tokens
        name: Tokens
        meter: tokens
        per: 1000
        bands: [ { name: peak, from: "08:00", to: "20:00", rate: { model: graduated, tiers: [ { upTo: 1000, unitAmount: 2 }, { upTo: null, unitAmount: 1 } ] } } ]
        otherwise: { name: off, rate: { model: per_unit, unitAmount: 0.5 } }
`

const kvit = await startKvit('attributes', '2026-03-01T06:00:00Z')
const { client } = kvit
await seedOperator(client, PLANS)
const world = new ChargingWorld(kvit)

const NOON = '2026-02-10T12:00:00Z'
const MIDNIGHT = '2026-02-10T00:30:00Z'
let serial = 0

async function send(service: string, type: string, data: Json, time = NOON): Promise<string> {
  const report = await client.post<{ charged: number; suspended: number }>('/v1/usage', [
    { id: `u${++serial}`, service, type, time, data },
  ])
  if (report.charged === 1) return 'charged'
  const { items } = await client.get<{ items: { reason: string; detail: string }[] }>('/v1/suspense?limit=500')
  return `${items.at(-1)?.reason}: ${items.at(-1)?.detail}`
}

/** Description, quantity and amount of each usage line. */
async function lines(account: string): Promise<string[]> {
  const [invoice] = await client.list<{ id: string }>(`/v1/invoices?account=${account}`)
  const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${invoice?.id}`)
  return document.lines.map(({ description, quantity, amount }) => `${description}: ${quantity} = ${amount}`).sort()
}

/** Of all documents. */
async function linesOfAll(account: string): Promise<string[]> {
  const found: string[] = []
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, quantity, amount } of document.lines)
      found.push(`${description}: ${quantity} = ${amount}`)
  }
  return found.sort()
}

test('filters: each meter reads what matches; a record that none reads is not charged', async () => {
  await createSubscriber(client, 'filtered')
  assert.equal(await send('filtered', 'data', { mb: 100, roaming: false }), 'charged')
  assert.equal(await send('filtered', 'data', { mb: 7, roaming: 'no', zone: 'us' }), 'charged')
  assert.equal(await send('filtered', 'data', { mb: 10, roaming: true, zone: 'eu' }), 'charged')
  const unread = 'no_price: no meter of the plan reads a record with these attributes'
  assert.equal(await send('filtered', 'data', { mb: 10, roaming: true, zone: 'mars' }), unread)
  assert.equal(await send('filtered', 'data', { mb: 10 }), unread)
})

test('matrix: the rate follows the values, inside bands too; what is not listed has no price', async () => {
  await createSubscriber(client, 'machines')
  assert.equal(await send('machines', 'machine', { minutes: '90.5', os: 'linux', cores: 2 }), 'charged')
  assert.equal(await send('machines', 'machine', { minutes: '10', os: 'linux', cores: '4' }), 'charged')
  assert.equal(await send('machines', 'machine', { minutes: '10', os: 'linux', cores: 4 }, MIDNIGHT), 'charged')
  assert.equal(await send('machines', 'machine', { minutes: '11', os: 'windows', cores: 2 }), 'charged')
  assert.equal(
    await send('machines', 'machine', { minutes: '11', os: 'plan9', cores: 2 }),
    'no_price: price machines has no rate for os "plan9", cores "2" at this time',
  )
})

test('groups: each value has tiers of its own; values that cannot name one, or too many, go to suspense', async () => {
  await createSubscriber(client, 'groups')
  for (const model of ['gpt|x', 'llama'])
    for (let n = 0; n < 2; n++) assert.equal(await send('groups', 'tokens', { tokens: 800, model }), 'charged')
  assert.equal(await send('groups', 'tokens', { tokens: 1000, model: 'llama' }, MIDNIGHT), 'charged')
  assert.equal(await send('groups', 'tokens', { tokens: 1 }), 'missing_field: data.model')
  assert.equal(
    await send('groups', 'tokens', { tokens: 1, model: 'x'.repeat(101) }),
    'bad_attribute: data.model: at most 100 characters',
  )
  assert.match(await send('groups', 'tokens', { tokens: 1, model: 'a\u0001b' }), /^bad_attribute/)
  assert.match(await send('groups', 'tokens', { tokens: 1, model: 'a\u0000b' }), /^bad_text/)
  await createSubscriber(client, 'many')
  const records = Array.from({ length: 1003 }, (_, n) => ({
    id: `m${n}`,
    service: 'many',
    type: 'tokens',
    time: NOON,
    data: { tokens: 1000, model: `model-${n % 1002}` },
  }))
  const report = await client.post('/v1/usage', records)
  assert.deepEqual([report['charged'], report['suspended']], [1001, 2])
})

test('E15: several properties name a group together, each combination with tiers of its own', async () => {
  await createSubscriber(client, 'pairs')
  const send2 = (model: string, region?: string): Promise<string> =>
    send('pairs', 'pairs', { tokens: 800, model, ...(region === undefined ? {} : { region }) })
  for (const region of ['eu', 'us', 'eu']) assert.equal(await send2('llama', region), 'charged')
  assert.equal(await send2('eu', 'llama'), 'charged')
  assert.equal(await send2('llama'), 'missing_field: data.region')
  assert.match(await send2('a · b', 'c'), /^bad_attribute: data\.model: no "·"/)
  assert.equal(
    await send2('x'.repeat(60), 'y'.repeat(60)),
    'bad_attribute: data.model, region: together at most 100 characters',
  )
  const online = await world.event('pairs', 'pairs', { tokens: 400, model: 'llama', region: 'us' })
  assert.deepEqual([online.result, online.amount], ['charged', '600.00000000'])
})

test('groups of a level hold on each for itself, also where nothing is recorded; a filter picks what is observed', async () => {
  await createSubscriber(client, 'disks')
  const january = '2026-01-01T00:00:00Z'
  assert.equal(await send('disks', 'level', { gb: 100, disk: 'a', watched: 'yes' }, january), 'charged')
  assert.equal(await send('disks', 'level', { gb: 300, disk: 'b', watched: 'no' }, january), 'charged')
  assert.equal(await send('disks', 'level', { gb: 0, disk: 'b' }, '2026-02-15T00:00:00Z'), 'charged')
})

test('online: events, advice and sessions are charged by their attributes', async () => {
  await createSubscriber(client, 'online')
  const event = await world.event('online', 'machine', { minutes: 10, os: 'windows', cores: 2 })
  assert.deepEqual([event.result, event.amount], ['charged', '1.00000000'])
  assert.equal((await world.event('online', 'machine', { minutes: 10, os: 'windows', cores: 3 })).reason, 'no_price')
  const session = { source: 'gw', session: 's1', service: 'online' }
  const requested = (minutes: number, cores: number): Json[] => [
    { type: 'machine', data: { minutes, os: 'linux', cores } },
  ]
  const started = await world.ask({ op: 'start', ...session, requested: requested(10, 4) })
  assert.deepEqual(started.groups?.[0]?.granted, { minutes: '10' })
  const updated = await world.ask({
    op: 'update',
    sequence: 1,
    ...session,
    used: requested(10, 4),
    requested: requested(10, 2),
  })
  assert.equal(updated.amount, '0.20000000')
  const ended = await world.ask({ op: 'end', sequence: 2, ...session, used: requested(10, 2) })
  assert.equal(ended.amount, '0.08000000')
  const refused = await world.ask({ op: 'start', ...session, session: 's2', requested: requested(10, 64) })
  assert.deepEqual([refused.result, refused.reason], ['refused', 'no_price'])
})

test('a large body goes through the thread that reads it, with its attributes', async () => {
  await createSubscriber(client, 'large')
  const records = Array.from({ length: 600 }, (_, n) => ({
    id: `l${n}`,
    service: 'large',
    type: n % 3 === 0 ? 'data' : 'machine',
    time: NOON,
    data: n % 3 === 0 ? { mb: 1, roaming: false } : { minutes: '1', os: n % 3 === 1 ? 'linux' : 'windows', cores: 2 },
  }))
  const report = await client.post('/v1/usage', records)
  assert.equal(report['charged'], 600)
})

test('bills, explanations and proofs name matrix rates and groups; nothing contradicts anything', async () => {
  await runBills(client, '2026-03-01')
  assert.deepEqual(
    (await lines('pairs')).filter((line) => line.startsWith('Pairs')),
    ['Pairs: eu · llama: 800 = 1600.00', 'Pairs: llama · eu: 1600 = 2600.00', 'Pairs: llama · us: 1200 = 2200.00'],
  )
  assert.deepEqual(await lines('filtered'), ['Data abroad: 10 = 5.00', 'Data at home: 107 = 1.07'])
  assert.deepEqual(await lines('machines'), [
    'Machines: large, day: 10 = 0.20',
    'Machines: large, night: 10 = 0.10',
    'Machines: linux, 2: 90.5 = 0.72',
    'Machines: windows, 2: 11 = 2.00',
  ])
  assert.deepEqual(await lines('groups'), [
    'Tokens: off, llama: 1000 = 0.50',
    'Tokens: peak, gpt|x: 1600 = 2.60',
    'Tokens: peak, llama: 1600 = 2.60',
  ])
  const disks = await linesOfAll('disks')
  assert.deepEqual(disks, [
    'Peak: 100 = 100.00',
    'Storage: a: 100 = 10.00',
    'Storage: a: 100 = 10.00',
    'Storage: b: 150 = 15.00',
    'Storage: b: 300 = 30.00',
  ])
  assert.deepEqual(await lines('large'), [
    'Data at home: 200 = 2.00',
    'Machines: linux, 2: 200 = 1.60',
    'Machines: windows, 2: 200 = 20.00',
  ])
  const [invoice] = await client.list<{ id: string }>('/v1/invoices?account=groups')
  const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${invoice?.id}`)
  const line = document.lines.find(({ description }) => description === 'Tokens: peak, gpt|x')
  const explained = await client.get<{ cell: string; records: Json[]; parts: Json[] }>(
    `/v1/invoice-lines/${line?.['id']}/explain`,
  )
  assert.equal(explained.cell, 'peak|gpt|x')
  assert.equal(explained.records.length, 2)
  assert.deepEqual(
    explained.parts.map(({ units }) => units),
    ['1000', '600'],
  )
  const proof = await client.get(`/v1/invoices/${invoice?.id}/proof`)
  const steps = checkProofText(JSON.stringify(proof), null)
  assert.deepEqual(
    steps.filter(({ holds }) => !holds),
    [],
  )
  assert.deepEqual(await checkHolds(client), [])
})
