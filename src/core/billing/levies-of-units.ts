import { allocate } from '../base/allocate.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal, multiply, toScale } from '../base/decimal.ts'
import { leftOfLine } from '../tax/arithmetic/credit-document.ts'
import type { PartLeft } from './lines-left.ts'

/** Of a part of a line what is left of each of its levies, in minor units. */
export function levyLeftOf({ part, credited }: PartLeft): bigint[] {
  const { taxMinor } = leftOfLine({ taxes: part.decision.taxes, billed: part, credited })
  return part.decision.taxes.map(({ perUnit }, slot) => (perUnit === null ? 0n : (taxMinor[slot] ?? 0n)))
}

/**
 * The levies of units that come back, for each part of a line by slot: an amount for each unit, from its parts by what is left of them.
 * Null where more would come back than is left.
 */
export function leviesOfUnits(
  parts: readonly PartLeft[],
  quantity: string,
  currency: string,
): readonly (readonly (bigint | null)[] | undefined)[] | null {
  const { minorDigits } = currencyOf(currency)
  const taken = parts.map(({ part }) => part.decision.taxes.map(({ perUnit }) => (perUnit === null ? null : 0n)))
  const places = parts.flatMap((part, at) =>
    part.part.decision.taxes.flatMap(({ perUnit }, slot) => {
      return perUnit === null ? [] : [{ at, slot, perUnit, left: levyLeftOf(part)[slot] as bigint }]
    }),
  )
  for (const [perUnit, own] of Map.groupBy(places, (one) => one.perUnit)) {
    const wanted = toScale(multiply(decimal(quantity), decimal(perUnit)), minorDigits)
    const left = own.reduce((sum, one) => sum + one.left, 0n)
    if (wanted > left) return null
    if (wanted === 0n) continue
    const shares = allocate(
      wanted,
      own.map((one) => one.left),
    )
    for (const [index, { at, slot }] of own.entries()) (taken[at] as (bigint | null)[])[slot] = shares[index] as bigint
  }
  return taken.map((one) => (one.every((levy) => levy === null) ? undefined : one))
}
