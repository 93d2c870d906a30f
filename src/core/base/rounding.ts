import { assert } from './assert.ts'

/** `half_up` rounds ties away from zero (commercial rounding), `half_even` to the even neighbour (banker's). */
export type RoundingMode = 'half_up' | 'half_even' | 'up' | 'down' | 'ceiling' | 'floor'

/** Integer quotient of two integers, rounded. `up` is away from zero, `down` towards it. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  assert(denominator > 0n, 'a denominator is positive')
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  if (remainder === 0n) return quotient
  const awayFromZero = numerator < 0n ? -1n : 1n
  const twice = remainder < 0n ? -2n * remainder : 2n * remainder
  switch (mode) {
    case 'half_up':
      return twice >= denominator ? quotient + awayFromZero : quotient
    case 'half_even':
      if (twice === denominator) return quotient % 2n === 0n ? quotient : quotient + awayFromZero
      return twice > denominator ? quotient + awayFromZero : quotient
    case 'up':
      return quotient + awayFromZero
    case 'down':
      return quotient
    case 'ceiling':
      return numerator > 0n ? quotient + 1n : quotient
    case 'floor':
      return numerator < 0n ? quotient - 1n : quotient
  }
}

const POWERS: bigint[] = [1n]

/** 10 to the power of `exponent`, from a table that grows as needed. */
export function powerOfTen(exponent: number): bigint {
  assert(Number.isInteger(exponent) && exponent >= 0 && exponent <= 128, 'a scale is between 0 and 128')
  for (let next = POWERS.length; next <= exponent; next++) POWERS.push((POWERS[next - 1] as bigint) * 10n)
  return POWERS[exponent] as bigint
}

/** The same amount, from one decimal scale to another. Exact when the scale grows. */
export function rescale(value: bigint, from: number, to: number, mode: RoundingMode): bigint {
  if (to >= from) return value * powerOfTen(to - from)
  return divideRounded(value, powerOfTen(from - to), mode)
}
