import { assert } from './assert.ts'

/**
 * Splits an integer total in proportion to weights so that the parts add up to it: each part is rounded down, and
 * what is left goes to the largest remainders, the earlier one first (the largest remainder, or Hamilton, method).
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  assert(weights.length > 0 && weights.every((weight) => weight >= 0n) && sum > 0n, 'weights are positive in sum')
  const sign = total < 0n ? -1n : 1n
  const magnitude = total * sign
  const parts = weights.map((weight) => (magnitude * weight) / sum)
  let left = magnitude - parts.reduce((a, b) => a + b, 0n)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of byRemainder) {
    if (left === 0n) break
    parts[index] = (parts[index] as bigint) + 1n
    left -= 1n
  }
  return parts.map((part) => part * sign)
}
