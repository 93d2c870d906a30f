import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { roundExact } from '../base/exact.ts'
import type { PerUnitTerms } from '../catalog/rate-terms.ts'
import {
  accumulate,
  billedQuantity,
  type Cell,
  compilePrice,
  emptyAggregate,
  exactAmount,
  explainAmount,
} from './compiled-price.ts'

const METER = {
  code: 'seconds',
  name: 'Seconds',
  eventType: 'call',
  aggregator: 'sum',
  property: 's',
  unit: 's',
  scale: 0,
} as const

function compile(rate: PerUnitTerms): { price: ReturnType<typeof compilePrice>; cell: Cell } {
  const price = compilePrice(
    { kind: 'usage', code: 'calls', name: 'Calls', meter: 'seconds', per: '60', rate },
    'EUR',
    METER,
  )
  return { price, cell: price.cells[0] as Cell }
}

/** What calls of some lengths cost together, at ten digits. */
function cost(rate: PerUnitTerms, calls: readonly number[]): bigint {
  const { price, cell } = compile(rate)
  let aggregate: readonly bigint[] = emptyAggregate(cell)
  for (const seconds of calls) {
    const quantity = billedQuantity(cell, BigInt(seconds))
    aggregate = accumulate(cell, aggregate, { quantity, sessions: quantity > 0n ? 1n : 0n })
  }
  const amount = exactAmount(price, cell, aggregate)
  const parts = explainAmount(price, cell, aggregate).reduce((sum, part) => sum + roundExact(part.exactAmount, 12), 0n)
  assert.ok(parts - roundExact(amount, 12) < 3n && roundExact(amount, 12) - parts < 3n)
  return roundExact(amount, 10)
}

const CG: PerUnitTerms = {
  model: 'per_unit',
  unitAmount: '0.1',
  connectionFee: '0.4',
  increments: { first: '60', next: '1', firstAmount: '0.2' },
}
const FIVE: PerUnitTerms = {
  model: 'per_unit',
  unitAmount: '0.3',
  increments: { first: '60', next: '60', firstAmount: '0.1', most: '300' },
}
const CASES: readonly (readonly [string, PerUnitTerms, readonly number[], bigint])[] = [
  ['CG-11: connect 0.4, 0.2 for the first minute; 20 s', CG, [20], 6_000_000_000n],
  ['CG-12: the same; 85 s', CG, [85], 6_416_666_667n],
  ['nothing used costs nothing', CG, [0], 0n],
  ['two calls cost what each costs', CG, [20, 85], 12_416_666_667n],
  ['a first minute that is cheaper than its units', FIVE, [30], 1_000_000_000n],
  ['minutes behind the fifth are free', FIVE, [300, 301, 4000], 39_000_000_000n],
]

for (const [title, rate, calls, expected] of CASES) test(title, () => assert.equal(cost(rate, calls), expected))

test('any calls cost the first amount and then their units, each on its own', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 8 }), (calls) => {
      // In units of 1/600 EUR: 0.6 a call and 1 for each second behind the first minute.
      const expected = calls.reduce((sum, s) => sum + (s === 0 ? 0n : 360n + BigInt(Math.max(0, s - 60))), 0n)
      const found = cost(CG, calls)
      assert.equal(found, (expected * 10n ** 10n + 300n) / 600n)
    }),
  )
})
