import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sumOf } from './arithmetic/document-taxes.ts'
import { rateTable } from './rates/rate-table.ts'
import { SHIPPED_RATES } from './rates/shipped-rates.ts'
import type { Buyer, Seller } from './supply.ts'
import { type DocumentTerms, type SuppliedLine, taxDocument } from './tax-document.ts'

const RATES = rateTable(SHIPPED_RATES)
const finnish: Seller = {
  ...{ place: { country: 'FI' }, standing: 'registered' },
  registrations: [{ country: 'FI', kind: 'vat', number: 'FI20774740', from: '2010-01-01' }],
}
const neighbour: Buyer = { kind: 'consumer', place: { country: 'FI' }, taxIds: [], certificates: [], evidence: [] }
const TERMS: DocumentTerms = {
  ...{ seller: finnish, buyer: neighbour, currency: 'EUR', language: 'en', pricesIncludeTax: false },
  ...{ rounding: { minorDigits: 2, per: 'document' }, allowanceMinor: 0n },
}
const line = (amountMinor: bigint, more: Partial<SuppliedLine> = {}): SuppliedLine => ({
  ...{ taxClass: 'telecom', amountMinor, suppliedOn: '2024-09-30' },
  ...more,
})
const changing = {
  scale: 0,
  days: [
    { day: '2024-08-31', quantity: 1n },
    { day: '2024-09-01', quantity: 2n },
  ],
}

function told(lines: readonly SuppliedLine[], terms: Partial<DocumentTerms> = {}): unknown {
  const document = taxDocument(lines, { ...TERMS, ...terms }, RATES)
  if ('undecided' in document) return document.undecided
  const totals = document.totals.map(({ tax, baseMinor, taxMinor }) => `${tax.percent} % of ${baseMinor}: ${taxMinor}`)
  return [document.parts.map(({ line, netMinor, taxMinor }) => [line, netMinor, sumOf(taxMinor)]), totals]
}

test('a line whose rate changes within its usage is two parts, and parts of one rate are one sum', () => {
  assert.deepEqual(told([line(10_000n, { usage: changing }), line(500n)]), [
    [
      [0, 3333n, 800n],
      [0, 6667n, 1700n],
      [1, 500n, 128n],
    ],
    ['24 % of 3333: 800', '25.5 % of 7167: 1828'],
  ])
})

test('prices with tax in them are split before the tax is taken out, and come to what was to be paid', () => {
  assert.deepEqual(told([line(10_000n, { usage: changing })], { pricesIncludeTax: true }), [
    [
      [0, 2688n, 645n],
      [0, 5312n, 1355n],
    ],
    ['24 % of 2688: 645', '25.5 % of 5312: 1355'],
  ])
})

test('an allowance lowers all lines before they are taxed', () => {
  assert.deepEqual(told([line(10_000n), line(5000n)], { allowanceMinor: 1500n }), [
    [
      [0, 9000n, 2295n],
      [1, 4500n, 1148n],
    ],
    ['25.5 % of 13500: 3443'],
  ])
})

test('one line that is not decided leaves the document undecided, and says which it is', () => {
  const lines = [line(100n), line(100n, { taxClass: 'super_reduced_goods' })]
  assert.match(
    JSON.stringify(told(lines)),
    /^\[\{"line":1,"sentence":"no rate is known in FI for the tax class \\"super_reduced_goods\\"/,
  )
})
