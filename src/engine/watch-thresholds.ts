import { isUnpaidFee, unpaidFeeOf } from '../core/charging/daily-fee.ts'
import { crossedThresholds } from '../core/charging/thresholds.ts'
import type { AccountAtWork, WatchedAccount } from './account-at-work.ts'
import type { PartitionState } from './partition-state.ts'

/** A threshold that an account crossed just now. */
export interface ThresholdEvent {
  readonly kind: 'threshold_crossed'
  readonly accountId: string
  readonly payload: { readonly threshold: string; readonly watches: string; readonly action: string }
}

/** Compares an account, and the sponsor whose money it may have used, with their thresholds after a decision. */
export function watchThresholds(work: AccountAtWork): ThresholdEvent[] {
  const { entry, payers, period, thresholds, sponsor } = work
  const own = watchOne(work, { balances: entry.balances, payers, period, thresholds })
  return sponsor === null ? own : [...own, ...watchOne(work, sponsor)]
}

function watchOne(
  { nowMs, sink }: AccountAtWork,
  { balances, payers, period, thresholds }: WatchedAccount,
): ThresholdEvent[] {
  const { account, crossed: before } = balances
  if (thresholds.length === 0 && before.length === 0) return []
  const names = { meter: '', price: '', cell: '', subscription: '' }
  const context = { ...names, nowMs, usedMs: nowMs, member: balances, period }
  const unpaid = before.filter(isUnpaidFee)
  const now = crossedThresholds(thresholds, payers, context)
  const codes = unpaid.length === 0 ? now : [...now, ...unpaid]
  if (codes.length === before.length && codes.every((code) => before.includes(code))) return []
  sink.put({ fact: 'crossed', account, codes })
  return thresholds
    .filter(({ code }) => codes.includes(code) && !before.includes(code))
    .map(({ code, kind, action }) => ({
      kind: 'threshold_crossed',
      accountId: account,
      payload: { threshold: code, watches: kind, action },
    }))
}

/** Why nothing may be used: a threshold that blocks stands crossed, or the fee of the day is not paid; null where it may. */
export function blockOf({ definitions }: PartitionState, work: AccountAtWork, subscription: number): string | null {
  const { crossed } = work.entry.balances
  if (crossed.length === 0) return null
  const threshold = work.thresholds.find(({ code, action }) => action === 'block' && crossed.includes(code))
  if (threshold !== undefined) return `threshold ${threshold.code}`
  const price = unpaidFeeOf(crossed, definitions.subscriptions.idOf(subscription))
  return price === null ? null : `the fee ${price} of the day is not paid`
}

const NOT_SLOWED = {}

/** How fast an account may still go, because a threshold that throttles it stands crossed; nothing where none does. */
export function throttleOf({ entry, thresholds }: AccountAtWork): { readonly throttleKbps?: number } {
  const { crossed } = entry.balances
  if (crossed.length === 0) return NOT_SLOWED
  const kbps = thresholds.find(({ code, action }) => action === 'throttle' && crossed.includes(code))?.kbps ?? null
  return kbps === null ? NOT_SLOWED : { throttleKbps: kbps }
}
