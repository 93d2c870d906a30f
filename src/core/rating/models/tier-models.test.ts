import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import type { TieredTerms, TierTerms } from '../../catalog/rate-terms.ts'
import { graduated } from './graduated.ts'
import type { PriceScales } from './price-model.ts'
import { volume } from './volume.ts'

const Oracle = Decimal.clone({ precision: 100 })
const PRICE_SCALE = 4
/** Thirds have no finite decimal: the reference adds them up to a hundred digits. */
const TOLERANCE = '1e-60'

function amountText(tenThousandths: number): string {
  return new Oracle(tenThousandths).div(10_000).toFixed(PRICE_SCALE)
}

/** Tiers whose limits lie on the meter's grid, so that usage meets their edges often. */
const tariffs = fc
  .record({
    quantityScale: fc.nat(2),
    per: fc.constantFrom(1, 3, 1000),
    flatOnZero: fc.boolean(),
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(50_000), fc.nat(50_000)), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ quantityScale, per, flatOnZero, steps }) => {
    let limit = 0
    const tiers = steps.map(([width, unit, flat], index): TierTerms => {
      limit += width
      const upTo = index === steps.length - 1 ? null : new Oracle(limit).div(`1e${quantityScale}`).toFixed()
      return { upTo, unitAmount: amountText(unit), ...(flat % 2 === 0 ? {} : { flatAmount: amountText(flat) }) }
    })
    const scales: PriceScales = { quantityScale, priceScale: PRICE_SCALE, per: BigInt(per) }
    return { tiers, flatOnZero, scales }
  })
const steps = fc.nat(150)

function tierOf(tiers: readonly TierTerms[], quantity: Decimal): number {
  return tiers.findIndex(({ upTo }) => upTo === null || quantity.lessThanOrEqualTo(upTo))
}

/** Step by step: each step of the meter costs what the tier it falls into says, and entering a tier its flat amount. */
function graduatedByHand(
  tiers: readonly TierTerms[],
  scales: PriceScales,
  count: number,
  flatOnZero: boolean,
): Decimal {
  const step = new Oracle(1).div(`1e${scales.quantityScale}`)
  const entered = new Set<number>(flatOnZero ? [0] : [])
  let amount = new Oracle(0)
  for (let at = 1; at <= count; at++) {
    const tier = tierOf(tiers, step.times(at))
    entered.add(tier)
    amount = amount.plus(step.times(tiers[tier]?.unitAmount ?? 0).div(scales.per.toString()))
  }
  for (const tier of entered) amount = amount.plus(tiers[tier]?.flatAmount ?? 0)
  return amount
}

/** All units at the price of the tier that the whole reaches. */
function volumeByHand(tiers: readonly TierTerms[], scales: PriceScales, count: number, flatOnZero: boolean): Decimal {
  if (count === 0 && !flatOnZero) return new Oracle(0)
  const step = new Oracle(1).div(`1e${scales.quantityScale}`)
  const tier = tiers[tierOf(tiers, step.times(count))]
  let amount = new Oracle(tier?.flatAmount ?? 0)
  for (let at = 1; at <= count; at++) amount = amount.plus(step.times(tier?.unitAmount ?? 0).div(scales.per.toString()))
  return amount
}

/** The model's integer as a number. */
function inUnits(amount: bigint, scales: PriceScales): Decimal {
  const divisor = new Oracle(10).pow(scales.quantityScale + scales.priceScale).times(scales.per.toString())
  return new Oracle(amount.toString()).div(divisor)
}

for (const [model, priceModel, byHand] of [
  ['graduated', graduated, graduatedByHand],
  ['volume', volume, volumeByHand],
] as const) {
  test(`${model}: the amount is what counting unit by unit gives`, () => {
    fc.assert(
      fc.property(tariffs, steps, ({ tiers, flatOnZero, scales }, count) => {
        const compiled = priceModel.compile({ model, tiers, flatOnZero }, scales)
        const amount = priceModel.amountFor(compiled, [BigInt(count)])
        const expected = byHand(tiers, scales, count, flatOnZero)
        assert.ok(
          inUnits(amount, scales).minus(expected).abs().lessThan(TOLERANCE),
          `${amount} is not ${expected.toFixed()}`,
        )
      }),
      { numRuns: 300 },
    )
  })

  test(`${model}: a quantity below zero is a fault`, () => {
    const compiled = priceModel.compile(
      { model, tiers: [{ upTo: null, unitAmount: '1' }] },
      { quantityScale: 0, priceScale: 0, per: 1n },
    )
    assert.throws(() => priceModel.amountFor(compiled, [-1n]), /never negative/)
  })
}

test('graduated: more usage never costs less', () => {
  fc.assert(
    fc.property(tariffs, steps, steps, ({ tiers, flatOnZero, scales }, count, more) => {
      const compiled = graduated.compile({ model: 'graduated', tiers, flatOnZero }, scales)
      const before = graduated.amountFor(compiled, [BigInt(count)])
      assert.ok(graduated.amountFor(compiled, [BigInt(count + more)]) >= before)
    }),
  )
})

test('graduated: the explanation lists each tier entered, and its units add up to the usage', () => {
  fc.assert(
    fc.property(tariffs, steps, ({ tiers, flatOnZero, scales }, count) => {
      const parts = graduated.explain(graduated.compile({ model: 'graduated', tiers, flatOnZero }, scales), [
        BigInt(count),
      ])
      const units = parts.reduce((sum, part) => sum + part.units, 0n)
      const step = new Oracle(1).div(`1e${scales.quantityScale}`)
      assert.equal(units, BigInt(count))
      assert.equal(parts.length, count === 0 ? Number(flatOnZero) : tierOf(tiers, step.times(count)) + 1)
    }),
  )
})

test('volume: the amount may fall when usage enters a cheaper tier (domain policy 6)', () => {
  const terms: TieredTerms = {
    model: 'volume',
    tiers: [
      { upTo: '100', unitAmount: '2' },
      { upTo: null, unitAmount: '1' },
    ],
  }
  const compiled = volume.compile(terms, { quantityScale: 0, priceScale: 0, per: 1n })
  assert.equal(volume.amountFor(compiled, [100n]), 200n)
  assert.equal(volume.amountFor(compiled, [101n]), 101n)
})
