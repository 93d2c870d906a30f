import { currencyOf } from '../base/currency.ts'
import { exact } from '../base/exact.ts'
import { type Billable, billableKey, minorOf, targetKey } from '../invoicing/invoice-lines.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'

/**
 * How credits on request live with what is billed by itself, in one rule: **what is owed of a charge is its price less what was given up
 * of it, and never below nothing**. What was given up is no billing, so that it is not billed again; and a charge, together with what
 * lowers it, counts with no less than was given up of it, so that an automatic credit takes back at most what is left. Example: of 100.00
 * 30.00 were given up. When the price falls to 80.00, 20.00 are credited; when it falls to 20.00, 70.00 are, not 80.00; and when it rises
 * to 100.00 again, 70.00 are billed.
 *
 * Usage that a re-rating has moved to another version of its plan is the same charge: 12.00 that were given up whole are not billed anew at
 * the 8.40 of the other version.
 * @param conceded what was given up of each billable, in minor units
 * @param isReRated whether a billable is usage under a version that its subscription never had
 */
export function heldAtConceded(
  billables: readonly Billable[],
  conceded: ReadonlyMap<string, bigint>,
  currency: string,
  isReRated: (billable: Billable) => boolean = () => false,
): readonly Billable[] {
  if (conceded.size === 0) return billables
  const { minorDigits } = currencyOf(currency)
  const concededOf = (billable: Billable): bigint => conceded.get(billableKey(billable)) ?? 0n
  const held = new Set<string>()
  for (const own of chargesOf(billables, isReRated)) {
    const least = sumOf(own.map(concededOf))
    if (least > 0n && sumOf(own.map((one) => minorOf(one, minorDigits))) < least)
      for (const one of own) held.add(targetKey(one))
  }
  return billables.map((billable) => {
    if (!held.has(targetKey(billable))) return billable
    const { group: _group, minor: _minor, seats: _seats, ...own } = billable
    return { ...own, amount: exact(concededOf(billable), minorDigits) }
  })
}

/** Billables that are one charge: what lowers it is with it, and what a re-rating has moved where it is known from where. */
function chargesOf(billables: readonly Billable[], isReRated: (billable: Billable) => boolean): Billable[][] {
  const charges = Map.groupBy(billables, targetKey)
  const anyVersion = ({ subscriptionId, priceCode, cell, period }: Billable): string =>
    [subscriptionId, priceCode, cell, period.start].join('\n')
  const planned = Map.groupBy(
    [...charges.values()].filter(([head]) => head !== undefined && !isReRated(head)),
    ([head]) => anyVersion(head as Billable),
  )
  for (const [key, own] of charges) {
    const [head] = own
    if (head === undefined || !isReRated(head)) continue
    const [origin, another] = planned.get(anyVersion(head)) ?? []
    if (origin === undefined || another !== undefined) continue
    origin.push(...own)
    charges.delete(key)
  }
  return [...charges.values()]
}
