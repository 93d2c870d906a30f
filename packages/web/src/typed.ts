import { findCurrency } from '../../../src/core/base/currency.ts'

/** More digits than any amount or quantity has; a text that is longer was typed by mistake. */
const MOST_DIGITS = 30
const TYPED = /^(\d+)(?:[.,](\d+))?$/

/**
 * An amount as somebody typed it, as the API takes it; null where it cannot be told what was meant. `1,000` is a thousand to one
 * reader and one to another: so the one separator that may stand is taken as the decimal one, and only where no more digits
 * follow than the currency has. Where it has three, `1,234` is read with three decimals: thousands are typed without separators.
 */
export function typedAmount(typed: string, currency: string): string | null {
  return read(typed, (decimals) => decimals <= minorDigits(currency))
}

/** A quantity, which may have any number of decimals, but not three: those would be the thousands of somebody else. */
export function typedQuantity(typed: string): string | null {
  return read(typed, (decimals) => decimals !== 3)
}

/** A number of things: no decimals at all. */
export function typedCount(typed: string): string | null {
  return read(typed, (decimals) => decimals === 0)
}

/** What an amount of a currency is typed like, to be shown where one could not be read: `1234.50`, `1234` where it has no decimals. */
export function exampleAmount(currency: string): string {
  const digits = minorDigits(currency)
  return digits === 0 ? '1234' : `1234.${'5'.padEnd(digits, '0')}`
}

function minorDigits(currency: string): number {
  return findCurrency(currency)?.minorDigits ?? 0
}

function read(typed: string, isRead: (decimals: number) => boolean): string | null {
  const [, whole = '', decimals = ''] = TYPED.exec(typed.trim()) ?? []
  if (whole === '' || whole.length + decimals.length > MOST_DIGITS || !isRead(decimals.length)) return null
  return decimals === '' ? whole : `${whole}.${decimals}`
}
