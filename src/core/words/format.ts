import { currencyOf } from '../base/currency.ts'
import { formatScaled } from '../base/decimal.ts'
import { parseExact, roundExact } from '../base/exact.ts'
import { dayBefore } from '../base/period.ts'
import type { Language } from './languages.ts'
import { fill, WORDS } from './words.ts'

/** Digits of a fraction that no decimal says exactly, such as 910/3. */
const FRACTION_DIGITS = 6

/**
 * A decimal as it is written in a language, digit by digit: `-1234567.50` is `−1 234 567,50`. What is no decimal stays as it is; of a
 * fraction such as `910/3` the first digits are written, with an ellipsis.
 */
export function numberText(language: Language, text: string): string {
  const { decimal, group } = WORDS[language].format
  if (text.includes('/')) return `${numberText(language, firstDigits(text))}…`
  const [, sign = '', whole, , fraction] = /^([+-]?)(\d+)(\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return text
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group)
  return `${sign === '-' ? '−' : sign}${grouped}${fraction === undefined ? '' : `${decimal}${fraction}`}`
}

function firstDigits(fraction: string): string {
  return formatScaled(roundExact(parseExact(fraction), FRACTION_DIGITS), FRACTION_DIGITS)
}

/** At least the digits of a currency: `-0.3` of euros is `-0.30`, `0.14228` stays, and so does what is no decimal. */
export function withMinorDigits(text: string, currency: string): string {
  const [, whole, fraction = ''] = /^([+-]?\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return text
  const digits = fraction.padEnd(currencyOf(currency).minorDigits, '0')
  return digits === '' ? whole : `${whole}.${digits}`
}

/** A price, or an exact amount, as it is written in a language. */
export function priceText(language: Language, text: string, currency: string): string {
  return numberText(language, withMinorDigits(text, currency))
}

/** @param text a decimal: `7.5` is `7,5 %` in German */
export function percentText(language: Language, text: string): string {
  return WORDS[language].format.percent.replace('{}', numberText(language, text))
}

/** An amount with its currency: `EUR 1,234.50` in English, `1.234,50 EUR` in German. */
export function moneyText(language: Language, amount: string, currency: string): string {
  return fill(WORDS[language].format.money, { amount: numberText(language, amount), currency })
}

/** @param day `2026-02-01`: `1 Feb 2026` in English, `01.02.2026` in German */
export function dayText(language: Language, day: string): string {
  const { date, months } = WORDS[language].format
  const [yyyy = '', mm = '', dd = ''] = day.split('-')
  const parts: Readonly<Record<string, string>> = {
    ...{ yyyy, mm, dd, d: String(Number(dd)) },
    mmm: months?.[Number(mm) - 1] ?? mm,
  }
  return date.replaceAll(/[a-z]+/g, (part) => parts[part] ?? part)
}

/** Days of a half-open period, the last one included: `01.01.2026 – 31.01.2026`; a single day is `01.01.2026`. */
export function daysText(language: Language, from: string, until: string): string {
  const last = dayBefore(until)
  return from === last ? dayText(language, from) : `${dayText(language, from)} – ${dayText(language, last)}`
}
