/** Records of meters that keep a series are retracted, amended and re-rated: as if only the right ones had ever come. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const plans = (factor: number): string => `
meters:
  - { code: peak, name: Peak, eventType: use, aggregator: max, property: value, unit: kW, scale: 0 }
  - { code: newest, name: Newest, eventType: use, aggregator: latest, property: value, unit: seat, scale: 0 }
  - { code: users, name: Users, eventType: use, aggregator: unique_count, property: user, unit: user, scale: 0 }
  - { code: most, name: Most, eventType: use, aggregator: percentile, percentile: 90, property: value, unit: Mbit/s, scale: 0 }
  - { code: stored, name: Stored, eventType: level, aggregator: time_weighted, property: value, unit: GB-hour, scale: 0 }
  - { code: changed, name: Changed, eventType: change, aggregator: time_weighted, changes: true, property: value, unit: GB-hour, scale: 0 }
  - { code: together, name: Together, eventType: use, aggregator: percentile, sumMinutes: 1440, property: value, unit: Mbit/s, scale: 0 }
  - { code: counted, name: Counted, eventType: reading, aggregator: interval, property: value, unit: kWh, scale: 0 }
plans:
  - code: own
    name: Own
    currency: EUR
    prices:
      - { kind: usage, code: peak, name: Peak, meter: peak, rate: { model: per_unit, unitAmount: ${factor} } }
      - { kind: usage, code: newest, name: Newest, meter: newest, rate: { model: per_unit, unitAmount: ${factor * 2} } }
      - { kind: usage, code: users, name: Users, meter: users, rate: { model: per_unit, unitAmount: ${factor * 3} } }
      - { kind: usage, code: most, name: Most, meter: most, rate: { model: per_unit, unitAmount: ${factor * 5} } }
      - { kind: usage, code: together, name: Together, meter: together, rate: { model: per_unit, unitAmount: ${factor * 7} } }
  - code: running
    name: Running
    currency: EUR
    prices:
      - { kind: usage, code: stored, name: Stored, meter: stored, rate: { model: per_unit, unitAmount: 0.01 } }
      - { kind: usage, code: changed, name: Changed, meter: changed, rate: { model: per_unit, unitAmount: 0.01 } }
      - { kind: usage, code: counted, name: Counted, meter: counted, rate: { model: per_unit, unitAmount: 0.20 } }
`
const kvit = await startKvit('series', '2026-06-01T06:00:00Z')
const { client, request } = kvit
await seedOperator(client, plans(1))

let serial = 0
interface Told {
  readonly type: string
  readonly day: number
  readonly value: number
}

function toRecord(service: string, { type, day, value }: Told, id: string): Json {
  const time = new Date(Date.UTC(2026, 0, day)).toISOString()
  return { id, source: 's', service, type, time, data: { value: String(value), user: `u${value % 4}` } }
}

async function send(service: string, told: Told): Promise<string> {
  const id = `r-${++serial}`
  const report = await client.post<Json>('/v1/usage', [toRecord(service, told, id)])
  assert.equal(report['charged'], 1, JSON.stringify(report))
  return id
}

async function correct(id: string, action: 'amend' | 'retract', told: Told | null, service: string): Promise<Json> {
  const { time, data } = told === null ? {} : toRecord(service, told, id)
  const body = { key: `k-${++serial}`, source: 's', id, action, reason: 'a test' }
  const { status, json } = await request('POST', '/v1/usage-corrections', {
    body: told === null ? body : { ...body, record: { time, data } },
  })
  return { ...json, status }
}

/** What an account would be billed, by month and description. */
async function billed(account: string): Promise<Record<string, string>> {
  const sums = new Map<string, number>()
  for (const { id } of await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, from, amount } of document.lines) {
      const name = `${String(from).slice(0, 7)} ${String(description)}`
      sums.set(name, (sums.get(name) ?? 0) + Math.round(Number(amount) * 100))
    }
  }
  return Object.fromEntries([...sums].filter(([, cents]) => cents !== 0).map(([name, cents]) => [name, String(cents)]))
}

/** Two subscribers of one plan: one had everything right from the start. */
async function twins(plan: string): Promise<{ wrong: string; right: string }> {
  const name = `t${++serial}`
  const keys = { wrong: `${name}-wrong`, right: `${name}-right` }
  for (const key of Object.values(keys)) await createSubscriber(client, key, { plan })
  return keys
}

test('a peak, a newest value, a user and a percentile are amended and retracted', async () => {
  const { wrong, right } = await twins('own')
  const first = await send(wrong, { type: 'use', day: 3, value: 40 })
  const second = await send(wrong, { type: 'use', day: 5, value: 900 })
  const third = await send(wrong, { type: 'use', day: 9, value: 7 })
  assert.equal((await correct(second, 'amend', { type: 'use', day: 5, value: 50 }, wrong))['status'], 200)
  assert.equal((await correct(third, 'retract', null, wrong))['status'], 200)
  assert.equal((await correct(first, 'amend', { type: 'use', day: 6, value: 41 }, wrong))['status'], 200)
  await send(right, { type: 'use', day: 5, value: 50 })
  await send(right, { type: 'use', day: 6, value: 41 })
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed(wrong), await billed(right))
  assert.deepEqual(await checkHolds(client), [])
})

test('a reading and a level are amended and retracted, and later periods that began with them follow', async () => {
  const { wrong, right } = await twins('running')
  const typo = await send(wrong, { type: 'reading', day: 30, value: 9000 })
  const level = await send(wrong, { type: 'level', day: 30, value: 500 })
  await send(wrong, { type: 'reading', day: 2, value: 100 })
  await send(wrong, { type: 'level', day: 40, value: 20 })
  await send(wrong, { type: 'reading', day: 45, value: 9500 })
  // A true reading below the typo was refused; beside the right one it is not.
  const low = { id: 'low', source: 's', service: wrong, type: 'reading', time: '2026-02-20T00:00:00Z' }
  assert.equal((await client.post<Json>('/v1/usage', [{ ...low, data: { value: '950' } }]))['suspended'], 1)
  const over = await correct(typo, 'amend', { type: 'reading', day: 50, value: 9400 }, wrong)
  assert.deepEqual([over['status'], over['code']], [422, 'unprocessable'], JSON.stringify(over))
  assert.equal((await correct(typo, 'amend', { type: 'reading', day: 30, value: 900 }, wrong))['status'], 200)
  assert.equal((await correct(level, 'retract', null, wrong))['status'], 200)
  for (const told of [
    { type: 'reading', day: 2, value: 100 },
    { type: 'reading', day: 30, value: 900 },
    { type: 'reading', day: 45, value: 9500 },
    { type: 'level', day: 40, value: 20 },
  ])
    await send(right, told)
  await client.post('/v1/tenants/series', { clock: '2026-06-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-06-01')
  assert.deepEqual(await billed(wrong), await billed(right))
  assert.deepEqual(await checkHolds(client), [])
})

test('a reading that does not fit where it would go is refused, and everything stays', async () => {
  const { wrong, right } = await twins('running')
  const moved = await send(wrong, { type: 'reading', day: 3, value: 100 })
  await send(right, { type: 'reading', day: 1, value: 500 })
  await send(right, { type: 'reading', day: 10, value: 600 })
  const told = await correct(moved, 'amend', { type: 'reading', day: 5, value: 100 }, wrong)
  assert.equal(told['status'], 200)
  const body = { key: `k-${++serial}`, source: 's', id: moved, action: 'amend', reason: 'a test' }
  const record = { service: right, time: '2026-01-05T00:00:00Z' }
  assert.equal((await request('POST', '/v1/usage-corrections', { body: { ...body, record } })).status, 422)
  assert.deepEqual(await checkHolds(client), [])
})

test('whatever is sent, amended and retracted in whatever order: what is billed is what stands', async () => {
  const told = (type: string): fc.Arbitrary<Told> =>
    fc.record({
      type: fc.constant(type),
      day: fc.integer({ min: 1, max: 100 }),
      value: fc.integer({ min: type === 'change' ? -60 : 0, max: 60 }),
    })
  const step = (type: string): fc.Arbitrary<{ told: Told; at: number; what: 'send' | 'amend' | 'retract' }> =>
    fc.record({
      told: told(type),
      at: fc.nat(20),
      what: fc.constantFrom('send' as const, 'send' as const, 'amend' as const, 'retract' as const),
    })
  const worlds = fc.oneof(
    fc.array(step('use'), { minLength: 4, maxLength: 14 }).map((steps) => ({ plan: 'own', steps })),
    fc.array(step('level'), { minLength: 4, maxLength: 14 }).map((steps) => ({ plan: 'running', steps })),
    fc.array(step('change'), { minLength: 4, maxLength: 14 }).map((steps) => ({ plan: 'running', steps })),
  )
  await fc.assert(
    fc.asyncProperty(worlds, async ({ plan, steps }) => {
      const { wrong, right } = await twins(plan)
      const standing: { id: string; told: Told }[] = []
      for (const { told: one, at, what } of steps) {
        const index = standing.length === 0 ? -1 : at % standing.length
        const old = standing[index]
        if (what === 'send' || old === undefined) {
          standing.push({ id: await send(wrong, one), told: one })
          continue
        }
        // A record that would stay as it is is no amendment.
        if (what === 'amend' && JSON.stringify(one) === JSON.stringify(old.told)) continue
        const { status } = (await correct(old.id, what, what === 'amend' ? one : null, wrong)) as { status: number }
        assert.equal(status, 200)
        if (what === 'amend') standing[index] = { id: old.id, told: one }
        else standing.splice(index, 1)
      }
      for (const { told: one } of standing.toReversed()) await send(right, one)
      await runBills(client, '2026-06-01')
      assert.deepEqual(await billed(wrong), await billed(right))
    }),
    { numRuns: 20, endOnFailure: true },
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('re-rating charges a period’s peak under new prices; what runs on stays, and is told', async () => {
  const { wrong: peak } = await twins('own')
  const { wrong: running } = await twins('running')
  for (const [day, value] of [
    [3, 40],
    [5, 90],
    [9, 7],
  ] as const) {
    await send(peak, { type: 'use', day, value })
    await send(running, { type: 'reading', day, value: day * 10 })
  }
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: plans(2).replaceAll('0.20', '0.40') }] })
  const to = (code: string): Json => ({ from: { code, version: 1 }, to: { code, version: 2 } })
  const range = { from: '2026-01-01', until: '2026-02-01', accounts: [peak, running] }
  const draft = { key: 'r', reason: 'a test', plans: [to('own'), to('running')], ...range }
  const { id } = await client.post<{ id: string }>('/v1/re-ratings', draft)
  const until = async (wanted: string): Promise<Json & { totals: Json[] }> => {
    for (;;) {
      const found = await client.get<Json & { totals: Json[] }>(`/v1/re-ratings/${id}`)
      assert.notEqual(found['status'], 'failed', JSON.stringify(found))
      if (found['status'] === wanted) return found
      await setTimeout(20)
    }
  }
  const tried = await until('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  const done = await until('complete')
  assert.equal(done.totals[0]?.['appliedDifference'], tried.totals[0]?.['difference'])
  await client.post('/v1/tenants/series', { clock: '2026-07-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-07-01')
  // Peak 90, newest 7, three users (0, 2, 3), the 90th percentile of three values is 90; twice the prices.
  assert.deepEqual(await billed(peak), {
    '2026-01 Most': '90000',
    '2026-01 Newest': '2800',
    '2026-01 Peak': '18000',
    '2026-01 Together': '126000',
    '2026-01 Users': '1800',
  })
  assert.deepEqual(await billed(running), { '2026-01 Counted': '1200' })
  assert.deepEqual(await checkHolds(client), [])
})
