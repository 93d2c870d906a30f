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

test('options that are no numbers and no JSON are told by their names, and nothing is sent', async () => {
  const wrong = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await kvit(...args)
    assert.deepEqual([code, out], [1, ''])
    return err
  }
  const seats = await wrong('subscription', 'change', 'anna', '--kind', 'quantity', '--quantity', 'two', '--at', 'now')
  assert.equal(seats, 'kvit: --quantity is a whole number, such as 5, not "two"\n')
  const kind = await wrong('subscription', 'change', 'anna', '--kind', 'quantty', '--at', 'now')
  assert.match(kind, /"quantty" is none of plan, quantity, pause, .*; did you mean "quantity"\?/)
  const { err } = await runCommand(['-t', 'plainly', 'invoice', 'list'], { ...env, KVIT_KEY: 'kvit_wrong' })
  assert.match(err, /^kvit: the server does not know this API key: see KVIT_KEY/)
  const thresholds = await wrong('account', 'change', 'anna', '--thresholds', '[{bad')
  assert.match(thresholds, /^kvit: --thresholds is no JSON: /)
  const record = await wrong('suspense', 'correct', '7', '--record', '{"id":1')
  assert.match(record, /^kvit: --record is no JSON: /)
  assert.match(await wrong('proof', 'INV-000001', '--head', 'abc'), /^kvit: --head is a whole number/)
})

test('a command that there is not is told of, also where its help is asked for', async () => {
  for (const args of [
    ['invoce', '--help'],
    ['help', 'invoce'],
  ]) {
    const { code, out, err } = await runCommand(args, env)
    assert.deepEqual([code, out], [1, ''])
    assert.equal(err, 'kvit: unknown command "invoce"; did you mean invoice? ("kvit --help" lists what there is)\n')
  }
  assert.match((await runCommand(['help', 'invoice', 'list'], env)).out, /^Usage: kvit invoice list /)
  assert.match((await runCommand(['-t', 'x', '--help'], env)).out, /^Usage: kvit /)
})

test('customer import tells its rows in words, and ends with 2 where some made nothing', async () => {
  const file = join(folder, 'customers.csv')
  await writeFile(file, 'customer.key,customer.name\nc1,One\nc2,\n')
  const some = await kvit('customer', 'import', file)
  assert.equal(some.code, 2, some.err)
  assert.match(some.out, /^rows 2; created: issuers 0, customers 1, .*; there before: 0\n1 of 2 rows made nothing/)
  assert.match(some.out, /^ +3 {2}customer\.name: is missing/m)
  await writeFile(file, 'customer.key,customer.name\nc1,One\n')
  const again = await kvit('--json', 'customer', 'import', file)
  assert.deepEqual([again.code, (JSON.parse(again.out) as Json)['existing']], [0, 1])
})
