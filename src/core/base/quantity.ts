import { formatDecimal } from './decimal.ts'

/** Digits of quantities in balances of units: the finest that a meter may have. */
export const UNIT_SCALE = 12

/** Why a text is no quantity at a meter's scale. */
export type QuantityFault = 'not_a_number' | 'negative' | 'precision_exceeded' | 'out_of_range'

/** A quantity that one record says is kept as a signed 64-bit integer. */
export const MAX_INT64 = 9_223_372_036_854_775_807n

export function isInt64(value: bigint): boolean {
  return value <= MAX_INT64 && value >= -MAX_INT64
}

/**
 * What a period's quantity or amount may reach, at its scale: 10^15 units of a currency at a rating scale of 11 take 10^26, and
 * decimals of 38 digits, as archives have them, still add up a hundred million of the largest.
 */
const MAX_COUNTED = 10n ** 30n

export function isCountable(value: bigint): boolean {
  return value <= MAX_COUNTED && value >= -MAX_COUNTED
}

/**
 * A quantity as an integer at `scale` (1.5 at scale 3 is 1500n). Plain decimals and JSON exponents are read; digits
 * beyond the scale are a fault unless they are zeros: usage is never rounded silently.
 * @param isSigned whether it may be negative, as a change of a level may.
 */
export function parseQuantity(text: string, scale: number, isSigned = false): bigint | QuantityFault {
  if (text.length <= SHORT_DIGITS && scale <= SHORT_DIGITS) {
    const whole = shortWhole(text)
    if (whole >= 0) return BigInt(whole) * (SHORT_POWERS[scale] as bigint)
  }
  return parseAnyQuantity(text, scale, isSigned)
}

/** So many digits are exact as a number, and with as many more still fit in 64 bits. */
const SHORT_DIGITS = 9
const SHORT_POWERS = Array.from({ length: SHORT_DIGITS + 1 }, (_, digits) => 10n ** BigInt(digits))

/** What a text of few digits alone says; −1 for any other text. */
function shortWhole(text: string): number {
  let value = text.length === 0 ? -1 : 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function parseAnyQuantity(text: string, scale: number, isSigned: boolean): bigint | QuantityFault {
  let end = text.length
  let exponent = 0
  const exponentAt = text.search(/[eE]/)
  if (exponentAt > 0) {
    if (!/^[+-]?\d{1,3}$/.test(text.slice(exponentAt + 1))) return 'not_a_number'
    exponent = Number(text.slice(exponentAt + 1))
    end = exponentAt
  }
  const negative = text.charCodeAt(0) === 45
  const first = negative ? 1 : 0
  let digits = ''
  let fractionDigits = -1
  for (let at = first; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 46) {
      if (fractionDigits >= 0 || at === first || at === end - 1) return 'not_a_number'
      digits = text.slice(first, at)
      fractionDigits = end - at - 1
    } else if (code < 48 || code > 57) return 'not_a_number'
  }
  if (end === first) return 'not_a_number'
  digits = fractionDigits < 0 ? text.slice(first, end) : digits + text.slice(end - fractionDigits, end)
  let shift = scale + exponent - Math.max(fractionDigits, 0)
  while (shift < 0 && digits.charCodeAt(digits.length - 1) === 48) {
    digits = digits.slice(0, -1)
    shift++
  }
  if (digits === '' || /^0*$/.test(digits)) return 0n
  if (shift < 0) return 'precision_exceeded'
  if (negative && !isSigned) return 'negative'
  if (digits.replace(/^0+/, '').length + shift > 19) return 'out_of_range'
  const value = BigInt(digits.padEnd(digits.length + shift, '0'))
  if (value > MAX_INT64) return 'out_of_range'
  return negative ? -value : value
}

/** Text of a quantity without trailing zeros: 1500n at scale 3 is `1.5`. */
export function formatQuantity(quantity: bigint, scale: number): string {
  return formatDecimal({ coefficient: quantity, scale })
}
