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

test('M8: the invoice has the numbers as they were meant: 1234 + 1234.5 + 1.23 + 1', async () => {
  await client.post('/v1/tenants/imports', { clock: '2026-02-01T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
  const lines: Json[] = []
  for (const { id } of await client.list<{ id: string }>('/v1/invoices'))
    lines.push(...(await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)).document.lines)
  const calls = lines.find(({ description }) => description === 'Calls')
  assert.equal(calls?.['quantity'], '2470.73')
})
