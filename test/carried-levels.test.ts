import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/**
 * Levels and registers carry over a change of plan like other usage (domain policy 11): what was metered under the plan before
 * fills the tiers and packages of the new plan's price first. All in March 2026, which has 31 days; the change is on the 16th.
 */
const METERS = `
meters:
  - { code: disk, name: Disk, eventType: disk, aggregator: time_weighted, timeUnit: day, property: gb, unit: GB-day, scale: 0 }
  - { code: steps, name: Steps, eventType: step, aggregator: time_weighted, changes: true, timeUnit: day, property: gb, unit: GB-day, scale: 0 }
  - { code: register, name: Register, eventType: reading, aggregator: interval, property: kwh, unit: kWh, scale: 0 }
`
/** P(150) = 250, P(310) = 410. */
const GRADUATED = '{ model: graduated, tiers: [ { upTo: 100, unitAmount: 2 }, { upTo: null, unitAmount: 1 } ] }'
/** P(150) = 550, P(310) = 810. */
const DEARER =
  '{ model: graduated, tiers: [ { upTo: 100, unitAmount: 4 }, { upTo: 200, unitAmount: 3 }, { upTo: null, unitAmount: 1 } ] }'
const PACKAGE = '{ model: package, amount: 5, size: 100 }'
const PER_UNIT = '{ model: per_unit, unitAmount: 1 }'

type Use = readonly [day: number, value: number]
interface Case {
  readonly title: string
  readonly meter?: 'disk' | 'steps' | 'register'
  readonly rate: string
  readonly next?: string
  readonly usage?: 'restart'
  readonly isBack?: boolean
  /** In the order in which they come. */
  readonly uses: readonly Use[]
  /** What becomes of one of them afterwards: of the first, unless its place is said. */
  readonly correction?: Json
  readonly corrected?: number
  readonly right: string
}
/** "1:10 20:30" is 10 on the 1st and 30 on the 20th. */
const usesOf = (text: string): Use[] => text.split(' ').map((use) => use.split(':').map(Number) as [number, number])
const HELD = usesOf('1:10')

const CASES: readonly Case[] = [
  {
    title: 'a level that nothing is told of after the change goes on in its tier',
    rate: GRADUATED,
    uses: HELD,
    right: '410.00',
  },
  {
    title: 'a level that is told again goes on in its tier',
    rate: GRADUATED,
    uses: usesOf('1:10 20:10'),
    right: '410.00',
  },
  {
    title: 'the new price charges what comes after, in its own tiers',
    rate: GRADUATED,
    next: DEARER,
    uses: HELD,
    right: '510.00',
  },
  {
    title: 'the same, told again',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('1:10 20:10'),
    right: '510.00',
  },
  {
    title: 'a late level moves what comes after it',
    rate: GRADUATED,
    uses: usesOf('20:20 1:10'),
    right: '530.00',
  },
  {
    title: 'a late level moves what comes after it, at other prices',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('20:20 1:10'),
    right: '630.00',
  },
  { title: 'a level that is told by its changes', meter: 'steps', rate: GRADUATED, uses: HELD, right: '410.00' },
  {
    title: 'changes of a level, late',
    meter: 'steps',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('20:10 1:10'),
    right: '630.00',
  },
  { title: 'a package that was begun goes on', rate: PACKAGE, uses: HELD, right: '20.00' },
  {
    title: 'a plan that is taken up again',
    rate: GRADUATED,
    isBack: true,
    uses: usesOf('1:10 20:10 26:10'),
    right: '410.00',
  },
  {
    title: 'a plan that is taken up again counts with its first time',
    rate: GRADUATED,
    next: DEARER,
    isBack: true,
    uses: HELD,
    right: '410.00',
  },
  {
    title: 'a level counts anew where the change says so',
    rate: GRADUATED,
    usage: 'restart',
    uses: usesOf('1:10 20:10'),
    right: '510.00',
  },
  {
    title: 'a level counts anew where the change says so, and nothing is told',
    rate: GRADUATED,
    usage: 'restart',
    uses: HELD,
    right: '510.00',
  },
  {
    title: 'a register goes on in its tier',
    meter: 'register',
    rate: GRADUATED,
    uses: usesOf('1:0 10:80 20:130'),
    right: '230.00',
  },
  {
    title: 'a register at other prices',
    meter: 'register',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('1:0 10:80 20:130'),
    right: '330.00',
  },
  {
    title: 'a late reading moves what comes after it',
    meter: 'register',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('1:0 20:130 10:80'),
    right: '330.00',
  },
  {
    title: 'a register counts anew where the change says so',
    meter: 'register',
    rate: GRADUATED,
    usage: 'restart',
    uses: usesOf('1:0 10:80 20:130'),
    right: '260.00',
  },
  {
    title: 'a linear price costs the same either way',
    rate: PER_UNIT,
    uses: usesOf('1:10 20:10'),
    right: '310.00',
  },
  {
    title: 'a level of the old plan is amended',
    rate: GRADUATED,
    uses: usesOf('1:10 20:20'),
    correction: { action: 'amend', record: { data: { gb: '20' } } },
    right: '720.00',
  },
  {
    title: 'a level of the old plan is amended, at other prices',
    rate: GRADUATED,
    next: DEARER,
    uses: HELD,
    correction: { action: 'amend', record: { data: { gb: '20' } } },
    right: '720.00',
  },
  {
    title: 'a level of the old plan is retracted',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('1:10 20:10'),
    correction: { action: 'retract' },
    right: '460.00',
  },
  {
    title: 'a late level of the old plan is retracted',
    rate: GRADUATED,
    uses: usesOf('20:10 1:10'),
    correction: { action: 'retract' },
    corrected: 1,
    right: '220.00',
  },
  {
    title: 'a reading of the old plan is amended',
    meter: 'register',
    rate: GRADUATED,
    next: DEARER,
    uses: usesOf('10:80 1:0 20:130'),
    correction: { action: 'amend', record: { data: { kwh: '120' } } },
    right: '250.00',
  },
]

const kvit = await startKvit('levels', '2026-03-31T12:00:00Z', 400, 0)
const { client } = kvit
const plans = CASES.flatMap(({ rate, next = rate, meter = 'disk' }, index) =>
  [rate, next].map(
    (one, at) =>
      `  - { code: ${'ab'[at]}${index}, name: P, currency: EUR, prices: [ { kind: usage, code: use, name: Use, meter: ${meter}, rate: ${one} } ] }`,
  ),
)
await seedOperator(client, `${METERS}plans:\n${plans.join('\n')}\n`)

const TYPES = { disk: ['disk', 'gb'], steps: ['step', 'gb'], register: ['reading', 'kwh'] } as const
const time = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T00:00:00Z`

function recordOf(service: string, meter: keyof typeof TYPES, [day, value]: Use, id: string): Json {
  const [type, field] = TYPES[meter]
  return { id, source: 'test', service, type, time: time(day), data: { [field]: String(value) } }
}

async function change(key: string, plan: string, day: number, usage?: string): Promise<void> {
  const more = usage === undefined ? {} : { usage }
  await client.post(`/v1/subscriptions/${key}/changes`, { kind: 'plan', plan, at: time(day), ...more })
}

async function live(key: string, index: number, { meter = 'disk', uses, usage, isBack }: Case): Promise<void> {
  await change(key, `b${index}`, 16, usage)
  if (isBack === true) await change(key, `a${index}`, 25)
  for (const [n, use] of uses.entries()) {
    const answer = await client.post<Json>('/v1/usage', [recordOf(key, meter, use, `${key}-${n}`)])
    assert.equal(answer['charged'], 1, `${key}: ${JSON.stringify(answer)}`)
  }
}

async function correct(key: string, { correction, corrected = 0 }: Case): Promise<void> {
  if (correction === undefined) return
  const which = { key: `fix-${key}`, source: 'test', id: `${key}-${corrected}`, reason: 'a test' }
  await client.post('/v1/usage-corrections', { ...which, ...correction })
}

/** On invoice, and from a balance of 2,000. */
for (const [index, given] of CASES.entries()) {
  for (const key of [`c${index}`, `p${index}`]) {
    await createSubscriber(client, key, { plan: `a${index}`, startsAt: '2026-03-01T00:00:00Z' })
    if (key.startsWith('p')) {
      await client.post(`/v1/accounts/${key}`, { creditLimit: '0' }, 'PATCH')
      await client.post('/v1/top-ups', { key, account: key, amount: '2000', currency: 'EUR', method: 'cash' })
    }
    await live(key, index, given)
  }
}
// Records are corrected as the journal has them, and as the archive has them.
for (const [index, given] of CASES.entries()) await correct(`c${index}`, given)
await client.post('/v1/journal/archive', {})
for (const [index, given] of CASES.entries()) await correct(`p${index}`, given)
const brokenWhenCharged = await checkHolds(client)

// Advice and answer of an event under the new plan, at other prices: 260 more, 160 less for the old plan.
const HALF = CASES.findIndex(({ next, uses }) => next === DEARER && uses === HELD)
await createSubscriber(client, 'online', { plan: `a${HALF}`, startsAt: '2026-03-01T00:00:00Z' })
await client.post('/v1/accounts/online', { creditLimit: '0' }, 'PATCH')
await client.post('/v1/top-ups', { key: 'o', account: 'online', amount: '520', currency: 'EUR', method: 'cash' })
const ask = async (path: string, use: Use, id: string): Promise<Json> =>
  client.post<Json>(path, { op: 'event', ...recordOf('online', 'disk', use, id) })
const first = await ask('/v1/charging', [1, 10], 'o-1')
await change('online', `b${HALF}`, 16)
const advised = await client.post<Json>('/v1/charging/advice', recordOf('online', 'disk', [20, 10], 'o-2'))
const second = await ask('/v1/charging', [20, 10], 'o-2')
const left = (await client.get('/v1/accounts/online/balances'))['available']
const advisedLate = await client.post<Json>('/v1/charging/advice', recordOf('online', 'disk', [10, 12], 'o-3'))
const late = await ask('/v1/charging', [10, 12], 'o-3')

await client.post('/v1/tenants/levels', { clock: '2026-04-01T12:00:00Z' }, 'PATCH')
await runBills(client, '2026-04-01')

async function totalOf(account: string): Promise<string> {
  const documents = await client.list<{ id: string; kind: string; total: string }>(`/v1/invoices?account=${account}`)
  const minor = documents.reduce((sum, { kind, total }) => {
    return sum + (kind === 'credit_note' ? -1 : 1) * Math.round(Number(total) * 100)
  }, 0)
  return (minor / 100).toFixed(2)
}

for (const [index, { title, right }] of CASES.entries())
  test(`M4: ${title}: ${right}`, async () => {
    assert.equal(await totalOf(`c${index}`), right)
    assert.equal(await totalOf(`p${index}`), right)
    const { available } = await client.get<{ available: string }>(`/v1/accounts/p${index}/balances`)
    assert.equal(Number(available), 2000 - Number(right))
  })

test('M4: advice and the answer to an event are what both plans come to', () => {
  assert.equal(first['amount'], '410.00000000', JSON.stringify(first))
  assert.equal(advised['cost'], '100.00000000', JSON.stringify(advised))
  assert.equal(second['amount'], '100.00000000', JSON.stringify(second))
  assert.equal(left, '10.00')
  // Of the old plan 12 more at 1.00; of the new one P(330) − P(162) = 830 − 586 in place of 260.
  assert.equal(advisedLate['cost'], '-4.00000000', JSON.stringify(advisedLate))
  assert.equal(late['amount'], '-4.00000000', JSON.stringify(late))
})

test('M4: levels that are charged and billed hold every invariant', async () => {
  assert.deepEqual(brokenWhenCharged, [])
  assert.deepEqual(await checkHolds(client), [])
})
