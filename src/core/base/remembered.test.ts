import assert from 'node:assert/strict'
import { test } from 'node:test'
import { periodIndexOf, periodStart } from './period.ts'
import { remembered } from './remembered.ts'

test('an answer is computed once for the same arguments, and others get their own', () => {
  const asked: number[] = []
  const double = remembered(String, (value: number) => {
    asked.push(value)
    return value * 2
  })
  assert.deepEqual([double(2), double(3), double(2)], [4, 6, 4])
  assert.deepEqual(asked, [2, 3])
})

test('a full memory begins anew, and answers as before', () => {
  const asked: number[] = []
  const same = remembered(String, (value: number) => {
    asked.push(value)
    return value
  })
  for (let value = 0; value <= 20_000; value++) same(value)
  assert.equal(same(20_000), 20_000)
  assert.equal(same(0), 0)
  assert.equal(asked.length, 20_002)
})

test('what fails is asked again, and fails again', () => {
  const month = { unit: 'month', count: 1 } as const
  assert.throws(() => periodStart('2026-13-01', month, 1))
  assert.throws(() => periodStart('2026-13-01', month, 1))
  assert.throws(() => periodIndexOf('2026-01-01', { unit: 'month', count: 0 }, '2026-02-01'))
})

test('cycles of other units and lengths have days of their own', () => {
  const cycles = [
    ['month', 1, '2026-02-28'],
    ['month', 2, '2026-03-31'],
    ['week', 1, '2026-02-07'],
    ['day', 1, '2026-02-01'],
  ] as const
  for (const [unit, count, day] of [...cycles, ...cycles])
    assert.equal(periodStart('2026-01-31', { unit, count }, 1), day)
})
