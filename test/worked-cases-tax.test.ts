/** The worked cases of tax through the functions that documents are to use, by the ids of the project's list of worked cases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currencyOf } from '../src/core/base/currency.ts'
import { decimal, toScale } from '../src/core/base/decimal.ts'
import { formatMinor } from '../src/core/base/money.ts'
import { spreadAllowance } from '../src/core/tax/arithmetic/allowances.ts'
import { creditDocument, spreadTaking } from '../src/core/tax/arithmetic/credit-document.ts'
import { creditLine, grossOf, type LineAmounts } from '../src/core/tax/arithmetic/credit-notes.ts'
import { documentTaxes, sumOf } from '../src/core/tax/arithmetic/document-taxes.ts'
import type { Tax } from '../src/core/tax/tax.ts'

const vat = (percent: string): Tax => ({
  ...{ kind: 'vat', name: 'VAT', category: percent === '0' ? 'Z' : 'S', place: 'FR', order: 100, base: 'net' },
  ...{ percent, perUnit: null },
})
const minor = (amount: string): bigint => toScale(decimal(amount), 2)
const money = (amount: bigint): string => formatMinor(amount, 'EUR')

/** An issued document, from lines such as `100.00 at 20`. */
function issued(lines: string, allowance = '0'): LineAmounts[] {
  const given = lines.split(', ').map((line) => line.split(' at ') as [amount: string, percent: string])
  const nets = given.map(([amount]) => minor(amount))
  const off = spreadAllowance(minor(allowance), nets)
  const taxable = given.map(([, percent], at) => ({
    netMinor: (nets[at] as bigint) - (off[at] as bigint),
    taxes: [vat(percent)],
  }))
  const { byLine } = documentTaxes(taxable, { minorDigits: 2, per: 'document' })
  return taxable.map(({ netMinor }, at) => ({ netMinor, taxMinor: byLine[at] as readonly bigint[] }))
}

const told = (lines: readonly LineAmounts[]): string =>
  lines.map(({ netMinor, taxMinor }) => `${money(netMinor)} + ${money(sumOf(taxMinor))}`).join(', ')
const total = (lines: readonly LineAmounts[]): string => money(sumOf(lines.map(grossOf)))
const nothing = (lines: readonly LineAmounts[]): LineAmounts[] => lines.map(() => ({ netMinor: 0n, taxMinor: [0n] }))

const DOCUMENTS: readonly (readonly [id: string, lines: string, allowance: string, parts: string, total: string])[] = [
  [
    'TX-1',
    '100 at 10, 50 at 0, 30 at 20, 20 at 20',
    '10',
    '95.00 + 9.50, 47.50 + 0.00, 28.50 + 5.70, 19.00 + 3.80',
    '209.00',
  ],
  ['PR-3', '38.71 at 20', '0', '38.71 + 7.74', '46.45'],
  ['PR-4, invoice', '75 at 20', '0', '75.00 + 15.00', '90.00'],
  ['CM-2', '8.00 at 20, 0.93 at 20', '0', '8.00 + 1.60, 0.93 + 0.19', '10.72'],
  ['LD-10, before the credit of 30', '50 at 10, 20 at 10', '10', '42.86 + 4.29, 17.14 + 1.71', '66.00'],
  [
    'CN-4, invoice',
    '68.33 at 20, 68.33 at 20, 57.50 at 20, 85.00 at 20',
    '0',
    '68.33 + 13.67, 68.33 + 13.66, 57.50 + 11.50, 85.00 + 17.00',
    '334.99',
  ],
]

for (const [id, lines, allowance, parts, sum] of DOCUMENTS)
  test(`${id}: ${lines}${allowance === '0' ? '' : `, ${allowance} off`} is ${sum} with tax`, () => {
    const document = issued(lines, allowance)
    assert.deepEqual([told(document), total(document)], [parts, sum])
  })

test('TX-4: 10 % and then 10 % off 100.00 leave 81.00 to be taxed, not 80.00', () => {
  const off = (net: bigint): bigint => net - (spreadAllowance(net / 10n, [net])[0] as bigint)
  const document = issued(`${money(off(off(minor('100'))))} at 20`)
  assert.deepEqual([told(document), total(document)], ['81.00 + 16.20', '97.20'])
})

test('PR-4: of 75.00 a third is not used: 25.00 and its tax are credited', () => {
  const [line] = issued('75 at 20') as [LineAmounts]
  const note = creditLine(line, { netMinor: 0n, taxMinor: [0n] }, { netMinor: minor('25.00') })
  assert.deepEqual([told([note]), total([note])], ['25.00 + 5.00', '30.00'])
})

test('CN-1: 29 of 30 days of 200.00 at 25 % are 193.33 and 48.33', () => {
  const [line] = issued('200 at 25') as [LineAmounts]
  const note = creditLine(line, { netMinor: 0n, taxMinor: [0n] }, { netMinor: minor('193.33') })
  assert.deepEqual([told([note]), total([note])], ['193.33 + 48.33', '241.66'])
})

test('CN-4: lines credited one after another come to 82.00, 69.00, 102.00, and the last to 81.99', () => {
  const document = issued('68.33 at 20, 68.33 at 20, 57.50 at 20, 85.00 at 20')
  const notes = [0, 2, 3, 1].map((at) => {
    const line = document[at] as LineAmounts
    return creditLine(line, { netMinor: 0n, taxMinor: [0n] }, { netMinor: line.netMinor })
  })
  assert.deepEqual(
    notes.map((note) => total([note])),
    ['82.00', '69.00', '102.00', '81.99'],
  )
  assert.equal(total(notes), total(document))
})

test('TX-7: a refund of 25.00 of 125.00 is 12.00 + 3.00 and 8.00 + 2.00; all the rest comes to zero', () => {
  const document = issued('60 at 25, 40 at 25')
  const credit = (credited: readonly LineAmounts[], amount: string): LineAmounts[] => {
    const lines = document.map((billed, at) => ({ taxes: [vat('25')], billed, credited: credited[at] as LineAmounts }))
    const left = lines.map((line) => grossOf(line.billed) - grossOf(line.credited))
    return creditDocument(lines, spreadTaking(minor(amount), left), 'gross', 2)
  }
  const first = credit(nothing(document), '25.00')
  assert.equal(told(first), '12.00 + 3.00, 8.00 + 2.00')
  const rest = credit(first, '100.00')
  assert.equal(told(rest), '48.00 + 12.00, 32.00 + 8.00')
})

for (const [amount, currency, expected] of [
  ['10.275', 'USD', '10.28'],
  ['1000.5', 'JPY', '1001'],
] as const)
  test(`TX-10: ${amount} ${currency} is ${expected} on a document`, () => {
    assert.equal(formatMinor(toScale(decimal(amount), currencyOf(currency).minorDigits), currency), expected)
  })
