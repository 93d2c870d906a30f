import { isUnpaidFee, unpaidFeeOf } from '../../core/charging/daily-fee.ts'
import { openLot } from '../../core/charging/operations.ts'
import { crossedThresholds, type UnitGrant } from '../../core/charging/thresholds.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import type { AccountSession, WatchedAccount } from './account-session.ts'
import { lotOpenedEvent, thresholdCrossed } from './engine-events.ts'

/**
 * Events of an account after a decision: the lots that it has opened; and the thresholds that it, or the sponsor
 * whose money it may have used, has crossed, with the lots that those give.
 */
export function eventsOf(work: AccountSession): readonly NewEvent[] {
  const opened = openedLots(work)
  const crossed = watchThresholds(work)
  const given = openedLots(work)
  // Nearly always: this runs after every record.
  if (opened === NOTHING && crossed === NOTHING && given === NOTHING) return NOTHING
  return [...opened, ...crossed, ...given]
}

function openedLots({ sink, currency }: AccountSession): readonly NewEvent[] {
  return sink.takeOpened()?.map(({ account, lot }) => lotOpenedEvent(account, lot, currency)) ?? NOTHING
}

const NOTHING: readonly NewEvent[] = []

function watchThresholds(work: AccountSession): readonly NewEvent[] {
  const { entry, payers, period, thresholds, sponsor } = work
  const own = watchOne(work, { balances: entry.balances, payers, period, thresholds })
  return sponsor === null ? own : [...own, ...watchOne(work, sponsor)]
}

/** Units that come along with crossing a threshold, once each time. */
function give(
  { nowMs, sink }: AccountSession,
  { balances, period }: Pick<WatchedAccount, 'balances' | 'period'>,
  code: string,
  { unit, amount, validMs }: UnitGrant,
): void {
  const untilMs = validMs === null ? null : nowMs + validMs
  const terms = { source: 'bonus', priority: 40, fromMs: nowMs, untilMs, scope: null, isShared: false } as const
  const draft = { ...terms, unit, amount, origin: `threshold:${code}@${nowMs}` }
  openLot({ balances, creditLimit: null, nowMs, period, sink }, draft, 'bonus')
}

function watchOne(work: AccountSession, { balances, payers, period, thresholds }: WatchedAccount): readonly NewEvent[] {
  const { nowMs, sink } = work
  const { account, crossed: before } = balances
  if (thresholds.length === 0 && before.length === 0) return NOTHING
  const names = { meter: '', price: '', cell: '', subscription: '' }
  const context = { ...names, nowMs, usedMs: nowMs, member: balances, period }
  const unpaid = before.filter(isUnpaidFee)
  const now = crossedThresholds(thresholds, payers, context)
  const codes = unpaid.length === 0 ? now : [...now, ...unpaid]
  if (codes.length === before.length && codes.every((code) => before.includes(code))) return NOTHING
  sink.put({ fact: 'crossed', account, codes })
  const crossed = thresholds.filter(({ code }) => codes.includes(code) && !before.includes(code))
  for (const { code, grant } of crossed) if (grant != null) give(work, { balances, period }, code, grant)
  return crossed.map(({ code, kind, action }) =>
    eventOf(thresholdCrossed, { objectId: account, accountId: account }, { threshold: code, watches: kind, action }),
  )
}

/** Why nothing may be used: a threshold that blocks is crossed, or the fee of the day is not paid; null where it may. */
export function blockOf({ definitions }: PartitionState, work: AccountSession, subscription: number): string | null {
  const { crossed } = work.entry.balances
  if (crossed.length === 0) return null
  const threshold = work.thresholds.find(({ code, action }) => action === 'block' && crossed.includes(code))
  if (threshold !== undefined) return `threshold ${threshold.code}`
  const price = unpaidFeeOf(crossed, definitions.parties.subscriptions.idOf(subscription))
  return price === null ? null : `the fee ${price} of the day is not paid`
}

const NOT_SLOWED = {}

/** The kbit/s that an account may still use, because a threshold that throttles it is crossed; nothing where none is. */
export function throttleOf({ entry, thresholds }: AccountSession): { readonly throttleKbps?: number } {
  const { crossed } = entry.balances
  if (crossed.length === 0) return NOT_SLOWED
  const kbps = thresholds.find(({ code, action }) => action === 'throttle' && crossed.includes(code))?.kbps ?? null
  return kbps === null ? NOT_SLOWED : { throttleKbps: kbps }
}
