import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Cycle } from '../base/period.ts'
import { type BillingMoment, billingMoments } from './billing-moments.ts'

const MONTH: Cycle = { unit: 'month', count: 1 }

const TABLE: readonly (readonly [string, string, readonly string[], string | null, string, readonly string[]])[] = [
  ['without a subscription there is nothing to bill', '2024-01-01', [], null, '2024-12-31', []],
  [
    'a start between boundaries is a moment of its own',
    '2024-01-01',
    ['2024-01-10'],
    null,
    '2024-03-01',
    ['2024-01-10 start', '2024-02-01 cycle', '2024-03-01 cycle'],
  ],
  ['a start on a boundary is one moment', '2024-01-01', ['2024-02-01'], null, '2024-02-20', ['2024-02-01 cycle']],
  [
    'what is billed is not billed again',
    '2024-01-01',
    ['2024-01-10'],
    '2024-02-01',
    '2024-03-31',
    ['2024-03-01 cycle'],
  ],
  [
    'nothing before the first subscription',
    '2024-01-15',
    ['2024-05-20'],
    null,
    '2024-06-30',
    ['2024-05-20 start', '2024-06-15 cycle'],
  ],
  [
    'a second subscription adds its start',
    '2024-01-01',
    ['2024-02-10', '2024-01-01'],
    '2024-01-01',
    '2024-03-01',
    ['2024-02-01 cycle', '2024-02-10 start', '2024-03-01 cycle'],
  ],
  [
    'month ends come back',
    '2023-01-31',
    ['2023-01-31'],
    '2023-01-31',
    '2023-04-29',
    ['2023-02-28 cycle', '2023-03-31 cycle'],
  ],
  ['a start after the day asked for waits', '2024-01-01', ['2024-03-05'], null, '2024-03-04', []],
]

function written({ day, purpose }: BillingMoment): string {
  return `${day} ${purpose}`
}

for (const [title, anchor, startDays, billedUntil, until, expected] of TABLE) {
  test(`${title}: anchor ${anchor}, starts ${startDays.join(', ') || 'none'}, until ${until}`, () => {
    assert.deepEqual(billingMoments(anchor, MONTH, startDays, billedUntil, until).map(written), expected)
  })
}

const days = fc
  .integer({ min: 0, max: 700 })
  .map((offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10))
const cycles = fc.record({
  unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
  count: fc.integer({ min: 1, max: 5 }),
})
const starts = fc.array(days, { maxLength: 4 })

test('what was billed, or charged, is looked at again when no subscription has a day left', () => {
  const days = (billedUntil: string | null, charged: string[]): string[] =>
    billingMoments('2024-01-01', MONTH, [], billedUntil, '2024-04-15', charged).map(written)
  assert.deepEqual(days('2024-02-10', []), ['2024-03-01 cycle', '2024-04-01 cycle'])
  assert.deepEqual(days(null, ['2024-04-01', '2024-03-01']), ['2024-03-01 cycle', '2024-04-01 cycle'])
})

test('billing in two runs meets the moments that one run meets', () => {
  fc.assert(
    fc.property(days, cycles, starts, fc.tuple(days, days), (anchor, cycle, startDays, pair) => {
      const [middle, until] = pair.toSorted() as [string, string]
      const first = billingMoments(anchor, cycle, startDays, null, middle)
      const done = first.at(-1)?.day ?? null
      const second = billingMoments(anchor, cycle, startDays, done, until)
      assert.deepEqual([...first, ...second], billingMoments(anchor, cycle, startDays, null, until))
    }),
  )
})

test('moments rise, none twice, none before the first start or outside what is asked', () => {
  fc.assert(
    fc.property(days, cycles, starts, fc.option(days), days, (anchor, cycle, startDays, billedUntil, until) => {
      const list = billingMoments(anchor, cycle, startDays, billedUntil, until).map(({ day }) => day)
      assert.deepEqual(list, [...new Set(list)].sort())
      const earliest = billedUntil ?? startDays.toSorted()[0] ?? ''
      assert.ok(list.every((day) => day >= earliest && day <= until && (billedUntil === null || day > billedUntil)))
    }),
  )
})
