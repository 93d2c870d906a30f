import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { formatQuantity, MAX_INT64, parseQuantity, type QuantityFault } from './quantity.ts'

const Oracle = Decimal.clone({ precision: 400 })

const TABLE: readonly (readonly [string, number, bigint | QuantityFault])[] = [
  ['1.5', 3, 1500n],
  ['0', 0, 0n],
  ['-0', 2, 0n],
  ['-0.00', 0, 0n],
  ['007', 0, 7n],
  ['1.500', 1, 15n],
  ['1.501', 1, 'precision_exceeded'],
  ['0.1', 0, 'precision_exceeded'],
  ['10.0', 0, 10n],
  ['1e3', 0, 1000n],
  ['1E+3', 0, 1000n],
  ['1500e-3', 1, 15n],
  ['1500e-4', 1, 'precision_exceeded'],
  ['1.5e1', 0, 15n],
  ['0e999', 0, 0n],
  ['1e999', 0, 'out_of_range'],
  ['1e1000', 0, 'not_a_number'],
  ['-1', 0, 'negative'],
  ['-1e2', 3, 'negative'],
  ['9223372036854775807', 0, MAX_INT64],
  ['9223372036854775808', 0, 'out_of_range'],
  ['9223372036854.775807', 6, MAX_INT64],
  ['9223372036854.775808', 6, 'out_of_range'],
  ['00000000000000000000000001', 0, 1n],
  ...[
    '',
    '-',
    '+1',
    '.5',
    '5.',
    '.',
    '1.e2',
    'e5',
    '1e',
    '1e+',
    '1e5e5',
    '1.2.3',
    '1,5',
    ' 1',
    '1 ',
    '0x1',
    'NaN',
    'Infinity',
    '--1',
    '1-',
    '١',
  ].map((text) => [text, 3, 'not_a_number'] as const),
]

for (const [text, scale, expected] of TABLE) {
  test(`"${text}" at scale ${scale} is ${expected}`, () => {
    assert.equal(parseQuantity(text, scale), expected)
  })
}

const digits = fc.stringMatching(/^\d{1,12}$/)
const numberTexts = fc
  .record({
    sign: fc.constantFrom('', '', '', '-'),
    whole: digits,
    fraction: fc.option(digits, { nil: undefined }),
    exponent: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
    mark: fc.constantFrom('e', 'E', 'e+'),
  })
  .map(({ sign, whole, fraction, exponent, mark }) => {
    const tail = exponent === undefined ? '' : `${exponent < 0 ? mark.slice(0, 1) : mark}${exponent}`
    return `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${tail}`
  })

/** The rule in words: not finer than the scale, not negative, not beyond 64 bits, in this order. */
function reference(text: string, scale: number): bigint | QuantityFault {
  const scaled = new Oracle(text).times(new Oracle(10).pow(scale))
  if (scaled.isZero()) return 0n
  if (!scaled.isInteger()) return 'precision_exceeded'
  if (scaled.isNegative()) return 'negative'
  return scaled.greaterThan(MAX_INT64.toString()) ? 'out_of_range' : BigInt(scaled.toFixed(0))
}

test('a number is read exactly or refused for the reason that decimal.js confirms', () => {
  fc.assert(
    fc.property(numberTexts, fc.nat(12), (text, scale) => {
      assert.equal(parseQuantity(text, scale), reference(text, scale))
    }),
    { numRuns: 1000 },
  )
})

test('a text is never read as anything but the number that it writes', () => {
  const scraps = fc.string({ unit: fc.constantFrom(...'0123456789.-+eE ,x'.split('')), maxLength: 8 })
  fc.assert(
    fc.property(scraps, (text) => {
      const isNumber = /^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text)
      assert.equal(parseQuantity(text, 2), isNumber ? reference(text, 2) : 'not_a_number')
    }),
    { numRuns: 1000 },
  )
})

test('a quantity that is written is read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: MAX_INT64 }), fc.nat(12), (quantity, scale) => {
      const text = formatQuantity(quantity, scale)
      assert.equal(parseQuantity(text, scale), quantity)
      assert.doesNotMatch(text, /\.\d*0$|\.$/)
    }),
  )
})
