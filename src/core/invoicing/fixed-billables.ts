import { decimal } from '../base/decimal.ts'
import { exact } from '../base/exact.ts'
import { daysIn } from '../base/period.ts'
import { isOfPhase, type Plan, type RecurringPrice } from '../catalog/plan.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import type { Billable } from './invoice-lines.ts'
import { type BillingTimeline, isCharged, opensPeriods, type RecurringDue, recurringDue } from './recurring.ts'

/** A subscription as billing sees it. */
export interface Life {
  readonly subscriptionId: string
  /** The day that its recurring periods are counted from. */
  readonly anchor: string
  readonly intervals: readonly LocalInterval[]
}

type Plans = ReadonlyMap<string, Plan>
/** The account whose days they are. */
interface Zoned {
  readonly zone: string
}

/** One-off and recurring charges of a subscription that are due on a day, of all the plans that it was on, whole. */
export function fixedBillables(account: Zoned, life: Life, plans: Plans, onDay: string): Billable[] {
  const versions = [...new Set(life.intervals.map(({ planVersionId }) => planVersionId))]
  const recurring = versions.flatMap((planVersionId) =>
    (plans.get(planVersionId)?.prices ?? []).flatMap((price) =>
      price.kind === 'recurring' && price.daily === undefined
        ? recurringBillables(account, life, plans, planVersionId, price, onDay)
        : [],
    ),
  )
  return [...oneOffBillables(life, plans, onDay), ...recurring]
}

/** Each once in the life of a subscription, by its code: when it first comes to a plan that has it. */
function oneOffBillables({ subscriptionId, intervals }: Life, plans: Plans, onDay: string): Billable[] {
  const billables = new Map<string, Billable>()
  for (const { planVersionId, phase, touched } of intervals) {
    for (const price of plans.get(planVersionId)?.prices ?? []) {
      if (price.kind !== 'one_off' || !isOfPhase(price, phase) || billables.has(price.code)) continue
      const { coefficient, scale } = decimal(price.amount)
      const { start } = touched
      const day = { start, end: Temporal.PlainDate.from(start).add({ days: 1 }).toString() }
      billables.set(price.code, {
        kind: 'one_off',
        subscriptionId,
        planVersionId,
        priceCode: price.code,
        cell: '',
        description: price.name,
        isLate: false,
        usage: null,
        period: day,
        shown: day,
        amount: exact(coefficient, scale),
      })
    }
  }
  return [...billables.values()].filter(({ period }) => period.start <= onDay)
}

/** The life of a subscription as a price of one of its plans sees it. */
export function courseOf(
  { zone }: Zoned,
  { anchor, intervals }: Omit<Life, 'subscriptionId'>,
  plans: Plans,
  planVersionId: string,
  price: RecurringPrice,
): BillingTimeline {
  return {
    anchor,
    zone,
    intervals,
    applies: (interval) => interval.planVersionId === planVersionId && isCharged(price, interval),
    opens: (interval) => opensPeriods(plans.get(interval.planVersionId), price.every, interval),
  }
}

function recurringBillables(
  account: Zoned,
  life: Life,
  plans: Plans,
  planVersionId: string,
  price: RecurringPrice,
  onDay: string,
): Billable[] {
  const { subscriptionId } = life
  const timeline = courseOf(account, life, plans, planVersionId, price)
  return recurringDue(price, timeline, onDay).map((due) => ({
    kind: 'recurring',
    subscriptionId,
    planVersionId,
    priceCode: price.code,
    cell: '',
    description: `${price.name}${partsOf(due)}`,
    isLate: false,
    usage: null,
    period: due.period,
    shown: due.active,
    dueDay: due.dueDay,
    amount: due.amount,
    seats: { parts: due.parts, flat: due.flat },
  }))
}

/** `(17/31)`, or `(5 × 14/31 + 7 × 17/31)` where the number of seats changed; nothing where the period is whole. */
function partsOf({ share, parts, active, period }: RecurringDue): string {
  const textOf = ({ numerator, denominator }: RecurringDue['share']): string => `${numerator}/${denominator}`
  if (parts.length > 1) return ` (${parts.map((part) => `${part.seats} × ${textOf(part.share)}`).join(' + ')})`
  const isWhole = share.numerator === share.denominator && daysIn(active) === daysIn(period)
  return isWhole ? '' : ` (${textOf(share)})`
}
