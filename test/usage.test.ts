import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Json } from '../src/cli/client.ts'
import { type Ended, runCommand } from './command-line.ts'
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

const kvit = async (...args: string[]): Promise<Ended> =>
  runCommand(args, { KVIT_URL: process.env['KVIT_URL'], KVIT_KEY: process.env['KVIT_KEY'], KVIT_TENANT: 'usage' })

test('E15: missing readings of all services, page by page in both directions, and of those of an account or customer', async () => {
  for (const key of ['g-1', 'g-2', 'g-3']) await createSubscriber(client, key)
  // Comes at half past noon, and is expected from the next whole hour on.
  await client.post('/v1/services', { key: 'g-1-late', account: 'g-1', validFrom: '2026-02-01T12:30:00Z' })
  const read = (service: string, isRead: (hour: number) => boolean): Json[] =>
    Array.from({ length: 24 }, (_, hour) => hour)
      .filter(isRead)
      .map((hour) => {
        const time = `2026-02-01T${String(hour).padStart(2, '0')}:00:10Z`
        return call(`${service} ${hour}`, { service, time, source: 's' })
      })
  const records = [
    ...read('g-1', () => true),
    ...read('g-2', (hour) => hour < 5 || hour > 7),
    ...read('g-1-late', (hour) => hour > 12),
  ]
  assert.deepEqual(counts(await send(JSON.stringify(records))), [56, 56, 0, 0])
  const back = { key: 'g-back', source: 's', id: 'g-2 23', action: 'retract', reason: 'a test' }
  assert.equal((await request('POST', '/v1/usage-corrections', { body: back })).status, 200)
  const span = 'from=2026-02-01T00:00:00Z&until=2026-02-02T00:00:00Z&stepMinutes=60'
  const told = ({ service, account, expected, missing }: Json): string =>
    [service, account, expected, missing].join(' ')
  const of = async (query: string): Promise<string[]> =>
    (await client.list(`/v1/usage-gaps/services?${span}&${query}`)).map(told)
  const whole = ['g-1 g-1 24 0', 'g-2 g-2 24 4', 'g-3 g-3 24 24', 'g-1-late g-1 11 0']
  assert.deepEqual(await of('text=g-'), whole)
  assert.deepEqual(await of('account=g-1'), [whole[0], whole[3]])
  assert.deepEqual(await of('customer=g-2'), [whole[1]])
  assert.deepEqual(await of('text=g-&incomplete=true'), [whole[1], whole[2]])
  assert.deepEqual(await of('text=g-2&type=other'), ['g-2 g-2 24 24'])
  const page = async (query: string): Promise<Json> => client.get(`/v1/usage-gaps/services?${span}&text=g-&${query}`)
  for (const [query, one, next] of [
    ['limit=1', whole[0], whole[1]],
    ['limit=1&incomplete=true', whole[1], whole[2]],
    ['limit=1&order=newest', whole[3], whole[2]],
  ] as const) {
    const first = await page(query)
    const second = await page(`${query}&cursor=${first['nextCursor']}`)
    const again = await page(`${query}&before=${second['previousCursor']}`)
    const found = [first, second, again].map(({ items }) => (items as Json[]).map(told))
    assert.deepEqual(found, [[one], [next], [one]], query)
  }
  const [north] = await client.list(`/v1/usage-gaps/services?${span}&account=g-2`)
  const gaps = [
    { from: '2026-02-01T05:00:00.000Z', until: '2026-02-01T08:00:00.000Z', missing: 3 },
    { from: '2026-02-01T23:00:00.000Z', until: '2026-02-02T00:00:00.000Z', missing: 1 },
  ]
  assert.deepEqual([north?.['gaps'], north?.['customerName']], [gaps, 'Customer g-2'])
  const alone = await client.get(`/v1/usage-gaps?${span}&service=g-2`)
  assert.deepEqual(alone, { service: 'g-2', expected: 24, missing: 4, gaps })
  // Of a year in minutes a page has nine services at most: the next one goes on.
  const year = 'from=2025-03-01T00:00:00Z&until=2026-03-01T00:00:00Z&stepMinutes=1'
  const short = await client.get<Json>(`/v1/usage-gaps/services?${year}&limit=500`)
  assert.ok((short['items'] as Json[]).length <= 9)
  const args = ['--from', '2026-02-01T00:00:00Z', '--until', '2026-02-02T00:00:00Z', '--step-minutes', '60']
  const { out } = await kvit('usage', 'gaps', ...args, '--text', 'g-', '--incomplete', '--oldest-first')
  const first = 'g-2 +g-2 +Customer g-2 +24 +4 +2026-02-01T05:00:00.000Z/2026-02-01T08:00:00.000Z'
  assert.match(out, new RegExp(`^${first}$`, 'm'))
  const both = await kvit('usage', 'gaps', 'g-2', ...args, '--incomplete')
  assert.equal(both.err, 'kvit: of one service there is nothing to choose: leave SERVICE or --incomplete out\n')
})

test('E15: usage of all services is exported as it stands, with what it was charged', async () => {
  for (const key of ['x-1', 'x-2']) await createSubscriber(client, key)
  await client.post('/v1/services', { key: 'x-1-too', account: 'x-1', validFrom: '2026-01-01T00:00:00Z' })
  const at = (id: string, service: string, time: string, more: Json = {}): Json =>
    call(id, { service, time, source: 's', ...more })
  const records = [
    at('x 1', 'x-1', '2026-02-01T23:59:59Z'),
    at('x 2', 'x-1-too', '2026-02-02T10:00:00Z', { data: { minutes: '2', note: 'a "so"' } }),
    at('x 3', 'x-2', '2026-02-02T10:00:00Z', { end: '2026-02-02T10:01:30Z' }),
    at('x 4', 'x-2', '2026-02-02T10:00:01Z'),
    at('x 5', 'x-2', '2026-02-03T00:00:00Z'),
  ]
  assert.deepEqual(counts(await send(JSON.stringify(records))), [5, 5, 0, 0])
  const correct = { source: 's', reason: 'a test' }
  for (const body of [
    { ...correct, key: 'x-back', id: 'x 4', action: 'retract' },
    { ...correct, key: 'x-more', id: 'x 3', action: 'amend', record: { data: { minutes: '3' } } },
  ]) {
    const { status, text } = await request('POST', '/v1/usage-corrections', { body })
    assert.equal(status, 200, text)
  }
  const csv = async (query: string): Promise<string[]> =>
    (await request('GET', `/v1/usage-records.csv?${query}`)).text.trimEnd().split('\n')
  const day = 'from=2026-02-02T00:00:00Z&until=2026-02-03T00:00:00Z'
  const [head, ...rows] = await csv(day)
  assert.equal(head, 'time,end,account,service,type,source,id,price,band,quantity,unit,charge,currency,correction,data')
  const time = '2026-02-02T10:00:00.000Z'
  assert.deepEqual(
    rows.filter((row) => row.includes(',x-')),
    [
      `${time},,x-1,x-1-too,call,s,x 2,calls,,2,min,0.20000000,EUR,,"{""minutes"":""2"",""note"":""a \\""so\\""""}"`,
      `${time},2026-02-02T10:01:30.000Z,x-2,x-2,call,s,x 3,calls,,3,min,0.30000000,EUR,charged_anew,"{""minutes"":""3""}"`,
    ],
  )
  assert.equal((await csv(`${day}&account=x-2`)).length, 2)
  assert.equal((await csv(`${day}&customer=x-1&service=x-1-too`)).length, 2)
  assert.equal((await csv(`${day}&type=other`)).length, 1)
  assert.equal((await csv(`${day}&account=x-1&service=x-2`)).length, 1)
  const far = await request('GET', '/v1/usage-records.csv?from=2026-01-01T00:00:00Z&until=2026-02-02T00:00:01Z')
  assert.deepEqual([far.status, far.json['detail']], [400, 'at most 31 days: ask for one stretch after another'])
  const days = ['--from', '2026-02-01T00:00:00Z', '--until', '2026-02-04T00:00:00Z', '--hours', '7']
  const { out } = await kvit('usage', 'export', ...days, '--customer', 'x-2')
  const found = out.trimEnd().split('\n')
  assert.deepEqual([found.filter((row) => row === head).length, found.length], [1, 3], out)
  assert.match(found[2] as string, /^2026-02-03T00:00:00.000Z,.*,x 5,/)
  const refused = async (...more: string[]): Promise<string> => (await kvit('usage', 'export', ...days, ...more)).err
  assert.match(await refused('--hours', '0'), /--hours is a whole number from 1, not 0/)
  assert.match(
    await refused('--until', '2026-02-30T00:00:00Z'),
    /--until is a time such as .*, not 2026-02-30T00:00:00Z/,
  )
})
