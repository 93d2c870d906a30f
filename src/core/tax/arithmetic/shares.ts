import { assert } from '../../base/assert.ts'

/**
 * Integer parts that add up to a total, next to their exact shares numerator ÷ denominator: each is rounded down, and what is left goes
 * to the largest remainders, the earlier one first. Shares may be of both signs, as lines of a document are; a total below nought is
 * shared as its mirror image, so that a credit note has the parts of the invoice. Example: 1/3, 1/3 and 1/3 of 100 are 34, 33 and 33.
 * @param total the sum of the shares, rounded in whatever way: less than one away from it for each share
 */
export function roundedShares(numerators: readonly bigint[], denominator: bigint, total: bigint): bigint[] {
  assert(denominator > 0n, 'a denominator is positive')
  if (total < 0n)
    return roundedShares(
      numerators.map((one) => -one),
      denominator,
      -total,
    ).map((part) => -part)
  const floors = numerators.map((one) => floorDivide(one, denominator))
  const left = total - floors.reduce((sum, part) => sum + part, 0n)
  assert(left >= 0n && left <= BigInt(floors.length), 'the total is the rounded sum of its shares')
  const byRemainder = numerators
    .map((one, at) => ({ at, remainder: one - (floors[at] as bigint) * denominator }))
    .sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1))
  const raised = new Set(byRemainder.slice(0, Number(left)).map(({ at }) => at))
  return floors.map((part, at) => (raised.has(at) ? part + 1n : part))
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient
}
