import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal as OracleDecimal } from 'decimal.js'
import fc from 'fast-check'
import {
  add,
  compare,
  type Decimal,
  decimal,
  fitsScale,
  formatDecimal,
  formatScaled,
  MAX_DECIMAL_DIGITS,
  multiply,
  negate,
  parseDecimal,
  toScale,
} from './decimal.ts'

const Oracle = OracleDecimal.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 })

/** Plain decimal texts, with leading and trailing zeros as people write them. */
const texts = fc
  .tuple(fc.boolean(), fc.stringMatching(/^\d{1,20}$/), fc.option(fc.stringMatching(/^\d{1,20}$/), { nil: undefined }))
  .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}`)

function oracleOf(value: Decimal): OracleDecimal {
  return new Oracle(value.coefficient.toString()).div(new Oracle(10).pow(value.scale))
}

function assertEqualNumbers(actual: Decimal, expected: OracleDecimal): void {
  assert.equal(oracleOf(actual).toString(), expected.toString())
}

const READ: readonly (readonly [string, bigint, number])[] = [
  ['0', 0n, 0],
  ['-12.50', -1250n, 2],
  ['007.10', 710n, 2],
  ['0.000', 0n, 3],
  ['-0', 0n, 0],
  ['0.14228', 14228n, 5],
]

for (const [text, coefficient, scale] of READ) {
  test(`${text} is read as ${coefficient} × 10^-${scale}`, () => {
    assert.deepEqual(parseDecimal(text), { coefficient, scale })
  })
}

for (const text of [
  '',
  ' ',
  '-',
  '.5',
  '5.',
  '+1',
  '1e3',
  '1E-3',
  '1,5',
  '1 000',
  '0x10',
  '--1',
  '1.2.3',
  'NaN',
  '١',
  '1\n',
]) {
  test(`${JSON.stringify(text)} is no decimal`, () => {
    assert.equal(parseDecimal(text), null)
    assert.throws(() => decimal(text), /not a decimal/)
  })
}

test('a text of the longest length is read, and one digit more is not', () => {
  assert.equal(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS))?.coefficient, 10n ** BigInt(MAX_DECIMAL_DIGITS) - 1n)
  assert.equal(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS + 1)), null)
})

test('a decimal text means what decimal.js reads in it', () => {
  fc.assert(fc.property(texts, (text) => assertEqualNumbers(decimal(text), new Oracle(text).plus(0))))
})

test('formatting writes the shortest plain text, and reading it back gives an equal number', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const written = formatDecimal(decimal(text))
      const expected = new Oracle(text)
      assert.equal(written, expected.isZero() ? '0' : expected.toFixed())
      assert.equal(compare(decimal(written), decimal(text)), 0)
    }),
  )
})

test('sums, differences and products are exact', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      assertEqualNumbers(add(decimal(a), decimal(b)), new Oracle(a).plus(b))
      assertEqualNumbers(add(decimal(a), negate(decimal(b))), new Oracle(a).minus(b).plus(0))
      assertEqualNumbers(multiply(decimal(a), decimal(b)), new Oracle(a).times(b).plus(0))
    }),
  )
})

test('comparison orders numbers by value and not by how they are written', () => {
  assert.equal(compare(decimal('1.50'), decimal('1.5')), 0)
  fc.assert(
    fc.property(texts, texts, (a, b) => assert.equal(compare(decimal(a), decimal(b)), new Oracle(a).comparedTo(b))),
  )
})

test('a number at a smaller scale is rounded half-up unless told otherwise', () => {
  fc.assert(
    fc.property(texts, fc.nat(25), (text, scale) => {
      const oracle = new Oracle(text)
      const shift = new Oracle(10).pow(scale)
      const halfUp = oracle.toDecimalPlaces(scale, OracleDecimal.ROUND_HALF_UP).times(shift)
      const floor = oracle.toDecimalPlaces(scale, OracleDecimal.ROUND_FLOOR).times(shift)
      assert.equal(toScale(decimal(text), scale), BigInt(halfUp.toFixed(0)))
      assert.equal(toScale(decimal(text), scale, 'floor'), BigInt(floor.toFixed(0)))
    }),
  )
})

test('a number fits a scale exactly when it has no other digits than zeros beyond it', () => {
  fc.assert(
    fc.property(texts, fc.nat(25), (text, scale) => {
      assert.equal(fitsScale(decimal(text), scale), new Oracle(text).decimalPlaces() <= scale)
    }),
  )
})

const SCALED: readonly (readonly [bigint, number, string])[] = [
  [1250n, 2, '12.50'],
  [-1250n, 2, '-12.50'],
  [5n, 3, '0.005'],
  [-5n, 3, '-0.005'],
  [0n, 2, '0.00'],
  [42n, 0, '42'],
]

for (const [coefficient, scale, text] of SCALED) {
  test(`${coefficient} at scale ${scale} is written ${text}`, () => {
    assert.equal(formatScaled(coefficient, scale), text)
  })
}
