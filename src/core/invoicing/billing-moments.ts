import { assertSteps } from '../base/calendar-range.ts'
import { type Cycle, periodIndexOf, periodStart } from '../base/period.ts'

/** A day on which an account is billed: at the end of a period, or because a subscription with an advance charge began. */
export interface BillingMoment {
  readonly day: string
  readonly purpose: 'cycle' | 'start'
}

/**
 * The billing moments of an account after what is done and up to a day, in order. Whatever its subscriptions look like
 * now, an account that was billed once is looked at again at each end of a period: what was billed may be owed no more.
 * @param startDays first days of its subscriptions.
 * @param billedUntil the last moment that is done, or null.
 * @param chargedUntil ends of periods in which something was charged or bought, also of subscriptions that have no day left.
 */
export function billingMoments(
  anchor: string,
  cycle: Cycle,
  startDays: readonly string[],
  billedUntil: string | null,
  until: string,
  chargedUntil: readonly string[] = [],
): BillingMoment[] {
  const from = billedUntil ?? [...startDays, ...chargedUntil].toSorted()[0]
  if (from === undefined) return []
  const moments = new Map<string, BillingMoment>()
  for (const day of startDays) if (isDue(day, billedUntil, until)) moments.set(day, { day, purpose: 'start' })
  const first = periodIndexOf(anchor, cycle, from)
  for (let index = first; ; index++) {
    assertSteps(index - first, 'billing moments of an account')
    const day = periodStart(anchor, cycle, index)
    if (day > until) break
    if (day >= from && isDue(day, billedUntil, until)) moments.set(day, { day, purpose: 'cycle' })
  }
  return [...moments.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

function isDue(day: string, billedUntil: string | null, until: string): boolean {
  return day <= until && (billedUntil === null || day > billedUntil)
}
