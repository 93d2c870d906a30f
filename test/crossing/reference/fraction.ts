/** An exact fraction of whole numbers, always in lowest terms with a denominator above zero. */
export class Fraction {
  readonly over: bigint
  readonly under: bigint

  constructor(over: bigint, under = 1n) {
    const sign = under < 0n ? -1n : 1n
    const divisor = greatestCommonDivisor(over < 0n ? -over : over, under * sign)
    this.over = (over * sign) / divisor
    this.under = (under * sign) / divisor
  }

  /** A plain decimal such as `-12.05`. */
  static of(text: string | number): Fraction {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text))
    if (match === null) throw new Error(`no plain decimal: ${text}`)
    const [, sign, whole, part = ''] = match
    return new Fraction(BigInt(`${sign}${whole}${part}`), 10n ** BigInt(part.length))
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.over * other.under + other.over * this.under, this.under * other.under)
  }

  minus(other: Fraction): Fraction {
    return new Fraction(this.over * other.under - other.over * this.under, this.under * other.under)
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.over * other.over, this.under * other.under)
  }

  dividedBy(other: Fraction): Fraction {
    return new Fraction(this.over * other.under, this.under * other.over)
  }

  compare(other: Fraction): number {
    const difference = this.over * other.under - other.over * this.under
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  isAbove(other: Fraction): boolean {
    return this.compare(other) > 0
  }

  get isZero(): boolean {
    return this.over === 0n
  }

  least(other: Fraction): Fraction {
    return this.isAbove(other) ? other : this
  }

  most(other: Fraction): Fraction {
    return this.isAbove(other) ? this : other
  }

  /** The largest whole number that is not above it. */
  floor(): bigint {
    const cut = this.over / this.under
    return cut * this.under > this.over ? cut - 1n : cut
  }

  ceiling(): bigint {
    return -new Fraction(-this.over, this.under).floor()
  }

  /** Rounded to so many digits behind the point; `half_up` takes a half away from zero. */
  rounded(digits: number, mode: 'half_up' | 'half_even' | 'up' | 'down' = 'half_up'): Fraction {
    const scale = 10n ** BigInt(digits)
    if (this.over < 0n) return ZERO.minus(new Fraction(-this.over, this.under).rounded(digits, mode))
    const scaled = this.times(new Fraction(scale))
    const low = scaled.floor()
    const rest = scaled.minus(new Fraction(low))
    const half = rest.compare(new Fraction(1n, 2n))
    const isUp =
      mode === 'up'
        ? !rest.isZero
        : mode === 'down'
          ? false
          : half > 0 || (half === 0 && (mode === 'half_up' || low % 2n === 1n))
    return new Fraction(isUp ? low + 1n : low, scale)
  }

  /** As whole minor units of a currency with so many digits, rounded half-up. */
  minor(digits: number): bigint {
    return this.rounded(digits).times(new Fraction(10n ** BigInt(digits))).over
  }

  /** As a decimal where that is exact, else as a fraction. */
  toString(): string {
    for (let digits = 0; digits <= 15; digits++) {
      const scaled = this.times(new Fraction(10n ** BigInt(digits)))
      if (scaled.under === 1n) return decimalText(scaled.over, digits)
    }
    return `${this.over}/${this.under}`
  }
}

export const ZERO = new Fraction(0n)
export const ONE = new Fraction(1n)

export function sumOf(items: Iterable<Fraction>): Fraction {
  let total = ZERO
  for (const item of items) total = total.plus(item)
  return total
}

/** Whole units of the last digit as a decimal: 1205 with two digits is `12.05`. */
export function decimalText(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${units < 0n ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}
