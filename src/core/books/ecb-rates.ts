import { isDay } from '../base/calendar-range.ts'
import { findCurrency } from '../base/currency.ts'
import { parseDecimal } from '../base/decimal.ts'
import type { ExchangeRate } from './exchange.ts'

/** Mistakes that one reading names. */
const MAX_FAULTS = 20

/**
 * Reads reference rates as the European Central Bank publishes them (`eurofxref-hist.csv`, and the file of one day): a heading `Date,USD,JPY,…`
 * and a row for each day, so much for one euro, `N/A` where there is none; lines may end with a comma. Days are `2026-01-30`, or
 * `30 January 2026` as in the file of one day. Currencies that Kvit does not know are left out.
 * @param from days before are not read
 */
export function readEcbRates(text: string, from = ''): { readonly rates: ExchangeRate[]; readonly faults: string[] } {
  const [heading = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const columns = cellsOf(heading)
  const faults: string[] = []
  if (columns[0] !== 'Date')
    return { rates: [], faults: ['line 1: the heading begins with Date, as in eurofxref-hist.csv'] }
  const rates: ExchangeRate[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const [first = '', ...cells] = cellsOf(line)
    const day = dayOfCell(first)
    if (day === null) faults.push(`line ${index + 2}: ${JSON.stringify(first.slice(0, 20))} is no day`)
    else if (day >= from) {
      for (const [at, cell] of cells.entries()) {
        const currency = columns[at + 1] ?? ''
        if (cell === '' || cell === 'N/A' || findCurrency(currency) === undefined) continue
        const value = parseDecimal(cell)
        if (value === null || value.coefficient <= 0n)
          faults.push(`line ${index + 2}, ${currency}: ${JSON.stringify(cell.slice(0, 20))} is no rate`)
        else rates.push({ day, base: 'EUR', currency, rate: cell })
      }
    }
    if (faults.length >= MAX_FAULTS) break
  }
  return { rates, faults }
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim())
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

function dayOfCell(text: string): string | null {
  if (isDay(text)) return text
  const [, date = '', month = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? []
  const number = MONTHS.indexOf(month) + 1
  const day = `${year}-${String(number).padStart(2, '0')}-${date.padStart(2, '0')}`
  return number > 0 && isDay(day) ? day : null
}
