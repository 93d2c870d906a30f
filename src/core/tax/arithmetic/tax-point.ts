import { roundedShares } from './shares.ts'

/** How much was used on a day, at any scale that all days have in common; for a fee one unit a day. */
export interface DayUsage {
  readonly day: string
  readonly quantity: bigint
}

/** A part of a line that is taxed in one way. `until` is its last day, as documents say it. */
export interface LinePart<T> {
  readonly from: string
  readonly until: string
  readonly quantity: bigint
  readonly netMinor: bigint
  readonly tax: T
}

/**
 * Splits a line where the way in which it is taxed changes within its period, in proportion to what was used before and after, by largest
 * remainder. Example: 100.00 for 60 units until 31 August and 40 from 1 September on, where Finland has 24 % and then 25.5 %: 60.00 and 40.00.
 * @param usage of the days of the period, in order; where nothing was used, the days count alike
 * @param taxOn how it is taxed on a day
 * @param isSame whether two days are taxed in the same way
 */
export function splitByTaxPoint<T>(
  netMinor: bigint,
  usage: readonly DayUsage[],
  taxOn: (day: string) => T,
  isSame: (a: T, b: T) => boolean,
): LinePart<T>[] {
  const parts: { from: string; until: string; quantity: bigint; days: bigint; tax: T }[] = []
  for (const { day, quantity } of usage) {
    const tax = taxOn(day)
    const last = parts.at(-1)
    if (last !== undefined && isSame(last.tax, tax)) {
      last.until = day
      last.quantity += quantity
      last.days++
    } else parts.push({ from: day, until: day, quantity, days: 1n, tax })
  }
  const used = parts.reduce((sum, { quantity }) => sum + quantity, 0n)
  const weights = parts.map(({ quantity, days }) => (used > 0n ? quantity : days))
  const whole = used > 0n ? used : BigInt(usage.length)
  const nets =
    parts.length === 0
      ? []
      : roundedShares(
          weights.map((weight) => weight * netMinor),
          whole,
          netMinor,
        )
  return parts.map(({ from, until, quantity, tax }, at) => ({
    from,
    until,
    quantity,
    netMinor: nets[at] as bigint,
    tax,
  }))
}
