import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { addExact, type Exact, exact, formatExact, roundExact } from './exact.ts'

const Oracle = Decimal.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 })

const exacts = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(12), fc.bigInt({ min: 1n, max: 5000n }))
  .map(([numerator, scale, denominator]) => exact(numerator, scale, denominator))

/** Equality of fractions by cross-multiplication: no rounding on either side. */
function isEqual(a: Exact, b: Exact): boolean {
  const left = a.numerator * b.denominator * 10n ** BigInt(b.scale)
  return left === b.numerator * a.denominator * 10n ** BigInt(a.scale)
}

const WRITTEN: readonly (readonly [Exact, string])[] = [
  [exact(27_581_753n, 6), '27.581753'],
  [exact(910n, 0, 3n), '910/3'],
  [exact(-910n, 0, 3n), '-910/3'],
  [exact(3200n, 1, 32n), '10'],
  [exact(1n, 0, 8n), '0.125'],
  [exact(-1n, 0, 40n), '-0.025'],
  [exact(0n, 7, 3n), '0'],
  [exact(150n, 2), '1.5'],
]

for (const [value, text] of WRITTEN) {
  test(`${value.numerator}/(${value.denominator} × 10^${value.scale}) is written ${text}`, () => {
    assert.equal(formatExact(value), text)
  })
}

test('rounding a fraction half-up gives what decimal.js gives', () => {
  fc.assert(
    fc.property(exacts, fc.nat(15), (value, scale) => {
      const oracle = new Oracle(value.numerator.toString())
        .div(value.denominator.toString())
        .div(new Oracle(10).pow(value.scale))
      const expected = oracle.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP).times(new Oracle(10).pow(scale))
      assert.equal(roundExact(value, scale), BigInt(expected.toFixed(0)))
    }),
  )
})

test('ties round away from zero on a document, and to even where that is asked', () => {
  assert.equal(roundExact(exact(10_275n, 3), 2), 1028n)
  assert.equal(roundExact(exact(-10_275n, 3), 2), -1028n)
  assert.equal(roundExact(exact(10_265n, 3), 2, 'half_even'), 1026n)
})

test('sums of fractions are exact in any order', () => {
  fc.assert(
    fc.property(exacts, exacts, exacts, (a, b, c) => {
      const numerator = a.numerator * b.denominator * 10n ** BigInt(b.scale)
      const other = b.numerator * a.denominator * 10n ** BigInt(a.scale)
      const expected = exact(numerator + other, a.scale + b.scale, a.denominator * b.denominator)
      assert.ok(isEqual(addExact(a, b), expected))
      assert.ok(isEqual(addExact(addExact(a, b), c), addExact(addExact(c, a), b)))
    }),
  )
})

test('thirds of an amount add up to it', () => {
  const third = exact(100n, 0, 3n)
  assert.equal(formatExact(addExact(addExact(third, third), third)), '100')
})

test('the text of an exact amount is the amount itself, as a finite decimal or a lowest fraction', () => {
  fc.assert(
    fc.property(exacts, (value) => {
      const text = formatExact(value)
      const [top = '', bottom] = text.split('/')
      if (bottom === undefined) {
        const [whole = '', fraction = ''] = top.split('.')
        assert.ok(isEqual(exact(BigInt(whole + fraction), fraction.length), value), text)
        assert.ok(!fraction.endsWith('0'), text)
      } else {
        assert.ok(isEqual(exact(BigInt(top), 0, BigInt(bottom)), value), text)
        let rest = BigInt(bottom)
        for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime
        assert.ok(rest > 1n, `${text} has a finite decimal`)
      }
    }),
  )
})

test('a denominator of zero or less is a fault', () => {
  assert.throws(() => exact(1n, 0, 0n), /denominator is positive/)
  assert.throws(() => exact(1n, 0, -3n), /denominator is positive/)
})
