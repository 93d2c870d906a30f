import { overlapOf } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import type { DiscountInForce } from './discount-terms.ts'
import { type DiscountTarget, type Given, giveDiscounts } from './discounts.ts'
import { type BillDays, billIndexOf, type Due, inMajor, lowering, toDues } from './dues.ts'
import { type Billable, targetKey } from './invoice-lines.ts'
import { type BoundTerms, capBillables, commitmentBillables } from './spend-bounds.ts'
import { type Stay, takenBackStays } from './stays.ts'

/** What lowers or raises the charges of an account is found in. */
export interface Adjusting {
  readonly currency: string
  /** Of the account, with its history. */
  readonly zone: string
  readonly billDays: BillDays
  readonly plans: ReadonlyMap<string, Plan>
  readonly stays: readonly Stay[]
  readonly discounts: readonly DiscountInForce[]
}

/**
 * The charges of an account with everything that follows from them: maxima first, then minima, then discounts. All is
 * computed from the whole, so that usage that comes late, a change that is dated back or a coupon that is taken away
 * corrects itself when what was billed is subtracted.
 */
export function adjustedBillables(charges: readonly Billable[], facts: Adjusting, onDay: string): Billable[] {
  const { currency, plans, billDays, stays, zone } = facts
  const caps = boundsOf(plans, [...stays, ...takenBackStays(charges, stays, zone)], 'cap')
  const commitments = boundsOf(plans, stays, 'commitment')
  if (caps.length === 0 && commitments.length === 0 && facts.discounts.length === 0) return [...charges]
  // Money that is bought to be drawn down is no charge: what it pays for counts, and is discounted.
  const dues = toDues(
    charges.filter(({ kind }) => kind !== 'commit'),
    plans,
    currency,
  )
  const cuts = capBillables(caps, dues, currency, onDay)
  const capped = [...dues, ...toDues(cuts, plans, currency)]
  const trueUps = commitmentBillables(commitments, capped, currency, onDay, billDays)
  const all = [...capped, ...toDues(trueUps, plans, currency)]
  return [...charges, ...cuts, ...trueUps, ...discountBillables(all, facts)]
}

function boundsOf(plans: Adjusting['plans'], stays: readonly Stay[], kind: 'cap' | 'commitment'): BoundTerms[] {
  return stays.flatMap((stay) =>
    (plans.get(stay.planVersionId)?.prices ?? []).flatMap((price) =>
      price.kind === kind ? [{ bound: price, stay }] : [],
    ),
  )
}

interface Target extends DiscountTarget {
  readonly billable: Billable
}

function discountBillables(dues: readonly Due[], facts: Adjusting): Billable[] {
  const { currency, discounts, billDays } = facts
  if (discounts.length === 0) return []
  const cut = new Map<string, bigint>()
  for (const { billable, minor } of dues) {
    if (billable.kind === 'cap') cut.set(targetKey(billable), (cut.get(targetKey(billable)) ?? 0n) + minor)
  }
  const targets = dues
    .filter(({ billable }) => billable.kind !== 'cap')
    .map((due) => toTarget(due, cut.get(targetKey(due.billable)) ?? 0n, facts))
  const given = giveDiscounts(targets, discounts, currency, (day) => billIndexOf(day, billDays))
  return given.map((one) => toBillable(one, currency))
}

function toTarget({ billable, minor, dueDay }: Due, cut: bigint, facts: Adjusting): Target {
  const { kind, subscriptionId, planVersionId, priceCode, shown } = billable
  const { plans, stays, billDays } = facts
  const codeOf = (versionId: string): string => plans.get(versionId)?.code ?? ''
  const held = stays.filter(({ startDay, endDay }) => overlapOf(shown, startDay, endDay) !== null)
  const starts = stays.filter((stay) => stay.subscriptionId === subscriptionId).map((stay) => stay.startDay)
  const startDay = starts.toSorted()[0] ?? shown.start
  return {
    ...{ billable, kind, subscriptionId, priceCode, dueDay },
    planCode: codeOf(planVersionId),
    bill: billIndexOf(dueDay, billDays),
    months: wholeMonths(startDay, shown.start),
    plansHeld: new Set(held.map((stay) => codeOf(stay.planVersionId))),
    minor: minor + cut,
  }
}

function wholeMonths(from: string, until: string): number {
  if (until <= from) return 0
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'month' }).months
}

function toBillable(
  { discount, target, minor, fromMinor, percent, billMinor }: Given<Target>,
  currency: string,
): Billable {
  const { code, name, terms } = discount
  const { value, priority, exclusive, bestOf } = terms
  const amounts = inMajor({ base: fromMinor, taken: minor, billBeforeDiscounts: billMinor }, currency)
  return {
    ...lowering(target.billable, { adjustment: discount.id, description: name, minor }, currency),
    kind: 'discount',
    basis: { rule: 'discount', code, value, percent, ...amounts, order: { priority, exclusive, bestOf } },
  }
}
