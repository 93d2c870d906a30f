import { add, compare, type Decimal, multiply, negate, toScale, ZERO } from '../../base/decimal.ts'

/** Amounts of documents have two digits. */
const DIGITS = 2
export const ONE: Decimal = { coefficient: 1n, scale: 0 }

export function sumOf(amounts: readonly (Decimal | undefined)[]): Decimal {
  return amounts.reduce<Decimal>((sum, amount) => (amount === undefined ? sum : add(sum, amount)), ZERO)
}

export function minus(a: Decimal, b: Decimal | undefined): Decimal {
  return b === undefined ? a : add(a, negate(b))
}

/** Rounded half-up to the digits of a document. */
export function rounded(value: Decimal): Decimal {
  return { coefficient: toScale(value, DIGITS), scale: DIGITS }
}

export function isSame(a: Decimal, b: Decimal): boolean {
  return compare(a, b) === 0
}

export function isZero(value: Decimal | undefined): boolean {
  return value?.coefficient === 0n
}

function absolute(value: Decimal): Decimal {
  return value.coefficient < 0n ? negate(value) : value
}

/** Whether two amounts are less than a tolerance apart. */
export function isWithin(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  return compare(absolute(minus(a, b)), tolerance) < 0
}

/** Whether two amounts are at most a slack apart. */
export function isWithinOrAt(a: Decimal, b: Decimal, slack: Decimal): boolean {
  return compare(absolute(minus(a, b)), slack) <= 0
}

/**
 * Whether a tax is that of a taxable amount at a rate, which is given in percent. Sellers may round VAT line by line, so the official rules
 * let it differ by less than one unit of the currency: 19 % of 100.00 may be 18.01 to 19.99.
 */
export function isTaxOf(tax: Decimal, taxable: Decimal, rate: Decimal): boolean {
  const exact = multiply(absolute(taxable), { coefficient: rate.coefficient, scale: rate.scale + 2 })
  return isWithin(absolute(tax), rounded(exact), ONE)
}
