import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { addExact, type Exact, exact, formatExact } from '../base/exact.ts'
import type { Meter, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from './accumulate.ts'
import { chargedAmount, exactAmount } from './charged-amount.ts'
import { compilePrice, ratesOf } from './compile-price.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import { explainAmount } from './explain-amount.ts'
import type { Aggregate } from './models/price-model.ts'

const Oracle = Decimal.clone({ precision: 120 })

function meterOf(scale: number): Meter {
  return { code: 'used', name: 'Used', eventType: 'use', aggregator: 'sum', property: 'amount', unit: 'unit', scale }
}

function priceOf(rate: RateTerms, per?: string): UsagePrice {
  return { kind: 'usage', code: 'usage', name: 'Usage', meter: 'used', rate, per }
}

function onlyElement(price: CompiledPrice): RateElement {
  const [element] = price.elements
  assert.ok(element !== undefined && price.elements.length === 1)
  return element
}

/** Up to eight fraction digits, more than the currencies below keep in a charge. */
const amounts = fc
  .tuple(fc.nat(10_000), fc.nat(8))
  .map(([value, scale]) => new Oracle(value).div(`1e${scale}`).toFixed())
const sizes = fc.integer({ min: 1, max: 500 }).map((tenths) => new Oracle(tenths).div(10).toFixed(1))
const freeUnits = fc.option(fc.integer({ min: 0, max: 60 }).map(String), { nil: undefined })
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { maxLength: 4 }),
    fc.array(fc.tuple(amounts, amounts), { minLength: 5, maxLength: 5 }),
  )
  .map(([limits, prices]) =>
    [...limits.toSorted((a, b) => a - b), null].map((limit, index) => ({
      upTo: limit === null ? null : new Oracle(limit).div(10).toFixed(1),
      unitAmount: prices[index]?.[0],
      flatAmount: prices[index]?.[1],
    })),
  )
const rates: fc.Arbitrary<RateTerms> = fc.oneof(
  fc.record({ model: fc.constant('per_unit' as const), unitAmount: amounts, freeUnits }),
  fc.record({
    model: fc.constantFrom('graduated' as const, 'volume' as const),
    tiers,
    freeUnits,
    flatOnZero: fc.boolean(),
  }),
  fc.record({ model: fc.constant('package' as const), amount: amounts, size: sizes, freeUnits }),
)
const prices = fc
  .record({
    rate: rates,
    per: fc.constantFrom(undefined, '3', '1000', '1000000'),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'BTC'),
    scale: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ rate, per, currency, scale }) => compilePrice(priceOf(rate, per), currency, meterOf(scale)))
const uses = fc.array(fc.bigInt({ min: 0n, max: 20_000n }), { maxLength: 25 })

function chargeAll(price: CompiledPrice, quantities: readonly bigint[]): { aggregate: Aggregate; charged: bigint } {
  const element = onlyElement(price)
  let aggregate = emptyAggregate(element)
  let charged = 0n
  for (const quantity of quantities) {
    const after = accumulate(element, aggregate, { quantity })
    charged += chargedAmount(price, element, after) - chargedAmount(price, element, aggregate)
    aggregate = after
  }
  return { aggregate, charged }
}

/** What `flatOnZero` makes due before any usage. */
function dueWithoutUsage(price: CompiledPrice): bigint {
  return chargedAmount(price, onlyElement(price), emptyAggregate(onlyElement(price)))
}

test('charges, event by event and each rounded, add up to the price of the total', () => {
  fc.assert(
    fc.property(prices, uses, (price, quantities) => {
      const total = quantities.reduce((a, b) => a + b, 0n)
      const { charged } = chargeAll(price, quantities)
      assert.equal(charged + dueWithoutUsage(price), chargedAmount(price, onlyElement(price), [total]))
    }),
  )
})

test('the order of records does not matter', () => {
  const shuffled = uses.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  )
  fc.assert(
    fc.property(prices, shuffled, (price, [inOrder, mixed]) => {
      assert.deepEqual(chargeAll(price, mixed), chargeAll(price, inOrder))
    }),
  )
})

test('cutting a record in two does not matter', () => {
  fc.assert(
    fc.property(prices, uses, fc.bigInt({ min: 0n, max: 100n }), (price, quantities, percent) => {
      const cut = quantities.flatMap((quantity) => {
        const first = (quantity * percent) / 100n
        return [first, quantity - first]
      })
      assert.deepEqual(chargeAll(price, cut), chargeAll(price, quantities))
    }),
  )
})

test('usage that is taken back is given back to the last digit', () => {
  fc.assert(
    fc.property(prices, uses, fc.bigInt({ min: 0n, max: 20_000n }), (price, quantities, quantity) => {
      const undone = chargeAll(price, [...quantities, quantity, -quantity])
      assert.deepEqual(undone, chargeAll(price, quantities))
    }),
  )
})

test('a charge is the exact amount rounded half-up once, at the digits of its currency', () => {
  fc.assert(
    fc.property(prices, fc.bigInt({ min: 0n, max: 500_000n }), (price, total) => {
      const element = onlyElement(price)
      const { numerator, denominator, scale } = exactAmount(price, element, [total])
      const oracle = new Oracle(numerator.toString()).div(denominator.toString()).div(new Oracle(10).pow(scale))
      const rounded = oracle.toDecimalPlaces(price.ratingScale, Decimal.ROUND_HALF_UP).times(`1e${price.ratingScale}`)
      assert.equal(chargedAmount(price, element, [total]), BigInt(rounded.toFixed(0)))
    }),
  )
})

test('the parts of an explanation sum to the exact amount', () => {
  fc.assert(
    fc.property(prices, fc.bigInt({ min: 0n, max: 500_000n }), (price, total) => {
      const element = onlyElement(price)
      const sum = explainAmount(price, element, [total]).reduce(
        (left: Exact, part) => addExact(left, part.exactAmount),
        exact(0n),
      )
      const amount = exactAmount(price, element, [total])
      const scaleUp = (value: Exact, other: Exact): bigint =>
        value.numerator * other.denominator * 10n ** BigInt(other.scale)
      assert.equal(scaleUp(sum, amount), scaleUp(amount, sum))
    }),
  )
})

test('each part of used units is its units at their price plus its flat amount', () => {
  fc.assert(
    fc.property(prices, fc.bigInt({ min: 1n, max: 500_000n }), (price, total) => {
      fc.pre(total > onlyElement(price).freeUnits)
      const { quantityScale, per } = price.scales
      for (const part of explainAmount(price, onlyElement(price), [total])) {
        const units = new Oracle(part.units.toString()).div(`1e${quantityScale}`)
        const divisor = part.isCounted === true ? 1 : per.toString()
        const expected = units
          .times(part.unitAmount ?? 0)
          .div(divisor)
          .plus(part.flatAmount ?? 0)
        const { numerator, denominator, scale } = part.exactAmount
        const actual = new Oracle(numerator.toString()).div(denominator.toString()).div(new Oracle(10).pow(scale))
        assert.ok(actual.minus(expected).abs().lessThan('1e-50'), `${actual.toFixed()} is not ${expected.toFixed()}`)
      }
    }),
  )
})

test('blocks of a tier are each at their price, whatever `per` says: 39 blocks at 2 and 10 units at 3 for three', () => {
  const tiers = [
    { upTo: '10', unitAmount: '3' },
    { upTo: null, unitAmount: '2', size: '5' },
  ]
  const price = compilePrice({ ...priceOf({ model: 'graduated', tiers }), per: '3' }, 'EUR', meterOf(0))
  const parts = explainAmount(price, onlyElement(price), [202n])
  const told = parts.map(({ units, isCounted, exactAmount }) => [units, isCounted, formatExact(exactAmount)])
  assert.deepEqual(told, [
    [10n, false, '10'],
    [39n, true, '78'],
  ])
})

test('free units are taken from the quantity before the model sees it', () => {
  fc.assert(
    fc.property(rates, fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 5000n }), (rate, free, total) => {
      const withFree = compilePrice(priceOf({ ...rate, freeUnits: String(free) }), 'EUR', meterOf(1))
      const without = compilePrice(priceOf({ ...rate, freeUnits: undefined }), 'EUR', meterOf(1))
      const billable = total > free * 10n ? total - free * 10n : 0n
      assert.equal(
        chargedAmount(withFree, onlyElement(withFree), [total]),
        chargedAmount(without, onlyElement(without), [billable]),
      )
    }),
  )
})

test('a price per million is divided only once, when it is rounded', () => {
  const price = compilePrice(priceOf({ model: 'per_unit', unitAmount: '2.50' }, '1000000'), 'USD', meterOf(0))
  assert.equal(chargedAmount(price, onlyElement(price), [1n]), 250n)
  assert.equal(chargedAmount(price, onlyElement(price), [1_234_567n]), 308_641_750n)
})

test('cells are numbered in the order of the plan: bands first, then what is left', () => {
  const rate = (unitAmount: string): RateTerms => ({ model: 'per_unit', unitAmount })
  const band = { days: ['mon' as const], from: '00:00', to: '01:00' }
  const bands = [
    { ...band, name: 'b', rate: rate('1') },
    { ...band, name: 'a', from: '01:00', to: '02:00', rate: rate('2') },
  ]
  const price: UsagePrice = {
    kind: 'usage',
    code: 'c',
    name: 'C',
    meter: 'used',
    bands,
    otherwise: { name: 'rest', rate: rate('3') },
  }
  assert.deepEqual(
    ratesOf(price).map(({ name }) => name),
    ['b', 'a', 'rest'],
  )
})
