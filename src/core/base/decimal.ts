import { powerOfTen, type RoundingMode, rescale } from './rounding.ts'

/** An exact decimal number: coefficient × 10^−scale. Prices, rates and factors are decimals. */
export interface Decimal {
  readonly coefficient: bigint
  readonly scale: number
}

/** More digits than any tariff needs; a limit so that no input can make arithmetic slow. */
export const MAX_DECIMAL_DIGITS = 60
/**
 * The most of money in major units, or of units of a balance, that comes in at once, is a limit or is billed ahead: 10^15 of
 * any currency is more than anybody has, and sums of it fit everywhere.
 */
export const MOST_AT_ONCE = 1_000_000_000_000_000n
const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/

export const ZERO: Decimal = { coefficient: 0n, scale: 0 }

/** Reads plain decimal text such as `-12.50`. Returns null for anything else: exponents, signs, blanks, separators. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MAX_DECIMAL_DIGITS) return null
  const match = DECIMAL_TEXT.exec(text)
  if (match === null) return null
  const fraction = match[3] ?? ''
  const magnitude = BigInt(`${match[2]}${fraction}`)
  return { coefficient: match[1] === '-' ? -magnitude : magnitude, scale: fraction.length }
}

/** What is wrong with the text of an amount that comes in, as every door says it; null where nothing is. */
export function amountFault(text: string): string | null {
  const parsed = parseDecimal(text)
  if (parsed === null) return `${JSON.stringify(text)} is no plain decimal: write one such as "50.00"`
  if (text.startsWith('-'))
    return `${JSON.stringify(text)} is negative: write an amount without a sign, such as "50.00"`
  return parsed.coefficient > MOST_AT_ONCE * powerOfTen(parsed.scale) ? `at most ${MOST_AT_ONCE} (10^15)` : null
}

/** Reads decimal text that is known to be valid: constants and stored values. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text)
  if (parsed === null) throw new Error(`not a decimal: ${text}`)
  return parsed
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { coefficient: toScale(a, scale) + toScale(b, scale), scale }
}

export function negate(a: Decimal): Decimal {
  return { coefficient: -a.coefficient, scale: a.scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale }
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = add(a, negate(b)).coefficient
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The integer coefficient of `value` at `scale`. Rounds (half-up by default) when the scale shrinks. */
export function toScale(value: Decimal, scale: number, mode: RoundingMode = 'half_up'): bigint {
  return rescale(value.coefficient, value.scale, scale, mode)
}

/** Whether `value` can be written with `scale` fraction digits and lose nothing. */
export function fitsScale(value: Decimal, scale: number): boolean {
  return value.scale <= scale || value.coefficient % powerOfTen(value.scale - scale) === 0n
}

/** Text with exactly `scale` fraction digits: `formatScaled(1250n, 2)` is `12.50`. */
export function formatScaled(coefficient: bigint, scale: number): string {
  const sign = coefficient < 0n ? '-' : ''
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(scale + 1, '0')
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Text without trailing zeros: `formatDecimal(decimal('1.500'))` is `1.5`. */
export function formatDecimal(value: Decimal): string {
  const text = formatScaled(value.coefficient, value.scale)
  return value.scale === 0 ? text : text.replace(/\.?0+$/, '')
}
