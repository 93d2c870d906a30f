import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const calls = '{ kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }'
const bounded = (code: string, bound: string, more = ''): string => `
  - code: ${code}
    name: ${code}
    currency: EUR
    prices:
      - ${calls}
      - ${bound}${more}`
const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
${bounded('least-a-day', '{ kind: commitment, code: least, name: At least, amount: 10, every: { unit: day } }')}
${bounded('most-a-day', '{ kind: cap, code: most, name: At most, amount: 10, every: { unit: day } }')}
${bounded('most-a-week', '{ kind: cap, code: most, name: At most, amount: 10, every: { unit: week } }')}
${bounded('least-a-week', '{ kind: commitment, code: least, name: At least, amount: 10, every: { unit: week } }')}
${bounded('most-a-month', '{ kind: cap, code: most, name: At most, amount: 10, every: { unit: month } }')}
${bounded('least-a-month', '{ kind: commitment, code: least, name: At least, amount: 10, every: { unit: month } }')}
${bounded(
  'week-most',
  '{ kind: cap, code: most, name: At most, amount: 10, every: { unit: month } }',
  '\n      - { kind: recurring, code: fee, name: Fee, amount: 70, every: { unit: week } }',
)}
${bounded(
  'week-least',
  '{ kind: commitment, code: least, name: At least, amount: 40, every: { unit: month } }',
  '\n      - { kind: recurring, code: fee, name: Fee, amount: 7, every: { unit: week } }',
)}
${bounded(
  'both',
  '{ kind: cap, code: most, name: At most, amount: 10, every: { unit: day } }',
  '\n      - { kind: commitment, code: least, name: At least, amount: 25, every: { unit: month }, proration: none }',
)}
`

const { client, request, config } = await startKvit('windows', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)

const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/windows', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}
async function use(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  assert.equal(report['charged'], 1)
}
async function linesOf(account: string): Promise<Json[][]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return Promise.all(
    list.map(
      async ({ id }) => (await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)).document.lines,
    ),
  )
}
const totalsOf = async (account: string): Promise<string[]> =>
  (await client.list<{ total: string }>(`/v1/invoices?account=${account}`)).map(({ total }) => total)

/** The subscription's days and alignment, usage by day, and the totals of the bills of 1 February and 1 March. */
const CASES: readonly (readonly [string, string, Json, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    'a minimum a day: 10 and 16 are above it',
    'least-a-day',
    { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-12T00:00:00Z' },
    { '01-10': '10', '01-11': '16' },
    ['26.00'],
  ],
  [
    'a minimum a day, all of January: each of the other 29 days is billed',
    'least-a-day',
    { endsAt: '2026-02-01T00:00:00Z' },
    { '01-10': '10', '01-11': '16' },
    ['316.00'],
  ],
  ['a minimum a day, little used', 'least-a-day', { endsAt: '2026-01-03T00:00:00Z' }, { '01-02': '4' }, ['20.00']],
  ['a maximum a day', 'most-a-day', {}, { '01-10': '10', '01-11': '16' }, ['20.00']],
  ['a maximum a day, nothing beyond it', 'most-a-day', {}, { '01-10': '9', '01-11': '1' }, ['10.00']],
  [
    'a maximum a week that lies in two months: from 29 January until 5 February',
    'most-a-week',
    {},
    { '01-28': '8', '01-30': '8', '02-04': '7', '02-05': '6' },
    ['16.00', '8.00'],
  ],
  [
    'a minimum a week: that from 29 January is billed when it has ended, and with what was used in both months',
    'least-a-week',
    { startsAt: '2026-01-22T00:00:00Z', endsAt: '2026-02-05T00:00:00Z' },
    { '01-22': '3', '01-30': '4', '02-04': '5' },
    ['14.00', '6.00'],
  ],
  [
    'a maximum a month, counted from the 15th',
    'most-a-month',
    { startsAt: '2026-01-15T00:00:00Z', alignment: 'anniversary' },
    { '01-16': '8', '02-10': '8', '02-16': '8' },
    ['8.00', '10.00'],
  ],
  [
    'a minimum a month, counted from the 15th',
    'least-a-month',
    { startsAt: '2026-01-15T00:00:00Z', endsAt: '2026-02-15T00:00:00Z', alignment: 'anniversary' },
    { '01-16': '4', '02-10': '3' },
    ['4.00', '6.00'],
  ],
  [
    'a maximum a day under a minimum a month, which counts what is left',
    'both',
    { endsAt: '2026-02-01T00:00:00Z' },
    { '01-10': '30', '01-11': '5' },
    ['25.00'],
  ],
  [
    'a maximum a month, and a week that began in January: its days from 1 February on, when it was bought, are of February',
    'week-most',
    { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' },
    {},
    ['10.00', '0.00'],
  ],
  [
    'a minimum a month, and such a week: fees of 4.00, three times 7.00 and 3.00 are 12.00 less',
    'week-least',
    { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' },
    {},
    ['4.00', '36.00'],
  ],
]

CASES.forEach(([title, plan, life, used, totals], index) => {
  test(`M7: ${title}`, async () => {
    const key = `window-${index}`
    await client.post('/v1/tenants/windows', { clock: '2026-01-01T06:00:00Z', back: true }, 'PATCH')
    await createSubscriber(client, key, { plan, ...life })
    for (const month of ['02', '03']) {
      const until = `2026-${month}-01`
      await client.post('/v1/tenants/windows', { clock: `${until}T05:00:00Z` }, 'PATCH')
      for (const [day, minutes] of Object.entries(used).filter(
        ([day]) => Number(day.slice(0, 2)) === Number(month) - 1,
      ))
        await use(`${key}-${day}`, key, `2026-${day}T10:00:00Z`, minutes)
      await bill(until)
    }
    assert.deepEqual(await totalsOf(key), totals)
  })
})

test('M7: a maximum of a period that begins with the day of a pause holds for what was used that morning', async () => {
  await client.post('/v1/tenants/windows', { clock: '2026-01-01T06:00:00Z', back: true }, 'PATCH')
  await createSubscriber(client, 'resting', { plan: 'most-a-month' })
  await client.post('/v1/tenants/windows', { clock: '2026-02-01T13:00:00Z' }, 'PATCH')
  await use('resting-1', 'resting', '2026-02-01T08:00:00Z', '24')
  await client.post('/v1/subscriptions/resting/changes', { kind: 'pause', at: '2026-02-01T12:00:00Z' })
  await bill('2026-03-01')
  assert.deepEqual(await totalsOf('resting'), ['10.00'])
})

test('M7: late usage on a day takes from the minimum of that day, and is cut by its maximum', async () => {
  await client.post('/v1/tenants/windows', { clock: '2026-01-01T06:00:00Z', back: true }, 'PATCH')
  await createSubscriber(client, 'late-least', { plan: 'least-a-day', endsAt: '2026-01-03T00:00:00Z' })
  await createSubscriber(client, 'late-most', { plan: 'most-a-day' })
  await client.post('/v1/tenants/windows', { clock: '2026-01-05T06:00:00Z' }, 'PATCH')
  for (const key of ['late-least', 'late-most']) await use(`${key}-1`, key, '2026-01-02T10:00:00Z', '7')
  await bill('2026-02-01')
  for (const key of ['late-least', 'late-most']) {
    await use(`${key}-2`, key, '2026-01-01T10:00:00Z', '4')
    await use(`${key}-3`, key, '2026-01-02T10:00:00Z', '6')
  }
  await bill('2026-03-01')
  // 10.00 and 10.00 at first; now 10.00 and 13.00.
  assert.deepEqual(await totalsOf('late-least'), ['20.00', '3.00'])
  // 7.00 at first; now 4.00 and 10.00.
  assert.deepEqual(await totalsOf('late-most'), ['7.00', '7.00'])
  const [, lines = []] = await linesOf('late-most')
  const cut = lines.find(({ kind }) => kind === 'cap')
  const explained = await client.get<{ basis: Json }>(`/v1/invoice-lines/${cut?.['id']}/explain`)
  assert.deepEqual(explained.basis, {
    ...{ rule: 'cap', code: 'most', period: { start: '2026-01-02', end: '2026-01-03' } },
    ...{ maximum: '10.00', together: '13.00', taken: '3.00' },
  })
})

test('M7: what a day of a level comes to is not known, so a plan that counts it by the day is refused with a sentence', async () => {
  const text = `
meters:
  - { code: stored, name: Stored, eventType: level, aggregator: time_weighted, property: gb, unit: GBh, scale: 2, timeUnit: hour }
plans:
  - code: storage
    name: Storage
    currency: EUR
    prices:
      - { kind: usage, code: stored, name: Stored, meter: stored, rate: { model: per_unit, unitAmount: 1 } }
      - { kind: cap, code: most, name: At most, amount: 10, every: { unit: day } }
`
  const { status, text: told } = await request('POST', '/v1/catalog', {
    body: { files: [{ name: 'storage.yaml', text }] },
  })
  assert.equal(status, 422)
  assert.match(told, /runs on between records; count by months/)
})

test('M7: kvit check names a window that was billed less than it promises', async () => {
  const db = new pg.Client({ connectionString: config.databaseUrl })
  await db.connect()
  const raise = 'update t_windows.invoice_line set amount_minor = amount_minor + $1 where kind = $2'
  await db.query(raise, [-100, 'commitment'])
  const broken = await checkHolds(client)
  await db.query(raise, [100, 'commitment'])
  await db.end()
  assert.ok(
    broken.some((text) => text.startsWith('no window that a price promises goes unbilled: least of')),
    broken.join(),
  )
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
