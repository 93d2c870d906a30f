import { daysText, dayText, moneyText, numberText, priceText, withMinorDigits } from '../../../src/core/words/format.ts'
import type { Language } from './languages.ts'

/** How values are written in a language: by the same functions that write them on paper, digit by digit, never by floating point. */
export interface Written {
  /** `1.234,50 EUR` */
  readonly money: (amount: string, currency: string) => string
  /** A price, which may have more digits than its currency: `0,005` */
  readonly price: (amount: string, currency: string) => string
  readonly number: (text: string | number) => string
  /** `2026-02-01` */
  readonly day: (day: string) => string
  /** A half-open period; its last day is written. */
  readonly days: (from: string, until: string) => string
  /** An instant, in the zone of the reader. */
  readonly time: (instant: string) => string
}

export function writtenIn(language: Language): Written {
  const time = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return {
    money: (amount, currency) => moneyText(language, withMinorDigits(amount, currency), currency),
    price: (amount, currency) => priceText(language, amount, currency),
    number: (text) => numberText(language, String(text)),
    day: (day) => dayText(language, day.slice(0, 10)),
    days: (from, until) => daysText(language, from, until),
    time: (instant) => time.format(new Date(instant)),
  }
}

/** A table as CSV, by RFC 4180. A cell that a spreadsheet would take for a formula is quoted as text. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

const NUMBER = /^-?\d+(\.\d+)?$/

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
