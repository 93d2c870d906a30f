import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addTargetDays, isTargetDay, targetDayFrom } from './target-days.ts'

// Easter Sunday is 5 April 2026, 28 March 2027 and 31 March 2024.
for (const [day, expected] of [
  ['2026-04-02', true],
  ['2026-04-03', false],
  ['2026-04-06', false],
  ['2026-04-07', true],
  ['2027-03-26', false],
  ['2024-04-01', false],
  ['2026-05-01', false],
  ['2026-12-24', true],
  ['2026-12-25', false],
  ['2026-12-31', true],
  ['2027-01-01', false],
  ['2026-02-07', false],
] as const)
  test(`banks ${expected ? 'settle' : 'do not settle'} on ${day}`, () => {
    assert.equal(isTargetDay(day), expected)
  })

test('days of settlement are counted over holidays', () => {
  assert.equal(targetDayFrom('2026-04-03'), '2026-04-07')
  assert.equal(addTargetDays('2026-04-02', 1), '2026-04-07')
  assert.equal(addTargetDays('2026-12-24', 2), '2026-12-29')
})
