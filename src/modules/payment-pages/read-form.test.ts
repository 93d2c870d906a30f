import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAmount, readForm } from './read-form.ts'

test('amounts are read as people type them, and never a thousand times too small', () => {
  const cases: readonly (readonly [string, string, 'en' | 'de' | 'uk', bigint | null])[] = [
    ['12', 'EUR', 'en', 1200n],
    ['12.5', 'EUR', 'en', 1250n],
    [' 12,50 ', 'EUR', 'en', 1250n],
    ['1 250,00', 'EUR', 'uk', 125000n],
    ['1\u00a0250.00', 'EUR', 'en', 125000n],
    ['1,000', 'EUR', 'en', null],
    ['1.000', 'EUR', 'de', null],
    ['1,000', 'KWD', 'en', null],
    ['1.000', 'KWD', 'en', 1000n],
    ['1,000', 'KWD', 'de', 1000n],
    ['12.5', 'JPY', 'en', null],
    ['12', 'JPY', 'en', 12n],
    ['0', 'EUR', 'en', 0n],
    ['-5', 'EUR', 'en', null],
    ['1e3', 'EUR', 'en', null],
    ['', 'EUR', 'en', null],
    ['12.345', 'EUR', 'en', null],
    ['9999999999999999', 'EUR', 'en', null],
    ['١٢', 'EUR', 'en', null],
  ]
  for (const [text, currency, language, minor] of cases)
    assert.equal(readAmount(text, currency, language), minor, `${text} ${currency} ${language}`)
})

test('a form that is none has no id', () => {
  assert.deepEqual(readForm(Buffer.from('form=x&amount=1&amount=2')), { id: null, amount: '1' })
  assert.deepEqual(readForm(Buffer.alloc(0)), { id: null, amount: '' })
  assert.equal(readForm(Buffer.from(`amount=${'9'.repeat(100)}`)).amount.length, 40)
})
