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
 * Usage that a re-rating has moved to another version of its plan, or to another plan, is the same charge: 12.00 that were given up whole are
 * not billed anew at the 8.40 of the other price.
 * @param conceded what was given up of each billable, in minor units
 * @param movedUsage what tells which usage was moved: asked for only where something was given up
 */
export function heldAtConceded(
  billables: readonly Billable[],
  conceded: ReadonlyMap<string, bigint>,
  currency: string,
  movedUsage: () => MovedUsage,
): readonly Billable[] {
  if (conceded.size === 0) return billables
  const { minorDigits } = currencyOf(currency)
  const concededOf = (billable: Billable): bigint => conceded.get(billableKey(billable)) ?? 0n
  const charges = [...Map.groupBy(billables, targetKey)].map(([target, own]): Charge => {
    const least = sumOf(own.map(concededOf))
    return { target, head: own[0] as Billable, least, price: sumOf(own.map((one) => minorOf(one, minorDigits))) }
  })
  const held = new Set<string>()
  for (const one of asCharged(charges, movedUsage())) {
    const least = sumOf(one.map((charge) => charge.least))
    if (least > 0n && sumOf(one.map(({ price }) => price)) < least) for (const { target } of one) held.add(target)
  }
  return billables.map((billable) => {
    if (!held.has(targetKey(billable))) return billable
    const { group: _group, minor: _minor, seats: _seats, ...own } = billable
    return { ...own, amount: exact(concededOf(billable), minorDigits) }
  })
}

/** What tells usage that a re-rating has moved. */
export interface MovedUsage {
  /** Whether a billable is usage under a version that its subscription never had. */
  readonly isMoved: (billable: Billable) => boolean
  /** The code of the meter that its price counts. */
  readonly meterOf: (billable: Billable) => string
}

/** A billable with what lowers it: its price, and what was given up of it. */
interface Charge {
  readonly target: string
  readonly head: Billable
  readonly least: bigint
  readonly price: bigint
}

/**
 * Charges that count as one. Where less is charged than was given up, and usage of the period was moved to other prices, both are one: those
 * of the same price and rate element first, then all that count the same meter. Example: `calls` of 12.00 that were given up are `voice` of
 * 8.40 now; both count minutes, so that 8.40 is compared with 12.00. A charge that has kept more than was given up of it stands alone.
 */
function asCharged(charges: readonly Charge[], moved: MovedUsage): Charge[][] {
  const isMoved = new Set(charges.filter(({ head }) => moved.isMoved(head)))
  if (isMoved.size === 0) return charges.map((charge) => [charge])
  const periodOf = ({ subscriptionId, period }: Billable): string => `${subscriptionId} ${period.start}`
  const names: readonly ((head: Billable) => string)[] = [
    (head) => [periodOf(head), head.priceCode, head.cell].join('\n'),
    (head) => [periodOf(head), moved.meterOf(head)].join('\n'),
  ]
  let alone = charges
  const pools: Charge[][] = []
  for (const nameOf of names) {
    const rest = new Set(alone)
    for (const group of Map.groupBy(alone, ({ head }) => nameOf(head)).values()) {
      const pool = group.filter((charge) => isMoved.has(charge) || charge.price < charge.least)
      if (!pool.some((charge) => isMoved.has(charge)) || !pool.some(({ price, least }) => price < least)) continue
      pools.push(pool)
      for (const charge of pool) rest.delete(charge)
    }
    alone = [...rest]
  }
  return [...pools, ...alone.map((charge) => [charge])]
}
