import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importDeck } from '../src/cli/commands-deck.ts'
import { ChargingWorld } from './charging-world.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('decks', '2026-03-01T06:00:00Z')
const { client, request } = kvit
const world = new ChargingWorld(kvit)
const folder = await mkdtemp(join(tmpdir(), 'kvit-decks-'))
after(() => rm(folder, { recursive: true, force: true }))

const MAPPING = `
code: world
name: World
numbers: { international: ["00"], country: "380", trunk: "0" }
decimal: comma
prefix: { column: Prefix }
destination: { column: Destination }
rates: { peak: { column: Peak }, off: { column: Off } }
connectionFee: { column: Fee }
increments: { column: Steps }
from: { column: From }
`
const mapping = join(folder, 'mapping.yaml')
await writeFile(mapping, MAPPING)

async function importText(text: string, effectiveFrom: string, options: Json = {}): ReturnType<typeof importDeck> {
  const file = join(folder, 'deck.csv')
  await writeFile(file, text)
  return importDeck(client, file, { mapping, effectiveFrom, ...options })
}

const HEAD = 'Destination;Prefix;Peak;Off;Fee;Steps;From\n'
const plans = (code: string, column: string): string => `
meters:
  - { code: seconds, name: Calls, eventType: call, aggregator: sum, property: seconds, unit: s, scale: 0 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - kind: usage
        code: calls
        name: Calls
        meter: seconds
        per: 60
        deck:
          code: ${code}
          key: number
          bands: [ { name: peak, from: "08:00", to: "20:00", column: ${column} } ]
          otherwise: { name: off, column: off }
`

test('a bad file is refused whole, every mistake with its line, value and what would be right', async () => {
  const text = `${HEAD}Ukraine;380;0,05;0,04;0;60/1;\nPoland;48x1;0.05;0,04;0;60/1;\n`
  await assert.rejects(importText(text, '2026-01-01'), /deck\.csv:3: Prefix "48x1": "48x1" is no prefix: digits/)
  const { items } = await client.get<{ items: Json[] }>('/v1/rate-decks')
  assert.equal(items.length, 0)
})

test('a deck is imported, tried without effect before, and looked up as numbers are dialled', async () => {
  const text = `${HEAD}Ukraine;380;0,06;0,03;0;60/1;\nKyiv;38044-38045;0,12;0,06;0,10;1/1;\nPoland;48, 47;0,60;0,60;0;60/60;\n`
  const dry = await importText(text, '2026-01-01', { dryRun: true })
  assert.deepEqual([dry['rows'], dry['imported'], dry.counts['added']], [5, false, 5])
  assert.equal((await request('GET', '/v1/rate-decks/world')).status, 404)
  assert.equal((await importText(text, '2026-01-01'))['imported'], true)
  for (const number of ['+38 (044) 555', '0038044555', '44555']) {
    const found = await client.get(
      `/v1/rate-decks/world/lookup?number=${encodeURIComponent(number)}&at=2026-01-05T00:00:00Z`,
    )
    assert.deepEqual([found['prefix'], found['destination']], ['38044', 'Kyiv'])
  }
  const before = await request('GET', '/v1/rate-decks/world/lookup?number=44555&at=2025-12-31T23:59:59Z')
  assert.deepEqual([before.status, before.json['detail']], [404, 'no prefix of world matches 44555 at that time'])
})

test('a plan that names an unknown deck or column is told what there is', async () => {
  const publish = async (code: string, column: string): Promise<Json> =>
    (await request('POST', '/v1/catalog', { body: { files: [{ name: 'p.yaml', text: plans(code, column) }] } })).json
  assert.match(
    String((await publish('wrld', 'peak'))['detail']),
    /p\.yaml:15: unknown rate deck "wrld"; did you mean "world"\?/,
  )
  assert.match(
    String((await publish('world', 'peek'))['detail']),
    /deck "world" has no column "peek"; did you mean "peak"\?/,
  )
  await seedOperator(client, plans('world', 'peak'))
})

let serial = 0
async function charge(service: string, number: string, seconds: number, time: string): Promise<string> {
  const answer = await world.ask({
    op: 'event',
    id: `c${++serial}`,
    service,
    type: 'call',
    time,
    data: { number, seconds },
  })
  return answer.amount ?? String(answer.reason)
}

test('CG-6: what has a rate is charged by it, what has none is refused, never free', async () => {
  await createSubscriber(client, 'caller')
  assert.equal(await charge('caller', '0038044123', 90, '2026-02-10T12:00:00Z'), '0.28000000')
  assert.equal(await charge('caller', '44123', 90, '2026-02-10T21:00:00Z'), '0.19000000')
  assert.equal(await charge('caller', '50123', 30, '2026-02-10T12:00:00Z'), '0.06000000')
  assert.equal(await charge('caller', '+48123', 61, '2026-02-10T12:00:00Z'), '1.20000000')
  assert.equal(await charge('caller', '0049123', 60, '2026-02-10T12:00:00Z'), 'no_price')
  for (const number of ['', '0', 'anonymous'])
    assert.equal(await charge('caller', number, 60, '2026-02-10T12:00:00Z'), 'no_price')
})

test('a new version changes rates from its day on; published plans follow, what was charged stays', async () => {
  const text = `${HEAD}Poland;48;1,20;0,60;0;60/60;\nGermany;49;0,01;0,01;0;1/1;2026-02-20\n`
  const added = await importText(text, '2026-02-15', { add: true })
  assert.deepEqual([added['version'], added['rows']], [2, 6])
  assert.deepEqual(added.counts, { added: 1, removed: 0, raised: 1, lowered: 0, changed: 0, unchanged: 4 })
  assert.equal(await charge('caller', '+48123', 61, '2026-02-14T23:58:00Z'), '1.20000000')
  assert.equal(await charge('caller', '+48123', 61, '2026-02-15T12:00:00Z'), '2.40000000')
  assert.equal(await charge('caller', '0049123', 60, '2026-02-19T12:00:00Z'), 'no_price')
  assert.equal(await charge('caller', '0049123', 60, '2026-02-20T12:00:00Z'), '0.01000000')
  const diff = await client.get<{ differences: Json[] }>('/v1/rate-decks/world/diff')
  assert.deepEqual(
    diff.differences.map(({ prefix, change }) => `${prefix} ${change}`),
    ['49 added', '48 raised'],
  )
})

test('a session is granted and charged by the number that it asks for, and not past the end of a rate', async () => {
  await createSubscriber(client, 'talker')
  const session = { session: 's', service: 'talker' }
  const data = { seconds: 3600, number: '0038044123' }
  const ask = { time: '2026-02-10T19:50:00Z', ...session }
  const started = await world.ask({ op: 'start', ...ask, requested: [{ type: 'call', data }] })
  assert.deepEqual(started.groups?.[0]?.granted, { seconds: '600' })
  const used = [{ type: 'call', data: { ...data, seconds: 60 } }]
  const ended = await world.ask({ op: 'end', sequence: 1, ...ask, used })
  assert.equal(ended.amount, '0.22000000')
})

test('bills have a line for each destination and its rates; everything holds', async () => {
  await runBills(client, '2026-03-01')
  const [invoice] = await client.list<{ id: string }>('/v1/invoices?account=caller')
  const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${invoice?.id}`)
  assert.deepEqual(document.lines.map(({ description, amount }) => `${description} = ${amount}`).sort(), [
    'Calls: off, Kyiv = 0.19',
    'Calls: off, Poland = 1.20',
    'Calls: peak, Germany = 0.01',
    'Calls: peak, Kyiv = 0.28',
    'Calls: peak, Poland (1.2 / 0.6, 60/60) = 2.40',
    'Calls: peak, Poland = 1.20',
    'Calls: peak, Ukraine = 0.06',
  ])
  assert.deepEqual(await checkHolds(client), [])
})
