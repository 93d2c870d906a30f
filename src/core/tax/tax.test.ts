import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideTax } from './decide-tax.ts'
import { STANDARD_RATES } from './standard-rates.ts'
import { rateOn } from './tax-rate.ts'
import type { Supply, TaxDecision } from './tax-rule.ts'
import { taxTotals } from './tax-totals.ts'

const since = (country: string, from = '2010-01-01', until: string | null = null): Supply['registrations'][number] => ({
  country,
  from,
  until,
})
const supply = (country: string, suppliedOn: string, change: Partial<Supply> = {}): Supply => ({
  registrations: [since(country)],
  buyer: { country, kind: 'consumer' },
  taxClass: 'standard',
  suppliedOn,
  ...change,
})

test('a domestic supply has the standard rate of its country on the day of supply', () => {
  // As the countries have published them; each pair of days is the last of a rate and the first of the next one.
  const cases: readonly (readonly [country: string, day: string, percent: string])[] = [
    ['DE', '2021-01-01', '19'],
    ['DE', '2026-11-29', '19'],
    ['FI', '2024-08-31', '24'],
    ['FI', '2024-09-01', '25.5'],
    ['EE', '2023-12-31', '20'],
    ['EE', '2024-01-01', '22'],
    ['EE', '2025-06-30', '22'],
    ['EE', '2025-07-01', '24'],
    ['SK', '2024-12-31', '20'],
    ['SK', '2025-01-01', '23'],
    ['RO', '2025-07-31', '19'],
    ['RO', '2025-08-01', '21'],
    ['LU', '2022-12-31', '17'],
    ['LU', '2023-06-15', '16'],
    ['LU', '2024-01-01', '17'],
    ['IE', '2021-02-28', '21'],
    ['IE', '2021-03-01', '23'],
    ['CH', '2023-12-31', '7.7'],
    ['CH', '2024-01-01', '8.1'],
    ['GB', '2026-01-01', '20'],
    ['UA', '2026-01-01', '20'],
    ['NO', '2026-01-01', '25'],
  ]
  for (const [country, day, percent] of cases) {
    const decision = decideTax(supply(country, day), STANDARD_RATES)
    assert.deepEqual(
      [decision?.rule, decision?.country, decision?.category, decision?.percent],
      ['domestic', country, 'S', percent],
      `${country} ${day}`,
    )
  }
})

test('nothing is guessed: another country, no registration on that day, an unknown class or day have no decision', () => {
  const cases: readonly Supply[] = [
    supply('DE', '2026-01-01', { buyer: { country: 'FR', kind: 'consumer' } }),
    supply('DE', '2026-01-01', { registrations: [] }),
    supply('DE', '2026-01-01', { registrations: [since('DE', '2026-01-02')] }),
    supply('DE', '2026-01-01', { registrations: [since('DE', '2020-01-01', '2026-01-01')] }),
    supply('DE', '2026-01-01', { taxClass: 'books' }),
    supply('DE', '2020-12-31'),
    supply('US', '2026-01-01'),
  ]
  for (const one of cases) assert.equal(decideTax(one, STANDARD_RATES), null, JSON.stringify(one))
  const last = supply('DE', '2025-12-31', { registrations: [since('DE', '2020-01-01', '2026-01-01')] })
  assert.equal(decideTax(last, STANDARD_RATES)?.percent, '19')
})

test('a rate of nought is a decision: zero-rated, category Z', () => {
  const rates = [{ country: 'GB', taxClass: 'books', from: '2021-01-01', percent: '0' }]
  assert.equal(decideTax(supply('GB', '2026-01-01', { taxClass: 'books' }), rates)?.category, 'Z')
})

test('the table has all members of the Union and four more; days go up and no rate follows itself', () => {
  const countries = [...new Set(STANDARD_RATES.map(({ country }) => country))]
  assert.equal(countries.length, 27 + 4)
  for (const country of countries) {
    const rows = STANDARD_RATES.filter((rate) => rate.country === country)
    assert.equal(rows[0]?.from, '2021-01-01')
    for (const [at, row] of rows.entries()) {
      assert.match(row.percent, /^\d{1,2}(\.\d)?$/)
      const before = rows[at - 1]
      if (before !== undefined) assert.ok(before.from < row.from && before.percent !== row.percent, country)
    }
  }
  assert.throws(() =>
    rateOn([...STANDARD_RATES, ...STANDARD_RATES], { country: 'DE', taxClass: 'standard' }, '2026-01-01'),
  )
})

const taxed = (percent: string, category: TaxDecision['category'] = 'S'): TaxDecision => ({
  ...{ rule: 'domestic', country: 'DE', category, percent },
  reason: '',
})

test('tax is computed by category and rate on the sum of the lines, rounded half-up once', () => {
  const line = (netMinor: bigint, tax: TaxDecision): { netMinor: bigint; tax: TaxDecision } => ({ netMinor, tax })
  const totals = taxTotals([
    line(13n, taxed('19')),
    line(13n, taxed('19')),
    line(13n, taxed('19')),
    line(1000n, taxed('7')),
  ])
  assert.deepEqual(
    totals.map(({ percent, netMinor, taxMinor }) => [percent, netMinor, taxMinor]),
    [
      ['19', 39n, 7n],
      ['7', 1000n, 70n],
    ],
  )
  // 25.5 % of 1.00 is 0.255: half a cent goes up, and down for what is credited.
  assert.deepEqual(
    [100n, -100n].map((net) => taxTotals([line(net, taxed('25.5'))])[0]?.taxMinor),
    [26n, -26n],
  )
  assert.deepEqual(taxTotals([]), [])
})

test('the order of lines does not matter; a credit note of the same lines has the same tax with the other sign', () => {
  const lines = fc.array(
    fc.record({
      netMinor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      tax: fc.constantFrom(taxed('19'), taxed('7'), taxed('25.5'), taxed('0', 'Z')),
    }),
    { maxLength: 30 },
  )
  const sorted = (all: readonly { netMinor: bigint; tax: TaxDecision }[]): unknown =>
    taxTotals(all)
      .map(({ percent, netMinor, taxMinor }) => `${percent} ${netMinor} ${taxMinor}`)
      .sort()
  fc.assert(
    fc.property(lines, (all) => {
      assert.deepEqual(sorted(all.toReversed()), sorted(all))
      const credited = all.map(({ netMinor, tax }) => ({ netMinor: -netMinor, tax }))
      for (const total of taxTotals(all)) {
        const mirror = taxTotals(credited).find(({ percent }) => percent === total.percent)
        assert.equal(mirror?.taxMinor, -total.taxMinor)
        // Never further than half a minor unit from the exact product, in thousandths of a per cent.
        const exact = total.netMinor * BigInt(Math.round(Number(total.percent) * 10))
        const away = total.taxMinor * 1000n - exact
        assert.ok(away <= 500n && away >= -500n)
      }
    }),
  )
})
