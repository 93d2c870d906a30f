import { assert } from '../../base/assert.ts'
import beside from './data/europe-beside-the-union.json' with { type: 'json' }
import union from './data/european-union.json' with { type: 'json' }
import america from './data/north-america.json' with { type: 'json' }
import { readRates } from './read-rates.ts'
import type { RateSource, TaxRate } from './tax-rate.ts'

export interface RateFile {
  readonly sources: readonly RateSource[]
  readonly rates: readonly TaxRate[]
}

/** The files of rates that come with Kvit, each with where it is from. A day before a country's first row is not in it. */
export const RATE_FILES: readonly RateFile[] = [union, beside, america].map(({ sources, rates: rows }) => {
  const { rates, faults } = readRates(rows)
  assert(faults.length === 0, `shipped rates can be read: ${faults[0]}`)
  return { sources, rates }
})

export const SHIPPED_RATES: readonly TaxRate[] = RATE_FILES.flatMap(({ rates }) => rates)
