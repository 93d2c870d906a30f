import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NONE } from './service-directory.ts'
import { PAUSED, SubscriptionTable } from './subscription-table.ts'

const span = (fromMs: number, untilMs: number, plan: number, isPaused = false): object => {
  return { fromMs, untilMs, plan, isPaused }
}
const FOREVER = Number.POSITIVE_INFINITY

const id = (digit: string): string => `0190a000-0000-7000-8000-00000000000${digit}`

test('one number for a subscription, whatever plans it was on; the plan is that of the time', () => {
  const table = new SubscriptionTable()
  const spans = [span(10, 20, 1), span(20, 25, 1, true), span(25, 30, 2), span(40, FOREVER, 1)] as never
  table.put(id('5'), 0, NONE, spans)
  const number = table.numberOf(id('5'))
  assert.deepEqual(
    [9, 10, 19, 20, 24, 25, 29, 30, 39, 40, 1e15].map((time) => table.planAt(number, 7, time)),
    [NONE, 1, 1, PAUSED, PAUSED, 2, 2, NONE, NONE, 1, 1],
  )
  table.put(id('5'), 0, NONE, [span(10, 12, 3)] as never)
  assert.equal(table.numberOf(id('5')), number)
  assert.deepEqual(
    [10, 12, 25].map((time) => table.planAt(number, 7, time)),
    [3, NONE, NONE],
  )
})

test('a subscription of one service is for no other, and one that never lives is chained all the same', () => {
  const table = new SubscriptionTable()
  table.put(id('a'), 0, 5, [span(0, FOREVER, 1)] as never)
  table.put(id('b'), 0, NONE, [])
  table.put(id('b'), 0, NONE, [])
  const [a, b] = [table.numberOf(id('a')), table.numberOf(id('b'))]
  assert.deepEqual([table.planAt(a, 5, 1), table.planAt(a, 6, 1), table.planAt(b, 5, 1)], [1, NONE, NONE])
  assert.deepEqual([table.first(0), table.next(b), table.next(a)], [b, a, NONE])
})
