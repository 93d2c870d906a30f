import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecurringPrice } from '../catalog/plan.ts'
import { dayOfFee, isDayOf, nextDay } from './daily-fees.ts'
import type { BillingTimeline } from './recurring.ts'

const price: RecurringPrice = {
  ...{ kind: 'recurring', code: 'fee', name: 'Fee', amount: '40' },
  ...{ every: { unit: 'month', count: 1 }, timing: 'arrears', proration: 'day' },
}

function timeline(start: string, end: string | null): BillingTimeline {
  const range = { start, end }
  const interval = { fromMs: 0, untilMs: Number.POSITIVE_INFINITY, planVersionId: 'p', phase: null, isPaused: false }
  const intervals = [{ ...interval, quantity: 1, touched: range, owned: range }]
  return { anchor: '2026-01-01', zone: 'UTC', intervals: intervals as never, applies: () => true, opens: () => true }
}

function daysOf(from: string, until: string, of: BillingTimeline): bigint[] {
  const days: bigint[] = []
  for (let day = from; day < until; day = nextDay(day)) days.push(dayOfFee(price, of, day, 'EUR'))
  return days
}

test('a day of 40.00 a month is 1.33 of 30 days and 1.29 of 31, and the days add up to 40.00', () => {
  for (const [from, until, first] of [
    ['2026-04-01', '2026-05-01', 133n],
    ['2026-03-01', '2026-04-01', 129n],
    ['2026-02-01', '2026-03-01', 143n],
  ] as const) {
    const days = daysOf(from, until, timeline('2026-01-01', null))
    assert.equal(days[0], first)
    assert.equal(
      days.reduce((sum, day) => sum + day, 0n),
      4000n,
    )
    assert.ok(days.every((day) => day >= first - 1n && day <= first + 1n))
  }
})

test('days outside of the subscription cost nothing; a part of a month is its share, rounded once', () => {
  const part = timeline('2026-04-11', '2026-04-21')
  assert.equal(isDayOf(part, '2026-04-10'), false)
  assert.equal(isDayOf(part, '2026-04-20'), true)
  const days = daysOf('2026-04-01', '2026-05-01', part)
  assert.equal(
    days.reduce((sum, day) => sum + day, 0n),
    1333n,
  )
  assert.equal(days.filter((day) => day > 0n).length, 10)
})
