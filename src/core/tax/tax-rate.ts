import { assert } from '../base/assert.ts'

/** A rate that a country has for a class, from a day on until the next row of both. */
export interface TaxRate {
  readonly country: string
  readonly taxClass: string
  readonly from: string
  readonly percent: string
}

/**
 * The rate of a day. Example: Finland has 24 from 2021-01-01 and 25.5 from 2024-09-01; on 2024-08-31 it is 24.
 * @returns null before the first row: a rate that is not known is not zero
 */
export function rateOn(
  rates: readonly TaxRate[],
  { country, taxClass }: Pick<TaxRate, 'country' | 'taxClass'>,
  day: string,
): TaxRate | null {
  const known = rates.filter((rate) => rate.country === country && rate.taxClass === taxClass && rate.from <= day)
  const last = known.reduce<TaxRate | null>(
    (best, rate) => (best === null || rate.from > best.from ? rate : best),
    null,
  )
  assert(
    last === null || known.filter(({ from }) => from === last.from).length === 1,
    'a country has one rate of a class on a day',
  )
  return last
}
