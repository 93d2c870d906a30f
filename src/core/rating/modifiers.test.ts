import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Conversion, Meter, UsagePrice } from '../catalog/plan.ts'
import type { PerUnitTerms, RateTerms } from '../catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from './accumulate.ts'
import { chargedAmount } from './charged-amount.ts'
import { compilePrice } from './compile-price.ts'
import type { CompiledPrice } from './compiled-price.ts'
import type { Aggregate } from './models/price-model.ts'
import { billedOf, compileSessionRules, cutOf, mostUsed, type SessionRules } from './modifiers/session-rules.ts'
import { peakAmount } from './peak-amount.ts'
import { billedCut, billedQuantity, isRatedUse } from './record-use.ts'

const METER: Meter = {
  code: 'used',
  name: 'Used',
  eventType: 'use',
  aggregator: 'sum',
  property: 'amount',
  unit: 'unit',
  scale: 1,
}

const decimals = (most: number, digits: number): fc.Arbitrary<string> =>
  fc.nat(most * 10 ** digits).map((value) => (value / 10 ** digits).toFixed(digits))
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const limits = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 })
  .map((list) => [...list.toSorted((a, b) => a - b).map(String), null])

const models: fc.Arbitrary<RateTerms> = fc.oneof(
  fc.record({ model: fc.constant('per_unit' as const), unitAmount: decimals(3, 3) }),
  fc.record({ model: fc.constant('dynamic' as const), factor: decimals(2, 4) }),
  fc.record({ model: fc.constant('cost_plus' as const), markupPercent: decimals(50, 1) }),
  fc.tuple(limits, fc.array(decimals(40, 2), { minLength: 4, maxLength: 4 })).map(([list, amounts]) => ({
    model: 'stairstep' as const,
    tiers: list.map((upTo, index) => ({ upTo, amount: amounts[index] as string })),
  })),
  fc.tuple(limits, fc.array(decimals(9, 1), { minLength: 4, maxLength: 4 })).map(([list, amounts]) => ({
    model: 'graduated_percentage' as const,
    tiers: list.map((upTo, index) => ({ upTo, percent: amounts[index] as string, flatAmount: amounts[3] })),
  })),
  fc
    .tuple(limits, fc.array(decimals(9, 2), { minLength: 4, maxLength: 4 }), optional(fc.constantFrom('2.5', '7')))
    .map(([list, amounts, size]) => ({
      model: 'graduated' as const,
      tiers: list.map((upTo, index) => ({ upTo, unitAmount: amounts[index] as string, size })),
    })),
)
const conversions: fc.Arbitrary<Conversion | undefined> = optional(
  fc.record({
    divideBy: fc.constantFrom('3', '10', '0.7'),
    round: fc.constantFrom('up' as const, 'down' as const, 'half_up' as const),
    scale: fc.nat(2),
  }),
)
const modifiers = fc.record({
  freeUnits: optional(fc.nat(40).map(String)),
  connectionFee: optional(decimals(1, 2)),
  discountPercent: optional(decimals(100, 1)),
  maximum: optional(decimals(200, 2)),
})
const prices = fc.tuple(models, modifiers, conversions).map(([model, more, convert]) => {
  const price = { kind: 'usage', code: 'p', name: 'P', meter: 'used', rate: { ...model, ...more }, convert }
  return compilePrice(price as UsagePrice, 'EUR', METER)
})
const uses = fc.array(fc.bigInt({ min: 1n, max: 900n }), { maxLength: 20 })

const elementOf = (price: CompiledPrice): CompiledPrice['elements'][number] =>
  price.elements[0] as CompiledPrice['elements'][number]

function fold(price: CompiledPrice, quantities: readonly bigint[]): { aggregate: Aggregate; charged: bigint } {
  const element = elementOf(price)
  let aggregate = emptyAggregate(element)
  let charged = 0n
  for (const quantity of quantities) {
    const after = accumulate(element, aggregate, { quantity })
    charged += chargedAmount(price, element, after) - chargedAmount(price, element, aggregate)
    aggregate = after
  }
  return { aggregate, charged }
}

test('with any modifiers, charges add up to the price of the whole, in any order', () => {
  const shuffled = uses.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  )
  fc.assert(
    fc.property(prices, shuffled, (price, [inOrder, mixed]) => {
      const first = fold(price, inOrder)
      assert.deepEqual(fold(price, mixed), first)
      const nothing = chargedAmount(price, elementOf(price), emptyAggregate(elementOf(price)))
      assert.equal(first.charged + nothing, chargedAmount(price, elementOf(price), first.aggregate))
    }),
  )
})

test('what is taken back is as if it had not been', () => {
  fc.assert(
    fc.property(prices, uses, fc.bigInt({ min: 1n, max: 900n }), (price, before, more) => {
      const { aggregate } = fold(price, before)
      const after = accumulate(elementOf(price), aggregate, { quantity: more })
      const back = accumulate(elementOf(price), after, { quantity: -more, sessions: -1n })
      assert.deepEqual(back, aggregate)
    }),
  )
})

test('bounds of records: what is taken back gives back what it cost', () => {
  const bounds = fc.record({
    scale: optional(fc.nat(2)),
    mode: optional(fc.constantFrom('up' as const, 'half_even' as const)),
    minimum: optional(decimals(2, 1)),
  })
  fc.assert(
    fc.property(bounds, decimals(2, 3), uses, (perRecord, unitAmount, quantities) => {
      const rate = { model: 'per_unit', unitAmount, perRecord } as const
      const price = compilePrice({ kind: 'usage', code: 'p', name: 'P', meter: 'used', rate }, 'EUR', METER)
      const { aggregate } = fold(price, quantities)
      const after = quantities.reduce<Aggregate>(
        (left, quantity) => accumulate(elementOf(price), left, { quantity: -quantity, sessions: -1n }),
        aggregate,
      )
      assert.equal(chargedAmount(price, elementOf(price), after), 0n)
    }),
  )
})

test('nothing on the way to a quantity costs more than the peak', () => {
  fc.assert(
    fc.property(prices, uses, fc.bigInt({ min: 1n, max: 900n }), (price, before, more) => {
      const { aggregate } = fold(price, before)
      const peak = peakAmount(price, elementOf(price), aggregate, { quantity: more, sessions: 1n })
      for (let part = 1n; part <= more; part += 1n + more / 97n) {
        const after = accumulate(elementOf(price), aggregate, { quantity: part, sessions: 1n })
        assert.ok(chargedAmount(price, elementOf(price), after) <= peak)
      }
    }),
  )
})

test('a session is billed more the more it uses, up to its maximum cost exactly, which ends it at the last whole unit', () => {
  const terms = fc.record({
    model: fc.constant('per_unit' as const),
    unitAmount: fc.integer({ min: 1, max: 90 }).map((cents) => (cents / 100).toFixed(2)),
    connectionFee: fc.constantFrom('0', '0.3'),
    increments: optional(fc.record({ first: fc.constantFrom('6', '60'), next: fc.constantFrom('1', '6') })),
    freePerSession: optional(fc.constantFrom('3', '60')),
    maximumCost: fc.record({
      amount: fc.oneof(
        { weight: 9, arbitrary: decimals(20, 2).filter((text) => Number(text) >= 0.3) },
        { weight: 1, arbitrary: fc.constant('0.30') },
      ),
      afterwards: fc.constant('free' as const),
    }),
  })
  fc.assert(
    fc.property(terms, fc.array(fc.bigInt({ min: 0n, max: 3000n }), { minLength: 1, maxLength: 6 }), (rate, used) => {
      const price = compilePrice({ kind: 'usage', code: 'p', name: 'P', meter: 'used', rate }, 'EUR', METER)
      const element = elementOf(price)
      const rising = used.toSorted((a, b) => Number(a - b)).map((quantity) => billedQuantity(element, quantity))
      assert.deepEqual(
        rising,
        rising.toSorted((a, b) => Number(a - b)),
      )
      const cost = (quantity: bigint, of = element): bigint => {
        const billed = billedQuantity(of, quantity)
        const use = {
          quantity: billed,
          cut: billedCut(of, billed),
          sessions: isRatedUse(of, quantity, billed) ? 1n : 0n,
        }
        return chargedAmount(price, of, accumulate(of, emptyAggregate(of), use))
      }
      const { maximumCost: _, ...endless } = rate
      const whole = compilePrice({ kind: 'usage', code: 'p', name: 'P', meter: 'used', rate: endless }, 'EUR', METER)
      const most = BigInt(Math.round(Number(rate.maximumCost.amount) * 100)) * 10n ** BigInt(price.ratingScale - 2)
      for (const quantity of used) {
        const all = cost(quantity, elementOf(whole))
        assert.equal(cost(quantity), all < most ? all : most)
      }
      const rulesOf = (maximumCost: PerUnitTerms['maximumCost']): SessionRules | null =>
        compileSessionRules({ ...rate, maximumCost }, METER.scale, price.scales)
      const { amount } = rate.maximumCost
      const [free, ends] = [rulesOf(rate.maximumCost), rulesOf({ amount, afterwards: 'disconnect' })]
      const unbounded = rulesOf(undefined)
      assert.ok(free !== null && ends !== null)
      assert.equal(mostUsed(free), null)
      const last = mostUsed(ends) as bigint
      assert.equal(billedOf(free, last), billedOf(unbounded, last), 'nothing is cut off of what is granted')
      const [uncut, more] = [billedOf(unbounded, last + 1n), billedOf(free, last + 1n)]
      assert.ok(uncut > more || cutOf(free, more) > 0n, 'one more would be cut')
      for (const quantity of used)
        assert.equal(billedOf(ends, quantity), billedOf(unbounded, quantity), 'what happened is charged in full')
    }),
  )
})
