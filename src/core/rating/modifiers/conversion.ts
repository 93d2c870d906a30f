import { compare, type Decimal, decimal, ZERO } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { CatalogIssue, Conversion } from '../../catalog/plan.ts'
import type { Modifier, QuantityModifier } from './modifier.ts'

const ONE: Decimal = { coefficient: 1n, scale: 0 }

/**
 * A price may count in other units than its meter: 61 seconds, divided by 60 and rounded up, are 2 minutes. It is the period's
 * quantity that is converted and rounded, once.
 */
export const conversion: Modifier = {
  ofQuantity: ({ price: { convert }, meter, scales }) =>
    convert === undefined ? null : compileConversion(convert, meter.scale, scales.quantityScale),
}

/** By what a quantity is multiplied and divided, as whole numbers: divided by 60 it is 1 over 60, multiplied by 0.25 it is 25 over 100. */
export function ratioOf({ divideBy, multiplyBy }: Conversion): { readonly times: bigint; readonly over: bigint } {
  const times = multiplyBy === undefined ? ONE : decimal(multiplyBy)
  const over = divideBy === undefined ? ONE : decimal(divideBy)
  return { times: times.coefficient * powerOfTen(over.scale), over: over.coefficient * powerOfTen(times.scale) }
}

/** From quantities at the meter's scale to the units that a price counts in, at its own scale. */
function compileConversion(conversionTerms: Conversion, meterScale: number, quantityScale: number): QuantityModifier {
  const { round, scale } = conversionTerms
  const { times, over } = ratioOf(conversionTerms)
  const numerator = times * powerOfTen(scale)
  const denominator = over * powerOfTen(meterScale)
  const digits = powerOfTen(quantityScale - scale)
  const apply = (quantity: bigint): bigint => divideRounded(quantity * numerator, denominator, round) * digits
  return { apply, lastWithin: (limit, low, high) => lastWithin(apply, limit, low, high) }
}

function lastWithin(convert: (quantity: bigint) => bigint, limit: bigint, low: bigint, high: bigint): bigint | null {
  if (low >= high || convert(low) > limit) return null
  let [within, beyond] = [low, high]
  while (beyond - within > 1n) {
    const middle = (within + beyond) / 2n
    if (convert(middle) <= limit) within = middle
    else beyond = middle
  }
  return within
}

/** Rules of a conversion that no schema can express. */
export function checkConversion({ divideBy, multiplyBy }: Conversion): CatalogIssue[] {
  if ((divideBy === undefined) === (multiplyBy === undefined))
    return [{ path: [], message: 'a conversion has either divideBy or multiplyBy' }]
  if (compare(decimal(divideBy ?? multiplyBy ?? '0'), ZERO) > 0) return []
  return [{ path: [], message: 'a conversion is by more than 0' }]
}
