import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('corrections', '2026-01-20T00:00:00Z', 60, 0)
const { client, request } = kvit
await seedOperator(client)
for (const key of ['anna', 'boris', 'clara', 'dina']) await createSubscriber(client, key)

const MAPPING = {
  name: 'calls',
  format: 'csv',
  source: 'switch',
  type: 'call',
  id: '{id}',
  service: '{service}',
  time: { column: 'time' },
  data: { minutes: { column: 'minutes' } },
}

const call = (id: string, service: string, minutes: string, day = 5): Json => ({
  id,
  source: 'switch',
  service,
  type: 'call',
  time: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
  data: { minutes },
})

async function send(...records: Json[]): Promise<Json> {
  const { json } = await request('POST', '/v1/usage', { body: records })
  return json
}

async function correct(body: Json): Promise<{ status: number; json: Json }> {
  return request('POST', '/v1/usage-corrections', { body: { source: 'switch', reason: 'a test', ...body } })
}

test('a retracted record is charged no more, and its trace says who took it back and why', async () => {
  await send(call('a1', 'anna', '60'), call('a2', 'anna', '60'))
  const { status, json } = await correct({ key: 'k1', id: 'a1', action: 'retract' })
  // 120 minutes cost 10 + 1; 60 cost 6.
  assert.deepEqual([status, json['difference']], [200, '-5.00000000'])
  const trace = await client.get<{ items: Json[] }>('/v1/usage-corrections?source=switch&id=a1')
  assert.deepEqual(
    trace.items.map(({ action, reason, after }) => [action, reason, after]),
    [['retract', 'a test', null]],
  )
  const [{ before } = { before: {} }] = trace.items
  assert.equal((before as Json)['time'], '2026-01-05T10:00:00.000Z')
  assert.deepEqual(await checkHolds(client), [])
})

test('the same key has one effect; another request under it is refused', async () => {
  const again = await correct({ key: 'k1', id: 'a1', action: 'retract' })
  assert.deepEqual([again.status, again.json['difference']], [200, '-5.00000000'])
  const other = await correct({ key: 'k1', id: 'a2', action: 'retract' })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
})

test('what is unknown cannot be retracted, and what is retracted cannot be amended', async () => {
  const unknown = await correct({ key: 'k2', id: 'nothing', action: 'retract' })
  assert.deepEqual([unknown.status, unknown.json['code']], [404, 'not_found'])
  const gone = await correct({ key: 'k3', id: 'a1', action: 'amend', record: { data: { minutes: 1 } } })
  assert.deepEqual([gone.status, gone.json['state']], [409, 'retracted'])
})

test('a repetition of a corrected record stays a repetition', async () => {
  assert.equal((await send(call('a1', 'anna', '60')))['duplicates'], 1)
})

test('an amended record is charged by its new fields, and can be amended again', async () => {
  await send(call('b1', 'boris', '50'))
  const first = await correct({ key: 'k4', id: 'b1', action: 'amend', record: { data: { minutes: '150.25' } } })
  assert.equal(first.json['difference'], '7.51250000')
  const second = await correct({
    key: 'k5',
    id: 'b1',
    action: 'amend',
    record: { data: { minutes: '10' }, time: '2026-01-06T00:00:00Z' },
  })
  assert.equal(second.json['difference'], '-11.51250000')
  const nothing = await correct({ key: 'k6', id: 'b1', action: 'amend', record: { data: { minutes: '10' } } })
  assert.deepEqual([nothing.status, nothing.json['code']], [422, 'unprocessable'])
  const wrong = await correct({ key: 'k7', id: 'b1', action: 'amend', record: { service: 'nobody' } })
  assert.deepEqual([wrong.status, wrong.json['code']], [422, 'unprocessable'])
  const moved = await correct({ key: 'k8', id: 'b1', action: 'amend', record: { service: 'clara' } })
  assert.equal(moved.json['difference'], '0.00000000')
  assert.deepEqual(await checkHolds(client), [])
})

test('money of a prepaid account comes back to its balance, and goes from it', async () => {
  await client.post('/v1/top-ups', { key: 't1', account: 'dina', amount: '10', currency: 'EUR', method: 'cash' })
  await send(call('d1', 'dina', '40'), call('d2', 'dina', '20'))
  const balance = async (): Promise<Json> => client.get('/v1/accounts/dina/balances')
  const money = async (): Promise<number> => {
    const { balances } = await balance()
    return Number((balances as Json[]).find(({ unit }) => unit === 'EUR')?.['remaining'])
  }
  const before = await money()
  await correct({ key: 'k9', id: 'd1', action: 'retract' })
  const after = await money()
  assert.deepEqual([before, after], [4, 8])
  await correct({ key: 'k10', id: 'd2', action: 'amend', record: { data: { minutes: 80 } } })
  assert.equal(await money(), 2)
  assert.deepEqual(await checkHolds(client), [])
})

test('a billed record that is retracted comes off the next document, whose records say so', async () => {
  await request('PATCH', '/v1/tenants/corrections', { body: { clock: '2026-02-01T00:00:00Z' } })
  await runBills(client, '2026-02-01')
  assert.deepEqual(await checkHolds(client), [])
  await correct({ key: 'k11', id: 'a2', action: 'retract' })
  assert.deepEqual(await checkHolds(client), [])
  await request('PATCH', '/v1/tenants/corrections', { body: { clock: '2026-03-01T00:00:00Z' } })
  await runBills(client, '2026-03-01')
  const { items } = await client.get<{ items: Json[] }>('/v1/invoices?account=anna')
  assert.deepEqual(
    items.slice(1).map(({ kind, total }) => [kind, total]),
    [
      ['invoice', '16.00'],
      ['invoice', '4.00'],
    ],
  )
  const csv = (await request('GET', `/v1/invoices/${String(items[2]?.['id'])}/itemised.csv`)).text
  assert.match(csv, /,a2,calls,,-60(\.0+)?,min,-6\.00000000,EUR,true,taken_back\n/)
  assert.deepEqual(await checkHolds(client), [])
})

test('a file is retracted as a whole, but for what was taken back before; its suspense is given up', async () => {
  const file = join(kvit.config.dataDir, 'calls.csv')
  const rows = Array.from(
    { length: 3_000 },
    (_, n) => `f${n},${n % 100 === 0 ? 'nobody' : 'emil'},2026-02-0${1 + (n % 9)}T10:00:00Z,1.5`,
  )
  await writeFile(file, ['id,service,time,minutes', ...rows].join('\n'))
  await createSubscriber(client, 'emil')
  await send({ ...call('before', 'emil', '7'), time: '2026-02-03T00:00:00Z' })
  const { id } = await importUsageFile(client, file, MAPPING)
  await correct({ key: 'k20', id: 'f1', action: 'retract' })
  await correct({ key: 'k21', id: 'f2', action: 'amend', record: { data: { minutes: 3 } } })
  const retract = async (): Promise<Json> =>
    (await request('POST', `/v1/usage-imports/${String(id)}/retract`, { body: { key: 'file', reason: 'wrong file' } }))
      .json
  let job = await retract()
  while (job['status'] === 'running') job = await client.get(`/v1/usage-retractions/${String(job['id'])}`)
  const counts = [
    job['status'],
    job['recordsTotal'],
    job['recordsRetracted'],
    job['recordsGone'],
    job['suspenseWrittenOff'],
  ]
  assert.deepEqual(counts.map(String), ['complete', '2970', '2969', '1', '30'])
  assert.equal((await retract())['id'], job['id'])
  const left = await client.post('/v1/plans/basic/simulate', {
    usage: { account: 'emil', from: '2026-02-01', until: '2026-03-01' },
  })
  assert.deepEqual([left['records'], left['total']], [1, '0.70000000'])
  assert.deepEqual(await checkHolds(client), [])
})

test('records of the archive are found and corrected, again and again', async () => {
  await client.post('/v1/journal/archive', {})
  await createSubscriber(client, 'frida')
  await send(call('x1', 'frida', '100', 7), call('x2', 'frida', '100', 8))
  await client.post('/v1/journal/archive', {})
  const first = await correct({ key: 'k30', id: 'x1', action: 'amend', record: { data: { minutes: 50 } } })
  assert.deepEqual([first.status, first.json['difference']], [200, '-2.50000000'])
  await client.post('/v1/journal/archive', {})
  const second = await correct({
    key: 'k31',
    id: 'x1',
    time: '2026-01-07T10:00:00Z',
    action: 'amend',
    record: { time: '2026-01-09T00:00:00Z' },
  })
  assert.deepEqual([second.status, second.json['difference']], [200, '0.00000000'])
  await client.post('/v1/journal/archive', {})
  const third = await correct({ key: 'k32', id: 'x1', time: '2026-01-07T10:00:00Z', action: 'retract' })
  assert.deepEqual([third.status, third.json['difference']], [200, '-2.50000000'])
  await client.post('/v1/journal/archive', {})
  const gone = await correct({ key: 'k33', id: 'x1', action: 'retract' })
  assert.deepEqual([gone.status, gone.json['state']], [409, 'retracted'])
  assert.equal((await send(call('x1', 'frida', '100', 7)))['duplicates'], 1)
  assert.deepEqual(await checkHolds(client), [])
})
