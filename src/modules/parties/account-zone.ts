import { cycleOf, dayBefore, dayOf, periodIndexOf, periodStart, startOfDayMs } from '../../core/base/period.ts'
import { spanAt, withZoneFrom, type ZoneSpan, zoneSpans } from '../../core/base/zone-history.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Account } from './store.ts'

/** Another time zone of an account, as callers ask for it. */
export interface ZoneDraft {
  readonly zone?: string | undefined
  readonly zoneFrom?: string | undefined
}
export const ZONE: ReadonlySet<string> = new Set(['zone', 'zoneFrom'])

/** The column of the zone. Only periods that have not begun change, so that what was charged and billed stays. */
export function changedZone(account: Account, { zone, zoneFrom }: ZoneDraft, nowMs: number): { zone?: string } {
  if (zone === undefined) {
    if (zoneFrom !== undefined) throw new Refusal('unprocessable', 'zoneFrom says nothing without a zone')
    return {}
  }
  const { cycleAnchor, billedUntil } = account
  const cycle = cycleOf(account)
  const today = dayOf(nowMs, account.zone)
  const done = billedUntil !== null && billedUntil > today ? billedUntil : today
  const next = periodStart(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, done) + 1)
  const from = zoneFrom ?? next
  if (from < next) throw new Refusal('unprocessable', `the next period that has not begun begins on ${next}`)
  if (periodStart(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, from)) !== from)
    throw new Refusal('unprocessable', `no billing period begins on ${from}`)
  const changed = withZoneFrom(account.zone, zone, from)
  const beginsMs = startOfDayMs(from, changed)
  if (beginsMs <= nowMs || beginsMs <= startOfDayMs(dayBefore(from), changed))
    throw new Refusal('unprocessable', `${from} begins too early in ${zone}; take a later period`)
  return { zone: changed }
}

/** The zone of now, and, where it changed or will, since when each has been it. */
export function viewZone(text: string, nowMs: number): { zone: string; zones?: readonly ZoneSpan[] } {
  const { zone } = spanAt(text, nowMs)
  const zones = zoneSpans(text)
  return zones.length > 1 ? { zone, zones } : { zone }
}
