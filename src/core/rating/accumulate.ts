import { NONE } from './cell-measures.ts'
import { recordedAmount } from './charged-amount.ts'
import type { Cell } from './compiled-price.ts'
import type { Aggregate, Use } from './models/price-model.ts'
import { boundedIncrease } from './modifiers/per-record.ts'

export function emptyAggregate(cell: Cell): Aggregate {
  return new Array<bigint>(cell.measures).fill(0n)
}

export function accumulate(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  const after = accumulateWhole(cell, aggregate, use)
  // What the counter began with stays.
  return aggregate.length > cell.measures ? [...after, ...aggregate.slice(cell.measures)] : after
}

function accumulateWhole(cell: Cell, aggregate: Aggregate, use: Use): Aggregate {
  const after = cell.model.accumulate(cell.compiled, aggregate, use)
  if (cell.measures === cell.model.measures) return after
  const { sessions = 1n } = use
  const all = [...after.slice(0, cell.model.measures)]
  if (cell.sessionsAt !== NONE) all.push((aggregate[cell.sessionsAt] ?? 0n) + sessions)
  if (cell.formerAt !== NONE) for (let at = all.length; at < cell.adjustedAt; at++) all.push(aggregate[at] ?? 0n)
  if (cell.adjustedAt === NONE) return all
  const before = (aggregate[cell.adjustedAt] ?? 0n) - cutIn(cell, aggregate, use)
  if (cell.perRecord === null) return [...all, before]
  const increase = recordedAmount(cell, [...all, before]) - recordedAmount(cell, aggregate)
  return [...all, before + boundedIncrease(cell.perRecord, increase, sessions) - increase]
}

/** A last unit that the period has free costs nothing, and no less. */
function cutIn({ freeUnits, sessionRules }: Cell, aggregate: Aggregate, { quantity, cut = 0n }: Use): bigint {
  if (cut === 0n || sessionRules?.most?.cutsUnits !== true || freeUnits === 0n) return cut
  const used = aggregate[0] as bigint
  return (quantity > 0n ? used + quantity : used) > freeUnits ? cut : 0n
}
