import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decimal as Oracle } from 'decimal.js'
import fc from 'fast-check'
import { decimal, formatDecimal } from '../base/decimal.ts'
import { parseExpression } from './expression.ts'

const worth = (text: string, values: Readonly<Record<string, string>> = {}): string => {
  const { columns, evaluate } = parseExpression(text)
  return formatDecimal(evaluate(columns.map((name) => decimal(values[name] as string))))
}

const CASES: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['1 + 2 * 3', {}, '7'],
  ['(1 + 2) * 3', {}, '9'],
  ['10 - 2 - 3', {}, '5'],
  ['-{a} * -2', { a: '0.1' }, '0.2'],
  ['{a b} - {#x}', { 'a b': '1.000', '#x': '0.001' }, '0.999'],
  ['{a}*{a}', { a: '-0.5' }, '0.25'],
]

for (const [text, values, expected] of CASES)
  test(`"${text}" with ${JSON.stringify(values)} is ${expected}`, () => assert.equal(worth(text, values), expected))

const WRONG = [
  '',
  '{a',
  '1 +',
  '(1',
  '1)',
  '1 2',
  '{a}{b}',
  '1.',
  '.5',
  '1e3',
  '{}',
  '1 / 2',
  '9'.repeat(61),
  `1${'+1'.repeat(250)}`,
]
for (const text of WRONG)
  test(`"${text.slice(0, 20)}" is no expression`, () => assert.throws(() => parseExpression(text), SyntaxError))

test('sums, differences and products are those of decimal.js', () => {
  const Exact = Oracle.clone({ precision: 200 })
  const number = fc
    .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.nat(6))
    .map(([n, digits]) => new Exact(`${n}e-${digits}`).toFixed())
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      const expected = new Exact(a).minus(new Exact(b).plus(c)).times(b).minus('0.5')
      assert.equal(new Exact(worth('({a} - ({b} + {c})) * {b} - 0.5', { a, b, c })).toFixed(), expected.toFixed())
    }),
  )
})
