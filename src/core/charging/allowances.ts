import { decimal, toScale } from '../base/decimal.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import type { Allowance } from '../catalog/plan.ts'
import { allowanceKey } from './balances.ts'
import { type Desk, type LotDraft, openLot } from './operations.ts'

/** A billing period by the numbers of its first day and of that of the period before, with its bounds. */
export interface AllowancePeriod {
  readonly number: number
  readonly previous: number
  readonly fromMs: number
  readonly untilMs: number
  readonly previousFromMs: number
  /** What the subscription's plan gave at the end of the period before. */
  readonly givenBefore: readonly Allowance[]
}

/** Opens what a subscription's plan gives in a period, once, when it is first needed. */
export function openAllowances(
  desk: Desk,
  subscription: string,
  allowances: readonly Allowance[],
  period: AllowancePeriod,
): void {
  const { balances } = desk
  for (const allowance of allowances) {
    const key = allowanceKey(subscription, allowance.code)
    if (balances.allowances.get(key)?.includes(period.number) === true) continue
    openUnused(desk, subscription, allowance, period)
    const rolled = rollOver(desk, key, allowance, period)
    const draft = draftOf(subscription, allowance, period.number, period)
    if (rolled > 0n)
      openLot(desk, { ...draft, amount: rolled, origin: `roll_over:${key}@${period.number}` }, 'roll_over')
    openLot(desk, draft, 'plan')
  }
}

/** What an allowance gives in a period, whole. */
function draftOf(
  subscription: string,
  { code, unit, amount, priority, scope }: Allowance,
  period: number,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): LotDraft {
  return {
    unit,
    source: 'plan',
    amount: toScale(decimal(amount), UNIT_SCALE),
    priority,
    fromMs,
    untilMs,
    scope: { ...scope, subscriptions: [subscription], allowance: code },
    isShared: false,
    origin: `plan:${allowanceKey(subscription, code)}@${period}`,
  }
}

/** A period in which nothing was used has opened nothing: where units go over, it is opened now, to go over whole. */
function openUnused(desk: Desk, subscription: string, allowance: Allowance, period: AllowancePeriod): void {
  const { previous, previousFromMs, fromMs, givenBefore } = period
  if (allowance.rollOver === undefined || !givenBefore.some(({ code }) => code === allowance.code)) return
  const key = allowanceKey(subscription, allowance.code)
  if (desk.balances.allowances.get(key)?.includes(previous) === true) return
  openLot(desk, draftOf(subscription, allowance, previous, { fromMs: previousFromMs, untilMs: fromMs }), 'plan')
}

/** What is left of the period before and goes over into this one. What went over once does not go over again. */
function rollOver(desk: Desk, key: string, { rollOver: limit }: Allowance, period: AllowancePeriod): bigint {
  if (limit === undefined) return 0n
  const { account, lots } = desk.balances
  const last = lots.find(({ origin }) => origin === `plan:${key}@${period.previous}`)
  if (last === undefined) return 0n
  const free = last.remaining - last.held
  const most = limit.limit === undefined ? free : toScale(decimal(limit.limit), UNIT_SCALE)
  const rolled = free < most ? free : most
  if (rolled > 0n) {
    const movement = {
      account,
      member: account,
      period: desk.period,
      lot: last.number,
      unit: last.unit,
      source: last.source,
      kind: 'roll_over' as const,
      held: 0n,
    }
    desk.sink.move({ ...movement, remaining: -rolled })
  }
  return rolled
}
