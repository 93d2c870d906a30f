import { present } from '../../core/base/assert.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { powerOfTen } from '../../core/base/rounding.ts'
import type { Meter } from '../../core/catalog/plan.ts'
import type { SessionPart } from '../../core/charging/balances.ts'
import { BalancePoster } from '../../core/charging/deductions.ts'
import { isAtMaximumCost, isPriced, type PlannedGrant, planGrant } from '../../core/charging/grant.ts'
import { applyGrant } from '../../core/charging/reservation.ts'
import { ABSENT } from '../../core/mediation/usage-batch.ts'
import { msOfUnit } from '../../core/metering/time-units.ts'
import { isRead } from '../../core/rating/attributes.ts'
import type { SessionSoFar } from '../../core/rating/modifiers/session-rules.ts'
import { leftInStep } from '../../core/rating/modifiers/unit-steps.ts'
import { isDivisible } from '../../core/rating/record-use.ts'
import { rateHoldsUntil } from '../../core/rating/selectors/rate-selector.ts'
import { partAtStart } from '../../core/rating/split-use.ts'
import { type AccountSession, openPlanAllowances } from '../charging/account-session.ts'
import { contextOf, counterOf, poolName } from '../charging/charge-account.ts'
import { blockOf, throttleOf } from '../charging/watch-thresholds.ts'
import type { GrantedUnits, RequestedUnits, SessionRequest } from '../journal/online-request.ts'
import type { Session } from '../journal/session.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { isFault } from '../rating/fault.ts'
import { findService } from '../rating/find-service.ts'
import { addParts, beyondTiers, UNREAD } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { keepPool, partsOf, releaseParts } from './session-holds.ts'

/** How far ahead a change of rates is looked for. */
const LOOK_AHEAD_MS = 86_400_000

/** Grants what is requested of one type of usage, as far as the balances afford it at the rate in force. */
export function grantUnits(
  state: PartitionState,
  work: AccountSession,
  session: Session,
  request: SessionRequest,
  { type, quantities, attributes }: RequestedUnits,
): GrantedUnits {
  const { definitions } = state
  const refuse = (reason: string, detail = '', final?: GrantedUnits['final']): GrantedUnits => ({
    type,
    result: 'refused',
    granted: {},
    validitySeconds: 0,
    reason,
    ...(detail === '' ? {} : { detail }),
    ...(final === undefined ? {} : { final }),
  })
  const found = findService(definitions, request.serviceHash, 0, type, request.timeMs)
  if (isFault(found)) return refuse(...found)
  const { service, subscription, prices } = found
  const barred = definitions.parties.barrings.whyNot(service, type, work.nowMs)
  if (barred !== null) return refuse('service_blocked', barred, { action: 'terminate' })
  const block = blockOf(state, work, subscription)
  if (block !== null) return refuse('blocked', block)
  if (definitions.parties.services.accountOf(service) !== work.account) return refuse('unknown_service')
  openPlanAllowances(state, work, service, subscription, request.timeMs)
  const period = definitions.parties.calendarOfService(service).periodOf(request.timeMs)
  const clock = definitions.parties.clockOfService(service)
  const before = session.groups.get(type) ?? []
  const site = { subscription, period, startMs: request.timeMs }
  const uses: LocatedUse[] = []
  let holdsUntilMs = request.timeMs + LOOK_AHEAD_MS
  for (const meter of prices) {
    const values = meter.price.attributes.map((name) => attributes.get(name) ?? '')
    if (!isRead(meter.price, values)) continue
    const quantity = quantities[meter.slot] ?? ABSENT
    if (quantity === ABSENT && meter.price.meter.optional === true) continue
    if (quantity === ABSENT) return refuse('missing_field', `requested.data.${meter.price.meter.property}`)
    holdsUntilMs = rateHoldsUntil(meter.price.selector, request.timeMs, clock, holdsUntilMs, values)
    if (!meter.price.isAdditive) return refuse('not_divisible')
    const asked = { startMs: request.timeMs, quantity }
    const part = partAtStart(meter.price, asked, clock, values, before[meter.place])
    const fault = addParts(state, site, meter, values, [part], uses)
    if (fault !== null) return refuse(...fault)
    if (!isDivisible(present(uses.at(-1), 'a use').element)) return refuse('not_divisible')
  }
  if (uses.length === 0) return refuse(...UNREAD)
  const atOneRate = uses.map((use) => leftAtRate(use, holdsUntilMs - request.timeMs, before))
  // Prices of one quantity are granted the same of it.
  const asked = uses.map(({ quantity, meter }) =>
    atOneRate.filter((_, index) => uses[index]?.meter.slot === meter.slot).reduce(least, quantity),
  )
  const parts = partsOf(session, type, uses)
  const granted = grantUses(state, work, subscription, uses, parts, asked, request.timeMs)
  const validitySeconds = Math.floor(Math.min(request.validityMs, holdsUntilMs - request.timeMs) / 1000)
  const exhausted = uses.find((_, index) => (granted[index] as bigint) < (asked[index] as bigint))
  const { action, redirectTo, kbps } = exhausted?.meter.price.price.whenExhausted ?? { action: 'terminate' as const }
  const final = {
    action,
    ...(redirectTo === undefined ? {} : { redirectTo }),
    ...(kbps === undefined ? {} : { kbps }),
  }
  if (granted.every((units) => units === 0n) && asked.some((units) => units > 0n)) {
    const ended = uses.find((use, index) => isAtMaximumCost(use.element, present(parts[index], 'a part')))
    if (ended !== undefined)
      return refuse('maximum_cost_reached', `price ${ended.meter.price.price.code} grants a session no more`, final)
    const closed = uses.find((use) => !isPriced(counterOf(state, work.entry.balances, use), 1n))
    if (closed !== undefined) return refuse(...beyondTiers(closed), final)
    return refuse('insufficient_balance', '', final)
  }
  return {
    type,
    result: 'granted',
    granted: Object.fromEntries(
      uses.map(({ meter: { price } }, index) => [
        price.meter.property ?? price.meter.code,
        formatQuantity(granted[index] as bigint, price.meter.scale),
      ]),
    ),
    validitySeconds,
    ...(exhausted === undefined ? {} : { final }),
    ...throttleOf(work),
  }
}

/**
 * Sets aside what can be granted. Prices of one quantity are granted the same of it; of several quantities each gets
 * what the ones before have left, and where one gets nothing, none does.
 */
function grantUses(
  state: PartitionState,
  work: AccountSession,
  subscription: number,
  uses: readonly LocatedUse[],
  parts: readonly SessionPart[],
  asked: readonly bigint[],
  timeMs: number,
): bigint[] {
  const grant = (index: number, quantity: bigint): PlannedGrant => {
    const use = present(uses[index], 'a use')
    const part = present(parts[index], 'a part')
    const context = contextOf(state, work, subscription, use, timeMs)
    const counter = counterOf(state, work.entry.balances, use)
    const planned = planGrant(counter, part, work.payers, context, quantity)
    const effect = applyGrant(part, counter, work.payers, context, new BalancePoster(work.sink, context), planned)
    part.pool = poolName(state, use.place)
    keepPool(state, work, use.place, counter.pool, effect)
    return planned
  }
  if (uses.length === 1) return [grant(0, asked[0] as bigint).granted]
  const isGrantedAll = (wanted: readonly bigint[]): boolean => {
    const isWhole = uses.every((_, index) => grant(index, wanted[index] as bigint).granted === wanted[index])
    if (!isWhole) releaseParts(state, work, parts)
    return isWhole
  }
  if (isGrantedAll(asked)) return [...asked]
  const isOneQuantity = uses.every(({ meter }) => meter.slot === uses[0]?.meter.slot)
  let [low, high] = [0n, isOneQuantity ? asked.reduce(least) : 0n]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (isGrantedAll(uses.map(() => middle))) {
      releaseParts(state, work, parts)
      low = middle
    } else high = middle
  }
  if (low > 0n) isGrantedAll(uses.map(() => low))
  return uses.map(() => low)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** How much may be used before the rate changes: with the time, or in the course of the session. */
function leftAtRate({ element: { steps }, meter }: LocatedUse, ms: number, before: readonly SessionSoFar[]): bigint {
  const left = steps === null ? null : leftInStep(steps, before[meter.place]?.used ?? 0n)
  return least(timeLeft(meter.price.meter, ms), left ?? MOST)
}

/** How much a meter of time can count before a change of the rate; anything, for a meter of something else. */
function timeLeft(meter: Meter, ms: number): bigint {
  const unitMs = msOfUnit(meter)
  return unitMs === undefined ? MOST : (BigInt(Math.floor(ms)) * powerOfTen(meter.scale)) / BigInt(unitMs)
}

const MOST = 1n << 63n
