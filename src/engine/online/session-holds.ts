import { present } from '../../core/base/assert.ts'
import type { SetAside } from '../../core/charging/allowances.ts'
import type { SessionPart } from '../../core/charging/balances.ts'
import { BalancePoster } from '../../core/charging/deductions.ts'
import { totalOf } from '../../core/charging/movements.ts'
import { type CounterEffect, hasHold, reportUse } from '../../core/charging/reservation.ts'
import { NOTHING_YET } from '../../core/rating/modifiers/session-rules.ts'
import type { AccountSession } from '../charging/account-session.ts'
import { contextOf, counterOf, putPool } from '../charging/charge-account.ts'
import type { RateElementName } from '../definitions/names.ts'
import type { Session } from '../journal/session.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { rateOf } from '../rating/find-rate.ts'
import type { LocatedUse } from '../rating/located-use.ts'

/** Keeps the pool of a counter, where there is or was one. */
export function keepPool(
  state: PartitionState,
  work: AccountSession,
  place: number,
  before: CounterEffect['pool'] | undefined,
  { pool }: CounterEffect,
): void {
  const isNothing = pool.quantity === 0n && pool.sessions === 0n && pool.takes.length === 0
  if (before !== undefined || !isNothing) putPool(state, work, place, pool)
}

/** The parts of a session's group, one for each price. A price that is new in the course of a session begins anew. */
export function partsOf(session: Session, type: string, uses: readonly LocatedUse[]): SessionPart[] {
  const parts = session.groups.get(type) ?? []
  // A price that does not read this request keeps its part: the next one may have other attributes.
  const length = Math.max(0, ...uses.map(({ meter }) => meter.place + 1))
  while (parts.length < length) parts.push({ pool: '', ...NOTHING_YET, units: [], reserved: 0n, reservedSession: 0n })
  session.groups.set(type, parts)
  return uses.map(({ meter }) => present(parts[meter.place], 'a part'))
}

/** Releases what is set aside for parts of a session, on the counters that it was set aside on. */
export function releaseParts(state: PartitionState, work: AccountSession, parts: readonly SessionPart[]): void {
  for (const part of parts) {
    if (!hasHold(part)) continue
    const { use, subscription } = useOfPool(state, part.pool)
    const context = contextOf(state, work, subscription, use, work.nowMs)
    const counter = counterOf(state, work.entry.balances, use)
    const effect = reportUse(part, counter, work.payers, context, new BalancePoster(work.sink, context), 0n)
    putPool(state, work, use.place, effect.pool)
  }
}

/** The units that parts of a session have set aside. */
export function unitsOf({ entry, nowMs, period, sink }: AccountSession, parts: readonly SessionPart[]): SetAside {
  return {
    totalOf: (which) => totalOf(parts.flatMap(({ units }) => units.filter(which))),
    release: (which, amount) => {
      const none = { meter: '', price: '', cell: '', subscription: '' }
      const poster = new BalancePoster(sink, { ...none, nowMs, usedMs: nowMs, member: entry.balances, period })
      let rest = amount
      for (const part of parts)
        for (const take of part.units) {
          const released = !which(take) || rest <= 0n ? 0n : take.amount < rest ? take.amount : rest
          if (released > 0n) poster.release([{ ...take, amount: released }])
          take.amount -= released
          rest -= released
        }
      for (const part of parts) part.units = part.units.filter((take) => take.amount > 0n)
    },
  }
}

/** The price and the counter that a pool's name says. */
function useOfPool(state: PartitionState, name: string): { use: LocatedUse; subscription: number } {
  const { counters, definitions } = state
  const [subscriptionId, planVersionId, priceCode, rateKey, period] = JSON.parse(name) as [
    subscription: string,
    ...RateElementName,
    period: number,
  ]
  const subscription = definitions.parties.subscriptions.numberOf(subscriptionId)
  const place = counters.place(
    subscription,
    definitions.names.numberOfRateElement([planVersionId, priceCode, rateKey]),
    period,
  )
  const [after, amountAfter] = [counters.aggregate(place), counters.amount(place)]
  const nothing = { quantity: 0n, billed: 0n, cut: 0n, isContinued: false, observed: null }
  return { subscription, use: { ...rateOf(state, place), ...nothing, after, amountAfter } }
}
