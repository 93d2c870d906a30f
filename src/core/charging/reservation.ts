import { sessionAfter } from '../rating/modifiers/session-rules.ts'
import { billedCut, billedQuantity, isDivisible, isRatedUse } from '../rating/record-use.ts'
import type { Pool, SessionPart } from './balances.ts'
import type { BalancePoster, Payer, UseContext } from './deductions.ts'
import type { PlannedGrant } from './grant.ts'
import { totalOf } from './movements.ts'
import {
  applyChange,
  fromUnitScale,
  type PlannedChange,
  type PricedCounter,
  planChange,
  planUnits,
  toUnitScale,
} from './use.ts'

/** What reporting or granting did to a counter. */
export interface CounterEffect {
  readonly planned: PlannedChange
  /** Quantity that was rated; balances of units covered the rest. */
  readonly rated: bigint
  readonly pool: Pool
}

/**
 * Charges what a session reports, out of its reserved quota first, and releases the rest of the quota. Nothing is
 * refused: it has been used.
 * @param billed what is billed of it.
 */
export function reportUse(
  part: SessionPart,
  counter: PricedCounter,
  payers: readonly Payer[],
  context: UseContext,
  poster: BalancePoster,
  used: bigint,
  billed = billedQuantity(counter.element, used, part),
): CounterEffect {
  const { element, price } = counter
  const wanted = toUnitScale(billed, price.meter.scale)
  const covered = poster.payHeld(part.units, wanted)
  let rest = fromUnitScale(wanted - covered, price.meter.scale)
  let rated = rest < part.reserved ? rest : part.reserved
  rest -= rated
  if (rest > 0n) {
    const free = planUnits(payers, price.meter, rest, context)
    poster.pay(free.takes)
    rated += free.rated
  }
  const opens = isDivisible(element)
    ? !part.isRated && isRatedUse(element, used, rated)
    : isRatedUse(element, used, rated)
  const change = {
    used: rated,
    usedSessions: opens ? 1n : 0n,
    reserved: -part.reserved,
    reservedSessions: -part.reservedSession,
    // Units of balances pay first, so that the last unit is rated where any is.
    usedCut: rated > 0n ? billedCut(element, billed, part) : 0n,
    reservedCut: -(part.reservedCut ?? 0n),
  }
  const planned = planChange(counter, change)
  const pool = applyChange(counter, change, planned, payers, context, poster)
  poster.release(part.units)
  part.units = []
  part.reserved = 0n
  part.reservedSession = 0n
  part.reservedCut = undefined
  Object.assign(part, sessionAfter(element.sessionRules, part, used, billed, part.isRated || opens))
  return { planned, rated, pool }
}

/** Sets aside what a grant needs. */
export function applyGrant(
  part: SessionPart,
  counter: PricedCounter,
  payers: readonly Payer[],
  context: UseContext,
  poster: BalancePoster,
  grant: PlannedGrant,
): CounterEffect {
  poster.hold(grant.units)
  const pool = applyChange(counter, grant.change, grant.planned, payers, context, poster)
  part.units.push(...grant.units)
  part.reserved += grant.change.reserved
  part.reservedSession += grant.change.reservedSessions
  const cut = (part.reservedCut ?? 0n) + (grant.change.reservedCut ?? 0n)
  part.reservedCut = cut === 0n ? undefined : cut
  return { planned: grant.planned, rated: grant.change.reserved, pool }
}

/** Whether anything is set aside for a part. */
export function hasHold(part: SessionPart): boolean {
  return part.reserved !== 0n || part.reservedSession !== 0n || totalOf(part.units) !== 0n
}
