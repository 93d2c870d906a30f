import { assert } from './assert.ts'
import { type Decimal, decimal, formatDecimal } from './decimal.ts'
import { divideRounded, powerOfTen, type RoundingMode } from './rounding.ts'

/** An exact amount before rounding: numerator ÷ (denominator × 10^scale). Sums and differences of prices stay exact. */
export interface Exact {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly scale: number
}

export function exact(numerator: bigint, scale = 0, denominator = 1n): Exact {
  assert(denominator > 0n, 'a denominator is positive')
  return { numerator, denominator, scale }
}

/** The amount as an integer at a decimal scale. */
export function roundExact(value: Exact, scale: number, mode: RoundingMode = 'half_up'): bigint {
  const shift = scale - value.scale
  return shift >= 0
    ? divideRounded(value.numerator * powerOfTen(shift), value.denominator, mode)
    : divideRounded(value.numerator, value.denominator * powerOfTen(-shift), mode)
}

export function addExact(a: Exact, b: Exact): Exact {
  if (a.denominator === b.denominator && a.scale === b.scale) {
    return { numerator: a.numerator + b.numerator, denominator: a.denominator, scale: a.scale }
  }
  const scale = Math.max(a.scale, b.scale)
  const left = a.numerator * powerOfTen(scale - a.scale) * b.denominator
  const right = b.numerator * powerOfTen(scale - b.scale) * a.denominator
  return { numerator: left + right, denominator: a.denominator * b.denominator, scale }
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  return {
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
    scale: a.scale + b.scale,
  }
}

export function isSameExact(a: Exact, b: Exact): boolean {
  return addExact(a, { ...b, numerator: -b.numerator }).numerator === 0n
}

/** An amount as `formatExact` writes it: a decimal, or a fraction such as `910/3`. */
export function parseExact(text: string): Exact {
  const [top, bottom] = text.split('/')
  if (bottom !== undefined) return exact(BigInt(top as string), 0, BigInt(bottom))
  const { coefficient, scale } = decimal(text)
  return exact(coefficient, scale)
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** A finite decimal where there is one, else a fraction: `27.581753` or `910/3`. */
export function formatExact(value: Exact): string {
  const denominator = value.denominator * powerOfTen(value.scale)
  const divisor = gcd(value.numerator, denominator)
  const [top, bottom] = [value.numerator / divisor, denominator / divisor]
  const finite = asFiniteDecimal(top, bottom)
  return finite === null ? `${top}/${bottom}` : formatDecimal(finite)
}

function asFiniteDecimal(numerator: bigint, denominator: bigint): Decimal | null {
  let [rest, twos, fives] = [denominator, 0, 0]
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1]
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1]
  if (rest !== 1n) return null
  const scale = Math.max(twos, fives)
  return { coefficient: (numerator * powerOfTen(scale)) / denominator, scale }
}
