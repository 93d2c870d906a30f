import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TAX_KINDS } from '../tax-kinds.ts'
import { keyOf, rateOn, ratesAt, rateTable } from './rate-table.ts'
import { readRates } from './read-rates.ts'
import { RATE_FILES, SHIPPED_RATES } from './shipped-rates.ts'

const TABLE = rateTable(SHIPPED_RATES)

function vatOn(country: string, day: string, rateClass = 'standard'): string | undefined {
  return ratesAt(TABLE, { country }, [rateClass], day).find(({ tax }) => tax === 'vat')?.percent
}

test('rates change on their days: each pair of days is the last of a rate and the first of the next one', () => {
  const cases: readonly (readonly [country: string, last: string, before: string, first: string, after: string])[] = [
    ['DE', '2006-12-31', '16', '2007-01-01', '19'],
    ['DE', '2020-06-30', '19', '2020-07-01', '16'],
    ['DE', '2020-12-31', '16', '2021-01-01', '19'],
    ['FI', '2024-08-31', '24', '2024-09-01', '25.5'],
    ['EE', '2023-12-31', '20', '2024-01-01', '22'],
    ['EE', '2025-06-30', '22', '2025-07-01', '24'],
    ['SK', '2024-12-31', '20', '2025-01-01', '23'],
    ['RO', '2025-07-31', '19', '2025-08-01', '21'],
    ['LU', '2022-12-31', '17', '2023-01-01', '16'],
    ['LU', '2023-12-31', '16', '2024-01-01', '17'],
    ['IE', '2020-08-31', '23', '2020-09-01', '21'],
    ['IE', '2021-02-28', '21', '2021-03-01', '23'],
    ['CH', '2023-12-31', '7.7', '2024-01-01', '8.1'],
    ['GB', '2011-01-03', '17.5', '2011-01-04', '20'],
  ]
  for (const [country, last, before, first, after] of cases)
    assert.deepEqual([vatOn(country, last), vatOn(country, first)], [before, after], `${country} ${first}`)
  assert.deepEqual(
    ['2023-12-31', '2024-01-01'].map((day) => [vatOn('CZ', day, 'reduced'), vatOn('CZ', day, 'reduced_2')]),
    [
      ['10', '15'],
      ['12', undefined],
    ],
  )
})

test('a day before the first row, a place or a class without rows have no rate, and not zero', () => {
  assert.deepEqual(
    [vatOn('DE', '1983-06-30', 'reduced'), vatOn('US', '2026-01-01'), vatOn('DK', '2026-01-01', 'reduced')],
    [undefined, undefined, undefined],
  )
})

test('the shipped rates have all members of the Union, its neighbours, Canada and the states of the USA; no row repeats the one before', () => {
  const countries = new Set(SHIPPED_RATES.filter(({ class: one }) => one === 'standard').map(({ country }) => country))
  assert.equal([...countries].filter((country) => !['CH', 'GB', 'NO', 'UA', 'CA'].includes(country)).length, 27)
  assert.equal(new Set(SHIPPED_RATES.filter(({ country }) => country === 'US').map(({ region }) => region)).size, 46)
  for (const rows of Map.groupBy(SHIPPED_RATES, keyOf).values())
    for (const [at, row] of rows.entries()) {
      const before = rows[at - 1]
      if (before !== undefined) assert.ok(before.from < row.from && before.percent !== row.percent, keyOf(row))
    }
  for (const { sources } of RATE_FILES)
    for (const { name, url, licence, asOf } of sources)
      assert.ok(name.length > 10 && url.startsWith('https:') && licence !== '' && /^20\d\d-\d\d-\d\d$/.test(asOf))
})

test('Monaco, the Isle of Man and Liechtenstein have the rates of France, the United Kingdom and Switzerland', () => {
  assert.deepEqual(
    ['MC', 'IM', 'LI'].map((country) => vatOn(country, '2026-01-01')),
    ['20', '20', '8.1'],
  )
})

const GOOD = { country: 'DE', tax: 'vat', class: 'standard', from: '2030-01-01', percent: '20' }

test('own rows are read, and what is wrong with one is said with its number', () => {
  assert.deepEqual(readRates([GOOD]), { rates: [GOOD], faults: [] })
  const cases: readonly (readonly [object | string, RegExp])[] = [
    [{ ...GOOD, procent: '20' }, /unknown field "procent"; did you mean "percent"\?/],
    [{ ...GOOD, percent: 20 }, /percent: write a text .* numbers too are in quotes/],
    [{ ...GOOD, percent: '20 %' }, /percent: write a plain decimal such as 25.5, not "20 %"/],
    [{ ...GOOD, percent: '-1' }, /percent: write a plain decimal/],
    [{ ...GOOD, country: 'Germany' }, /country: write two capital letters such as DE/],
    [{ ...GOOD, tax: 'vta' }, /"vta" is no kind of tax; did you mean "vat"\?/],
    [{ ...GOOD, from: '2030-02-30' }, /from: write a day such as 2026-01-01/],
    [{ ...GOOD, until: '2029-01-01' }, /the end is after the beginning/],
    [{ ...GOOD, perUnit: '1' }, /either percent or perUnit/],
    [{ ...GOOD, percent: '1900' }, /percent: 1900 is above 1000/],
    [
      { country: 'DE', tax: 'levy', class: 'sim_card', from: '2030-01-01', perUnit: '1' },
      /currency: an amount per unit has one/,
    ],
    [{ ...GOOD, base: 'gross' }, /base: write net or net_and_earlier/],
    [{ tax: 'vat' }, /country is missing/],
    ['DE', /a row has fields/],
  ]
  for (const [row, sentence] of cases) {
    const { rates, faults } = readRates([GOOD, row])
    assert.deepEqual([rates, faults.length], [[GOOD], 1])
    assert.match(faults[0] as string, /^rates 2: /)
    assert.match(faults[0] as string, sentence)
  }
  assert.match(
    readRates([GOOD, GOOD]).faults[0] as string,
    /rates 2: there is another row for DE vat standard from 2030-01-01/,
  )
  assert.match(readRates('rates').faults[0] as string, /a list of rows is needed/)
  assert.ok(Object.keys(TAX_KINDS).length > 5)
  assert.throws(() => rateOn([GOOD, GOOD], '2031-01-01'))
})
