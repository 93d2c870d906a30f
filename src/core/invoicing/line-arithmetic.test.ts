import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PrintedLine, wrongProduct } from './line-arithmetic.ts'

/** Of 4 yen that were billed, 3.5 are due since a coupon took an eighth. */
const CORRECTED: PrintedLine = {
  quantity: '0',
  unitAmount: null,
  per: null,
  exactAmount: '-0.5',
  amount: '0',
  billedBefore: '4',
  parts: [
    { label: 'packages of 7', quantity: '1', unitAmount: '4', per: null, amount: '4' },
    { label: 'discount 12.5 %', quantity: null, unitAmount: null, per: null, amount: '-0.5' },
    { label: 'billed before', quantity: null, unitAmount: null, per: null, amount: '-4' },
  ],
}

test('where some was billed before, the whole is rounded, and not the rest', () => {
  assert.equal(wrongProduct(CORRECTED, 0), null)
  assert.match(String(wrongProduct({ ...CORRECTED, amount: '-1' }, 0)), /is not -1 when it is rounded/)
  assert.match(String(wrongProduct({ ...CORRECTED, billedBefore: undefined }, 0)), /is not 0 when it is rounded/)
})
