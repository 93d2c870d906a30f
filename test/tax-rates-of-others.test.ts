/** The shipped rates row by row against two public sets: VAT of the Union by date, and standard rates with their last changes. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { add, decimal, formatDecimal } from '../src/core/base/decimal.ts'
import { ratesAt, rateTable, rowsAt } from '../src/core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../src/core/tax/rates/shipped-rates.ts'
import type { TaxPlace } from '../src/core/tax/supply.ts'

const FOLDER = join(import.meta.dirname, '../../shared/data/numbering-and-tax-reference')
const skip = existsSync(FOLDER) ? false : 'needs ../shared/data'
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const TABLE = rateTable(SHIPPED_RATES)

interface VatRates {
  readonly rates: readonly {
    readonly countryCode: string
    readonly periods: readonly {
      readonly effectiveFrom: string
      readonly rates: { standard: number; superReduced?: number; reduced?: readonly number[]; parking?: number }
    }[]
  }[]
}

function ours(place: TaxPlace, rateClass: string, day: string, tax = 'vat'): string | undefined {
  return ratesAt(TABLE, place, [rateClass], day).find((rate) => rate.tax === tax)?.percent
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}

/** The day on which the set was made: what it does not know of is later. */
const VATRATES_OF = '2021-01-01'

/** Where the set says another day or rate than the law. */
const STANDARD_DIFFERS = [
  // The set leaves the half-year of 21 % out.
  'IE 2021-01-01: 23 there, 21 here',
  // Royal Decree: from 1 October 2012, and not from January.
  'NL 2012-01-01: 21 there, 19 here',
]

test('VAT of the Union by date: every period of the set has the standard rate that Kvit has, on its first and its last day', {
  skip,
}, () => {
  const differs: string[] = []
  let compared = 0
  for (const { countryCode: country, periods } of (read('eu_vatrates.json') as VatRates).rates) {
    const known = rowsAt(TABLE, { country }).filter(({ tax, class: one }) => tax === 'vat' && one === 'standard')
    const first = known.map(({ from }) => from).sort()[0] as string
    for (const [at, { effectiveFrom, rates }] of periods.entries()) {
      const next = periods[at - 1]?.effectiveFrom
      const end = next === undefined || next > VATRATES_OF ? VATRATES_OF : dayBefore(next)
      const start = effectiveFrom.startsWith('0000') ? end : effectiveFrom
      for (const day of new Set([start, end]).values()) {
        if (day < first || day > VATRATES_OF) continue
        compared++
        const [theirs, own] = [String(rates.standard), ours({ country }, 'standard', day)]
        if (theirs !== own) differs.push(`${country} ${day}: ${theirs} there, ${own} here`)
      }
    }
  }
  assert.deepEqual(differs, STANDARD_DIFFERS)
  assert.ok(compared >= 50, String(compared))
})

/** The set does not know of Slovenia's rate for books, of 2020. */
const REDUCED_DIFFERS = ['SI: 9.5|| there, 5 9.5|| here']

test('its reduced rates are those of the same day here, each in a class of its own', { skip }, () => {
  const differs: string[] = []
  for (const { countryCode: country, periods } of (read('eu_vatrates.json') as VatRates).rates) {
    const { rates } = periods[0] as VatRates['rates'][number]['periods'][number]
    const here = (...classes: string[]): string =>
      classes
        .flatMap((one) => ours({ country }, one, VATRATES_OF) ?? [])
        .sort()
        .join(' ')
    const theirs = (rates.reduced ?? []).map(String).sort().join(' ')
    const told = [here('reduced', 'reduced_2', 'reduced_3'), here('super_reduced'), here('parking')]
    const said = [theirs, String(rates.superReduced ?? ''), String(rates.parking ?? '')]
    if (told.join('|') !== said.join('|')) differs.push(`${country}: ${said.join('|')} there, ${told.join('|')} here`)
  }
  assert.deepEqual(differs, REDUCED_DIFFERS)
})

interface SalesTax {
  readonly rate: number
  readonly type: string
  readonly before?: Readonly<Record<string, { readonly rate: number }>>
  readonly states?: Readonly<Record<string, SalesTax>>
}

/** A fraction as a percentage, by its digits: 0.255 is 25.5. */
function percentOf(rate: number): string {
  const { coefficient, scale } = decimal(rate.toFixed(6))
  return formatDecimal({ coefficient: coefficient * 100n, scale })
}

const SALES_TAX_DIFFERS = [
  // Switzerland's rate holds there, and so does its change of 2024.
  'LI: 7.7 there',
  // Law 141/2025: from 1 August on.
  'RO 2025-08-02: 19 then 21 there, 21 then 21 here',
]

test('standard rates of the second set and their changes are those here', { skip }, () => {
  const differs: string[] = []
  for (const [country, set] of Object.entries(read('sales_tax_rates.json') as Record<string, SalesTax>)) {
    if (ours({ country }, 'standard', '2026-01-01') === undefined) continue
    // Each entry holds before its instant, which is midnight two hours east of Greenwich, and one more in summer.
    const changes = Object.entries(set.before ?? {}).sort(([a], [b]) => (a < b ? 1 : -1))
    let rate = set.rate
    for (const [instant, earlier] of changes) {
      const first = Temporal.Instant.from(instant).add({ hours: 3 }).toString().slice(0, 10)
      const told = [percentOf(earlier.rate), percentOf(rate)].join(' then ')
      const own = [ours({ country }, 'standard', dayBefore(first)), ours({ country }, 'standard', first)].join(' then ')
      if (told !== own) differs.push(`${country} ${first}: ${told} there, ${own} here`)
      rate = earlier.rate
    }
    if (changes.length === 0 && percentOf(set.rate) !== ours({ country }, 'standard', '2025-08-02'))
      differs.push(`${country}: ${percentOf(set.rate)} there`)
  }
  assert.deepEqual(differs, SALES_TAX_DIFFERS)
})

/** Where the set has the rate of an earlier year, or another part of what a state and its places have in common. */
const STATES_DIFFER = [
  'US/AR: 6 there, 6.5 here',
  'US/AZ: 6.6 there, 5.6 here',
  'US/CA: 8.25 there, 7.25 here',
  'US/CT: 6 there, 6.35 here',
  'US/LA: 4 there, 5 here',
  'US/ME: 5 there, 5.5 here',
  'US/NC: 5.75 there, 4.75 here',
  'US/NJ: 7 there, 6.625 here',
  'US/NM: 5 there, 4.875 here',
  'US/OH: 5.5 there, 5.75 here',
  'US/SD: 4 there, 4.2 here',
  'US/UT: 5.95 there, 6.1 here',
  'US/VA: 5 there, 5.3 here',
]

test('taxes of the states of the USA, of provinces of Canada and of the Canary Islands', { skip }, () => {
  const sets = read('sales_tax_rates.json') as Record<string, SalesTax>
  const sum = (percents: readonly (string | undefined)[]): string => {
    const { coefficient, scale } = percents.reduce((total, one) => add(total, decimal(one ?? '0')), decimal('0'))
    return formatDecimal({ coefficient, scale })
  }
  const differs = ['US', 'CA', 'ES'].flatMap((country) => {
    const { rate: ofCountry = 0, states = {} } = sets[country] ?? {}
    return Object.entries(states).flatMap(([region, { rate }]) => {
      const rates = ratesAt(TABLE, { country, region }, [country === 'US' ? 'goods' : 'standard'], '2025-08-02')
      // The set says what a region has beside the country's rate, or less than it.
      const [theirs, own] = [sum([percentOf(ofCountry), percentOf(rate)]), sum(rates.map(({ percent }) => percent))]
      return theirs === own ? [] : [`${country}/${region}: ${theirs} there, ${own} here`]
    })
  })
  assert.deepEqual(differs, STATES_DIFFER)
})
