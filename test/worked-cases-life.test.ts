/** Sections 4 and 5 of the list of worked cases: seats that change in a period, and proration of subscriptions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addExact, type Exact, exact, formatExact, roundExact } from '../src/core/base/exact.ts'
import { formatMinor } from '../src/core/base/money.ts'
import { daysIn, startOfDayMs } from '../src/core/base/period.ts'
import type { RecurringPrice } from '../src/core/catalog/plan.ts'
import type { TierTerms } from '../src/core/catalog/rate-terms.ts'
import { type BillingTimeline, recurringDue } from '../src/core/invoicing/recurring.ts'
import { amountOfSeats, seatRateOf } from '../src/core/invoicing/seat-rate.ts'
import { inLocalDays } from '../src/core/subscriptions/local-days.ts'
import { foldTimeline, type TimelineChange } from '../src/core/subscriptions/timeline.ts'

function recurring(amount: string, more: Partial<RecurringPrice> = {}): RecurringPrice {
  const every = { unit: 'month', count: 1 } as const
  return { kind: 'recurring', code: 'fee', name: 'Fee', amount, every, timing: 'advance', proration: 'day', ...more }
}

function totalDue(price: RecurringPrice, days: string, onDay: string): Exact {
  const [anchor = '', startDay = '', endDay = ''] = days.split(' ')
  const untilMs = endDay === '–' ? Number.POSITIVE_INFINITY : startOfDayMs(endDay, 'UTC')
  const life = { fromMs: startOfDayMs(startDay, 'UTC'), untilMs, planVersionId: 'a', phase: null, isPaused: false }
  const intervals = inLocalDays([{ ...life, quantity: 1 }], 'UTC')
  const timeline: BillingTimeline = { anchor, zone: 'UTC', intervals, applies: () => true, opens: () => true }
  return recurringDue(price, timeline, onDay).reduce((sum, { amount }) => addExact(sum, amount), exact(0n))
}

const QUARTER = { unit: 'month', count: 3 } as const
const bySecond = (amount: string): RecurringPrice => recurring(amount, { proration: 'second' })
const YEAR = { unit: 'year', count: 1 } as const

/** Price; anchor, first day and the day behind the last (– is open); the day of billing; net amount. */
const PRORATED: readonly (readonly [string, RecurringPrice, string, string, string])[] = [
  [
    'PR-1',
    recurring('910', { every: QUARTER, timing: 'arrears' }),
    '2024-04-15 2024-05-20 2024-06-21',
    '2024-07-15',
    '320.00',
  ],
  ['PR-3, with the tax inside', recurring('60'), '2023-01-01 2023-01-08 –', '2023-01-08', '46.45'],
  ['PR-4, charged', recurring('100'), '2025-02-01 2025-02-08 –', '2025-02-08', '75.00'],
  ['PR-4, used until 21 Feb', recurring('100'), '2025-02-01 2025-02-08 2025-02-22', '2025-02-22', '50.00'],
  ['PR-6, unused of the month', recurring('10'), '2023-08-29 2023-09-28 2023-09-29', '2023-09-28', '0.32'],
  ['PR-6, the year', recurring('120', { every: YEAR }), '2023-06-29 2023-09-28 –', '2023-09-28', '90.16'],
  ['PR-8', recurring('1.00', { timing: 'arrears' }), '2023-01-01 2023-01-12 2023-02-01', '2023-02-01', '0.65'],
  ['PR-11, the plan', recurring('1000'), '2023-08-01 2023-08-31 2023-09-01', '2023-08-31', '32.26'],
  ['PR-11, the add-on', recurring('100'), '2023-08-01 2023-08-31 2023-09-01', '2023-08-31', '3.23'],
  ['PR-14, unused of the old', recurring('10'), '2024-03-01 2024-03-15 2024-04-01', '2024-03-15', '5.48'],
  ['PR-14, the new', recurring('20'), '2024-03-01 2024-03-15 –', '2024-03-15', '10.97'],
  ['PR-17, unused of the old', bySecond('10'), '2024-06-01 2024-06-16 2024-07-01', '2024-06-16', '5.00'],
  ['PR-17, the new', bySecond('20'), '2024-06-01 2024-06-16 –', '2024-06-16', '10.00'],
  [
    'PR-19, months of 30 days',
    recurring('100', { proration: 'fixed30' }),
    '2017-12-15 2018-01-01 –',
    '2018-01-15',
    '146.67',
  ],
  ['IS-1, a day of June', recurring('40'), '2025-06-01 2025-06-10 2025-06-11', '2025-06-10', '1.33'],
  ['IS-1, a day of October', recurring('40'), '2025-10-01 2025-10-10 2025-10-11', '2025-10-10', '1.29'],
  ['PR-19, actual days', recurring('100'), '2017-12-15 2018-01-01 –', '2018-01-15', '145.16'],
]

for (const [id, price, days, onDay, net] of PRORATED) {
  test(`${id}: ${price.amount} for ${days}, billed ${onDay}, is ${net}`, () => {
    assert.equal(formatMinor(roundExact(totalDue(price, days, onDay), 2), 'USD'), net)
  })
}

/** Monthly in advance at 1, so that the amount is the number of periods. */
const PERIODS: readonly (readonly [string, string, string, string])[] = [
  ['PR-9a', '2009-01-10 2011-02-10 2011-02-24', '2011-03-06', '0.5'],
  ['PR-9b', '2009-01-10 2011-02-24 –', '2011-03-06', '0.5'],
  ['PR-9c', '2009-01-03 2011-02-17 –', '2011-03-03', '1.5'],
  ['PR-9f', '2009-01-15 2010-12-15 –', '2011-01-16', '2'],
  ['PR-9i', '2009-01-30 2012-01-30 –', '2012-03-01', '2'],
  ['PR-9l', '2009-01-27 2011-02-14 –', '2011-03-01', '44/31'],
]

for (const [id, days, target, periods] of PERIODS) {
  test(`${id}: for ${days}, billed ${target}, it is ${periods} periods`, () => {
    assert.equal(formatExact(totalDue(recurring('1'), days, target)), periods)
  })
}

const SEAT_TIERS: readonly TierTerms[] = [
  { upTo: '5', unitAmount: '10', flatAmount: '100' },
  { upTo: null, unitAmount: '5', flatAmount: '50' },
]

/** Seats at the beginning and after each change, each with what is then left of a period of 30 parts. */
const SEATS: readonly (readonly [string, readonly (readonly [number, bigint])[], string])[] = [
  [
    'LP-1',
    [
      [5, 21n],
      [10, 16n],
      [20, 6n],
      [14, 11n],
    ],
    '197.33',
  ],
  [
    'LP-4',
    [
      [5, 21n],
      [3, 15n],
    ],
    '125.00',
  ],
]

for (const [id, changes, net] of SEATS) {
  test(`${id}: each change of seats is priced in the tiers that it enters or leaves, by what is left: ${net}`, () => {
    const price = recurring('', { amount: undefined, rate: { model: 'graduated', tiers: SEAT_TIERS } })
    const amount = amountOfSeats(
      seatRateOf(price),
      changes.map(([seats, left]) => ({ seats, left })),
      30n,
    )
    assert.equal(formatMinor(roundExact(amount, 2), 'USD'), net)
  })
}

/** A change of plan in the course of a period that was billed in advance: what comes back, and what is new. */
const CHANGED: readonly (readonly [string, string, readonly [RecurringPrice, RecurringPrice], readonly string[]])[] = [
  ['PR-6', '2023-09-28', [recurring('10'), recurring('120', { every: YEAR })], ['-0.32', '90.16']],
  ['PR-14', '2024-03-15', [recurring('10'), recurring('20')], ['-5.48', '10.97']],
  ['PR-17', '2024-06-16', [bySecond('10'), bySecond('20')], ['-5.00', '10.00']],
]

for (const [id, day, [oldFee, newFee], expected] of CHANGED) {
  test(`${id}: changed on ${day}, the old fee gives ${expected[0]} back and the new one is ${expected[1]}`, () => {
    const anchor = id === 'PR-6' ? '2023-06-29' : '2024-01-01'
    const origin = { startMs: startOfDayMs(anchor, 'UTC'), endMs: null, planVersionId: 'old', quantity: 1 }
    const content = { kind: 'plan', planVersionId: 'new' } as const
    const change = { effectiveMs: startOfDayMs(day, 'UTC'), position: 0, content }
    const minor = (price: RecurringPrice, plan: string, changes: readonly TimelineChange[]): bigint => {
      const folded = foldTimeline({ ...origin, zone: 'UTC', trialDays: null, term: null }, changes, () => undefined)
      const intervals = inLocalDays(folded, 'UTC')
      const applies = ({ planVersionId }: { planVersionId: string }): boolean => planVersionId === plan
      const due = recurringDue(price, { anchor, zone: 'UTC', intervals, applies, opens: () => true }, day)
      return roundExact(due.at(-1)?.amount ?? exact(0n), 2)
    }
    const back = minor(oldFee, 'old', [change]) - minor(oldFee, 'old', [])
    assert.deepEqual(
      [back, minor(newFee, 'new', [change])].map((amount) => formatMinor(amount, 'USD')),
      expected,
    )
  })
}

test('PR-22: 9 to 11 Mar and 2 to 4 Nov 2024 are two days each, and a day to itself is none', () => {
  const spans = [
    ['2024-03-09', '2024-03-11'],
    ['2024-11-02', '2024-11-04'],
    ['2024-03-10', '2024-03-10'],
  ] as const
  assert.deepEqual(
    spans.map(([start, end]) => daysIn({ start, end })),
    [2, 2, 0],
  )
})
