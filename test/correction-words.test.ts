/** The form "was, should be, difference" in what `kvit invoice show` says, with sums that are computed by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOfDocument } from '../src/cli/invoice-words.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { sampleDocument } from '../src/core/pages/sample-document.ts'

const FORMS = [
  { was: { net: '60.00', tax: '15.00', total: '75.00' }, shouldBe: { net: '48.00', tax: '12.00', total: '60.00' } },
  { was: { net: '1040.00', tax: '260.00', total: '1300.00' }, shouldBe: { net: '0.00', tax: '0.00', total: '0.00' } },
]
const sample = sampleDocument(PLAIN_BRAND, 'credit_note', 'en')
const wordsOf = (lines: readonly object[]): string[] =>
  wordsOfDocument({ ...sample, lines } as never, 'EUR')
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))

test('each line has what was billed, what it should be and the difference; all of them together have the sums', () => {
  const said = wordsOf(sample.lines.slice(0, 2).map((line, at) => ({ ...line, corrected: FORMS[at] })))
  const from = said.findIndex((line) => line.startsWith('1 | Mobile M | was'))
  assert.deepEqual(said.slice(from, from + 9), [
    '1 | Mobile M | was | 60.00 | 15.00 | 75.00',
    'should be | 48.00 | 12.00 | 60.00',
    'difference | -12.00 | -3.00 | -15.00',
    '2 | Calls | was | 1040.00 | 260.00 | 1300.00',
    'should be | 0.00 | 0.00 | 0.00',
    'difference | -1040.00 | -260.00 | -1300.00',
    'together | was | 1100.00 | 275.00 | 1375.00',
    'should be | 48.00 | 12.00 | 60.00',
    'difference | -1052.00 | -263.00 | -1315.00',
  ])
  assert.ok(!wordsOf(sample.lines).some((line) => line.startsWith('should be')))
})
