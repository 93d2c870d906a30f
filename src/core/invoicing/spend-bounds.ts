import { allocate } from '../base/allocate.ts'
import { currencyOf } from '../base/currency.ts'
import { decimal } from '../base/decimal.ts'
import { exact, roundExact } from '../base/exact.ts'
import { type Cycle, type DayPeriod, periodAt, periodIndexOf, periodStart } from '../base/period.ts'
import type { Plan, SpendBound } from '../catalog/plan.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import type { CountedPart } from './counted-parts.ts'
import { type BillDays, billIndexOf, type Due, groupedByDay, inMajor, lowering } from './due-charges.ts'
import type { Billable } from './invoice-lines.ts'
import type { PlanSpan } from './plan-spans.ts'
import { type BillingTimeline, isCharged, type RecurringDue, recurringDue } from './recurring.ts'

/** A minimum or maximum of a plan, and a subscription's time on it. */
export interface BoundTerms {
  readonly bound: SpendBound
  readonly span: PlanSpan
  /** The stay with the days that count for it. */
  readonly timeline: BillingTimeline
}

/**
 * The minima or maxima of a plan on a stay. Days of a pause count for one of them where it counts a fee that is charged
 * while paused: 34.00 a month under a maximum of 11.00 are 11.00 in every month of a pause. Otherwise a pause makes a period
 * partial, and one of a whole period leaves nothing of a bound.
 */
export function boundTerms(plan: Plan | undefined, span: PlanSpan, kind: SpendBound['kind']): BoundTerms[] {
  const prices = plan?.prices ?? []
  return prices.flatMap((bound) => {
    if (bound.kind !== kind) return []
    const isChargedIn = (interval: LocalInterval): boolean =>
      prices.some((price) => price.kind === 'recurring' && isCountedBy(bound, price.code) && isCharged(price, interval))
    const holds = (interval: LocalInterval): boolean => !interval.isPaused || isChargedIn(interval)
    // A period that begins in a pause that does not count is opened after it.
    return [{ bound, span, timeline: { ...span.timeline, applies: holds, opens: holds } }]
  })
}

/** Whether what a price charges counts for a minimum or maximum. */
export function isCountedBy({ counts }: SpendBound, priceCode: string): boolean {
  return counts === undefined || counts.includes(priceCode)
}

/** A window of a bound, with what counts in it. */
interface Window extends Pick<RecurringDue, 'period' | 'active' | 'amount'> {
  readonly counted: readonly CountedPart[]
}

/**
 * What goes beyond the maxima: a negative billable below each that is cut. Room is taken in the order in which billables
 * fall due, so that what was billed stays; those of one day share by their amounts, by the largest remainder.
 * @param parts what is cut off is taken off them.
 */
export function capBillables(
  terms: readonly BoundTerms[],
  parts: readonly CountedPart[],
  currency: string,
  onDay: string,
): Billable[] {
  return terms.flatMap((term) => {
    const cuts = capWindows(term, parts, onDay).flatMap((window) => cutIn(window, currency))
    return [...Map.groupBy(cuts, ({ due }) => due)].map(([due, own]) => toCapBillable(term, due, own, currency))
  })
}

/**
 * Windows in which something counts. Where the plan has no day of one, as when the subscription is paused from the day of the use on or
 * the use was re-rated, the maximum holds whole: 24.00 used on the morning of the 8th, paused from noon on, are 3.00 of at most 3.00.
 */
function capWindows(term: BoundTerms, parts: readonly CountedPart[], onDay: string): Window[] {
  const { bound, span } = term
  const counted = countedIn(term, parts)
  const starts = [...counted.keys()].toSorted()
  const periods = starts.map((start): DayPeriod => {
    const { anchor } = span.timeline
    return periodAt(anchor, bound.every, periodIndexOf(anchor, bound.every, start))
  })
  const last = periods.at(-1)?.end ?? onDay
  const windows = new Map(
    boundWindows(term, 'advance', last > onDay ? last : onDay).map((due) => [due.period.start, due]),
  )
  const { coefficient, scale } = decimal(bound.amount)
  return periods.map((period) => ({
    ...(windows.get(period.start) ?? { period, active: period, amount: exact(coefficient, scale) }),
    counted: counted.get(period.start) ?? [],
  }))
}

interface Cut {
  readonly due: Due
  readonly period: DayPeriod
  readonly maximum: bigint
  readonly together: bigint
  readonly taken: bigint
}

function cutIn({ active, amount, counted }: Window, currency: string): Cut[] {
  const members = counted.filter(({ net }) => net > 0n).map((part) => ({ part, dueDay: part.due.dueDay }))
  const maximum = roundExact(amount, currencyOf(currency).minorDigits)
  // What is below zero, such as a volume price that fell after a change of plan, makes room for the others.
  const together = sumOf(counted)
  const cuts: Cut[] = []
  let room = maximum - (together - sumOf(members.map(({ part }) => part)))
  for (const group of groupedByDay(members)) {
    const sum = sumOf(group.map(({ part }) => part))
    const excess = sum > room ? sum - room : 0n
    room -= sum - excess
    const shares = allocate(
      excess,
      group.map(({ part }) => part.net),
    )
    group.forEach(({ part }, index) => {
      const taken = shares[index] as bigint
      if (taken === 0n) return
      part.net -= taken
      cuts.push({ due: part.due, period: active, maximum, together, taken })
    })
  }
  return cuts
}

/** All that one maximum cuts off a charge, in whatever windows, is one line. */
function toCapBillable({ bound }: BoundTerms, due: Due, cuts: readonly Cut[], currency: string): Billable {
  const windows = cuts.map(({ period, maximum, together, taken }) => ({
    period,
    ...inMajor({ maximum, together, taken }, currency),
  }))
  const minor = cuts.reduce((sum, { taken }) => sum + taken, 0n)
  const rule = { rule: 'cap', code: bound.code }
  return {
    ...lowering(due.billable, { adjustment: bound.code, description: bound.name, minor }, currency),
    kind: 'cap',
    basis:
      windows.length === 1 ? { ...rule, ...windows[0] } : { ...rule, ...inMajor({ taken: minor }, currency), windows },
  }
}

function sumOf(parts: readonly CountedPart[]): bigint {
  return parts.reduce((sum, { net }) => sum + net, 0n)
}

/** True-ups of periods that have ended: the minimum less what the counted prices came to, after their caps. */
export function commitmentBillables(
  terms: readonly BoundTerms[],
  parts: readonly CountedPart[],
  currency: string,
  onDay: string,
  billDays: BillDays,
): Billable[] {
  const { minorDigits } = currencyOf(currency)
  return terms.flatMap((term) => {
    const byWindow = countedIn(term, parts)
    return boundWindows(term, 'arrears', onDay).flatMap(({ period, active, share, amount }): Billable[] => {
      const { bound, span } = term
      const { subscriptionId, planVersionId } = span
      // Usage of a period is billed when the account's billing period has ended, also of a subscription that ended before.
      const billed = periodStart(billDays.anchor, billDays.cycle, billIndexOf(active.end, billDays))
      if (billed > onDay) return []
      const minimum = roundExact(amount, minorDigits)
      const together = sumOf(byWindow.get(period.start) ?? [])
      if (together >= minimum) return []
      const basis = { rule: 'commitment', code: bound.code, wholePeriod: bound.amount, period: active }
      return [
        {
          ...{ kind: 'commitment', subscriptionId, planVersionId, priceCode: bound.code, cell: '' },
          ...{ period, shown: active, isLate: false, description: bound.name, usage: null },
          amount: exact(minimum - together, minorDigits),
          basis: {
            ...basis,
            ...inMajor({ minimum, together }, currency),
            share: `${share.numerator}/${share.denominator}`,
          },
        },
      ]
    })
  })
}

/** What counts for a bound, by the first day of its windows: charges whose first day is in it, or days of usage. */
function countedIn({ bound, span }: BoundTerms, parts: readonly CountedPart[]): Map<string, CountedPart[]> {
  const startOf = windowStarts(span.timeline.anchor, bound.every)
  const own = parts.filter(
    ({ due: { billable } }) =>
      billable.subscriptionId === span.subscriptionId &&
      billable.planVersionId === span.planVersionId &&
      isCountedBy(bound, billable.priceCode),
  )
  return Map.groupBy(own, ({ day }) => startOf(day))
}

/** Windows of a bound that are due, as if it were a fee. */
export function boundWindows(
  { bound, timeline }: BoundTerms,
  timing: 'advance' | 'arrears',
  onDay: string,
): RecurringDue[] {
  const { amount, every, proration, code, name } = bound
  return recurringDue({ kind: 'recurring', code, name, amount, every, proration, timing }, timeline, onDay)
}

/** The first day of the window that a day lies in; many parts are of one day. */
function windowStarts(anchor: string, every: Cycle): (day: string) => string {
  const known = new Map<string, string>()
  return (day) => {
    const start = known.get(day) ?? periodStart(anchor, every, periodIndexOf(anchor, every, day))
    known.set(day, start)
    return start
  }
}
