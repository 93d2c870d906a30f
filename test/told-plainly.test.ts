import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runCommand } from './command-line.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, per: 3, rate: { model: per_unit, unitAmount: 0.0000001 } }
`

const { client } = await startKvit('plainly', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)
await createSubscriber(client, 'anna')
const folder = await mkdtemp(join(tmpdir(), 'kvit-test-told-'))
after(() => rm(folder, { recursive: true, force: true }))
const env = { KVIT_URL: process.env['KVIT_URL'], KVIT_KEY: process.env['KVIT_KEY'] }
const kvit = (...args: string[]): ReturnType<typeof runCommand> => runCommand(['--tenant', 'plainly', ...args], env)

test('T15: a second bill run of a day says that nothing was new', async () => {
  const first = await kvit('bill', 'run', '--until', '2026-01-01')
  assert.match(first.out, /documents issued: 1/, first.err)
  const second = await kvit('bill', 'run', '--until', '2026-01-01')
  assert.match(second.out, /nothing was new; documents issued before: 1/)
  const run = JSON.parse((await kvit('--json', 'bill', 'run', '--until', '2026-01-01')).out) as Json
  assert.deepEqual([run['documents'], run['issued']], [1, 0])
})

test('T17: a simulation tells the price exactly, beside what would be charged', async () => {
  const records = [{ type: 'call', time: '2026-01-02T10:00:00Z', data: { minutes: '0.01' } }]
  const found = await client.post<Json & { items: Json[] }>('/v1/plans/basic/simulate', { records })
  assert.deepEqual([found['total'], found['exactTotal']], ['0.00000000', '1/3000000000'])
  assert.deepEqual(
    found.items.map(({ amount, exactAmount }) => [amount, exactAmount]),
    [['0.00000000', '1/3000000000']],
  )
})

test('T17: answers of `kvit charge` are lines of JSON, and with --json a list of objects', async () => {
  const file = join(folder, 'requests.ndjson')
  const event = { kind: 'event', id: 'e1', source: 'gw', service: 'anna', type: 'call', data: { minutes: '1' } }
  await writeFile(file, `${JSON.stringify({ ...event, time: '2026-01-01T05:00:00Z' })}\n`)
  const plain = await kvit('charge', file)
  const [line = '', ...more] = plain.out.trim().split('\n')
  assert.equal(more.length, 0, plain.err)
  const list = JSON.parse((await kvit('--json', 'charge', file)).out) as Json[]
  assert.deepEqual(
    list.map((answer) => Object.keys(answer).sort()),
    [Object.keys(JSON.parse(line) as Json).sort()],
  )
})
