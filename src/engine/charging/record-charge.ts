import { CARRIED, CARRIED_ON } from '../../core/metering/observation.ts'
import { accumulate } from '../../core/rating/accumulate.ts'
import { carriedPart, ownPart } from '../../core/rating/carried-usage.ts'
import { chargedAmount } from '../../core/rating/charged-amount.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'

import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { carriedOn, effectiveAggregate } from '../rating/carry-usage.ts'
import type { LocatedUse } from '../rating/located-use.ts'

/** A counter of a later plan of the period that begins elsewhere because of a use, and what it costs more. */
export interface CarriedUse extends LocatedUse {
  /** At the rating scale; often negative. Example: 10 units more under the plan before move 10 units of this one into a cheaper tier. */
  readonly amount: bigint
}

const NONE_CARRIED: readonly CarriedUse[] = []

/**
 * How the counters of later plans change because the counter that they begin with changes.
 * @param after the aggregate that the counter will have.
 */
function carriedUses(counterMemory: CounterMemory, use: LocatedUse, after: Aggregate): readonly CarriedUse[] {
  const later = carriedOn(counterMemory, use, after, use.observed?.onLater)
  if (later.length === 0) return NONE_CARRIED
  return later.map(({ effect, ...next }) => {
    const amountAfter = chargedAmount(next.meter.price, next.element, next.after)
    const observed = effect === null ? null : { before: 0n, observations: effect.observations }
    const nothing = { quantity: 0n, billed: 0n, cut: 0n, isContinued: true }
    return {
      ...next,
      ...nothing,
      observed,
      amountAfter,
      amount: amountAfter - counterMemory.counters.amount(next.place),
    }
  })
}

/**
 * How a use of a record that no balance has a part in changes its counter. Of several uses of a meter that runs on, each moves
 * what the counters after it begin with: how a counter changes is known when those before have moved.
 */
export function stepAlone(
  counterMemory: CounterMemory,
  use: LocatedUse,
  uses: readonly LocatedUse[],
): Pick<LocatedUse, 'after' | 'amountAfter'> {
  if (uses.length === 1 || use.observed === null) return use
  const { element } = use
  const after = accumulate(element, effectiveAggregate(counterMemory, use), { quantity: use.billed, sessions: 0n })
  return { after, amountAfter: chargedAmount(use.meter.price, element, after) }
}

/** What a change of a counter costs more in those of later plans. */
export function costOfCarried(counterMemory: CounterMemory, use: LocatedUse, after: Aggregate): bigint {
  return carriedUses(counterMemory, use, after).reduce((sum, { amount }) => sum + amount, 0n)
}

/**
 * Moves a counter that something is tried on, and those of later plans.
 * @returns what the later ones cost more.
 */
export function moveTried(
  counterMemory: CounterMemory,
  use: LocatedUse,
  { after, amountAfter }: { after: Aggregate; amountAfter: bigint },
  records: -1 | 0 | 1 = 1,
): bigint {
  const carried = carriedUses(counterMemory, use, after)
  const move = (one: LocatedUse, aggregate: Aggregate, amount: bigint, more: -1 | 0 | 1): void => {
    counterMemory.counters.update(one.place, aggregate, amount, more)
    if (carriedPart(one.element.measures, aggregate) !== null) counterMemory.counters.markCarried(one.place)
    for (const observation of one.observed?.observations ?? []) counterMemory.series.add(one.place, observation)
  }
  move(use, after, amountAfter, records)
  for (const next of carried) move(next, next.after, next.amountAfter, 0)
  return carried.reduce((sum, { amount }) => sum + amount, 0n)
}

/**
 * Notes the charge of the record that was added last, and moves its counter; then the counters of later plans that
 * begin with it.
 * @param records −1 takes one back.
 * @returns the later counters that have changed, with what each costs more.
 */
export function recordCharge(
  state: PartitionState,
  facts: FactsBuilder,
  use: LocatedUse,
  { after, amountAfter }: { after: Aggregate; amountAfter: bigint },
  records: -1 | 0 | 1 = 1,
): readonly CarriedUse[] {
  const carried = carriedUses(state, use, after)
  moveCounter(state, facts, use, after, amountAfter, records)
  for (const next of carried) moveCounter(state, facts, next, next.after, next.amountAfter, 0, CARRIED_ON)
  return carried
}

function moveCounter(
  { counters, definitions, series }: PartitionState,
  facts: FactsBuilder,
  { element, rateKeyNumber, place, period, observed }: LocatedUse,
  after: Aggregate,
  amountAfter: bigint,
  records: -1 | 0 | 1,
  mark = CARRIED,
): void {
  // A counter that nothing was added to yet has no more than its quantity; a cell's charges all have the same measures.
  const { measures } = element
  const before = counters.aggregate(place)
  const carried = carriedPart(measures, after)
  const [own, ownBefore] = [ownPart(measures, after), ownPart(measures, before)]
  const increases: bigint[] = []
  for (let index = 0; index < measures; index++) increases.push((own[index] ?? 0n) - (ownBefore[index] ?? 0n))
  const amount = amountAfter - counters.amount(place)
  facts.addCharge(rateKeyNumber, definitions.names.rateElement(rateKeyNumber), period, increases, amount)
  counters.update(place, after, amountAfter, records)
  for (const observation of observed?.observations ?? []) {
    facts.addObservation(observation)
    series.add(place, observation)
  }
  if (carried === null) return
  counters.markCarried(place)
  const carriedBefore = carriedPart(measures, before)
  for (const [index, value] of carried.entries()) {
    const change = value - (carriedBefore?.[index] ?? 0n)
    // A charge that is no record of its counter says so, even where nothing has changed.
    const isTold = change !== 0n || carriedBefore === null || (mark === CARRIED_ON && index === 0)
    if (isTold) facts.addObservation({ value: change, timeMs: index, mark })
  }
}
