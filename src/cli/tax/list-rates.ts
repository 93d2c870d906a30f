import { isDay } from '../../core/base/calendar-range.ts'
import { suggestSpelling } from '../../core/base/suggest-spelling.ts'
import { keyOf, rateOn } from '../../core/tax/rates/rate-table.ts'
import { RATE_FILES, type RateFile } from '../../core/tax/rates/shipped-rates.ts'
import type { RateSource, TaxRate } from '../../core/tax/rates/tax-rate.ts'
import { placeText } from '../../core/tax/supply.ts'
import { formatTable, Worded } from '../output.ts'
import { countryNamed } from './country-code.ts'

/** Shipped rates, all or of a country or a day, and their sources. */
export function listRates({ country, on }: { country?: string; on?: string }): Worded {
  if (on !== undefined && !isDay(on))
    throw new Error(`--on: write a day such as 2026-01-31, not ${JSON.stringify(on.slice(0, 40))}`)
  const code = country === undefined ? undefined : countryNamed(country)
  const files = RATE_FILES.map(({ sources, rates }) => ({ sources, rates: selected(rates, code, on) })).filter(
    ({ rates }) => rates.length > 0,
  )
  if (files.length === 0) throw new Error(nothingFound(code, on))
  const rates = files.flatMap((file) => file.rates)
  const sources = files.flatMap((file) => file.sources)
  return new Worded({ rates, sources }, () => described(rates, sources))
}

function selected(rates: RateFile['rates'], country: string | undefined, on: string | undefined): TaxRate[] {
  const ofCountry = rates.filter((rate) => country === undefined || rate.country === country)
  if (on === undefined) return ofCountry
  return [...Map.groupBy(ofCountry, keyOf).values()].flatMap((rows) => rateOn(rows, on) ?? [])
}

function nothingFound(country: string | undefined, on: string | undefined): string {
  const all = RATE_FILES.flatMap(({ rates }) => rates)
  const known = [...new Set(all.map((rate) => rate.country))].sort()
  if (country !== undefined && !known.includes(country))
    return `no rates of ${country} come with Kvit${suggestSpelling(country, known)} (known: ${known.join(', ')}); a case can have rows of its own`
  return `no rate is known ${country === undefined ? '' : `for ${country} `}on ${on}`
}

function described(rates: readonly TaxRate[], sources: readonly RateSource[]): string {
  const rows = rates.map((rate) => ({
    place: placeText(rate),
    tax: rate.name ?? rate.tax,
    class: rate.class,
    from: rate.from,
    until: rate.until ?? '',
    '%': rate.percent ?? '',
  }))
  const told = new Map(sources.map((source) => [source.name, source]))
  const lines = [...told.values()].map(
    ({ name, url, licence, asOf }) => `  ${name} (as of ${asOf}; ${licence}): ${url}`,
  )
  return [formatTable(rows), '', 'from:', ...lines].join('\n')
}
