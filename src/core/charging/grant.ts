import { hasPrice } from '../rating/charged-amount.ts'
import type { RateElement } from '../rating/compiled-price.ts'
import { mostUsed, type SessionSoFar } from '../rating/modifiers/session-rules.ts'
import { billedCut, billedQuantity, isRatedUse } from '../rating/record-use.ts'
import type { Deduction } from './balances.ts'
import { availableTo, type Payer, type UseContext } from './deductions.ts'
import { type CounterChange, type PlannedChange, type PricedCounter, planChange, planUnits } from './use.ts'

/** What can be granted of what was asked: the units, and what must be set aside for them. */
export interface PlannedGrant {
  /** At the meter's scale; at most what was asked. */
  readonly granted: bigint
  readonly units: Deduction[]
  readonly change: CounterChange
  readonly planned: PlannedChange
}

/** What `quantity` more would set aside, were it granted. */
function planHold(
  counter: PricedCounter,
  part: SessionSoFar,
  payers: readonly Payer[],
  context: UseContext,
  quantity: bigint,
): PlannedGrant {
  const { element, price } = counter
  const billed = billedQuantity(element, quantity, part)
  const { takes, rated } = planUnits(payers, price.meter, billed, context)
  const opens = !part.isRated && isRatedUse(element, quantity, rated) ? 1n : 0n
  const reservedCut = rated > 0n ? billedCut(element, billed, part) : 0n
  const change = { used: 0n, usedSessions: 0n, reserved: rated, reservedSessions: opens, reservedCut }
  return { granted: quantity, units: takes, change, planned: planChange(counter, change) }
}

/**
 * The most of `asked` that the balances afford at this price, exactly: increments, fees, tiers and free units included.
 * Needs grow with the quantity, so the largest affordable one is found by halving.
 */
export function planGrant(
  counter: PricedCounter,
  part: SessionSoFar,
  payers: readonly Payer[],
  context: UseContext,
  asked: bigint,
): PlannedGrant {
  const available = availableTo(payers, null, context)
  const allowed = withinMaximumCost(counter.element, part, asked)
  const fits = (hold: PlannedGrant): boolean =>
    hold.planned.need <= available && isPriced(counter, hold.change.reserved)
  const whole = planHold(counter, part, payers, context, allowed)
  if (fits(whole)) return whole
  let [low, high] = [0n, allowed]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (fits(planHold(counter, part, payers, context, middle))) low = middle
    else high = middle
  }
  return planHold(counter, part, payers, context, low)
}

/** Whether so much more has a price, after what is used and what sessions have reserved. */
export function isPriced({ element, aggregate, pool }: PricedCounter, more: bigint): boolean {
  return hasPrice(element, aggregate, (pool?.quantity ?? 0n) + more)
}

/** Whether a session has come to its maximum cost, and nothing more of it can be granted whatever the balances have. */
export function isAtMaximumCost(element: RateElement, soFar: SessionSoFar): boolean {
  return withinMaximumCost(element, soFar, 1n) === 0n
}

/** A session that its maximum cost ends may use so much more. */
function withinMaximumCost({ sessionRules }: RateElement, soFar: SessionSoFar, asked: bigint): bigint {
  const most = sessionRules === null ? null : mostUsed(sessionRules, soFar)
  if (most === null || soFar.used + asked <= most) return asked
  return most > soFar.used ? most - soFar.used : 0n
}
