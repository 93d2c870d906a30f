import { type Decimal, decimal } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Conversion } from '../catalog/plan.ts'

const ONE: Decimal = { coefficient: 1n, scale: 0 }

/** By what a quantity is multiplied and divided, as whole numbers: divided by 60 it is 1 over 60, multiplied by 0.25 it is 25 over 100. */
export function ratioOf({ divideBy, multiplyBy }: Conversion): { readonly times: bigint; readonly over: bigint } {
  const times = multiplyBy === undefined ? ONE : decimal(multiplyBy)
  const over = divideBy === undefined ? ONE : decimal(divideBy)
  return { times: times.coefficient * powerOfTen(over.scale), over: over.coefficient * powerOfTen(times.scale) }
}

/**
 * Turns a period's quantity at the meter's scale into the units that a price counts in, at its own scale. Rising
 * quantities give rising ones.
 */
export function compileConversion(
  conversion: Conversion,
  meterScale: number,
  quantityScale: number,
): (quantity: bigint) => bigint {
  const { round, scale } = conversion
  const { times, over } = ratioOf(conversion)
  const numerator = times * powerOfTen(scale)
  const denominator = over * powerOfTen(meterScale)
  const digits = powerOfTen(quantityScale - scale)
  return (quantity) => divideRounded(quantity * numerator, denominator, round) * digits
}

/** The last quantity in [low, high) that converts to no more than `limit`, or null. */
export function lastWithin(
  convert: (quantity: bigint) => bigint,
  limit: bigint,
  low: bigint,
  high: bigint,
): bigint | null {
  if (low >= high || convert(low) > limit) return null
  let [within, beyond] = [low, high]
  while (beyond - within > 1n) {
    const middle = (within + beyond) / 2n
    if (convert(middle) <= limit) within = middle
    else beyond = middle
  }
  return within
}
