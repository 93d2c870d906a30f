import { isDay } from '../../base/calendar-range.ts'
import { findCurrency } from '../../base/currency.ts'
import { compare, decimal, formatDecimal, parseDecimal } from '../../base/decimal.ts'
import { suggestSpelling } from '../../base/suggest-spelling.ts'
import { RATE_CLASSES } from '../tax-classes.ts'
import { TAX_KINDS } from '../tax-kinds.ts'
import { keyOf } from './rate-table.ts'
import type { TaxRate } from './tax-rate.ts'

const TEXTS = [
  'country',
  'region',
  'county',
  'city',
  'tax',
  'class',
  'from',
  'until',
  'percent',
  'perUnit',
  'currency',
  'base',
  'name',
]
/** More rows than all counties and cities of the USA with all their classes have. */
const MAX_RATES = 200_000
const MAX_TEXT = 100
/** More than any tax comes to, and less than what a slip of the finger makes: 1,900 % for 19 %, a levy in rials as one in millions of them. */
const MOST = { percent: decimal('1000'), perUnit: decimal('1000000000') } as const

/** Rows of rates as a file or a request has them, and a sentence for each that cannot be one. */
export function readRates(rows: unknown): { rates: TaxRate[]; faults: string[] } {
  if (!Array.isArray(rows)) return { rates: [], faults: ['rates: a list of rows is needed'] }
  if (rows.length > MAX_RATES)
    return { rates: [], faults: [`rates: ${rows.length} rows, and at most ${MAX_RATES} are read`] }
  const faults: string[] = []
  const rates: TaxRate[] = []
  const known = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const fault = faultOf(row)
    if (fault !== null) {
      faults.push(`rates ${index + 1}: ${fault}`)
      continue
    }
    const rate = row as TaxRate
    const key = `${keyOf(rate)} ${rate.from}`
    if (known.has(key)) faults.push(`rates ${index + 1}: there is another row for ${keyOf(rate)} from ${rate.from} on`)
    known.add(key)
    rates.push(rate)
  }
  return { rates, faults }
}

function faultOf(row: unknown): string | null {
  if (row === null || typeof row !== 'object' || Array.isArray(row))
    return 'a row has fields, such as country and percent'
  const unknown = Object.keys(row).find((key) => !TEXTS.includes(key))
  if (unknown !== undefined) return `unknown field "${unknown}"${suggestSpelling(unknown, TEXTS)}`
  const odd = Object.entries(row).find(
    ([, value]) => typeof value !== 'string' || value === '' || value.length > MAX_TEXT,
  )
  if (odd !== undefined) return `${odd[0]}: write a text of 1 to ${MAX_TEXT} characters; numbers too are in quotes`
  return faultOfTexts(row as Readonly<Record<string, string>>)
}

function faultOfTexts(row: Readonly<Record<string, string>>): string | null {
  const { country, tax, class: rateClass, from, until, percent, perUnit, currency, base } = row
  for (const [name, value] of Object.entries({ country, tax, class: rateClass, from }))
    if (value === undefined) return `${name} is missing`
  if (!/^[A-Z]{2}$/.test(country as string))
    return `country: write two capital letters such as DE, not ${JSON.stringify(country)}`
  if (!Object.hasOwn(TAX_KINDS, tax as string))
    return `tax: ${JSON.stringify(tax)} is no kind of tax${suggestSpelling(tax as string, Object.keys(TAX_KINDS))}`
  if (!RATE_CLASSES.includes(rateClass as string))
    return `class: no tax class takes the rate ${JSON.stringify(rateClass)}${suggestSpelling(rateClass as string, RATE_CLASSES)}`
  for (const [name, day] of Object.entries({ from, until }))
    if (day !== undefined && !isDay(day)) return `${name}: write a day such as 2026-01-01, not ${JSON.stringify(day)}`
  if (until !== undefined && until <= (from as string)) return 'until: the end is after the beginning'
  if ((percent === undefined) === (perUnit === undefined)) return 'either percent or perUnit is needed'
  const [field, amount] =
    percent === undefined ? (['perUnit', perUnit ?? ''] as const) : (['percent', percent] as const)
  const parsed = parseDecimal(amount)
  if (parsed === null || parsed.coefficient < 0n)
    return `${field}: write a plain decimal such as 25.5, not ${JSON.stringify(amount)}`
  if (compare(parsed, MOST[field]) > 0)
    return `${field}: ${amount} is above ${formatDecimal(MOST[field])}, which no tax comes to`
  if (perUnit !== undefined && (currency === undefined || findCurrency(currency) === undefined))
    return 'currency: an amount per unit has one, such as UAH'
  if (base !== undefined && base !== 'net' && base !== 'net_and_earlier') return 'base: write net or net_and_earlier'
  return null
}
