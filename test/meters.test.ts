/** Meters that do not simply add up, on the running system: charged as records come, billed, restarted, proved. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import pg from 'pg'
import { startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'

const TENANT = 'meters'
const PLANS = `
meters:
  - { code: peak, name: Peak demand, eventType: demand, aggregator: max, property: kw, unit: kW, scale: 1 }
  - { code: seats, name: Seats, eventType: seats, aggregator: latest, property: seats, unit: seat, scale: 0 }
  - { code: users, name: Users, eventType: visit, aggregator: unique_count, property: user, unit: user, scale: 0 }
  - { code: transit, name: Transit, eventType: sample, aggregator: percentile, percentile: 95, property: mbps, unit: Mbit/s, scale: 2 }
  - { code: storage, name: Storage, eventType: stored, aggregator: time_weighted, timeUnit: hour, property: gb, unit: GB-hour, scale: 3 }
  - code: register
    name: Register
    eventType: reading
    aggregator: interval
    property: kwh
    unit: kWh
    scale: 0
    rollOver: 100000
    register: serial
    estimated: { property: quality, values: [E] }
plans:
  - code: site
    name: Site
    currency: EUR
    prices:
      - { kind: usage, code: demand, name: Demand, meter: peak, rate: { model: per_unit, unitAmount: 2 } }
      - { kind: usage, code: seats, name: Seats, meter: seats, rate: { model: per_unit, unitAmount: 5 } }
      - { kind: usage, code: users, name: Users, meter: users, rate: { model: volume, tiers: [ { upTo: 2, unitAmount: 1 }, { upTo: null, unitAmount: 0.6 } ] } }
      - { kind: usage, code: transit, name: Transit, meter: transit, rate: { model: per_unit, unitAmount: 0.50 } }
      - { kind: usage, code: storage, name: Storage, meter: storage, rate: { model: per_unit, unitAmount: 0.001 } }
      - { kind: usage, code: energy, name: Energy, meter: register, rate: { model: per_unit, unitAmount: 0.20 } }
`

const config = await testConfig()
let app = await startApp(config)
let client = clientOf()

function clientOf(): Client {
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  return new Client(config, TENANT)
}

after(async () => {
  await app.close()
  await rm(config.dataDir, { recursive: true, force: true })
})
await client.post('/v1/tenants', { name: TENANT, clock: '2026-04-01T06:00:00Z', acceptanceWindowDays: 400 })
await seedOperator(client, PLANS)
await createSubscriber(client, 'site', { plan: 'site' })

let serial = 0
async function send(type: string, time: string, data: Json): Promise<Json> {
  return client.post('/v1/usage', [{ id: `m-${++serial}`, service: 'site', type, time: `${time}Z`, data }])
}

/** What the site is billed in a month by description; the whole of all documents until now. */
async function billed(): Promise<Record<string, string>> {
  const lines = new Map<string, number>()
  for (const { id } of await client.list<Json & { id: string }>('/v1/invoices?account=site')) {
    const { document } = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, from, amount } of document.lines) {
      const name = `${String(from).slice(0, 7)} ${String(description)}`
      lines.set(name, (lines.get(name) ?? 0) + Math.round(Number(amount) * 100))
    }
  }
  return Object.fromEntries(
    [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, cents]) => [name, (cents / 100).toFixed(2)]),
  )
}

test('each meter makes its quantity of the records', async () => {
  for (const [time, kw] of [
    ['2026-01-05T10:00:00', '12.5'],
    ['2026-01-06T10:00:00', '30.0'],
    ['2026-01-07T10:00:00', '8'],
  ] as const)
    await send('demand', time, { kw })
  await send('seats', '2026-01-20T00:00:00', { seats: '9' })
  await send('seats', '2026-01-10T00:00:00', { seats: '12' })
  for (const user of ['ann', 'bob', 'ann', 'eve']) await send('visit', '2026-01-05T10:00:00', { user })
  for (let index = 1; index <= 40; index++)
    await send('sample', `2026-01-${String((index % 28) + 1).padStart(2, '0')}T10:00:00`, { mbps: String(index) })
  // 10 GB for the last two days of January, and on: nothing is recorded in February.
  await send('stored', '2026-01-30T00:00:00', { gb: '10' })
  await send('stored', '2026-03-02T00:00:00', { gb: '0' })
  await send('reading', '2026-01-01T00:00:00', { kwh: '99900', serial: 'A' })
  await send('reading', '2026-01-31T00:00:00', { kwh: '40', serial: 'A' })
  await send('reading', '2026-02-28T00:00:00', { kwh: '140', serial: 'A', quality: 'E' })
  await runBills(client, '2026-04-01')
  assert.deepEqual(await billed(), {
    '2026-01 Demand': '60.00',
    '2026-01 Energy': '28.00',
    '2026-01 Seats': '45.00',
    '2026-01 Storage': '0.48',
    '2026-01 Transit': '19.00',
    '2026-01 Users': '1.80',
    '2026-02 Energy': '20.00',
    '2026-02 Storage': '6.72',
    '2026-03 Storage': '0.24',
  })
  assert.deepEqual(await checkHolds(client), [])
})

test('a late reading between two, and one that falls', async () => {
  const late = await send('reading', '2026-01-15T00:00:00', { kwh: '99960', serial: 'A' })
  assert.equal(late['charged'], 1)
  const wrong = await send('reading', '2026-03-10T00:00:00', { kwh: '100000', serial: 'A' })
  assert.equal(wrong['suspended'], 1)
  const [suspended] = await client.list<Json>('/v1/suspense?reason=bad_quantity')
  assert.match(String(suspended?.['detail']), /data\.kwh: the reading is beyond where the register goes round/)
})

for (const [title, forget] of [
  ['restarted from what is stored', false],
  ['rebuilt from the journal alone', true],
] as const) {
  test(`what was observed is still known: ${title}`, async () => {
    await app.close()
    if (forget) {
      const database = new pg.Client({ connectionString: config.databaseUrl })
      await database.connect()
      await database.query(`delete from t_${TENANT}.counter`)
      await database.query(`update t_${TENANT}.partition set checkpoint_seq = 0`)
      await database.end()
    }
    app = await startApp(config)
    client = clientOf()
    assert.deepEqual(await checkHolds(client), [])
    const before = await billed()
    // The same user, a smaller demand and an older count of seats change nothing.
    await send('visit', '2026-01-09T10:00:00', { user: 'bob' })
    await send('demand', '2026-01-09T10:00:00', { kw: '29' })
    await send('seats', '2026-01-11T10:00:00', { seats: '50' })
    await client.post(`/v1/tenants/${TENANT}`, { clock: `2026-0${forget ? 6 : 5}-01T06:00:00Z` }, 'PATCH')
    await runBills(client, `2026-0${forget ? 6 : 5}-01`)
    assert.deepEqual(await billed(), before)
  })
}

test('a late change of a level runs on into the periods that began with it', async () => {
  const before = await billed()
  // From the last day of January 20 GB instead of 10: a day in January, all of February, and one day of March.
  await send('stored', '2026-01-31T00:00:00', { gb: '20' })
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-07-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-07-01')
  assert.deepEqual(await billed(), {
    ...before,
    '2026-01 Storage': '0.72',
    '2026-02 Storage': '13.44',
    '2026-03 Storage': '0.48',
  })
  assert.deepEqual(await checkHolds(client), [])
})

test('an exchanged meter starts anew, and a true reading puts the estimate right', async () => {
  await send('reading', '2026-03-05T00:00:00', { kwh: '130', serial: 'A' })
  await send('reading', '2026-03-05T00:00:00', { kwh: '7', serial: 'B' })
  await send('reading', '2026-03-31T00:00:00', { kwh: '57', serial: 'B' })
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-08-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-08-01')
  // 10 kWh were estimated too many in February; 50 are of the new meter.
  assert.equal((await billed())['2026-03 Energy'], '8.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('prepaid: a level that falls gives the money back', async () => {
  await createSubscriber(client, 'prepaid', { plan: 'site' })
  await client.post('/v1/accounts/prepaid', { creditLimit: '0' }, 'PATCH')
  await client.post('/v1/top-ups', { key: 't1', account: 'prepaid', amount: '100', currency: 'EUR', method: 'cash' })
  const seats = async (id: string, time: string, count: string): Promise<Json> =>
    client.post('/v1/charging', {
      op: 'event',
      source: 's',
      id,
      service: 'prepaid',
      type: 'seats',
      time,
      data: { seats: count },
    })
  assert.equal((await seats('a', '2026-07-02T00:00:00Z', '12'))['amount'], '60.00000000')
  assert.equal((await seats('b', '2026-07-03T00:00:00Z', '4'))['amount'], '-40.00000000')
  assert.equal((await seats('c', '2026-07-04T00:00:00Z', '400'))['reason'], 'insufficient_balance')
  const balances = await client.get('/v1/accounts/prepaid/balances')
  assert.equal(balances['available'], '80.00')
  assert.deepEqual(await checkHolds(client), [])
})
