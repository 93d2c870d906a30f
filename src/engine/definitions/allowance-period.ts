import { toDayNumber } from '../../core/base/period.ts'
import type { GivenSpan } from '../../core/charging/allowance-share.ts'
import type { AllowancePeriod } from '../../core/charging/allowances.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import type { Definitions } from './definitions.ts'

/** The billing period of a time, as allowances of a subscription see it. */
export function allowancePeriod(
  definitions: Definitions,
  service: number,
  subscription: number,
  timeMs: number,
): AllowancePeriod {
  const calendar = definitions.parties.calendarOfService(service)
  const bounds = calendar.boundsAt(timeMs)
  const find = (): GivenSpan[] => givenSpans(definitions, subscription, calendar.cycle.zone, bounds.previousFromMs)
  return {
    ...bounds,
    givenBefore: definitions.allowancesAt(service, subscription, bounds.fromMs - 1),
    spans: () => definitions.parties.subscriptions.givenIn(subscription, bounds.number, find),
  }
}

/** What the plans of a subscription give from a moment on, in calendar days of the account. */
function givenSpans(definitions: Definitions, subscription: number, zone: string, sinceMs: number): GivenSpan[] {
  const spans = definitions.parties.subscriptions.spansOf(subscription).filter(({ untilMs }) => untilMs > sinceMs)
  return inLocalDays(spans, zone).map(({ fromMs, touched, owned, plan, isPaused, seats = 1 }) => {
    const { start, end } = owned ?? { start: touched.start, end: touched.start }
    return {
      fromMs,
      fromDay: toDayNumber(start),
      untilDay: end === null ? Number.POSITIVE_INFINITY : toDayNumber(end),
      seats,
      allowances: isPaused ? [] : definitions.catalog.allowancesOf(plan),
    }
  })
}
