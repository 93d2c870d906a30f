import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '../../base/decimal.ts'
import type { Tax } from '../tax.ts'
import { spreadAllowance } from './allowances.ts'
import { documentTaxes, type TaxableLine, type TaxRounding } from './document-taxes.ts'
import { taxesWithin } from './inclusive-prices.ts'
import { roundedShares } from './shares.ts'
import { splitByTaxPoint } from './tax-point.ts'
import { withheldOf } from './withholding.ts'

const PER_DOCUMENT: TaxRounding = { minorDigits: 2, per: 'document' }
const percent = (rate: string, more: Partial<Tax> = {}): Tax => ({
  ...{ kind: 'vat', name: 'VAT', category: 'S', place: 'DE', order: 100, base: 'net', percent: rate, perUnit: null },
  ...more,
})
const levy: Tax = percent('0', { kind: 'levy', name: 'levy', order: 10, percent: null, perUnit: '0.125' })
const line = (netMinor: bigint, ...taxes: Tax[]): TaxableLine => ({ netMinor, taxes })
const amounts = (lines: readonly TaxableLine[], rounding = PER_DOCUMENT): string[] =>
  documentTaxes(lines, rounding).totals.map(
    ({ tax, baseMinor, taxMinor }) => `${tax.name} ${tax.percent ?? tax.perUnit}: ${taxMinor} of ${baseMinor}`,
  )

test('tax is computed by category and rate on the sum of the lines, rounded half-up once; by line where a country asks', () => {
  const lines = [
    line(13n, percent('19')),
    line(13n, percent('19')),
    line(13n, percent('19')),
    line(1000n, percent('7')),
  ]
  assert.deepEqual(amounts(lines), ['VAT 19: 7 of 39', 'VAT 7: 70 of 1000'])
  assert.deepEqual(amounts(lines, { minorDigits: 2, per: 'line' }), ['VAT 19: 6 of 39', 'VAT 7: 70 of 1000'])
  assert.deepEqual(documentTaxes(lines, PER_DOCUMENT).byLine, [[3n], [2n], [2n], [70n]])
  // Half a cent goes up, and down for what is credited.
  assert.deepEqual(amounts([line(100n, percent('25.5'))]), ['VAT 25.5: 26 of 100'])
  assert.deepEqual(amounts([line(-100n, percent('25.5'))]), ['VAT 25.5: -26 of -100'])
  assert.deepEqual(amounts([]), [])
})

test('several taxes on a line: parallel ones are on the net, a compound one on the net and what came before', () => {
  const pension = percent('7.5', { kind: 'pension_charge', name: 'pension', order: 140 })
  assert.deepEqual(amounts([line(10_000n, percent('20'), pension)]), [
    'VAT 20: 2000 of 10000',
    'pension 7.5: 750 of 10000',
  ])
  const local = [
    percent('6.25', { name: 'state' }),
    percent('0.5', { name: 'county', order: 110 }),
    percent('1', { name: 'city', order: 120 }),
  ]
  assert.deepEqual(amounts([line(10_000n, ...local)]), [
    'state 6.25: 625 of 10000',
    'county 0.5: 50 of 10000',
    'city 1: 100 of 10000',
  ])
  // Quebec until 2012: 9.5 % on the price with GST.
  const compound = percent('9.5', { name: 'QST', order: 110, base: 'net_and_earlier' })
  assert.deepEqual(amounts([line(10_000n, percent('5', { name: 'GST' }), compound)]), [
    'GST 5: 500 of 10000',
    'QST 9.5: 998 of 10500',
  ])
  // 0.125 for each of three SIM cards is 0.38; VAT is on 10.38.
  const onBoth = percent('19', { base: 'net_and_earlier' })
  assert.deepEqual(amounts([{ ...line(1000n, levy, onBoth), quantity: decimal('3') }]), [
    'levy 0.125: 38 of 1000',
    'VAT 19: 197 of 1038',
  ])
  assert.deepEqual(documentTaxes([{ ...line(1000n, onBoth, levy), quantity: decimal('3') }], PER_DOCUMENT).byLine, [
    [197n, 38n],
  ])
})

test('prices with tax: the net is found by division, and everything adds up to what was to be paid', () => {
  const gross = (grossMinor: bigint, ...taxes: Tax[]) => ({ grossMinor, taxes })
  const three = taxesWithin(
    [gross(100n, percent('19')), gross(100n, percent('19')), gross(100n, percent('19'))],
    PER_DOCUMENT,
  )
  assert.deepEqual(
    [three.netMinor, three.byLine],
    [
      [84n, 84n, 84n],
      [[16n], [16n], [16n]],
    ],
  )
  // By line each is divided alone: three times 0.03 with 19 % are 0.09 and nothing, together 0.08 and 0.01.
  const cents = [gross(3n, percent('19')), gross(3n, percent('19')), gross(3n, percent('19'))]
  assert.deepEqual(taxesWithin(cents, { minorDigits: 2, per: 'line' }).netMinor, [3n, 3n, 3n])
  assert.deepEqual(taxesWithin(cents, PER_DOCUMENT).netMinor, [3n, 3n, 2n])
  const pension = percent('7.5', { kind: 'pension_charge', order: 140 })
  const mobile = taxesWithin([gross(10_000n, percent('20'), pension)], PER_DOCUMENT)
  assert.deepEqual([mobile.netMinor, mobile.byLine], [[7843n], [[1569n, 588n]]])
  const onBoth = percent('19', { base: 'net_and_earlier' })
  const sim = taxesWithin([{ ...gross(1235n, levy, onBoth), quantity: decimal('3') }], PER_DOCUMENT)
  assert.deepEqual([sim.netMinor, sim.byLine], [[1000n], [[38n, 197n]]])
  // A line and its reversal: nothing is left, and each has what the other has.
  const both = taxesWithin([gross(333n, percent('19')), gross(-333n, percent('19'))], PER_DOCUMENT)
  assert.deepEqual([both.netMinor, both.byLine, both.totals[0]?.taxMinor], [[280n, -280n], [[53n], [-53n]], 0n])
  const untaxed = taxesWithin([gross(333n), gross(100n, percent('0', { category: 'Z' }))], PER_DOCUMENT)
  assert.deepEqual(
    [untaxed.netMinor, untaxed.byLine],
    [
      [333n, 100n],
      [[], [0n]],
    ],
  )
})

test('parts add up to the whole by largest remainder, whatever their signs; a credit note has the parts of the invoice', () => {
  assert.deepEqual(roundedShares([1n, 1n, 1n], 3n, 1n), [1n, 0n, 0n])
  assert.deepEqual(roundedShares([100n, 100n, 100n], 3n, 100n), [34n, 33n, 33n])
  assert.deepEqual(roundedShares([-100n, -100n, -100n], 3n, -100n), [-34n, -33n, -33n])
  assert.deepEqual(roundedShares([50n, -20n], 3n, 10n), [17n, -7n])
  assert.throws(() => roundedShares([1n, 1n], 3n, 3n))
})

test('an allowance is spread by largest remainder over what is billed, and not over what is given back', () => {
  assert.deepEqual(spreadAllowance(1000n, [10_000n, 5000n, 3000n, 2000n]), [500n, 250n, 150n, 100n])
  assert.deepEqual(spreadAllowance(100n, [1n, 1n, -5n, 1n]), [34n, 33n, 0n, 33n])
  assert.deepEqual(spreadAllowance(100n, [0n, -5n]), [0n, 0n])
})

test('a rate that changes within the period splits the line by what was used before and after', () => {
  const rateOn = (day: string): string => (day < '2024-09-01' ? '24' : '25.5')
  const split = (netMinor: bigint, usage: readonly (readonly [string, bigint])[]) =>
    splitByTaxPoint(
      netMinor,
      usage.map(([day, quantity]) => ({ day, quantity })),
      rateOn,
      (a, b) => a === b,
    )
  const told = (parts: ReturnType<typeof split>): unknown =>
    parts.map((part) => [part.from, part.until, part.netMinor, part.tax])
  assert.deepEqual(
    told(
      split(10_000n, [
        ['2024-08-30', 40n],
        ['2024-08-31', 20n],
        ['2024-09-01', 0n],
        ['2024-09-02', 40n],
      ]),
    ),
    [
      ['2024-08-30', '2024-08-31', 6000n, '24'],
      ['2024-09-01', '2024-09-02', 4000n, '25.5'],
    ],
  )
  assert.deepEqual(
    told(
      split(100n, [
        ['2024-08-31', 1n],
        ['2024-09-01', 2n],
      ]),
    ),
    [
      ['2024-08-31', '2024-08-31', 33n, '24'],
      ['2024-09-01', '2024-09-01', 67n, '25.5'],
    ],
  )
  // A fee without usage: the days count alike.
  assert.deepEqual(
    told(
      split(300n, [
        ['2024-08-31', 0n],
        ['2024-09-01', 0n],
        ['2024-09-02', 0n],
      ]),
    ),
    [
      ['2024-08-31', '2024-08-31', 100n, '24'],
      ['2024-09-01', '2024-09-02', 200n, '25.5'],
    ],
  )
  assert.deepEqual(split(100n, []), [])
})

test('what the buyer withholds leaves the total as it is and lowers what is to be paid', () => {
  const document = { netMinor: 100_000n, taxMinor: 20_000n }
  assert.deepEqual(
    (['net', 'tax', 'gross'] as const).map((base) => withheldOf(document, { percent: '15', base })),
    [15_000n, 3000n, 18_000n],
  )
})
