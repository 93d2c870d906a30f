import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currencyCodes, currencyOf, findCurrency } from './currency.ts'

const TABLE: readonly (readonly [string, number, number, 'fiat' | 'crypto'])[] = [
  ['EUR', 2, 8, 'fiat'],
  ['UAH', 2, 8, 'fiat'],
  ['JPY', 0, 6, 'fiat'],
  ['KWD', 3, 9, 'fiat'],
  ['CLF', 4, 10, 'fiat'],
  ['BTC', 8, 11, 'crypto'],
  ['USDT', 6, 11, 'crypto'],
]

for (const [code, minorDigits, ratingScale, kind] of TABLE) {
  test(`${code} has ${minorDigits} digits on a document and ${ratingScale} in a charge`, () => {
    assert.deepEqual(currencyOf(code), { code, minorDigits, ratingScale, kind })
  })
}

test('a charge never has fewer digits than a document', () => {
  for (const code of currencyCodes()) {
    const { minorDigits, ratingScale } = currencyOf(code)
    assert.ok(ratingScale > minorDigits, code)
  }
})

test('92 million units of any currency fit a signed 64-bit amount at rating scale', () => {
  for (const code of currencyCodes()) {
    assert.ok(92_000_000n * 10n ** BigInt(currencyOf(code).ratingScale) <= 9_223_372_036_854_775_807n, code)
  }
})

test('digits agree with the ones that the runtime knows for current currencies', () => {
  for (const code of ['EUR', 'USD', 'GBP', 'PLN', 'CHF', 'JPY', 'KRW', 'VND', 'KWD', 'BHD', 'TND', 'CLF']) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code })
    assert.equal(currencyOf(code).minorDigits, format.resolvedOptions().maximumFractionDigits, code)
  }
})

test('codes are listed once each, in order', () => {
  const codes = currencyCodes()
  assert.deepEqual(codes, [...new Set(codes)].sort())
  assert.ok(codes.includes('EUR') && codes.includes('BTC'))
})

test('a code that no list has is absent, and naming it as certain is a fault', () => {
  for (const code of ['XXX', 'eur', '', 'EURO']) {
    assert.equal(findCurrency(code), undefined)
    assert.throws(() => currencyOf(code), /unknown currency/)
  }
})
