import { overlapOf, periodStart } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import { countedParts } from './counted-parts.ts'
import type { DiscountInForce } from './discount-terms.ts'
import { type DiscountTarget, type Given, giveDiscounts, type IssuedPart } from './discounts.ts'
import { type BillDays, billIndexOf, type Due, inMajor, lowering, toDueCharges } from './due-charges.ts'
import { type Billable, targetKey } from './invoice-lines.ts'
import { type PlanSpan, reversedPlanSpans } from './plan-spans.ts'
import { inReadingOrder } from './reading-order.ts'
import { type BoundTerms, boundTerms, capBillables, commitmentBillables } from './spend-bounds.ts'

/** What lowers or raises the charges of an account is found in. */
export interface Adjusting {
  readonly currency: string
  /** Of the account, with its history. */
  readonly zone: string
  readonly billDays: BillDays
  readonly plans: ReadonlyMap<string, Plan>
  readonly spans: readonly PlanSpan[]
  readonly discounts: readonly DiscountInForce[]
  /** The last day that the account was billed on. */
  readonly billedUntil: string | null
  /** What documents billed, by the key of the billable that it is about; without discounts. */
  readonly issued: ReadonlyMap<string, readonly (IssuedPart & { readonly billingDay: string })[]>
}

/**
 * The charges of an account with everything that follows from them: maxima first, then minima, then discounts. All is
 * computed from the whole, so that usage that comes late, a change that is dated back or a coupon that is taken away
 * corrects itself when what was billed is subtracted.
 */
export function adjustedBillables(charges: readonly Billable[], facts: Adjusting, onDay: string): Billable[] {
  const { currency, plans, billDays, spans, zone } = facts
  const caps = boundsOf(plans, [...spans, ...reversedPlanSpans(charges, spans, zone)], 'cap')
  const commitments = boundsOf(plans, spans, 'commitment')
  if (caps.length === 0 && commitments.length === 0 && facts.discounts.length === 0) return [...charges]
  // Money that is bought to be drawn down is no charge: what it pays for counts, and is discounted.
  const charged = charges.filter(({ kind }) => kind !== 'commit')
  const dueCharges = toDueCharges(inReadingOrder(charged, plans), plans, currency)
  const parts = countedParts(dueCharges, currency)
  const cuts = capBillables(caps, parts, currency, onDay)
  const trueUps = commitmentBillables(commitments, parts, currency, onDay, billDays)
  const all = [...charged, ...cuts, ...trueUps]
  const discounted = toDueCharges(inReadingOrder(all, plans), plans, currency)
  return [...charges, ...cuts, ...trueUps, ...discountBillables(discounted, facts)]
}

function boundsOf(plans: Adjusting['plans'], spans: readonly PlanSpan[], kind: 'cap' | 'commitment'): BoundTerms[] {
  return spans.flatMap((span) => boundTerms(plans.get(span.planVersionId), span, kind))
}

interface Target extends DiscountTarget {
  readonly billable: Billable
}

function discountBillables(dueCharges: readonly Due[], facts: Adjusting): Billable[] {
  const { currency, discounts, billDays } = facts
  if (discounts.length === 0) return []
  const cut = new Map<string, bigint>()
  for (const { billable, minor } of dueCharges) {
    if (billable.kind === 'cap') cut.set(targetKey(billable), (cut.get(targetKey(billable)) ?? 0n) + minor)
  }
  const targets = dueCharges
    .filter(({ billable }) => billable.kind !== 'cap')
    .map((due) => toTarget(due, cut.get(targetKey(due.billable)) ?? 0n, facts))
  const given = giveDiscounts(targets, discounts, currency, (discount) => firstBillAfter(discount, facts))
  return given.map((one) => toBillable(one, currency, billDays))
}

function toTarget({ billable, minor, dueDay }: Due, cut: bigint, facts: Adjusting): Target {
  const { kind, subscriptionId, planVersionId, priceCode, shown } = billable
  const { plans, spans, issued } = facts
  const codeOf = (versionId: string): string => plans.get(versionId)?.code ?? ''
  const held = spans.filter(({ startDay, endDay }) => overlapOf(shown, startDay, endDay) !== null)
  const starts = spans.filter((span) => span.subscriptionId === subscriptionId).map((span) => span.startDay)
  const startDay = starts.toSorted()[0] ?? shown.start
  return {
    ...{ billable, kind, subscriptionId, priceCode, dueDay },
    planCode: codeOf(planVersionId),
    bill: billOf(billable, dueDay, facts),
    issued: issued.get(targetKey(billable)) ?? [],
    months: wholeMonths(startDay, shown.start),
    plansHeld: new Set(held.map((span) => codeOf(span.planVersionId))),
    minor: minor + cut,
  }
}

/**
 * The bill that something was on, or will be: one that is issued already takes nothing more. What an interim invoice had of a
 * period's usage is on the bill of that period.
 */
function billOf(billable: Billable, dueDay: string, { issued, billDays, billedUntil }: Adjusting): number {
  const [first] = issued.get(targetKey(billable)) ?? []
  const due = billIndexOf(dueDay, billDays)
  if (first === undefined)
    return billedUntil === null ? due : Math.max(due, billIndexOf(dayAfter(billedUntil), billDays))
  const on = billIndexOf(first.billingDay, billDays)
  return billable.usage === null ? on : Math.max(due, on)
}

/** The first bill that was not issued when a discount was redeemed. */
function firstBillAfter({ issuedAfter }: DiscountInForce, { issued, billDays }: Adjusting): number {
  if (issuedAfter === null) return Number.NEGATIVE_INFINITY
  const days = [...issued.values()].flat().flatMap(({ id, billingDay }) => (id <= issuedAfter ? [billingDay] : []))
  const last = days.toSorted().at(-1)
  return last === undefined ? Number.NEGATIVE_INFINITY : billIndexOf(dayAfter(last), billDays)
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

function wholeMonths(from: string, until: string): number {
  if (until <= from) return 0
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'month' }).months
}

function toBillable(
  { discount, target, minor, fromMinor, percent, billMinor, bill }: Given<Target>,
  currency: string,
  { anchor, cycle }: BillDays,
): Billable {
  const { code, name, terms } = discount
  const { value, priority, exclusive, bestOf } = terms
  const amounts = inMajor({ base: fromMinor, taken: minor, billBeforeDiscounts: billMinor }, currency)
  return {
    ...lowering(target.billable, { adjustment: discount.id, description: name, minor }, currency),
    kind: 'discount',
    basis: {
      rule: 'discount',
      code,
      value,
      percent,
      ...amounts,
      bill: periodStart(anchor, cycle, bill),
      order: { priority, exclusive, bestOf },
    },
  }
}
