import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { equalParts, planStateOn, standingOfParts } from './plan-parts.ts'

test('parts are equal but for a minor unit, add up, and keep the day of the month', () => {
  assert.deepEqual(
    equalParts(10_000n, 3, '2026-01-31', 'month').map(({ dueOn, amountMinor }) => `${dueOn} ${amountMinor}`),
    ['2026-01-31 3334', '2026-02-28 3333', '2026-03-31 3333'],
  )
  assert.deepEqual(
    equalParts(3n, 3, '2026-02-27', 'week').map(({ dueOn, amountMinor }) => `${dueOn} ${amountMinor}`),
    ['2026-02-27 1', '2026-03-06 1', '2026-03-13 1'],
  )
})

test('whatever is paid is in the parts, the first ones first, and never above them', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 12n),
      fc.integer({ min: 1, max: 60 }),
      fc.bigInt(-5n, 10n ** 12n),
      (total, count, paid) => {
        if (total < BigInt(count)) return
        const parts = standingOfParts(equalParts(total, count, '2026-01-31', 'month'), paid)
        const sum = (of: 'amountMinor' | 'paidMinor'): bigint => parts.reduce((all, part) => all + part[of], 0n)
        assert.equal(sum('amountMinor'), total)
        assert.equal(sum('paidMinor'), paid < 0n ? 0n : paid < total ? paid : total)
        const firstUnpaid = parts.findIndex((part) => part.paidMinor < part.amountMinor)
        if (firstUnpaid >= 0) assert.ok(parts.slice(firstUnpaid + 1).every(({ paidMinor }) => paidMinor === 0n))
        assert.equal(planStateOn(parts, '2100-01-01'), firstUnpaid < 0 ? 'kept' : 'broken')
      },
    ),
  )
})

test('a part may be paid on its day', () => {
  const parts = standingOfParts(equalParts(100n, 2, '2026-02-10', 'month'), 50n)
  assert.deepEqual(
    ['2026-02-11', '2026-03-10', '2026-03-11'].map((day) => planStateOn(parts, day)),
    ['open', 'open', 'broken'],
  )
})
