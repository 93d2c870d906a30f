/** Levels and readings go on when a subscription changes its plan, rests or ends: each plan is charged for its own time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: storage, name: Storage, eventType: stored, aggregator: time_weighted, timeUnit: hour, property: gb, unit: GB-hour, scale: 3 }
  - { code: register, name: Register, eventType: reading, aggregator: interval, property: kwh, unit: kWh, scale: 0 }
plans:
  - code: old
    name: Old
    currency: EUR
    prices:
      - { kind: usage, code: storage, name: Old storage, meter: storage, rate: { model: per_unit, unitAmount: 0.001 } }
      - { kind: usage, code: energy, name: Old energy, meter: register, rate: { model: per_unit, unitAmount: 0.20 } }
  - code: new
    name: New
    currency: EUR
    prices:
      - { kind: usage, code: disk, name: New storage, meter: storage, rate: { model: per_unit, unitAmount: 0.01 } }
      - { kind: usage, code: energy, name: New energy, meter: register, rate: { model: per_unit, unitAmount: 2 } }
  - code: twice
    name: Twice
    currency: EUR
    prices:
      - { kind: usage, code: disk, name: Disk, meter: storage, rate: { model: per_unit, unitAmount: 0.01 } }
      - { kind: usage, code: backup, name: Backup, meter: storage, rate: { model: per_unit, unitAmount: 0.02 } }
`
const kvit = await startKvit('moves', '2026-04-01T06:00:00Z')
const { client } = kvit
await seedOperator(client, PLANS)

let serial = 0
const record = (service: string, day: string, data: Json): Json => ({
  id: `m-${++serial}`,
  source: 's',
  service,
  type: 'gb' in data ? 'stored' : 'reading',
  time: `${day}T00:00:00Z`,
  data,
})

async function send(service: string, day: string, data: Json): Promise<void> {
  assert.equal((await client.post<Json>('/v1/usage', [record(service, day, data)]))['charged'], 1)
}

async function change(service: string, day: string, body: Json): Promise<void> {
  await client.post(`/v1/subscriptions/${service}/changes`, { at: `${day}T00:00:00Z`, ...body })
}

const toNew = { kind: 'plan', plan: 'new' }

/** What an account is billed for a month, by description. */
async function billed(account: string, month: string): Promise<Record<string, string>> {
  const sums = new Map<string, number>()
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, from, amount } of document.lines)
      if (String(from).startsWith(month))
        sums.set(String(description), (sums.get(String(description)) ?? 0) + Math.round(Number(amount) * 100))
  }
  return Object.fromEntries([...sums].map(([name, cents]) => [name, (cents / 100).toFixed(2)]))
}

test('until the change the old plan is charged, from then on the new one', async () => {
  for (const service of ['quiet', 'busy', 'late', 'edge']) {
    await createSubscriber(client, service, { plan: 'old' })
    await send(service, '2026-01-01', { gb: '10' })
    await send(service, '2026-01-01', { kwh: '100' })
    await send(service, '2026-01-10', { kwh: '130' })
  }
  for (const service of ['quiet', 'busy', 'late']) await change(service, '2026-01-16', toNew)
  await change('edge', '2026-02-01', toNew)
  await send('quiet', '2026-01-20', { kwh: '190' })
  await send('edge', '2026-02-20', { kwh: '190' })
  for (const service of ['busy', 'late']) {
    await send(service, '2026-01-20', { gb: '20' })
    await send(service, '2026-01-20', { kwh: '190' })
  }
  await send('late', '2026-01-10', { gb: '15' })
  await send('late', '2026-01-14', { kwh: '150' })
  await runBills(client, '2026-04-01')
  const storage = { 'New storage': '38.40', 'Old storage': '3.60' }
  assert.deepEqual(await billed('quiet', '2026-01'), { 'New energy': '120.00', 'Old energy': '6.00', ...storage })
  assert.deepEqual(await billed('quiet', '2026-02'), { 'New storage': '67.20' })
  assert.deepEqual(await billed('quiet', '2026-03'), { 'New storage': '74.40' })
  // 10 GB for four days, then 20.
  assert.equal((await billed('busy', '2026-01'))['New storage'], '67.20')
  assert.equal((await billed('busy', '2026-01'))['Old storage'], '3.60')
  assert.deepEqual(await billed('busy', '2026-02'), { 'New storage': '134.40' })
  // What comes late is the old plan's until the change, and what the new one begins with.
  assert.deepEqual(await billed('late', '2026-01'), {
    'New energy': '80.00',
    'New storage': '72.00',
    'Old energy': '10.00',
    'Old storage': '4.32',
  })
  assert.deepEqual(await billed('edge', '2026-01'), { 'Old energy': '6.00', 'Old storage': '7.44' })
  assert.deepEqual(await billed('edge', '2026-02'), { 'New energy': '120.00', 'New storage': '67.20' })
  assert.deepEqual(await checkHolds(client), [])
})

test('a level ends with its subscription, rests with it, and goes on when the first plan comes back', async () => {
  for (const service of ['ended', 'rested', 'back']) {
    await createSubscriber(client, service, { plan: 'old' })
    await send(service, '2026-01-01', { gb: '10' })
  }
  await change('ended', '2026-01-16', { kind: 'cancel' })
  await change('rested', '2026-01-11', { kind: 'pause' })
  await change('rested', '2026-01-21', { kind: 'resume' })
  await change('back', '2026-01-11', toNew)
  await change('back', '2026-01-21', { kind: 'plan', plan: 'old' })
  await runBills(client, '2026-04-01')
  assert.deepEqual(await billed('ended', '2026-01'), { 'Old storage': '3.60' })
  assert.deepEqual(await billed('ended', '2026-02'), {})
  assert.deepEqual(await billed('rested', '2026-01'), { 'Old storage': '5.04' })
  assert.deepEqual(await billed('back', '2026-01'), { 'New storage': '24.00', 'Old storage': '5.04' })
  assert.deepEqual(await billed('back', '2026-02'), { 'Old storage': '6.72' })
  assert.deepEqual(await checkHolds(client), [])
})

test('a change of the past is put right on the next document', async () => {
  await createSubscriber(client, 'past', { plan: 'old' })
  await send('past', '2026-01-01', { gb: '10' })
  await runBills(client, '2026-04-01')
  assert.deepEqual(await billed('past', '2026-02'), { 'Old storage': '6.72' })
  await change('past', '2026-02-15', toNew)
  await client.post('/v1/tenants/moves', { clock: '2026-05-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-05-01')
  assert.deepEqual(await billed('past', '2026-02'), { 'New storage': '33.60', 'Old storage': '3.36' })
  assert.deepEqual(await billed('past', '2026-03'), { 'New storage': '74.40', 'Old storage': '0.00' })
  assert.deepEqual(await checkHolds(client), [])
})

test('prepaid: the first record under the new plan gives back what the old one took too much', async () => {
  await createSubscriber(client, 'pre', { plan: 'old', startsAt: '2026-04-01T00:00:00Z' })
  await client.post('/v1/accounts/pre', { creditLimit: '0' }, 'PATCH')
  await client.post('/v1/top-ups', { key: 't', account: 'pre', amount: '100', currency: 'EUR', method: 'cash' })
  const charge = async (day: string, gb: string): Promise<unknown> =>
    (await client.post<Json>('/v1/charging', { op: 'event', ...record('pre', day, { gb }) }))['amount']
  assert.equal(await charge('2026-04-01', '10'), '7.20000000')
  await change('pre', '2026-04-16', toNew)
  // 36.00 for 15 days of the new plan, less 3.60.
  assert.equal(await charge('2026-04-20', '10'), '32.40000000')
  assert.equal((await client.get('/v1/accounts/pre/balances'))['available'], '60.40')
  await client.post('/v1/tenants/moves', { clock: '2026-06-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed('pre', '2026-04'), { 'New storage': '36.00', 'Old storage': '3.60' })
  assert.deepEqual(await checkHolds(client), [])
})

test('a plan that is taken up again counts a register from where the other one has read it', async () => {
  await createSubscriber(client, 'again', { plan: 'old' })
  await send('again', '2026-01-01', { kwh: '100' })
  await send('again', '2026-01-08', { kwh: '130' })
  await change('again', '2026-01-10', toNew)
  await send('again', '2026-01-12', { kwh: '150' })
  await send('again', '2026-01-18', { kwh: '170' })
  await change('again', '2026-01-20', { kind: 'plan', plan: 'old' })
  await send('again', '2026-01-25', { kwh: '190' })
  await send('again', '2026-02-05', { kwh: '200' })
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed('again', '2026-01'), { 'New energy': '80.00', 'Old energy': '10.00' })
  assert.deepEqual(await billed('again', '2026-02'), { 'Old energy': '2.00' })
  assert.deepEqual(await checkHolds(client), [])
})

test('two prices of one meter go on from one level, which ends once', async () => {
  await createSubscriber(client, 'both', { plan: 'old' })
  await client.post('/v1/accounts/both', { creditLimit: '0' }, 'PATCH')
  await client.post('/v1/top-ups', { key: 'b', account: 'both', amount: '200', currency: 'EUR', method: 'cash' })
  const charge = async (day: string, gb: string): Promise<unknown> =>
    (await client.post<Json>('/v1/charging', { op: 'event', ...record('both', day, { gb }) }))['amount']
  assert.equal(await charge('2026-04-01', '10'), '7.20000000')
  await change('both', '2026-04-16', { kind: 'plan', plan: 'twice' })
  // 36.00 and 72.00 for 15 days, less 3.60.
  assert.equal(await charge('2026-04-20', '10'), '104.40000000')
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed('both', '2026-04'), { Backup: '72.00', Disk: '36.00', 'Old storage': '3.60' })
  assert.deepEqual(await checkHolds(client), [])
})

test('a change that is withdrawn or moved leaves what it would have been without it', async () => {
  for (const service of ['withdrawn', 'moved']) {
    await createSubscriber(client, service, { plan: 'old' })
    await send(service, '2026-01-01', { gb: '10' })
  }
  const { id } = await client.post<{ id: string }>('/v1/subscriptions/withdrawn/changes', {
    at: '2026-01-10T00:00:00Z',
    ...toNew,
  })
  await change('moved', '2026-01-10', toNew)
  for (const service of ['withdrawn', 'moved']) await send(service, '2026-01-15', { gb: '10' })
  await client.post(`/v1/subscriptions/withdrawn/changes/${id}`, undefined, 'DELETE')
  await change('moved', '2026-01-05', toNew)
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed('withdrawn', '2026-01'), { 'New storage': '0.00', 'Old storage': '7.44' })
  assert.deepEqual(await billed('moved', '2026-01'), { 'New storage': '64.80', 'Old storage': '0.96' })
  assert.deepEqual(await checkHolds(client), [])
})

test('records from before and after a change are corrected, and what follows from them follows', async () => {
  await createSubscriber(client, 'mended', { plan: 'old' })
  const told = async (day: string, gb: string): Promise<string> => {
    const sent = record('mended', day, { gb })
    await client.post('/v1/usage', [sent])
    return String(sent['id'])
  }
  const correct = async (id: string, more: Json): Promise<void> => {
    await client.post('/v1/usage-corrections', { key: `c-${++serial}`, source: 's', id, reason: 'a test', ...more })
  }
  const first = await told('2026-01-01', '10')
  const typo = await told('2026-01-12', '2000')
  await change('mended', '2026-01-10', toNew)
  const second = await told('2026-01-15', '20')
  await correct(typo, { action: 'retract' })
  await correct(first, { action: 'amend', record: { data: { gb: '5' } } })
  await correct(second, { action: 'amend', record: { data: { gb: '8' } } })
  await runBills(client, '2026-06-01')
  // 5 GB for nine days; then for five, and 8 for seventeen.
  assert.deepEqual(await billed('mended', '2026-01'), { 'New storage': '38.64', 'Old storage': '1.08' })
  await correct(second, { action: 'retract' })
  await client.post('/v1/tenants/moves', { clock: '2026-07-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-07-01')
  assert.deepEqual(await billed('mended', '2026-01'), { 'New storage': '26.40', 'Old storage': '1.08' })
  assert.deepEqual(await checkHolds(client), [])
})

test('readings are corrected though the plan was left and taken up again behind them', async () => {
  await createSubscriber(client, 'turned', { plan: 'old' })
  const told = async (day: string, kwh: string): Promise<string> => {
    const sent = record('turned', day, { kwh })
    await client.post('/v1/usage', [sent])
    return String(sent['id'])
  }
  await told('2026-01-01', '100')
  const low = await told('2026-01-08', '130')
  await change('turned', '2026-01-10', toNew)
  await told('2026-01-12', '150')
  await told('2026-01-18', '170')
  await change('turned', '2026-01-20', { kind: 'plan', plan: 'old' })
  const high = await told('2026-01-25', '190')
  await told('2026-02-05', '200')
  for (const [id, kwh] of [
    [low, '140'],
    [high, '195'],
  ]) {
    const correction = { key: `c-${++serial}`, source: 's', id, reason: 'a test', action: 'amend' }
    await client.post('/v1/usage-corrections', { ...correction, record: { data: { kwh } } })
  }
  await runBills(client, '2026-07-01')
  // Old: 40, and 25 from where the new plan stopped at 170; new: 30; then 5.
  assert.deepEqual(await billed('turned', '2026-01'), { 'New energy': '60.00', 'Old energy': '13.00' })
  assert.deepEqual(await billed('turned', '2026-02'), { 'Old energy': '1.00' })
  assert.deepEqual(await checkHolds(client), [])
})
