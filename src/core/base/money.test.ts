import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatMinor, parseMinor } from './money.ts'

const TABLE: readonly (readonly [bigint, string, string])[] = [
  [2758n, 'USD', '27.58'],
  [-5n, 'EUR', '-0.05'],
  [1001n, 'JPY', '1001'],
  [1500n, 'KWD', '1.500'],
  [13_790n, 'BTC', '0.00013790'],
  [0n, 'EUR', '0.00'],
]

for (const [amountMinor, currency, text] of TABLE) {
  test(`${amountMinor} minor units of ${currency} are written ${text}`, () => {
    assert.equal(formatMinor(amountMinor, currency), text)
    assert.equal(parseMinor(text, currency), amountMinor)
  })
}

const READ: readonly (readonly [string, string, bigint | null])[] = [
  ['12.5', 'EUR', 1250n],
  ['12.500', 'EUR', 1250n],
  ['12.505', 'EUR', null],
  ['0.5', 'JPY', null],
  ['5.0', 'JPY', 5n],
  ['12,50', 'EUR', null],
  ['', 'EUR', null],
  ['1e2', 'EUR', null],
]

for (const [text, currency, expected] of READ) {
  test(`"${text}" ${currency} is ${expected === null ? 'no amount' : `${expected} minor units`}`, () => {
    assert.equal(parseMinor(text, currency), expected)
  })
}

test('an amount that is written is read back, in every kind of currency', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'BTC'), (amountMinor, currency) => {
      assert.equal(parseMinor(formatMinor(amountMinor % 10n ** 40n, currency), currency), amountMinor % 10n ** 40n)
    }),
  )
})
