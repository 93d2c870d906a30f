import { assert } from '../../base/assert.ts'
import { taxArea, taxedAs } from '../places/tax-areas.ts'
import { placeText, type TaxPlace } from '../supply.ts'
import type { TaxRate } from './tax-rate.ts'

/** Rates by country, ready for look-ups. */
export type RateTable = ReadonlyMap<string, readonly TaxRate[]>

/** Own rows take the place of shipped ones of the same place, tax and class, with all their days. */
export function rateTable(shipped: readonly TaxRate[], own: readonly TaxRate[] = []): RateTable {
  const replaced = new Set(own.map(keyOf))
  const all = [...shipped.filter((rate) => !replaced.has(keyOf(rate))), ...own]
  return Map.groupBy(all, ({ country }) => country)
}

export function keyOf(rate: TaxRate): string {
  return `${placeText(rate)} ${rate.tax} ${rate.class}`
}

/**
 * The rate of each kind of tax at a place on a day, for the first of the classes that has rows. Rows of a region take the place of the
 * country's rows of the same kind: Madeira's VAT is not the mainland's. Rows of a county or city do the same for their kinds.
 */
export function ratesAt(table: RateTable, place: TaxPlace, classes: readonly string[], day: string): TaxRate[] {
  const rows = rowsAt(table, place)
  return [...Map.groupBy(rows, ({ tax }) => tax).values()].flatMap((ofTax) => {
    const precise = Math.max(...ofTax.map(precision))
    const local = ofTax.filter((rate) => precision(rate) === precise)
    const found = classes
      .map((one) =>
        rateOn(
          local.filter((rate) => rate.class === one),
          day,
        ),
      )
      .find((rate) => rate !== null)
    return found === undefined || found === null ? [] : [found]
  })
}

/** All rows that hold in a place, of whatever kind, class and day. A region outside the tax area of its country has only its own. */
export function rowsAt(table: RateTable, place: TaxPlace): TaxRate[] {
  const at = taxedAs(place)
  const holds = (mine: string | undefined, theirs: string | undefined): boolean => mine === undefined || mine === theirs
  const isOwnArea = taxArea(at) !== at.country
  return (table.get(at.country) ?? []).filter(
    ({ region, county, city }) =>
      holds(region, at.region) &&
      holds(county, at.county) &&
      holds(city, at.city) &&
      !(isOwnArea && region === undefined),
  )
}

function precision({ region, county, city }: TaxRate): number {
  return [region, county, city].filter((part) => part !== undefined).length
}

/** The row of a day among those of one place, tax and class. Null before the first and after an end: what is not known is not zero. */
export function rateOn(rows: readonly TaxRate[], day: string): TaxRate | null {
  const begun = rows.filter(({ from }) => from <= day)
  const last = begun.reduce<TaxRate | null>(
    (best, rate) => (best === null || rate.from > best.from ? rate : best),
    null,
  )
  if (last === null || (last.until !== undefined && last.until <= day)) return null
  assert(
    begun.filter(({ from }) => from === last.from).length === 1,
    'a place has one rate of a tax and class on a day',
  )
  return last
}
