import type { Plan } from '../catalog/plan.ts'
import { type Billable, targetKey } from './invoice-lines.ts'

type Placed = Pick<Billable, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'period' | 'shown'>

/**
 * The order in which charges are read on a document: by the day from which they are, then as the plan has its prices, then by
 * the name of the rate. Where shares of an amount round alike, it is also the order in which they get the minor units that are
 * left: of 3 JPY shared by two groups of 8 JPY, `eu` bears 2 and `us` 1. Counters come from memory in any order, so whoever
 * shares an amount among charges brings them into this one first, or the next bill would share it otherwise.
 */
export function inReadingOrder<T extends Placed>(charges: readonly T[], plans: ReadonlyMap<string, Plan>): T[] {
  const compare = compareByPlan(plans)
  return charges.toSorted(compare)
}

export function compareByPlan(plans: ReadonlyMap<string, Plan>): (a: Placed, b: Placed) => number {
  const rank = ({ planVersionId, priceCode }: Placed): number =>
    plans.get(planVersionId)?.prices.findIndex(({ code }) => code === priceCode) ?? 0
  return (a, b) =>
    compareText(a.shown.start, b.shown.start) ||
    compareText(a.subscriptionId, b.subscriptionId) ||
    rank(a) - rank(b) ||
    compareText(a.cell, b.cell) ||
    compareText(targetKey(a), targetKey(b))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
