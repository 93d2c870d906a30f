import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDecimal } from '../base/decimal.ts'
import { type NumberStyle, readNumber } from './number-text.ts'

const POINT: NumberStyle = { decimal: 'point' }
const COMMA: NumberStyle = { decimal: 'comma' }
const EITHER: NumberStyle = { decimal: 'either' }
const CASES: readonly (readonly [text: string, style: NumberStyle, right: string | null])[] = [
  ['1.234', POINT, '1.234'],
  ['1,234', POINT, null],
  ['1,234', { ...POINT, grouping: ',' }, '1234'],
  ['1,234.5', { ...POINT, grouping: ',' }, '1234.5'],
  ['12,34.5', { ...POINT, grouping: ',' }, null],
  ['1,2345', { ...POINT, grouping: ',' }, null],
  ['1,234', COMMA, '1.234'],
  ['1.234', COMMA, null],
  ['1.234', { ...COMMA, grouping: '.' }, '1234'],
  ['1.234.567,89', { ...COMMA, grouping: '.' }, '1234567.89'],
  ['1.23', { ...COMMA, grouping: '.' }, null],
  ['-1.234,5', { ...COMMA, grouping: '.' }, '-1234.5'],
  ['1 234,5', { ...COMMA, grouping: ' ' }, '1234.5'],
  ['1\u00a0234\u202f567,5', { ...COMMA, grouping: ' ' }, '1234567.5'],
  ["1'234.5", { ...POINT, grouping: "'" }, '1234.5'],
  ['0,0121', EITHER, '0.0121'],
  ['0.0121', EITHER, '0.0121'],
  ['1.234,5', EITHER, null],
  ['1E-05', POINT, '0.00001'],
  ['1,5e3', COMMA, '1500'],
  ['1e99', POINT, null],
  ['', POINT, null],
  ['1.', POINT, null],
  ['+1', POINT, null],
  ['1,2,3', COMMA, null],
]

for (const [text, style, right] of CASES)
  test(`"${text}" with ${JSON.stringify(style)} is ${right ?? 'no number'}`, () => {
    const value = readNumber(text, style)
    assert.equal(value === null ? null : formatDecimal(value), right)
  })
