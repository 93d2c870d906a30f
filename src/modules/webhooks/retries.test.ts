import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MAX_ATTEMPTS, nextAttemptMs, restUntilMs } from './retries.ts'

test('ten attempts within a little more than three days, each a tenth earlier or later', () => {
  let nowMs = 0
  let attempts = 0
  for (let next: number | null = 0; next !== null; next = nextAttemptMs(attempts, nowMs, null, 0.5)) {
    nowMs = next
    attempts++
  }
  assert.deepEqual([attempts, MAX_ATTEMPTS, Math.round(nowMs / 3_600_000)], [10, 10, 76])
  assert.deepEqual([nextAttemptMs(1, 0, null, 0), nextAttemptMs(1, 0, null, 1)], [4_500, 5_500])
})

test('a receiver that asks for more time gets it, and one that asks for less is not asked earlier', () => {
  assert.equal(nextAttemptMs(1, 0, 60, 0.5), 60_000)
  assert.equal(nextAttemptMs(2, 0, 60, 0.5), 300_000)
})

test('an endpoint that fails rests longer and longer, five minutes at most', () => {
  assert.deepEqual(
    [1, 2, 3, 8, 9, 10, 10_000].map((failures) => restUntilMs(failures, 0) / 1_000),
    [1, 2, 4, 128, 256, 300, 300],
  )
})
