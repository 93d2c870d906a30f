import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DayPeriod, periodAt } from './period.ts'
import { daysLeftOfThirty, daysOfThirty } from './thirty-day-months.ts'

function counted(period: DayPeriod, from: string, until: string, months = 1): number {
  const left = (day: string): bigint => daysLeftOfThirty(period, day, daysOfThirty(months))
  return Number(left(from) - left(until))
}

/** Anchor, months of a period, from, until, days. */
const TABLE: readonly (readonly [string, number, string, string, number])[] = [
  ['2023-05-01', 1, '2023-05-15', '2023-05-23', 8],
  ['2023-06-01', 1, '2023-06-15', '2023-06-23', 8],
  ['2023-05-23', 1, '2023-05-23', '2023-06-15', 22],
  ['2023-05-01', 1, '2023-05-01', '2023-05-02', 1],
  ['2023-05-01', 1, '2023-05-30', '2023-05-31', 0],
  ['2023-05-01', 1, '2023-05-31', '2023-06-01', 1],
  ['2023-02-01', 1, '2023-02-01', '2023-02-02', 1],
  ['2023-02-01', 1, '2023-02-27', '2023-02-28', 3],
  ['2023-02-01', 1, '2023-02-28', '2023-03-01', 1],
  ['2024-02-01', 1, '2024-02-28', '2024-02-29', 2],
  ['2024-02-01', 1, '2024-02-29', '2024-03-01', 1],
  ['2023-01-31', 1, '2023-02-27', '2023-02-28', 3],
  ['2023-01-29', 1, '2023-02-27', '2023-02-28', 2],
  ['2023-01-01', 3, '2023-02-15', '2023-03-15', 30],
  ['2024-01-01', 12, '2024-02-29', '2024-08-31', 180],
]

for (const [anchor, months, from, until, days] of TABLE) {
  test(`M11: of ${months} months from ${anchor}, ${from} until ${until} are ${days} days of 30/360`, () => {
    assert.equal(counted(periodAt(anchor, { unit: 'month', count: months }, 0), from, until, months), days)
  })
}

test('M11: parts of a period are never below zero and add up to the whole, wherever it is cut', () => {
  const offset = fc.integer({ min: 0, max: 1_500 })
  fc.assert(
    fc.property(offset, fc.constantFrom(1, 2, 3, 12), fc.array(fc.nat(400)), (from, months, cuts) => {
      const anchor = Temporal.PlainDate.from('2023-01-01').add({ days: from }).toString()
      const period = periodAt(anchor, { unit: 'month', count: months }, 0)
      const days = cuts.map((days) => Temporal.PlainDate.from(anchor).add({ days }).toString())
      const bounds = [period.start, ...days.filter((day) => day < period.end).toSorted(), period.end]
      const parts = bounds.slice(1).map((end, index) => counted(period, bounds[index] as string, end, months))
      assert.ok(parts.every((part) => part >= 0))
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        30 * months,
      )
    }),
  )
})
