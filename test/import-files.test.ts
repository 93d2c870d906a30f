import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const folder = await mkdtemp(join(tmpdir(), 'kvit-imports-'))
const { client } = await startKvit('imports', '2026-01-31T12:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
after(() => rm(folder, { recursive: true, force: true }))

const MAPPING = {
  name: 'calls',
  delimiter: ';',
  source: 'switch',
  type: 'call',
  id: '{id}',
  service: 'anna',
  time: { column: 'time' },
  data: { minutes: { column: 'minutes' } },
}

let files = 0
async function imported(rows: readonly string[], mapping: Json = MAPPING): Promise<readonly number[]> {
  const file = join(folder, `calls-${++files}.csv`)
  await writeFile(file, ['id;time;minutes', ...rows].join('\n'))
  const { charged, suspended, duplicates } = await importUsageFile(client, file, mapping)
  return [Number(charged), Number(suspended), Number(duplicates)]
}

const suspense = async (): Promise<Json[]> => client.list<Json & { id: string }>('/v1/suspense?status=open')
const withMinutes = (more: Json): Json => ({ ...MAPPING, data: { minutes: { column: 'minutes', ...more } } })
const row = (id: string, minutes: string): string => `${id};2026-01-05T10:00:00Z;${minutes}`

test('M8: with a decimal comma, 1.234 is 1234 where groups are declared', async () => {
  const mapping = withMinutes({ decimalComma: true, grouping: '.' })
  assert.deepEqual(await imported([row('m8-a', '1.234'), row('m8-b', '1.234,5')], mapping), [2, 0, 0])
  const found = await client
    .get<{ items: Json[] }>('/v1/accounts/anna/usage?from=2026-01-01&until=2026-02-01')
    .catch(() => null)
  void found
})

test('M8: with a decimal comma and no groups, 1.234 could be two numbers and goes to suspense', async () => {
  assert.deepEqual(
    await imported([row('m8-c', '1.234'), row('m8-d', '1,23')], withMinutes({ decimalComma: true })),
    [1, 1, 0],
  )
  const [waiting] = (await suspense()).filter((one) => JSON.stringify(one).includes('m8-c'))
  assert.equal(waiting?.['reason'], 'bad_quantity')
  assert.match(String(waiting?.['detail']), /one reading: 1\.234/)
})

test('M8: 1E-02 with a factor is 0.01 times the factor', async () => {
  assert.deepEqual(await imported([row('m8-e', '1E-02')], withMinutes({ factor: '100' })), [1, 0, 0])
})

test('M14: rows without an id are no repetitions of each other', async () => {
  const rows = [row('', '1'), row('', '2'), row('', '2')]
  assert.deepEqual(await imported(rows), [0, 3, 0])
  const waiting = (await suspense()).filter((one) => one['reason'] === 'missing_field')
  assert.equal(waiting.length, 3)
  assert.deepEqual(
    waiting.map(({ importRow }) => String(importRow)),
    ['1', '2', '3'],
  )
  assert.ok(waiting.every(({ file }) => typeof file === 'string' && file !== ''))
  assert.deepEqual(await checkHolds(client), [])
})

test('T11: a record that is sent again while it waits in suspense says that it waits, and why', async () => {
  const record = {
    id: 't11',
    source: 'switch',
    service: 'nobody',
    type: 'call',
    time: '2026-01-05T10:00:00Z',
    data: { minutes: '1' },
  }
  await client.post('/v1/usage', [record])
  const again = await client.post<Json>('/v1/usage', [record])
  assert.deepEqual([again['duplicates'], again['suspended']], [1, 0])
  const [waiting] = again['firstWaiting'] as Json[]
  assert.deepEqual([waiting?.['index'], waiting?.['reason']], [0, 'unknown_service'])
  const online = await client.post<Json>('/v1/charging', { op: 'event', ...record })
  assert.deepEqual([online['result'], online['reason']], ['refused', 'in_suspense'])
})

/** The data that a file's only row comes to: of the record that waits, as no service has its key. */
async function dataOf(text: string, mapping: Json): Promise<unknown> {
  const file = join(folder, `data-${++files}`)
  await writeFile(file, text)
  const { suspended } = await importUsageFile(client, file, { ...MAPPING, service: 'nobody', ...mapping })
  assert.equal(suspended, '1')
  return JSON.parse(String((await suspense()).at(-1)?.['record']))
}

test('E15: a text that stands for nothing leaves a property out, and a field missing', async () => {
  const mapping = { ...MAPPING, none: ['NULL', '-'], data: { minutes: { column: 'minutes' } } }
  assert.deepEqual(await imported([row('e15-a', 'NULL')], mapping), [0, 1, 0])
  assert.equal((await suspense()).at(-1)?.['detail'], 'data.minutes')
  assert.deepEqual(await imported([row('NULL', '1')], mapping), [0, 1, 0])
  assert.deepEqual(
    [(await suspense()).at(-1)?.['reason'], (await suspense()).at(-1)?.['detail']],
    ['missing_field', 'id'],
  )
  const own = { ...mapping, data: { minutes: { column: 'minutes', none: ['x'] } } }
  assert.deepEqual(await imported([row('e15-b', 'x'), row('e15-c', '-')], own), [0, 2, 0])
  const reasons = (await suspense()).slice(-2).map(({ reason }) => reason)
  assert.deepEqual(
    reasons.toSorted((one, other) => String(one).localeCompare(String(other))),
    ['bad_quantity', 'missing_field'],
  )
})

test('E15: an expression makes a number of columns, times and constants, exactly', async () => {
  const header = 'id;time;until;a;b'
  const values = 'e15-d;2026-01-05 10:00:00;2026-01-05 10:30:00.5;0,1;1.000'
  const time = { column: 'time', format: 'local', zone: 'Europe/Kyiv' }
  const commas = { decimalComma: true, grouping: '.' }
  const data = {
    minutes: { expression: '({until} - {time}) * 2', times: [{ ...time, column: 'until' }] },
    both: { expression: '{a} + {a} + {a} - {b} * -0.001', ...commas },
  }
  assert.deepEqual(((await dataOf(`${header}\n${values}`, { time, data })) as Json)['data'], {
    minutes: 3601,
    both: 1.3,
  })
  const bad = { minutes: { expression: '{a} * {b}' } }
  const { data: kept } = (await dataOf(`${header}\ne15-e;2026-01-05T10:00:00Z;;x;1`, { data: bad })) as Json
  assert.deepEqual(kept, { minutes: 'no number that has one reading: x' })
  for (const [expression, said] of [
    ['{a} +', /expected \{column\}, a number or "\("/],
    ['{a} / {b}', /expected an operator at character 4/],
    [`${'('.repeat(20)}1`, /at most 10 parentheses/],
  ] as const)
    await assert.rejects(dataOf(`${header}\n${values}`, { data: { minutes: { expression } } }), said)
  await assert.rejects(
    dataOf(`${header}\n${values}`, { data: { minutes: { expression: '{c} + 1' } } }),
    /the file lacks the columns c; it has/,
  )
  await assert.rejects(dataOf('only|one|column\n1|2|3', {}), /is the delimiter another one\? Write delimiter: "\|"/)
})

test('E15: NDJSON fields within objects are read by their path, and null is nothing', async () => {
  const line =
    '{"id":"e15-f","time":"2026-01-05T10:00:00Z","use":{"call":{"s":1.50,"who":null}},"use.b":"flat","x":{"y":[1]}}'
  const data = {
    minutes: { column: 'use.call.s' },
    who: { column: 'use.call.who', kind: 'text' },
    flat: { column: 'use.b', kind: 'text' },
    list: { column: 'x.y', kind: 'text' },
  }
  const record = (await dataOf(line, { format: 'ndjson', data })) as Json
  assert.deepEqual(record['data'], { minutes: 1.5, flat: 'flat', list: '[1]' })
})

test("E13: a number of more digits than the meter keeps is rounded where the mapping says so, and waits where it doesn't", async () => {
  assert.deepEqual(await imported([row('e13-a', '1.005')]), [0, 1, 0])
  assert.equal((await suspense()).at(-1)?.['reason'], 'precision_exceeded')
  assert.deepEqual(await imported([row('e13-b', '1.005')], withMinutes({ round: 'half_up' })), [1, 0, 0])
  const data = {
    minutes: { column: 'minutes', round: 'half_up', factor: '0.1' },
    other: { column: 'minutes', round: 'down' },
  }
  const { data: kept } = (await dataOf('id;time;minutes\ne13-c;2026-01-05T10:00:00Z;0.0499', { data })) as Json
  assert.deepEqual(kept, { minutes: 0, other: 0.0499 }, 'no meter reads the other one')
})

test('M8: the invoice has the numbers as they were meant: 1234 + 1234.5 + 1.23 + 1, and the rounded 1.01', async () => {
  await client.post('/v1/tenants/imports', { clock: '2026-02-01T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
  const lines: Json[] = []
  for (const { id } of await client.list<{ id: string }>('/v1/invoices'))
    lines.push(...(await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)).document.lines)
  const calls = lines.find(({ description }) => description === 'Calls')
  assert.equal(calls?.['quantity'], '2471.74')
})
