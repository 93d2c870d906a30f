import { overlapOf, startOfDayMs } from '../base/period.ts'
import type { LocalInterval } from '../subscriptions/local-days.ts'
import type { Billable } from './invoice-lines.ts'
import type { Course } from './recurring.ts'

/** A subscription's time on one plan version, from its first interval to its last. */
export interface Stay {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly startDay: string
  /** Half-open; an open end is null. */
  readonly endDay: string | null
  /** For what is priced by the subscription and not by the seat. */
  readonly course: Pick<Course, 'anchor' | 'zone' | 'intervals'>
}

/** @param anchor the day that recurring periods are counted from. */
export function staysOf(
  {
    subscriptionId,
    anchor,
    intervals,
  }: { subscriptionId: string; anchor: string; intervals: readonly LocalInterval[] },
  zone: string,
): Stay[] {
  return [...Map.groupBy(intervals, ({ planVersionId }) => planVersionId)].map(([planVersionId, own]) => {
    const [first, last] = [own[0] as LocalInterval, own.at(-1) as LocalInterval]
    const course = {
      anchor,
      zone,
      intervals: own.map((interval) => ({ ...interval, quantity: 1 })),
    }
    return { subscriptionId, planVersionId, startDay: first.touched.start, endDay: last.touched.end, course }
  })
}

/**
 * Billing periods in which usage was charged under a plan version that the subscription, as it is seen now, was not on at
 * all, or rested: cancelled or paused as of its start on 5 March, with 100.00 used until then under a cap of 50.00, it owes
 * 50.00 and no fee.
 */
export function takenBackStays(charges: readonly Billable[], stays: readonly Stay[], zone: string): Stay[] {
  const used = charges.filter(
    ({ usage, subscriptionId, planVersionId, period }) =>
      (usage?.records ?? 0) > 0 &&
      !stays.some(
        (stay) =>
          stay.subscriptionId === subscriptionId &&
          stay.planVersionId === planVersionId &&
          stay.course.intervals.some(
            ({ isPaused, touched }) => !isPaused && overlapOf(period, touched.start, touched.end) !== null,
          ),
      ),
  )
  const byPeriod = Map.groupBy(used, ({ subscriptionId, planVersionId, period }) =>
    [subscriptionId, planVersionId, period.start].join('\n'),
  )
  return [...byPeriod.values()].map((group) => {
    const { subscriptionId, planVersionId, period } = group[0] as Billable
    const { start, end } = period
    const interval = {
      ...{ fromMs: startOfDayMs(start, zone), untilMs: startOfDayMs(end, zone), touched: period, owned: period },
      ...{ planVersionId, phase: null, quantity: 1, isPaused: false },
    }
    const course = { anchor: start, zone, intervals: [interval] }
    return { subscriptionId, planVersionId, startDay: start, endDay: end, course }
  })
}
