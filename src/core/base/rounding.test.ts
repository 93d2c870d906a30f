import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { divideRounded, powerOfTen, type RoundingMode, rescale } from './rounding.ts'

const Oracle = Decimal.clone({ precision: 200 })
const ORACLE_MODE: Readonly<Record<RoundingMode, Decimal.Rounding>> = {
  half_up: Decimal.ROUND_HALF_UP,
  half_even: Decimal.ROUND_HALF_EVEN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceiling: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
}
const MODES = Object.keys(ORACLE_MODE) as RoundingMode[]

/** What ÷ 2 and ÷ 4 give: ties, near ties and whole numbers on both sides of zero. */
const TABLE: readonly (readonly [bigint, bigint, Readonly<Record<RoundingMode, bigint>>])[] = [
  [5n, 2n, { half_up: 3n, half_even: 2n, up: 3n, down: 2n, ceiling: 3n, floor: 2n }],
  [-5n, 2n, { half_up: -3n, half_even: -2n, up: -3n, down: -2n, ceiling: -2n, floor: -3n }],
  [7n, 2n, { half_up: 4n, half_even: 4n, up: 4n, down: 3n, ceiling: 4n, floor: 3n }],
  [-7n, 2n, { half_up: -4n, half_even: -4n, up: -4n, down: -3n, ceiling: -3n, floor: -4n }],
  [9n, 4n, { half_up: 2n, half_even: 2n, up: 3n, down: 2n, ceiling: 3n, floor: 2n }],
  [-9n, 4n, { half_up: -2n, half_even: -2n, up: -3n, down: -2n, ceiling: -2n, floor: -3n }],
  [11n, 4n, { half_up: 3n, half_even: 3n, up: 3n, down: 2n, ceiling: 3n, floor: 2n }],
  [1n, 2n, { half_up: 1n, half_even: 0n, up: 1n, down: 0n, ceiling: 1n, floor: 0n }],
  [-1n, 2n, { half_up: -1n, half_even: 0n, up: -1n, down: 0n, ceiling: 0n, floor: -1n }],
  [8n, 2n, { half_up: 4n, half_even: 4n, up: 4n, down: 4n, ceiling: 4n, floor: 4n }],
]

for (const [numerator, denominator, expected] of TABLE) {
  test(`${numerator}/${denominator} rounds as every mode says`, () => {
    const actual = Object.fromEntries(MODES.map((mode) => [mode, divideRounded(numerator, denominator, mode)]))
    assert.deepEqual(actual, expected)
  })
}

for (const mode of MODES) {
  test(`${mode}: a quotient rounds as decimal.js rounds it`, () => {
    const numerators = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
    const denominators = fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    fc.assert(
      fc.property(numerators, denominators, (numerator, denominator) => {
        const quotient = new Oracle(numerator.toString()).div(denominator.toString())
        const expected = quotient.toDecimalPlaces(0, ORACLE_MODE[mode])
        assert.equal(divideRounded(numerator, denominator, mode), BigInt(expected.toFixed(0)))
      }),
    )
  })
}

test('a ratio rounds the same however it is written', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -1000n, max: 1000n }),
      fc.bigInt({ min: 1n, max: 50n }),
      fc.bigInt({ min: 1n, max: 9n }),
      fc.constantFrom(...MODES),
      (numerator, denominator, factor, mode) => {
        const expected = divideRounded(numerator, denominator, mode)
        assert.equal(divideRounded(numerator * factor, denominator * factor, mode), expected)
      },
    ),
  )
})

test('half-up and half-even treat debits and credits alike', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 64n }), (numerator, denominator) => {
      for (const mode of ['half_up', 'half_even'] as const) {
        assert.equal(divideRounded(-numerator, denominator, mode), -divideRounded(numerator, denominator, mode))
      }
    }),
  )
})

test('a denominator of zero or less is a fault', () => {
  assert.throws(() => divideRounded(1n, 0n, 'half_up'), /denominator is positive/)
  assert.throws(() => divideRounded(1n, -2n, 'half_up'), /denominator is positive/)
})

test('powers of ten are exact up to 10^128, whatever order they are asked in', () => {
  for (const exponent of [0, 128, 1, 60, 19, 127]) assert.equal(powerOfTen(exponent), 10n ** BigInt(exponent))
})

test('no power of ten exists beyond the limit', () => {
  for (const exponent of [-1, 129, 0.5, Number.NaN]) assert.throws(() => powerOfTen(exponent), /between 0 and 128/)
})

test('growing a scale is exact and shrinking it back gives the same value', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(12), fc.nat(12), fc.constantFrom(...MODES), (value, from, more, mode) => {
      const grown = rescale(value, from, from + more, mode)
      assert.equal(grown, value * 10n ** BigInt(more))
      assert.equal(rescale(grown, from + more, from, mode), value)
    }),
  )
})
