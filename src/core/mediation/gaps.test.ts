import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findGaps } from './gaps.ts'

test('what is missing between readings is told, and nothing else', () => {
  assert.deepEqual(findGaps([0, 10, 31, 50], 0, 60, 10), [
    { fromMs: 20, untilMs: 30, missing: 1 },
    { fromMs: 40, untilMs: 50, missing: 1 },
  ])
  assert.deepEqual(findGaps([], 0, 25, 10), [{ fromMs: 0, untilMs: 25, missing: 3 }])
  assert.deepEqual(findGaps([5, 15, 25], 0, 30, 10), [])
})

test('present and missing steps add up to all steps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(999)), fc.integer({ min: 1, max: 50 }), (readings, step) => {
      const missing = findGaps(readings, 0, 1000, step).reduce((sum, gap) => sum + gap.missing, 0)
      const present = new Set(readings.map((reading) => Math.floor(reading / step))).size
      assert.equal(missing + present, Math.ceil(1000 / step))
    }),
  )
})
