import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('usage', '2026-02-10T00:00:00Z', 30)
await seedOperator(client)
await createSubscriber(client, 'anna')
await createSubscriber(client, 'late', { startsAt: '2026-02-01T00:00:00Z' })

const call = (id: string, more: Json = {}): Json => ({
  id,
  service: 'anna',
  type: 'call',
  time: '2026-01-20T10:00:00Z',
  data: { minutes: '1.5' },
  ...more,
})

async function send(raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Json> {
  return (await request('POST', '/v1/usage', { raw, headers })).json
}

function counts(report: Json): unknown[] {
  return [report['received'], report['charged'], report['suspended'], report['duplicates']]
}

test('usage is read as a JSON array, as NDJSON, as CloudEvents and packed', async () => {
  const array = JSON.stringify([call('a1'), call('a2')])
  assert.deepEqual(counts(await send(array)), [2, 2, 0, 0])
  const lines = `${JSON.stringify(call('n1'))}\n\n${JSON.stringify(call('n2'))}\r\n`
  assert.deepEqual(counts(await send(lines, { 'content-type': 'application/x-ndjson' })), [2, 2, 0, 0])
  const event = {
    specversion: '1.0',
    id: 'c1',
    source: '/switch/1',
    type: 'call',
    subject: 'anna',
    time: '2026-01-20T10:00:00Z',
    data: { minutes: 2 },
  }
  assert.deepEqual(
    counts(await send(JSON.stringify(event), { 'content-type': 'application/cloudevents+json' })),
    [1, 1, 0, 0],
  )
  const packed = gzipSync(JSON.stringify([call('g1')]))
  assert.deepEqual(counts(await send(packed, { 'content-encoding': 'gzip' })), [1, 1, 0, 0])
})

test('a repeated record is acknowledged and not charged, in one request and over several', async () => {
  const body = JSON.stringify([call('d1'), call('d1'), call('d2')])
  assert.deepEqual(counts(await send(body)), [3, 2, 0, 1])
  assert.deepEqual(counts(await send(body)), [3, 0, 0, 3])
})

const BAD: readonly (readonly [reason: string, line: string])[] = [
  ['bad_json', '{"id":"b1","service":'],
  ['bad_json', '[1,2]'],
  ['missing_field', JSON.stringify(call('b2', { service: undefined }))],
  ['missing_field', JSON.stringify(call('b3', { data: { seconds: 1 } }))],
  ['too_long', JSON.stringify(call('b'.repeat(300)))],
  ['bad_time', JSON.stringify(call('b4', { time: '2026-02-30T10:00:00Z' }))],
  ['bad_time', JSON.stringify(call('b5', { time: '2026-01-20 10:00:00' }))],
  ['bad_time', JSON.stringify(call('b6', { end: '2026-01-20T09:00:00Z' }))],
  ['bad_time', JSON.stringify(call('b-end', { end: '9999-12-31T23:59:59-05:00' }))],
  ['bad_name', JSON.stringify(call('\ufeffb11'))],
  ['bad_name', JSON.stringify(call('b\u000012'))],
  ['unknown_meter', JSON.stringify(call('b7', { type: 'sms' }))],
  ['bad_quantity', JSON.stringify(call('b8', { data: { minutes: 'ten' } }))],
  ['negative', JSON.stringify(call('b9', { data: { minutes: -1 } }))],
  [
    'precision_exceeded',
    '{"id":"b10","service":"anna","type":"call","time":"2026-01-20T10:00:00Z","data":{"minutes":1.00000000000000000001}}',
  ],
  ['out_of_range', JSON.stringify(call('b11', { data: { minutes: '99999999999999999999' } }))],
  ['identity_conflict', JSON.stringify(call('d1', { data: { minutes: '7' } }))],
  ['future', JSON.stringify(call('b12', { time: '2026-03-01T00:00:00Z' }))],
  ['too_old', JSON.stringify(call('b13', { time: '2026-01-02T00:00:00Z' }))],
  ['unknown_service', JSON.stringify(call('b14', { service: 'nobody' }))],
  ['no_subscription', JSON.stringify(call('b15', { service: 'late' }))],
]

test('every kind of bad record goes to suspense with its reason, and its neighbours are charged', async () => {
  const lines = BAD.flatMap(([, line], index) => [line, JSON.stringify(call(`good-${index}`))])
  const report = await send(lines.join('\n'), { 'content-type': 'application/x-ndjson' })
  assert.deepEqual(counts(report), [2 * BAD.length, BAD.length, BAD.length, 0])
  const found = (report['firstSuspended'] as { index: number; reason: string }[]).map(({ index, reason }) => [
    index,
    reason,
  ])
  assert.deepEqual(
    found,
    BAD.map(([reason], index) => [2 * index, reason]),
  )
  const again = await send(lines.join('\n'), { 'content-type': 'application/x-ndjson' })
  assert.deepEqual(counts(again), [2 * BAD.length, 0, 0, 2 * BAD.length], 'a second delivery suspends nothing twice')
  const groups = await client.get<{ items: { reason: string; records: string }[] }>('/v1/suspense-reasons')
  assert.equal(
    groups.items.reduce((sum, { records }) => sum + Number(records), 0),
    BAD.length,
  )
})

test('a suspended record is charged once after the cause is gone, whoever recycles it at the same time', async () => {
  await createSubscriber(client, 'nobody')
  const both = await Promise.all(
    [1, 2].map(() => request('POST', '/v1/suspense/recycle', { body: { reason: 'unknown_service' } })),
  )
  assert.deepEqual(
    both.map(({ json }) => Number(json['recycled'])).sort((a, b) => a - b),
    [0, 1],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a corrected record keeps its digits, is charged, and its first form stays a duplicate', async () => {
  const [entry] = await client.list<{ id: string; record: string }>(
    '/v1/suspense?reason=precision_exceeded&status=open',
  )
  assert.ok(entry !== undefined)
  const corrected = entry.record.replace('1.00000000000000000001', '2.50')
  const changed = await request('PATCH', `/v1/suspense/${entry.id}`, {
    raw: `{"record":${corrected},"note":"typo of the switch"}`,
  })
  assert.equal(changed.status, 200)
  assert.match(String(changed.json['record']), /"minutes":2\.50/)
  const { json } = await request('POST', '/v1/suspense/recycle', { body: { ids: [entry.id] } })
  assert.deepEqual(json, { recycled: 1, stillSuspended: 0 })
  assert.deepEqual(counts(await send(BAD.find(([reason]) => reason === 'precision_exceeded')?.[1] ?? '')), [1, 0, 0, 1])
  const twice = await request('PATCH', `/v1/suspense/${entry.id}`, { raw: `{"record":${corrected}}` })
  assert.equal(twice.json['code'], 'conflict')
})

test('what cannot be mended is written off with a note, and the invariants hold', async () => {
  const { json } = await request('POST', '/v1/suspense/write-off', { body: { reason: 'bad_json', note: 'unreadable' } })
  assert.equal(json['writtenOff'], 2)
  assert.deepEqual(await checkHolds(client), [])
})

test('a body that is broken as a whole is refused as a whole', async () => {
  for (const [raw, code] of [
    [`[${JSON.stringify(call('w1'))},`, 'invalid_json'],
    ['hello', 'invalid_json'],
    ['', 'invalid_json'],
  ] as const) {
    const { status, json } = await request('POST', '/v1/usage', {
      raw,
      headers: { 'content-type': 'application/json' },
    })
    assert.deepEqual([status, json['code']], [400, code], raw)
  }
  const notGzip = await request('POST', '/v1/usage', { raw: 'x', headers: { 'content-encoding': 'gzip' } })
  assert.equal(notGzip.status, 400)
  const brotli = await request('POST', '/v1/usage', { raw: 'x', headers: { 'content-encoding': 'br' } })
  assert.equal(brotli.status, 415)
})

test('a NUL in a record is told, recycled in vain, and costs the engine nothing', async () => {
  await send(JSON.stringify([call('nul', { service: 'a\u0000b' })]))
  const { status, json } = await request('POST', '/v1/suspense/recycle', { body: { reason: 'bad_name' } })
  assert.deepEqual([status, json['recycled'], json['stillSuspended']], [200, 0, 3])
})

test('concurrent deliveries of the same records charge each record once', async () => {
  const body = JSON.stringify(Array.from({ length: 200 }, (_, index) => call(`race-${index}`)))
  const reports = await Promise.all(Array.from({ length: 8 }, () => send(body)))
  assert.equal(
    reports.reduce((sum, report) => sum + Number(report['charged']), 0),
    200,
  )
  assert.deepEqual(await checkHolds(client), [])
})
