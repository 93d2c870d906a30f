import type { LocalInterval } from '../subscriptions/local-days.ts'
import type { Course } from './recurring.ts'

/** A subscription's time on one plan version, from its first interval to its last. */
export interface Stay {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly startDay: string
  /** Half-open; an open end is null. */
  readonly endDay: string | null
  /** For what is priced by the subscription and not by the seat. */
  readonly course: Course
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
      applies: ({ isPaused }: LocalInterval) => !isPaused,
      opens: () => true,
    }
    return { subscriptionId, planVersionId, startDay: first.touched.start, endDay: last.touched.end, course }
  })
}
