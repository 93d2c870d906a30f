import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocate } from './allocate.ts'

const TABLE: readonly (readonly [string, bigint, readonly bigint[], readonly bigint[]])[] = [
  ['what is left goes to the earlier of equal remainders', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  ['what is left goes to the largest remainder', 10n, [1n, 5n, 2n], [1n, 6n, 3n]],
  ['a coupon of 10.00 over lines of 100, 50, 30 and 20', 1000n, [100n, 50n, 30n, 20n], [500n, 250n, 150n, 100n]],
  ['a negative total mirrors the positive one', -100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
  ['a weight of zero gets nothing', 7n, [0n, 1n, 0n, 1n], [0n, 4n, 0n, 3n]],
  ['a total of zero is parts of zero', 0n, [3n, 4n], [0n, 0n]],
  ['one weight takes all', 17n, [5n], [17n]],
]

for (const [title, total, weights, parts] of TABLE) {
  test(`${title}: ${total} by ${weights.join(':')} is ${parts.join(', ')}`, () => {
    assert.deepEqual(allocate(total, weights), parts)
  })
}

const totals = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
const weightLists = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 })
  .filter((weights) => weights.some((weight) => weight > 0n))

test('the parts add up to the total', () => {
  fc.assert(
    fc.property(totals, weightLists, (total, weights) => {
      const sum = allocate(total, weights).reduce((a, b) => a + b, 0n)
      assert.equal(sum, total)
    }),
  )
})

test('every part is less than one unit from its exact share, on the side of the total', () => {
  fc.assert(
    fc.property(totals, weightLists, (total, weights) => {
      const sum = weights.reduce((a, b) => a + b, 0n)
      allocate(total, weights).forEach((part, index) => {
        const error = part * sum - total * (weights[index] ?? 0n)
        assert.ok(error < sum && error > -sum, `part ${index} of ${weights.join(':')}`)
        assert.ok(total >= 0n ? part >= 0n : part <= 0n)
      })
    }),
  )
})

test('no part that was rounded up had a smaller remainder than one that was rounded down', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weightLists, (total, weights) => {
      const sum = weights.reduce((a, b) => a + b, 0n)
      const parts = allocate(total, weights)
      const remainders = weights.map((weight) => (total * weight) % sum)
      const wasRaised = parts.map((part, index) => part * sum > total * (weights[index] ?? 0n))
      const raised = remainders.filter((_, index) => wasRaised[index])
      const kept = remainders.filter((_, index) => !wasRaised[index])
      for (const up of raised) for (const down of kept) assert.ok(up >= down)
    }),
  )
})

test('negating the total negates every part', () => {
  fc.assert(
    fc.property(totals, weightLists, (total, weights) => {
      const mirrored = allocate(-total, weights).map((part) => -part)
      assert.deepEqual(mirrored, allocate(total, weights))
    }),
  )
})

for (const [title, weights] of [
  ['no weights', []],
  ['weights that sum to zero', [0n, 0n]],
  ['a negative weight', [3n, -1n]],
] as const) {
  test(`${title} are a fault`, () => {
    assert.throws(() => allocate(10n, weights), /weights are positive in sum/)
  })
}
