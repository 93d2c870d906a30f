import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packagePrice } from './package.ts'

const TABLE: readonly (readonly [string, string, number, bigint, bigint])[] = [
  ['5', '100', 0, 0n, 0n],
  ['5', '100', 0, 1n, 5n],
  ['5', '100', 0, 100n, 5n],
  ['5', '100', 0, 101n, 10n],
  ['5', '0.5', 1, 15n, 15n],
  ['5', '0.5', 1, 16n, 20n],
]

for (const [amount, size, quantityScale, quantity, expected] of TABLE) {
  test(`${amount} per ${size}: ${quantity} at scale ${quantityScale} cost ${expected}`, () => {
    const compiled = packagePrice.compile({ model: 'package', amount, size }, { quantityScale, priceScale: 0, per: 1n })
    assert.equal(packagePrice.amountFor(compiled, [quantity]), expected * 10n ** BigInt(quantityScale))
  })
}

test('the amount is that of as many packages as must be opened, unit by unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(300), fc.nat(1000), (size, units, cents) => {
      let left = 0
      let opened = 0
      for (let unit = 0; unit < units; unit++) {
        if (left === 0) [opened, left] = [opened + 1, size]
        left--
      }
      const terms = { model: 'package', size: String(size), amount: (cents / 100).toFixed(2) } as const
      const compiled = packagePrice.compile(terms, { quantityScale: 0, priceScale: 2, per: 1n })
      assert.equal(packagePrice.amountFor(compiled, [BigInt(units)]), BigInt(opened * cents))
    }),
  )
})

test('the explanation counts packages in whole units', () => {
  const terms = { model: 'package', amount: '5', size: '100' } as const
  const compiled = packagePrice.compile(terms, { quantityScale: 2, priceScale: 0, per: 1n })
  const expected = {
    label: 'packages of 100',
    units: 300n,
    isCounted: true,
    unitAmount: '5',
    flatAmount: null,
    amount: 1500n,
  }
  assert.deepEqual(packagePrice.explain(compiled, [20_001n]), [expected])
})

test('a package of nothing is refused', () => {
  assert.deepEqual(packagePrice.check({ model: 'package', amount: '5', size: '0' }), [
    { path: ['size'], message: 'a package has more than 0 units' },
  ])
  assert.deepEqual(packagePrice.check({ model: 'package', amount: '5', size: '0.01' }), [])
})

test('a quantity below zero is a fault', () => {
  const compiled = packagePrice.compile(
    { model: 'package', amount: '5', size: '10' },
    { quantityScale: 0, priceScale: 0, per: 1n },
  )
  assert.throws(() => packagePrice.amountFor(compiled, [-1n]), /never negative/)
})
