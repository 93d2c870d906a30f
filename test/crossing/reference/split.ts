/**
 * An amount in whole minor units, by weights: each share is rounded down, and those that lost most by it get one more; of two that
 * lost alike the first. The order of the weights is that of the document (`readingOrder`).
 */
export function split(amount: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum === 0n) return weights.map(() => 0n)
  const parts = weights.map((weight) => (amount * weight) / sum)
  const order = weights
    .map((weight, at) => ({ at, remainder: (amount * weight) % sum }))
    .sort((one, other) =>
      one.remainder > other.remainder ? -1 : one.remainder < other.remainder ? 1 : one.at - other.at,
    )
  let rest = amount - parts.reduce((total, part) => total + part, 0n)
  for (const { at } of order) {
    if (rest === 0n) break
    parts[at] = (parts[at] ?? 0n) + 1n
    rest--
  }
  return parts
}

/** Where something stands on a document. */
export interface Place {
  /** The day from which it is. */
  readonly shownFrom: string
  /** The number of its price in the plan. */
  readonly rank: number
  /** The name of its rate. */
  readonly cell: string
}

/** By the day from which a charge is, then as the plan has its prices, then by the name of the rate. */
export function readingOrder<T extends Place>(charges: readonly T[]): T[] {
  return charges.toSorted(
    (one, other) =>
      compareText(one.shownFrom, other.shownFrom) || one.rank - other.rank || compareText(one.cell, other.cell),
  )
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
