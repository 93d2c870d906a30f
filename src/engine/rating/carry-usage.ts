import { emptyAggregate } from '../../core/rating/accumulate.ts'
import { beginningWith, carriedInto, carriedPart } from '../../core/rating/carried-usage.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { CounterSequence } from './counter-sequence.ts'
import { type CountedRate, rateOf } from './find-rate.ts'
import type { SeriesEffect } from './located-use.ts'
import { isOtherPlan, mayFollow } from './plan-slots.ts'

/** Whether a new counter can have no counter before it. */
function isFirst({ definitions, counters }: CounterMemory, { meter, place, period }: CountedRate): boolean {
  const { subscription } = counters.nameOf(place)
  return !mayFollow(definitions, subscription, period) && !isOtherPlan(definitions, subscription, meter.planVersionId)
}

/**
 * The aggregate that a counter is charged from. One that nothing was counted in yet begins with the aggregate of
 * the counter of the plan before: 80 minutes there are `[80n, 80n]` here.
 */
export function effectiveAggregate(counterMemory: CounterMemory, rate: CountedRate): Aggregate {
  const { counters } = counterMemory
  const { place, element } = rate
  if (counters.isUsed(place) || isFirst(counterMemory, rate)) return counters.aggregate(place)
  const sequence = CounterSequence.inPeriod(counterMemory, rate)
  const own = sequence.linkAt(place)
  const before = sequence.before(own)
  if (before === undefined) {
    const nothing = emptyAggregate(element)
    return sequence.isPreceded(own) ? [...nothing, ...nothing] : counters.aggregate(place)
  }
  const carried = carriedInto(element, rateOf(counterMemory, before.place).element, counters.aggregate(before.place))
  return [...carried, ...carried]
}

/** The counter that one begins with, or will; null where it begins with nothing. */
export function counterBefore(counterMemory: CounterMemory, rate: CountedRate): number | null {
  const { counters } = counterMemory
  const isBegun = counters.isUsed(rate.place)
  if (isBegun && carriedPart(rate.element.measures, counters.aggregate(rate.place)) === null) return null
  if (!isBegun && isFirst(counterMemory, rate)) return null
  const sequence = CounterSequence.inPeriod(counterMemory, rate)
  return sequence.before(sequence.linkAt(rate.place))?.place ?? null
}

/** A later counter, with its aggregate after one before it has changed. */
export interface CarriedOn extends CountedRate {
  readonly after: Aggregate
  readonly effect: SeriesEffect | null
}

const NONE_CARRIED: readonly CarriedOn[] = []

/**
 * The counters after one that changes: they begin with another aggregate then. Those that began before usage carried over, or with a
 * change of plan that counts it anew, stay as they are.
 * @param total the aggregate that the counter will have.
 * @param onLater where the meter keeps a series: what the change does to those of the later counters.
 */
export function carriedOn(
  counterMemory: CounterMemory,
  changing: CountedRate,
  total: Aggregate,
  onLater?: (place: number) => SeriesEffect,
): readonly CarriedOn[] {
  const { counters } = counterMemory
  const { subscription } = counters.nameOf(changing.place)
  // A counter that a record opens late, or a re-rating, may come before others that have begun with nothing.
  const isNew = !counters.isUsed(changing.place) && !isFirst(counterMemory, changing)
  if (!isNew && !counters.carriesIn(subscription, changing.period)) return NONE_CARRIED
  const changed: CarriedOn[] = []
  let last: { readonly rate: CountedRate; readonly total: Aggregate } = { rate: changing, total }
  const sequence = CounterSequence.inPeriod(counterMemory, changing)
  for (const [at, { place }] of sequence.after(sequence.linkAt(changing.place)).entries()) {
    const next = rateOf(counterMemory, place)
    const { element } = next
    const before = counters.aggregate(place)
    if (carriedPart(element.measures, before) === null && !(isNew && at === 0)) break
    const carried = carriedInto(element, last.rate.element, last.total)
    const effect = onLater?.(place) ?? null
    const after =
      effect === null
        ? beginningWith(element.measures, before, carried)
        : [(before[0] as bigint) + effect.change, ...before.slice(1, element.measures), ...carried]
    changed.push({ ...next, after, effect })
    last = { rate: next, total: after }
  }
  return changed
}
