import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds } from './harness.ts'
import { startLife } from './life-world.ts'

const life = await startLife('retro')
await life.client.post('/v1/catalog', {
  files: [
    {
      name: 'bounded.yaml',
      text: `
plans:
  - code: bounded
    name: Bounded
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 31, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }
      - { kind: commitment, code: least, name: At least, amount: 200, every: { unit: month } }
      - { kind: cap, code: most, name: At most, amount: 50, every: { unit: month }, counts: [calls] }
  - code: committed
    name: Committed
    currency: EUR
    prices:
      - { kind: commit, code: hundred, name: Two months, amount: 100, term: { unit: month, count: 2 }, instalments: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }
`,
    },
  ],
})

interface Case {
  readonly title: string
  readonly plan: string
  readonly used?: string
  /** When the subscription began, and what was changed on 5 March. */
  readonly startsAt?: string
  readonly changes: readonly Json[]
  /** Totals of all documents until 1 May. */
  readonly totals: readonly string[]
}

const START = '2026-03-01T00:00:00Z'
const CASES: readonly Case[] = [
  {
    title: 'the only subscription, cancelled as of its start, is credited in the next run',
    plan: 'small',
    changes: [{ kind: 'cancel', at: START }],
    totals: ['31.00', '-31.00'],
  },
  {
    title: 'usage charged before the cancellation is billed',
    plan: 'small',
    used: '120',
    changes: [{ kind: 'cancel', at: START }],
    totals: ['31.00', '-20.00'],
  },
  {
    title: 'that usage stays under its cap, and no minimum is asked',
    plan: 'bounded',
    used: '120',
    changes: [{ kind: 'cancel', at: START }],
    totals: ['31.00', '19.00'],
  },
  {
    title: 'paused as of its start',
    plan: 'small',
    used: '10',
    changes: [{ kind: 'pause', at: START }],
    totals: ['31.00', '-30.00'],
  },
  {
    title: 'another plan as of the start: its fees in place of those billed, usage as charged',
    plan: 'small',
    used: '10',
    changes: [{ kind: 'plan', plan: 'large', at: START }],
    totals: ['31.00', '134.00', '62.00'],
  },
  {
    title: 'another plan as of the start, and cancelled as of it',
    plan: 'small',
    used: '10',
    changes: [
      { kind: 'plan', plan: 'large', at: START },
      { kind: 'cancel', at: START },
    ],
    totals: ['31.00', '-30.00'],
  },
  {
    title: 'begun and ended before the day that periods are counted from',
    plan: 'small',
    startsAt: '2025-12-10T00:00:00Z',
    changes: [{ kind: 'cancel', at: '2025-12-10T00:00:00Z' }],
    // 22 of 31 days of December, and three months that were billed on 1 January, 1 February and 1 March.
    totals: ['22.00', '31.00', '31.00', '31.00', '-115.00'],
  },
]

CASES.forEach(({ title, plan, used, startsAt = START, changes, totals }, index) => {
  test(`M3: ${title}`, async () => {
    const key = `sub-${index}`
    await life.clock('2026-03-01T06:00:00Z')
    await life.subscriber(key, plan, { startsAt })
    await runBills(life.client, '2026-03-01')
    await life.clock('2026-03-05T06:00:00Z')
    if (used !== undefined) assert.equal((await life.use(key, key, '2026-03-03T00:00:00Z', used))['charged'], 1)
    for (const change of changes) await life.change(key, change)
    await life.billedTo('2026-04-01')
    await life.billedTo('2026-05-01')
    assert.deepEqual(
      (await life.invoicesOf(key)).map(({ total }) => total),
      totals,
    )
  })
})

test('M3: usage of a subscription that was cancelled as of its start before anything was billed is billed', async () => {
  await life.clock('2026-03-05T06:00:00Z')
  await life.subscriber('unbilled', 'small')
  await life.use('unbilled', 'unbilled', '2026-03-03T00:00:00Z', '10')
  await life.change('unbilled', { kind: 'cancel', at: START })
  const { documents } = await life.client.get<{ documents: { totals: Json }[] }>('/v1/accounts/unbilled/next-invoice')
  assert.deepEqual(
    documents.map(({ totals }) => totals['total']),
    ['1.00'],
  )
  await life.billedTo('2026-04-01')
  assert.deepEqual(await life.lastLines('unbilled'), ['Calls 1.00'])
})

test('M3: a commit whose money was given is paid to its end', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('bought', 'committed')
  await runBills(life.client, '2026-03-01')
  await life.clock('2026-03-05T06:00:00Z')
  await life.use('bought', 'bought', '2026-03-03T00:00:00Z', '10')
  await life.change('bought', { kind: 'cancel', at: START })
  await life.billedTo('2026-05-01')
  assert.deepEqual(
    (await life.invoicesOf('bought')).map(({ total }) => total),
    ['50.00', '50.00', '10.00'],
  )
})

test('M3: beside another subscription, in an account of another zone', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  const startsAt = '2026-03-01T00:00:00-10:00'
  await life.subscriber('two', 'small', { zone: 'Pacific/Honolulu', startsAt })
  await life.client.post('/v1/subscriptions', { key: 'two-b', account: 'two', plan: 'large', startsAt })
  await life.clock('2026-03-01T18:00:00Z')
  await runBills(life.client, '2026-03-01')
  await life.client.post('/v1/accounts/two', { zone: 'Pacific/Auckland' }, 'PATCH')
  await life.clock('2026-03-05T06:00:00Z')
  await life.use('two', 'two', '2026-03-03T00:00:00Z', '10')
  for (const key of ['two', 'two-b']) await life.change(key, { kind: 'cancel', at: startsAt })
  await life.billedTo('2026-04-02')
  assert.deepEqual(
    (await life.invoicesOf('two')).map(({ total }) => total),
    ['133.00', '-132.00'],
  )
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(life.client), [])
})
