import { assertSteps } from '../base/calendar-range.ts'
import { cycleOf, periodIndexOf, periodStart } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import { type BillingMoment, billingMoments } from '../invoicing/billing-moments.ts'
import type { Life } from '../invoicing/fixed-billables.ts'
import { firstSponsoredDays } from '../invoicing/sponsored-usage.ts'
import { type AccountCharges, billingPeriodOf } from './account-facts.ts'

/** The billing moments of an account that are not done. */
export function momentsOf(charges: AccountCharges, until: string): BillingMoment[] {
  const { account, timelines, sponsored, counters, boughtTerms } = charges
  const days = startDays(charges, until)
  // Who only pays for others is billed from when there is something to bill.
  if (timelines.length === 0) days.push(...firstSponsoredDays(sponsored, until))
  // Terms that were bought are paid, whatever became of the subscription.
  const paidFor = [...counters.map(({ periodStart: day }) => day), ...boughtTerms.map(({ termStart }) => termStart)]
  const charged = paidFor.map((day) => billingPeriodOf(account, day).end)
  // Those that are billed to it are billed at its own moments.
  charged.push(...(charges.children ?? []).flatMap(firstDaysAtPayer))
  return billingMoments(account.cycleAnchor, cycleOf(account), days, account.billedUntil, until, charged)
}

/** The first days of what an account has its payer billed for. */
function firstDaysAtPayer({ account, timelines, counters, payerId }: AccountCharges): string[] {
  const { billedTo = [] } = account
  const begun = timelines.flatMap(({ intervals }) => intervals.map(({ touched }) => touched))
  const used = counters.map(({ periodStart: start }) => ({ start, end: billingPeriodOf(account, start).end }))
  return billedTo.flatMap((span, at) => {
    if (span.payerId !== payerId) return []
    const until = billedTo[at + 1]?.fromDay ?? null
    return [...begun, ...used].flatMap(({ start, end }) => {
      const from = start > span.fromDay ? start : span.fromDay
      return (until !== null && from >= until) || (end !== null && from >= end) ? [] : [from]
    })
  })
}

/**
 * Days on which something new is charged: a subscription begins, or comes to another plan or phase, or to another number of
 * seats where that is billed at once, or begins a period that is its own and not the account's.
 */
export function startDays(
  { account, timelines, plans }: Pick<AccountCharges, 'account' | 'timelines' | 'plans'>,
  until: string,
): string[] {
  return timelines.flatMap((life) => [
    ...life.intervals.flatMap((interval, index) => {
      const before = life.intervals[index - 1]
      const goesOn =
        before?.planVersionId === interval.planVersionId &&
        before.phase === interval.phase &&
        before.untilMs === interval.fromMs &&
        !(before.quantity !== interval.quantity && isBilledAtOnce(plans.get(interval.planVersionId)))
      return goesOn ? [] : [interval.touched.start]
    }),
    ...(life.anchor === account.cycleAnchor ? [] : ownPeriods(life, plans, account.billedUntil, until)),
  ])
}

/** Whether a plan bills a change of seats on its day. */
function isBilledAtOnce(plan: Plan | undefined): boolean {
  return (plan?.prices ?? []).some((price) => price.kind === 'recurring' && price.seatChanges === 'at_once')
}

function ownPeriods(
  { anchor, intervals }: Life,
  plans: ReadonlyMap<string, Plan>,
  after: string | null,
  until: string,
): string[] {
  const days = new Set<string>()
  for (const { planVersionId, owned } of intervals) {
    for (const price of plans.get(planVersionId)?.prices ?? []) {
      if (price.kind !== 'recurring' || owned === null) continue
      const from = after !== null && after > owned.start ? after : owned.start
      const first = periodIndexOf(anchor, price.every, from)
      for (let index = first; ; index++) {
        assertSteps(index - first, `periods of ${price.code}`)
        const day = periodStart(anchor, price.every, index)
        if (day > until || (owned.end !== null && day >= owned.end)) break
        if (day >= from) days.add(day)
      }
    }
  }
  return [...days]
}
