import type { LocalInterval } from '../subscriptions/local-days.ts'
import type { Billable } from './invoice-lines.ts'
import type { BillingTimeline } from './recurring.ts'

/** A subscription's time on one plan version, from its first interval to its last. */
export interface PlanSpan {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly startDay: string
  /** Half-open; an open end is null. */
  readonly endDay: string | null
  /** For what is priced by the subscription and not by the seat. */
  readonly timeline: Pick<BillingTimeline, 'anchor' | 'zone' | 'intervals'>
}

/** @param anchor the day that recurring periods are counted from. */
export function planSpansOf(
  {
    subscriptionId,
    anchor,
    intervals,
  }: { subscriptionId: string; anchor: string; intervals: readonly LocalInterval[] },
  zone: string,
): PlanSpan[] {
  return [...Map.groupBy(intervals, ({ planVersionId }) => planVersionId)].map(([planVersionId, own]) => {
    const [first, last] = [own[0] as LocalInterval, own.at(-1) as LocalInterval]
    const timeline = {
      anchor,
      zone,
      intervals: own.map((interval) => ({ ...interval, quantity: 1 })),
    }
    return { subscriptionId, planVersionId, startDay: first.touched.start, endDay: last.touched.end, timeline }
  })
}

/**
 * Plan versions that usage was charged under, and that the subscription, as it is seen now, was never on: it was cancelled as of
 * its start, or usage was re-rated. There are no days of it, so caps hold whole.
 */
export function reversedPlanSpans(charges: readonly Billable[], spans: readonly PlanSpan[], zone: string): PlanSpan[] {
  const known = new Set(spans.map(({ subscriptionId, planVersionId }) => `${subscriptionId} ${planVersionId}`))
  return charges.flatMap(({ usage, subscriptionId, planVersionId, period: { start } }) => {
    const name = `${subscriptionId} ${planVersionId}`
    if (usage === null || known.has(name)) return []
    known.add(name)
    const anchor = spans.find((span) => span.subscriptionId === subscriptionId)?.timeline.anchor ?? start
    return [
      { subscriptionId, planVersionId, startDay: start, endDay: start, timeline: { anchor, zone, intervals: [] } },
    ]
  })
}
