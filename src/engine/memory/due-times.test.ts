import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DueTimes } from './due-times.ts'

test('accounts are due at the earliest time that was noted, once, and take one place each', () => {
  const step = fc.oneof(
    fc.record({ account: fc.nat(9).map(String), atMs: fc.nat(100) }),
    fc.record({ takenUntilMs: fc.nat(100), limit: fc.integer({ min: 1, max: 5 }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const due = new DueTimes()
      const expected = new Map<string, number>()
      for (const one of steps) {
        if ('account' in one) {
          due.add(one.atMs, one.account)
          expected.set(one.account, Math.min(expected.get(one.account) ?? Number.POSITIVE_INFINITY, one.atMs))
        } else {
          const taken = due.takeUntil(one.takenUntilMs, one.limit)
          const times = taken.map((account) => expected.get(account) as number)
          assert.deepEqual(
            times,
            [...expected.values()]
              .filter((atMs) => atMs <= one.takenUntilMs)
              .toSorted((a, b) => a - b)
              .slice(0, one.limit),
          )
          for (const account of taken) expected.delete(account)
        }
        assert.equal(due.size, expected.size)
      }
    }),
  )
})
