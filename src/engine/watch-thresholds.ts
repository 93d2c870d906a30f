import { crossedThresholds } from '../core/charging/thresholds.ts'
import type { AccountAtWork, WatchedAccount } from './account-at-work.ts'

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
  const codes = crossedThresholds(thresholds, payers, context)
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

/** What an account may not use at all, because a threshold that blocks it stands crossed. */
export function blockOf(work: AccountAtWork): string | null {
  const { crossed } = work.entry.balances
  if (crossed.length === 0) return null
  return work.thresholds.find(({ code, action }) => action === 'block' && crossed.includes(code))?.code ?? null
}

const NOT_SLOWED = {}

/** How fast an account may still go, because a threshold that throttles it stands crossed; nothing where none does. */
export function throttleOf({ entry, thresholds }: AccountAtWork): { readonly throttleKbps?: number } {
  const { crossed } = entry.balances
  if (crossed.length === 0) return NOT_SLOWED
  const kbps = thresholds.find(({ code, action }) => action === 'throttle' && crossed.includes(code))?.kbps ?? null
  return kbps === null ? NOT_SLOWED : { throttleKbps: kbps }
}
