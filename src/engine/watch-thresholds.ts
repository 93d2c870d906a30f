import { crossedThresholds } from '../core/charging/thresholds.ts'
import type { AccountAtWork } from './charge-account.ts'

/** A threshold that an account crossed just now. */
export interface ThresholdEvent {
  readonly kind: 'threshold_crossed'
  readonly accountId: string
  readonly payload: { readonly threshold: string; readonly watches: string; readonly action: string }
}

/** Compares an account with its thresholds after a decision. */
export function watchThresholds(work: AccountAtWork): ThresholdEvent[] {
  const { entry, payers, thresholds, sink } = work
  if (thresholds.length === 0 && entry.balances.crossed.length === 0) return []
  const { account, crossed: before } = entry.balances
  const names = { meter: '', price: '', cell: '', subscription: '' }
  const context = { ...names, nowMs: work.nowMs, usedMs: work.nowMs, member: entry.balances, period: work.period }
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
