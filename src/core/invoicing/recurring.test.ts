import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addExact, exact, formatExact, roundExact } from '../base/exact.ts'
import { daysIn, startOfDayMs } from '../base/period.ts'
import type { RecurringPrice } from '../catalog/plan.ts'
import { inLocalDays } from '../subscriptions/local-days.ts'
import { type BillingTimeline, type RecurringDue, recurringDue } from './recurring.ts'

const MONTH = { unit: 'month', count: 1 } as const

function priceOf(amount: string, more: Partial<RecurringPrice> = {}): RecurringPrice {
  return {
    kind: 'recurring',
    code: 'fee',
    name: 'Fee',
    amount,
    every: MONTH,
    timing: 'advance',
    proration: 'day',
    ...more,
  }
}

function activeOf(
  anchor: string,
  startDay: string,
  endDay: string | null = null,
  zone = 'UTC',
  seats = 1,
): BillingTimeline {
  const untilMs = endDay === null ? Number.POSITIVE_INFINITY : startOfDayMs(endDay, zone)
  const life = { fromMs: startOfDayMs(startDay, zone), untilMs, planVersionId: 'a', phase: null, isPaused: false }
  const intervals = startDay === endDay ? [] : inLocalDays([{ ...life, quantity: seats }], zone)
  return { anchor, zone, intervals, applies: () => true, opens: () => true }
}

function totalOf(due: readonly RecurringDue[]): string {
  return formatExact(due.reduce((sum, { amount }) => addExact(sum, amount), exact(0n)))
}

/** A monthly price of 1 makes the total the number of periods. */
const PR_9: readonly (readonly [string, string, string | null, string, number, string])[] = [
  ['PR-9a', '2011-02-10', '2011-02-24', '2011-03-06', 10, '0.5'],
  ['PR-9b', '2011-02-24', null, '2011-03-06', 10, '0.5'],
  ['PR-9c', '2011-02-17', null, '2011-03-03', 3, '1.5'],
  ['PR-9f', '2010-12-15', null, '2011-01-16', 15, '2'],
  ['PR-9i', '2012-01-30', null, '2012-03-01', 30, '2'],
  ['PR-9l', '2011-02-14', null, '2011-03-01', 27, '44/31'],
]

for (const [id, start, end, target, cycleDay, periods] of PR_9) {
  test(`${id}: in advance from ${start} to ${end ?? 'open'}, ${target} bills ${periods} periods of cycle day ${cycleDay}`, () => {
    const anchor = `2010-01-${String(cycleDay).padStart(2, '0')}`
    assert.equal(totalOf(recurringDue(priceOf('1'), activeOf(anchor, start, end), target)), periods)
  })
}

test('PR-1: a quarter in arrears is charged for the 32 of its 91 days in which it was active', () => {
  const price = priceOf('910', { every: { unit: 'month', count: 3 }, timing: 'arrears' })
  const active = activeOf('2024-04-15', '2024-05-20', '2024-06-21')
  const [due, ...more] = recurringDue(price, active, '2024-07-15')
  assert.ok(due !== undefined && more.length === 0)
  assert.deepEqual(due.share, { numerator: 32n, denominator: 91n })
  assert.equal(roundExact(due.amount, 2), 32_000n)
})

const TIMING: readonly (readonly [string, Partial<RecurringPrice>, string, number])[] = [
  ['in advance, not before the day that it begins', { timing: 'advance' }, '2024-01-09', 0],
  ['in advance, on the day that it begins', { timing: 'advance' }, '2024-01-10', 1],
  ['in advance, the next on the first day of the next period', { timing: 'advance' }, '2024-02-01', 2],
  ['in arrears, not before the period ends', { timing: 'arrears' }, '2024-01-31', 0],
  ['in arrears, when the period has ended', { timing: 'arrears' }, '2024-02-01', 1],
]

for (const [title, more, onDay, count] of TIMING) {
  test(`a charge falls due ${title}`, () => {
    assert.equal(recurringDue(priceOf('10', more), activeOf('2024-01-01', '2024-01-10'), onDay).length, count)
  })
}

test('in arrears, what ends in the middle of a period falls due on that day', () => {
  const price = priceOf('31', { timing: 'arrears' })
  const active = activeOf('2024-01-01', '2024-01-01', '2024-01-21')
  assert.equal(totalOf(recurringDue(price, active, '2024-01-20')), '0')
  assert.equal(totalOf(recurringDue(price, active, '2024-01-21')), '20')
})

test('month ends clamp and come back: 31 Jan, 28 Feb, 31 Mar are whole periods', () => {
  const due = recurringDue(priceOf('10'), activeOf('2023-01-31', '2023-01-31'), '2023-04-01')
  assert.deepEqual(
    due.map(({ period, share }) => [period.start, period.end, share.denominator]),
    [
      ['2023-01-31', '2023-02-28', 1n],
      ['2023-02-28', '2023-03-31', 1n],
      ['2023-03-31', '2023-04-30', 1n],
    ],
  )
})

const SHARES: readonly (readonly [RecurringPrice['proration'], string, string, string])[] = [
  ['day', '2018-01-01', '2018-01-15', '1400/31'],
  ['fixed30', '2018-01-01', '2018-01-15', '140/3'],
  ['fixed30', '2017-12-16', '2018-01-15', '290/3'],
  ['none', '2018-01-01', '2018-01-15', '100'],
  ['second', '2018-01-01', '2018-01-15', '1400/31'],
]

for (const [proration, start, end, amount] of SHARES) {
  test(`proration by ${proration}: 100 a month from day 15, active ${start} to ${end}, is ${amount}`, () => {
    const due = recurringDue(priceOf('100', { proration }), activeOf('2017-12-15', start, end), '2018-01-14')
    assert.equal(totalOf(due), amount)
  })
}

test('by day, a day of 23 hours is one day; by second, it is shorter', () => {
  const active = activeOf('2024-03-01', '2024-03-01', '2024-03-11', 'America/New_York')
  assert.equal(totalOf(recurringDue(priceOf('31'), active, '2024-03-01')), '10')
  const bySecond = recurringDue(priceOf('743', { proration: 'second' }), active, '2024-03-01')
  assert.equal(totalOf(bySecond), '239')
})

test('seats multiply the amount', () => {
  assert.equal(
    totalOf(recurringDue(priceOf('9.99'), activeOf('2024-01-01', '2024-01-01', null, 'UTC', 7), '2024-01-01')),
    '69.93',
  )
})

test('a subscription that ends before it begins, or has not begun, owes nothing', () => {
  assert.deepEqual(recurringDue(priceOf('1'), activeOf('2024-01-01', '2024-01-05', '2024-01-05'), '2024-02-01'), [])
  assert.deepEqual(recurringDue(priceOf('1'), activeOf('2024-01-01', '2024-03-05'), '2024-02-01'), [])
})

const day = fc
  .integer({ min: 0, max: 900 })
  .map((offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10))
const cycles = fc.record({
  unit: fc.constantFrom('week' as const, 'month' as const, 'year' as const),
  count: fc.integer({ min: 1, max: 3 }),
})
const timings = fc.constantFrom('advance' as const, 'arrears' as const)
const FAR = '2040-01-01'

test('cutting a subscription in two and charging both parts costs what the whole costs', () => {
  fc.assert(
    fc.property(
      day,
      cycles,
      timings,
      fc.constantFrom('day' as const, 'second' as const, 'fixed30' as const),
      fc.tuple(day, day, day),
      (anchor, every, timing, proration, list) => {
        const [start, middle, end] = list.toSorted() as [string, string, string]
        fc.pre(every.unit !== 'week' || proration !== 'fixed30')
        const price = priceOf('97.31', { every, timing, proration })
        const partOf = (from: string, to: string): RecurringDue[] =>
          recurringDue(price, activeOf(anchor, from, to, 'Europe/Kyiv'), FAR)
        assert.equal(totalOf([...partOf(start, middle), ...partOf(middle, end)]), totalOf(partOf(start, end)))
      },
    ),
  )
})

test('active parts tile the days of the subscription, and shares count them', () => {
  fc.assert(
    fc.property(day, cycles, timings, fc.tuple(day, day), (anchor, every, timing, list) => {
      const [start, end] = list.toSorted() as [string, string]
      const due = recurringDue(priceOf('1', { every, timing }), activeOf(anchor, start, end), FAR)
      assert.equal(
        due.reduce((sum, { active }) => sum + daysIn(active), 0),
        daysIn({ start, end }),
      )
      for (const { share, active, period } of due) {
        assert.equal(share.numerator * BigInt(daysIn(period)), share.denominator * BigInt(daysIn(active)))
      }
    }),
  )
})

test('what is due on a day stays due on every later day', () => {
  fc.assert(
    fc.property(day, cycles, timings, day, fc.tuple(day, day), (anchor, every, timing, start, list) => {
      const [onDay, later] = list.toSorted() as [string, string]
      const price = priceOf('1', { every, timing })
      const early = recurringDue(price, activeOf(anchor, start), onDay)
      const late = recurringDue(price, activeOf(anchor, start), later)
      assert.deepEqual(late.slice(0, early.length), early)
    }),
  )
})

test('a fee in arrears without proration is due when its period has ended, also where something changes within it', () => {
  const price = priceOf('40', { timing: 'arrears', proration: 'none' })
  const life = { planVersionId: 'a', phase: null, isPaused: false }
  const changeMs = startOfDayMs('2026-11-02', 'UTC')
  const intervals = inLocalDays(
    [
      { ...life, quantity: 1, fromMs: startOfDayMs('2026-11-01', 'UTC'), untilMs: changeMs },
      { ...life, quantity: 2, fromMs: changeMs, untilMs: Number.POSITIVE_INFINITY },
    ],
    'UTC',
  )
  const timeline = { ...activeOf('2026-11-01', '2026-11-01'), intervals }
  assert.equal(totalOf(recurringDue(price, timeline, '2026-11-30')), '0')
  assert.equal(totalOf(recurringDue(price, timeline, '2026-12-01')), '40')
})

test('flatOnZero asks the fee of the first tier of a period without seats, and not of one in which there may be none', () => {
  const of = (rate: RecurringPrice['rate'], seats: number, endDay: string | null = null): string => {
    const { amount: _, ...price } = priceOf('0', { rate })
    return totalOf(recurringDue(price, activeOf('2026-06-01', '2026-06-01', endDay, 'UTC', seats), '2026-06-01'))
  }
  const tiers = [
    { upTo: '5', unitAmount: '10', flatAmount: '7' },
    { upTo: null, unitAmount: '9' },
  ]
  for (const model of ['graduated', 'volume'] as const) {
    assert.equal(of({ model, tiers, flatOnZero: true }, 0), '7')
    assert.equal(of({ model, tiers, flatOnZero: true }, 0, '2026-06-16'), '7')
    assert.equal(of({ model, tiers, flatOnZero: true }, 1), '17')
    assert.equal(of({ model, tiers }, 0), '0')
  }
  // Started packages have their share: half of June is half of one.
  const packages = { model: 'package', amount: '5', size: '10' } as const
  assert.equal(of({ ...packages, flatOnZero: true }, 0), '5')
  assert.equal(of({ ...packages, flatOnZero: true }, 0, '2026-06-16'), '2.5')
  assert.equal(of({ ...packages, flatOnZero: true }, 11, '2026-06-16'), '5')
  assert.equal(of(packages, 0), '0')
})
