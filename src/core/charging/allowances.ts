import { decimal, toScale } from '../base/decimal.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import type { Allowance } from '../catalog/plan.ts'
import { allowanceAt, type GivenSpan, isShared } from './allowance-share.ts'
import { allowanceKey, type Deduction, givenKey, UNLIMITED } from './balances.ts'
import { LATE_USE_MS, type LotDraft, type OperationContext, openLot, withdrawUnits } from './operations.ts'

/** A billing period by the numbers of its first day and of that of the period before, with its bounds. */
export interface AllowancePeriod {
  readonly number: number
  readonly previous: number
  readonly next: number
  readonly fromMs: number
  readonly untilMs: number
  readonly previousFromMs: number
  /** What the subscription's plan gave at the end of the period before. */
  readonly givenBefore: readonly Allowance[]
  /** What the subscription's plans give in this period and the one before. */
  readonly spans: () => readonly GivenSpan[]
}

/** Units that the parts of a session have set aside. */
export interface SetAside {
  readonly totalOf: (which: (take: Deduction) => boolean) => bigint
  /** Lets go of so much of some of them. */
  readonly release: (which: (take: Deduction) => boolean, amount: bigint) => void
}

/**
 * Opens what a subscription's plan gives in a period, once, when it is first needed. Of allowances that follow seats or days
 * further lots are opened when they grow; when they shrink, what nobody has used is withdrawn. Nothing opens where all would have
 * expired by now: usage that comes so late is charged, whether something of the period was used before or not.
 * @param setAside units that the session has set aside which is about to report: they go, too, as far as there is nothing else.
 */
export function openAllowances(
  operation: OperationContext,
  subscription: string,
  allowances: readonly Allowance[],
  period: AllowancePeriod,
  setAside: SetAside | null = null,
): void {
  const { balances } = operation
  if (operation.nowMs >= period.untilMs + LATE_USE_MS) return
  for (const allowance of allowances) {
    if (isShared(allowance)) {
      openShares(operation, subscription, allowance, period, setAside)
      continue
    }
    const key = allowanceKey(subscription, allowance.code)
    if (balances.allowances.get(key)?.includes(period.number) === true) continue
    openUnused(operation, subscription, allowance, period)
    const rolled = rollOver(operation, key, allowance, period)
    const draft = draftOf(subscription, allowance, period.number, period)
    if (rolled > 0n)
      openLot(operation, { ...draft, amount: rolled, origin: `roll_over:${key}@${period.number}` }, 'roll_over')
    openLot(operation, draft, 'plan')
  }
}

/** Brings what an allowance has given in a period to what it comes to now. */
function openShares(
  operation: OperationContext,
  subscription: string,
  allowance: Allowance,
  period: AllowancePeriod,
  setAside: SetAside | null,
): void {
  const key = givenKey(subscription, allowance.code, period.number)
  const isNew = operation.balances.given?.get(key) === undefined
  if (isNew) {
    openUnused(operation, subscription, allowance, period)
    const rolled = rollOver(operation, allowanceKey(subscription, allowance.code), allowance, period)
    const draft = draftOf(subscription, allowance, period.number, period)
    if (rolled > 0n) openLot(operation, { ...draft, amount: rolled, origin: `roll_over:${key}` }, 'roll_over')
  }
  const days = { fromDay: period.number, untilDay: period.next }
  const spans = period.spans()
  const nowMs = Math.min(Math.max(operation.nowMs, period.fromMs), period.untilMs - 1)
  const steps = spans.map(({ fromMs }) => Math.max(fromMs, period.fromMs)).filter((fromMs) => fromMs <= nowMs)
  for (const fromMs of isNew ? new Set(steps) : steps.slice(-1)) {
    const change = allowanceAt(allowance, spans, days, fromMs) - (operation.balances.given?.get(key) ?? 0n)
    if (change > 0n) {
      const draft = draftOf(subscription, allowance, period.number, { ...period, fromMs })
      openLot(operation, { ...draft, amount: change, origin: `plan:${key}+${operation.balances.lastLot + 1}` }, 'plan')
    } else if (change < 0n) withdrawUnused(operation, key, -change, setAside)
  }
}

/**
 * What was used stays given, and what sessions have set aside until they report. What was given last goes first. Example: 3
 * seats gave 30, 19 are used, a session holds 6, and 20 are left of one seat: 5 go at once, and 5 of the 6 when it reports.
 */
function withdrawUnused(operation: OperationContext, key: string, amount: bigint, setAside: SetAside | null): void {
  const lots = operation.balances.lots.filter(({ origin }) => origin.startsWith(`plan:${key}+`))
  const newest = lots.toSorted((a, b) => b.number - a.number)
  let rest = amount
  const withdrawFree = (): void => {
    for (const lot of newest) {
      const free = lot.remaining - lot.held
      const part = free < rest ? free : rest
      if (part > 0n) withdrawUnits(operation, lot, part)
      rest -= part > 0n ? part : 0n
    }
  }
  withdrawFree()
  if (rest === 0n || setAside === null) return
  const isOfIt = ({ account, lot }: Deduction): boolean =>
    account === operation.balances.account && lots.some(({ number }) => number === lot)
  // Others hold the rest of what is left to withdraw: it goes when they report.
  const others = lots.reduce((sum, { held }) => sum + held, 0n) - setAside.totalOf(isOfIt)
  setAside.release(isOfIt, rest - others)
  withdrawFree()
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
function openUnused(
  operation: OperationContext,
  subscription: string,
  allowance: Allowance,
  period: AllowancePeriod,
): void {
  const { previous, previousFromMs, fromMs, givenBefore } = period
  if (allowance.rollOver === undefined || !givenBefore.some(({ code }) => code === allowance.code)) return
  const key = allowanceKey(subscription, allowance.code)
  const draft = draftOf(subscription, allowance, previous, { fromMs: previousFromMs, untilMs: fromMs })
  if (isShared(allowance)) {
    const given = givenKey(subscription, allowance.code, previous)
    if (operation.balances.given?.get(given) !== undefined) return
    const days = { fromDay: previous, untilDay: period.number }
    const amount = allowanceAt(allowance, period.spans(), days, fromMs - 1)
    if (amount > 0n)
      openLot(operation, { ...draft, amount, origin: `plan:${given}+${operation.balances.lastLot + 1}` }, 'plan')
  } else if (operation.balances.allowances.get(key)?.includes(previous) !== true) openLot(operation, draft, 'plan')
}

/** What is left of the period before and goes over into this one. What went over once does not go over again. */
function rollOver(
  operation: OperationContext,
  key: string,
  { rollOver: limit }: Allowance,
  period: AllowancePeriod,
): bigint {
  if (limit === undefined) return 0n
  const { account, lots } = operation.balances
  const origin = `plan:${key}@${period.previous}`
  const before = lots.filter((lot) => lot.origin === origin || lot.origin.startsWith(`${origin}+`))
  let left = limit.limit === undefined ? UNLIMITED : toScale(decimal(limit.limit), UNIT_SCALE)
  let sum = 0n
  for (const { number: lot, unit, source, remaining, held } of before) {
    const free = remaining - held
    const rolled = free < left ? free : left
    if (rolled <= 0n) continue
    const movement = {
      account,
      member: account,
      period: operation.period,
      lot,
      unit,
      source,
      kind: 'roll_over' as const,
    }
    operation.sink.move({ ...movement, held: 0n, remaining: -rolled })
    left -= rolled
    sum += rolled
  }
  return sum
}
