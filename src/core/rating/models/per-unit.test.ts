import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { perUnit } from './per-unit.ts'

const Oracle = Decimal.clone({ precision: 100 })

const TABLE: readonly (readonly [string, number, bigint, string])[] = [
  ['0.05', 0, 1000n, '50'],
  ['0.05', 3, 1500n, '0.075'],
  ['0', 0, 1000n, '0'],
  ['-0.5', 0, 3n, '-1.5'],
]

for (const [unitAmount, quantityScale, quantity, expected] of TABLE) {
  test(`${quantity} at scale ${quantityScale}, ${unitAmount} a unit, cost ${expected}`, () => {
    const compiled = perUnit.compile({ model: 'per_unit', unitAmount }, { quantityScale, priceScale: 4, per: 1n })
    const amount = new Oracle(perUnit.amountFor(compiled, [quantity]).toString()).div(`1e${quantityScale + 4}`)
    assert.equal(amount.toFixed(), expected)
  })
}

test('the amount is the sum of what each unit costs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.bigInt({ min: 0n, max: 10n ** 9n }), (units, tenThousandths) => {
      const unitAmount = new Oracle(tenThousandths.toString()).div(10_000).toFixed(4)
      const compiled = perUnit.compile({ model: 'per_unit', unitAmount }, { quantityScale: 0, priceScale: 4, per: 1n })
      let sum = new Oracle(0)
      for (let unit = 0; unit < units; unit++) sum = sum.plus(unitAmount)
      assert.equal(perUnit.amountFor(compiled, [BigInt(units)]), BigInt(sum.times(10_000).toFixed(0)))
    }),
  )
})

test('the explanation is one part with the price as the plan writes it', () => {
  const terms = { model: 'per_unit', unitAmount: '0.050' } as const
  const compiled = perUnit.compile(terms, { quantityScale: 0, priceScale: 3, per: 1n })
  const expected = { label: 'unit', units: 7n, unitAmount: '0.050', flatAmount: null, amount: 350n }
  assert.deepEqual(perUnit.explain(compiled, [7n]), [expected])
})
