import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Gap, ReadingSeries } from './gaps.ts'

function gapsOf(readings: readonly number[], fromMs: number, untilMs: number, stepMs: number): Gap[] {
  const series = new ReadingSeries(fromMs, untilMs, stepMs)
  for (const reading of readings) series.add(reading, 1)
  return series.gaps()
}

test('what is missing between readings is told, and nothing else', () => {
  assert.deepEqual(gapsOf([0, 10, 31, 50], 0, 60, 10), [
    { fromMs: 20, untilMs: 30, missing: 1 },
    { fromMs: 40, untilMs: 50, missing: 1 },
  ])
  assert.deepEqual(gapsOf([], 0, 25, 10), [{ fromMs: 0, untilMs: 25, missing: 3 }])
  assert.deepEqual(gapsOf([5, 15, 25], 0, 30, 10), [])
  assert.deepEqual(gapsOf([-5, 30, 31], 30, 20, 10), [], 'a series that ends before it begins expects nothing')
})

test('a reading that is taken back is missing, unless there is another one in its step', () => {
  const series = new ReadingSeries(0, 30, 10)
  for (const [at, readings] of [
    [0, 1],
    [1, 1],
    [11, 1],
    [21, 1],
    [1, -1],
    [11, -1],
  ] as const)
    series.add(at, readings)
  assert.deepEqual(series.gaps(), [{ fromMs: 10, untilMs: 20, missing: 1 }])
})

test('present and missing steps add up to all steps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(999)), fc.integer({ min: 1, max: 50 }), (readings, step) => {
      const missing = gapsOf(readings, 0, 1000, step).reduce((sum, gap) => sum + gap.missing, 0)
      const present = new Set(readings.map((reading) => Math.floor(reading / step))).size
      assert.equal(missing + present, Math.ceil(1000 / step))
    }),
  )
})
