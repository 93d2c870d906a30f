import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/**
 * Usage carries over a change of plan (domain policy 11): what was used before in the period keeps its place in tiers, packages,
 * free units, unique sets and peaks of prices that both plans have.
 */
const METERS = `
meters:
  - { code: used, name: Used, eventType: use, aggregator: sum, property: amount, unit: unit, scale: 0 }
  - { code: users, name: Users, eventType: visit, aggregator: unique_count, property: user, unit: user, scale: 0 }
  - { code: peak, name: Peak, eventType: level, aggregator: max, property: level, unit: MW, scale: 0 }
  - { code: last, name: Last, eventType: disk, aggregator: latest, property: size, unit: GB, scale: 0 }
  - { code: burst, name: Burst, eventType: flow, aggregator: percentile, percentile: 50, property: rate, unit: Mbit, scale: 0 }
`
const planOf = (code: string, rate: string, meter = 'used'): string =>
  `  - { code: ${code}, name: ${code}, currency: EUR, prices: [ { kind: usage, code: use, name: Use, meter: ${meter}, rate: ${rate} } ] }`

const PER_UNIT = '{ model: per_unit, unitAmount: 1 }'
const GRADUATED = '{ model: graduated, tiers: [ { upTo: 100, unitAmount: 2 }, { upTo: null, unitAmount: 1 } ] }'
const DEARER =
  '{ model: graduated, tiers: [ { upTo: 100, unitAmount: 4 }, { upTo: 200, unitAmount: 3 }, { upTo: null, unitAmount: 1 } ] }'
const PACKAGE = '{ model: package, amount: 5, size: 100 }'
const TIER_FEE =
  '{ model: graduated, tiers: [ { upTo: 1000, unitAmount: 0, flatAmount: 7 }, { upTo: null, unitAmount: 0 } ] }'
const FREE = '{ model: per_unit, unitAmount: 1, freeUnits: 100 }'
const VOLUME = '{ model: volume, tiers: [ { upTo: 100, unitAmount: 2 }, { upTo: null, unitAmount: 1 } ] }'
const ZERO_FEE =
  '{ model: graduated, flatOnZero: true, tiers: [ { upTo: 10, unitAmount: 0, flatAmount: 7 }, { upTo: null, unitAmount: 1 } ] }'

interface Case {
  readonly title: string
  readonly meter?: string
  readonly rate: string
  /** Of the plan that is changed to; the same when absent. */
  readonly next?: string
  readonly usage?: 'restart'
  /** Values by day of March 2026; the change is on the 16th, and back on the 25th where `back`. */
  readonly uses: readonly (readonly [day: number, value: string | number])[]
  readonly isBack?: boolean
  readonly right: string
}

const SAME: readonly (readonly [number, number])[] = [
  [5, 100],
  [20, 100],
]
const USERS: readonly (readonly [number, string])[] = [5, 20].flatMap((day) =>
  Array.from({ length: 30 }, (_, user) => [day, `u${user}`] as const),
)
const CASES: readonly Case[] = [
  { title: 'M4: unique users who come again are not new', meter: 'users', rate: PER_UNIT, uses: USERS, right: '30.00' },
  {
    title: 'M4: a peak counts once',
    meter: 'peak',
    rate: PER_UNIT,
    uses: [
      [5, 50],
      [20, 50],
    ],
    right: '50.00',
  },
  { title: 'M4: graduated tiers go on', rate: GRADUATED, uses: SAME, right: '300.00' },
  {
    title: 'M4: a started package goes on',
    rate: PACKAGE,
    uses: [
      [5, 10],
      [20, 10],
    ],
    right: '5.00',
  },
  {
    title: 'M4: a tier’s fee is due once',
    rate: TIER_FEE,
    uses: [
      [5, 10],
      [20, 10],
    ],
    right: '7.00',
  },
  { title: 'M4: free units are free once', rate: FREE, uses: SAME, right: '100.00' },
  {
    title: 'M4: a volume price falls for all that was used',
    rate: VOLUME,
    uses: [
      [5, 80],
      [20, 80],
    ],
    right: '160.00',
  },
  { title: 'M4: the fee of a period without usage is due once', rate: ZERO_FEE, uses: [], right: '7.00' },
  {
    title: 'M4: the fee of the first tier is due once, with usage after the change alone',
    rate: ZERO_FEE,
    uses: [[20, 15]],
    right: '12.00',
  },
  {
    title: 'M4: a higher peak costs what it is higher',
    meter: 'peak',
    rate: PER_UNIT,
    next: '{ model: per_unit, unitAmount: 3 }',
    uses: [
      [5, 50],
      [20, 60],
    ],
    right: '80.00',
  },
  {
    title: 'M4: the latest value replaces the one before',
    meter: 'last',
    rate: PER_UNIT,
    uses: [
      [5, 50],
      [20, 30],
    ],
    right: '30.00',
  },
  {
    title: 'M4: a percentile is of the whole period',
    meter: 'burst',
    rate: PER_UNIT,
    uses: [
      [5, 10],
      [6, 20],
      [20, 30],
      [21, 40],
    ],
    right: '20.00',
  },
  {
    title: 'M4: the new price charges what comes after, in its own tiers',
    rate: GRADUATED,
    next: DEARER,
    uses: [
      [5, 80],
      [20, 50],
    ],
    right: '330.00',
  },
  {
    title: 'M4: late usage moves what comes after it',
    rate: GRADUATED,
    next: DEARER,
    uses: [
      [20, 50],
      [5, 80],
    ],
    right: '330.00',
  },
  { title: 'M4: a late user is one user', meter: 'users', rate: PER_UNIT, uses: USERS.toReversed(), right: '30.00' },
  {
    title: 'M4: a late peak',
    meter: 'peak',
    rate: PER_UNIT,
    uses: [
      [20, 50],
      [5, 70],
    ],
    right: '70.00',
  },
  {
    title: 'M4: a plan that is taken up again stands behind the one between',
    rate: GRADUATED,
    next: DEARER,
    isBack: true,
    uses: [
      [5, 80],
      [20, 50],
      [28, 100],
    ],
    right: '430.00',
  },
  {
    title: 'M4: late usage before a plan that is taken up again',
    rate: GRADUATED,
    next: DEARER,
    isBack: true,
    uses: [
      [28, 100],
      [20, 50],
      [5, 80],
    ],
    right: '430.00',
  },
  { title: 'M4: a change may count usage anew', rate: GRADUATED, usage: 'restart', uses: SAME, right: '400.00' },
  {
    title: 'M4: users count anew where the change says so',
    meter: 'users',
    rate: PER_UNIT,
    usage: 'restart',
    uses: USERS,
    right: '60.00',
  },
]

const { client } = await startKvit('carried', '2026-03-31T12:00:00Z')
const plans = CASES.flatMap(({ rate, next = rate, meter }, index) => [
  planOf(`a${index}`, rate, meter),
  planOf(`b${index}`, next, meter),
])
await seedOperator(client, `${METERS}plans:\n${plans.join('\n')}\n`)

const TYPES: Readonly<Record<string, readonly [type: string, field: string]>> = {
  used: ['use', 'amount'],
  users: ['visit', 'user'],
  peak: ['level', 'level'],
  last: ['disk', 'size'],
  burst: ['flow', 'rate'],
}

const recordOf = (service: string, meter: string, day: number, value: string | number, n: number): Json => {
  const [type, field] = TYPES[meter] as readonly [string, string]
  return {
    id: `${service}-${n}`,
    source: 'test',
    service,
    type,
    time: `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`,
    data: { [field]: String(value) },
  }
}

async function totalOf(account: string): Promise<string> {
  let minor = 0
  for (const { kind, total } of await client.list<{ id: string; kind: string; total: string }>(
    `/v1/invoices?account=${account}`,
  )) {
    const sign = kind === 'credit_note' ? -1 : 1
    minor += sign * Math.round(Number(total) * 100)
  }
  return (minor / 100).toFixed(2)
}

for (const [index, { meter = 'used', uses, usage, isBack }] of CASES.entries()) {
  const key = `c${index}`
  await createSubscriber(client, key, { plan: `a${index}`, startsAt: '2026-03-01T00:00:00Z' })
  const change = (plan: string, at: string): Promise<Json> =>
    client.post(`/v1/subscriptions/${key}/changes`, {
      kind: 'plan',
      plan,
      at,
      ...(usage === undefined ? {} : { usage }),
    })
  await change(`b${index}`, '2026-03-16T00:00:00Z')
  if (isBack === true) await change(`a${index}`, '2026-03-25T00:00:00Z')
  // One day after another: what comes late is charged late.
  for (const day of new Set(uses.map(([one]) => one))) {
    const records = uses.flatMap(([one, value], n) => (one === day ? [recordOf(key, meter, day, value, n)] : []))
    await client.post('/v1/usage', records)
  }
}

const brokenWhenCharged = await checkHolds(client)
await client.post('/v1/tenants/carried', { clock: '2026-04-01T12:00:00Z' }, 'PATCH')
await runBills(client, '2026-04-01')
for (const [index, { title, right }] of CASES.entries())
  test(`${title}: ${right}`, async () => assert.equal(await totalOf(`c${index}`), right))

test('M4: what is charged and billed holds every invariant', async () => {
  assert.deepEqual(brokenWhenCharged, [])
  assert.deepEqual(await checkHolds(client), [])
})
