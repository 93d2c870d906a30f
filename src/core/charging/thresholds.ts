import type { Balances } from './balances.ts'
import { availableTo, type Payer, type UseContext } from './deductions.ts'

/** A limit that an account is watched for. Money at the rating scale. */
export interface Threshold {
  readonly code: string
  readonly kind: 'low_balance' | 'high_balance' | 'spend' | 'allowance_used'
  /** Below it, or from it on; of a high balance of units at UNIT_SCALE. */
  readonly amount: bigint
  /** Of allowances: from this share of the unit on. Of a high balance: the unit; null is money. */
  readonly unit: string | null
  readonly percent: number
  readonly action: 'notify' | 'block' | 'throttle' | 'top_up' | 'grant'
  /** Kilobits per second, for `throttle`. */
  readonly kbps: number | null
  /** Units that the account is given when it is crossed, for `grant`; at UNIT_SCALE. */
  readonly grant?: UnitGrant | null
}

export interface UnitGrant {
  readonly unit: string
  readonly amount: bigint
  /** How long they can be used; null for ever. */
  readonly validMs: number | null
}

/** Codes of the thresholds that are crossed now. */
export function crossedThresholds(
  thresholds: readonly Threshold[],
  payers: readonly Payer[],
  context: UseContext,
): string[] {
  return thresholds.filter((threshold) => isCrossed(threshold, payers, context)).map(({ code }) => code)
}

function isCrossed(threshold: Threshold, payers: readonly Payer[], context: UseContext): boolean {
  const { member, period } = context
  switch (threshold.kind) {
    case 'low_balance':
      return availableTo(payers, null, context) < threshold.amount
    case 'high_balance':
      return ownBalance(member, threshold.unit, context.nowMs) >= threshold.amount
    case 'spend':
      return member.spent.period >= period && member.spent.amount >= threshold.amount
    case 'allowance_used':
      return usedShare(member, threshold.unit, context.nowMs) >= threshold.percent
  }
}

/** What an account has of its own now: money less what it owes, or units. */
function ownBalance({ lots, owed }: Balances, unit: string | null, nowMs: number): bigint {
  let sum = unit === null ? -owed : 0n
  for (const lot of lots) {
    const isValid = nowMs >= lot.fromMs && (lot.untilMs === null || nowMs < lot.untilMs)
    if (lot.unit === unit && lot.source !== 'promise' && isValid) sum += lot.remaining
  }
  return sum
}

/** Per cent used of the lots of a unit that are valid now, rounded down; 0 where there are none. */
function usedShare({ lots }: Balances, unit: string | null, nowMs: number): number {
  let [amount, remaining] = [0n, 0n]
  for (const lot of lots) {
    if (lot.unit !== unit || lot.source !== 'plan') continue
    if (nowMs < lot.fromMs || (lot.untilMs !== null && nowMs >= lot.untilMs)) continue
    amount += lot.amount
    remaining += lot.remaining
  }
  return amount === 0n ? 0 : Number(((amount - remaining) * 100n) / amount)
}
