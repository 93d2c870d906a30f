import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { flat } from './flat.ts'

const scales = { quantityScale: 3, priceScale: 2, per: 1n }

test('a period in which anything was used costs the amount once, however it is cut into records', () => {
  const compiled = flat.compile({ model: 'flat', amount: '9.50' }, scales)
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 20 }), (quantities) => {
      let aggregate: readonly bigint[] = [0n]
      let charged = 0n
      for (const quantity of quantities) {
        const next = flat.accumulate(compiled, aggregate, { quantity })
        charged += flat.amountFor(compiled, next) - flat.amountFor(compiled, aggregate)
        aggregate = next
      }
      // 9.50 at quantity scale 3 and price scale 2.
      assert.equal(charged, quantities.some((quantity) => quantity > 0n) ? 950_000n : 0n)
    }),
  )
})

test('with flatOnZero a period costs it without usage, too', () => {
  const compiled = flat.compile({ model: 'flat', amount: '9.50', flatOnZero: true }, scales)
  assert.deepEqual([flat.amountFor(compiled, [0n]), flat.amountFor(compiled, [1n])], [950_000n, 950_000n])
})
