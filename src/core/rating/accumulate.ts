import { recordedAmount } from './charged-amount.ts'
import type { RateElement } from './compiled-price.ts'
import { NONE } from './element-measures.ts'
import type { Aggregate, Use } from './models/price-model.ts'
import { boundedIncrease } from './modifiers/per-record.ts'

export function emptyAggregate(element: RateElement): Aggregate {
  return new Array<bigint>(element.measures).fill(0n)
}

export function accumulate(element: RateElement, aggregate: Aggregate, use: Use): Aggregate {
  const after = accumulateWhole(element, aggregate, use)
  // What the counter began with stays.
  return aggregate.length > element.measures ? [...after, ...aggregate.slice(element.measures)] : after
}

function accumulateWhole(element: RateElement, aggregate: Aggregate, use: Use): Aggregate {
  const after = element.model.accumulate(element.compiled, aggregate, use)
  if (element.measures === element.model.measures) return after
  const { sessions = 1n } = use
  const all = [...after.slice(0, element.model.measures)]
  if (element.sessionsAt !== NONE) all.push((aggregate[element.sessionsAt] ?? 0n) + sessions)
  if (element.formerAt !== NONE) for (let at = all.length; at < element.adjustedAt; at++) all.push(aggregate[at] ?? 0n)
  if (element.adjustedAt === NONE) return all
  const before = (aggregate[element.adjustedAt] ?? 0n) - cutIn(element, aggregate, use)
  if (element.perRecord === null) return [...all, before]
  const increase = recordedAmount(element, [...all, before]) - recordedAmount(element, aggregate)
  return [...all, before + boundedIncrease(element.perRecord, increase, sessions) - increase]
}

/** A last unit that the period has free costs nothing, and no less. */
function cutIn({ freeUnits, sessionRules }: RateElement, aggregate: Aggregate, { quantity, cut = 0n }: Use): bigint {
  if (cut === 0n || sessionRules?.most?.cutsUnits !== true || freeUnits === 0n) return cut
  const used = aggregate[0] as bigint
  return (quantity > 0n ? used + quantity : used) > freeUnits ? cut : 0n
}
