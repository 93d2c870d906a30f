import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meter, UsagePrice } from '../../catalog/plan.ts'
import type { PerUnitTerms } from '../../catalog/rate-terms.ts'
import { accumulate } from '../accumulate.ts'
import { carriedInto } from '../carried-usage.ts'
import { chargedAmount } from '../charged-amount.ts'
import { compilePrice } from '../compile-price.ts'
import type { RateElement } from '../compiled-price.ts'
import type { Aggregate, Use } from '../models/price-model.ts'
import { billedCut, billedQuantity } from '../record-use.ts'

const METER: Meter = {
  ...{ code: 'used', name: 'Used', eventType: 'use', aggregator: 'sum', property: 'amount', unit: 'unit', scale: 0 },
}
const CAPPED: PerUnitTerms = {
  model: 'per_unit',
  unitAmount: '2.16',
  maximumCost: { amount: '17', afterwards: 'free' },
}

function priceOf(more: Partial<PerUnitTerms> = {}): { element: RateElement; cost: (aggregate: Aggregate) => number } {
  const price: UsagePrice = { kind: 'usage', code: 'p', name: 'P', meter: 'used', rate: { ...CAPPED, ...more } }
  const compiled = compilePrice(price, 'EUR', METER)
  const element = compiled.elements[0] as RateElement
  const cost = (aggregate: Aggregate): number =>
    Number(chargedAmount(compiled, element, aggregate)) / 10 ** compiled.ratingScale
  return { element, cost }
}

function useOf(element: RateElement, used: bigint): Use {
  const billed = billedQuantity(element, used)
  return { quantity: billed, cut: billedCut(element, billed), sessions: 1n }
}

test('a counter of before maximum costs had a measure goes on from where it stood, and what it began with stays', () => {
  const { element, cost } = priceOf()
  for (const [former, amount] of [
    [[7n], 15.12],
    [[20n, 13n], 15.12],
  ] as const) {
    assert.equal(cost(former), amount)
    const after = accumulate(element, former, useOf(element, 26n))
    assert.equal(cost(after), amount + 17)
    assert.equal(
      cost(accumulate(element, after, { quantity: -8n, cut: -(useOf(element, 26n).cut as bigint), sessions: -1n })),
      amount,
    )
  }
  const fee = priceOf({ connectionFee: '0.5' })
  // Twenty units of three calls, of which 13 units and two calls under the plan before.
  const former = [20n, 3n, 13n, 2n]
  assert.equal(fee.cost(former), 15.62)
  assert.equal(fee.cost(accumulate(fee.element, former, useOf(fee.element, 26n))), 32.62)
})

test('usage that is carried to a price with other measures keeps its quantity and its calls, and nothing is taken for another', () => {
  const [plain, fee] = [priceOf().element, priceOf({ connectionFee: '0.5' }).element]
  const endless = priceOf({ connectionFee: '0.5', maximumCost: undefined }).element
  const counted = accumulate(fee, [0n], { quantity: 0n, sessions: 0n })
  assert.equal(counted.length, fee.measures)
  assert.deepEqual(carriedInto(plain, endless, [20n, 3n]), [20n, 0n, 0n])
  assert.deepEqual(carriedInto(fee, endless, [20n, 3n]), [20n, 3n, 0n, 0n, 0n])
  assert.deepEqual(carriedInto(endless, fee, [20n, 3n, 0n, 0n, -28n]), [20n, 3n])
  assert.deepEqual(carriedInto(plain, fee, [20n, 3n, 0n, 0n, -28n]), [20n, 0n, -28n])
  assert.deepEqual(carriedInto(fee, plain, [20n]), [20n, 0n, 0n, 0n, 0n])
})

test('a last unit that the period has free costs nothing, and no less', () => {
  const { element, cost } = priceOf({ freeUnits: '10' })
  const first = accumulate(element, [0n], useOf(element, 26n))
  assert.equal(cost(first), 0)
  // Six of its eight units are paid, the last one in part.
  assert.equal(cost(accumulate(element, first, useOf(element, 26n))), 12.68)
})
