import { present } from '../../core/base/assert.ts'
import { isInt64 } from '../../core/base/quantity.ts'
import { startAt } from '../../core/metering/interval.ts'
import type { Observation, Series, Window } from '../../core/metering/observation.ts'
import { newSeries, runsOn } from '../../core/metering/series.ts'
import { endOfLevel } from '../../core/metering/time-weighted.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { counterBefore } from './carry-usage.ts'
import { type CounterLink, CounterSequence } from './counter-sequence.ts'
import type { Fault } from './fault.ts'
import type { CountedRate } from './find-rate.ts'
import type { SeriesEffect } from './located-use.ts'

/** What an observation does to one counter. */
export interface SeriesChange {
  readonly place: number
  readonly period: number
  /** Of the meter's quantity; negative where a level falls or an estimate is put right. */
  readonly change: bigint
  /** The meter's quantity until now. */
  readonly before: bigint
  /** Those to be added, in order. */
  readonly observations: readonly Observation[]
  /** What the observation does to counters of later plans of the period. */
  readonly onLater?: (place: number) => SeriesEffect
}

/**
 * What an observation does to its counter, and to the later ones that begin with it. A counter that is new begins with
 * what the one before it carries over, be it of the same price or, where the plan was changed, of the plan before.
 * @param rate that the observation is charged at.
 */
export function observe(
  counterMemory: CounterMemory,
  subscription: number,
  rate: CountedRate,
  observation: Observation,
): readonly SeriesChange[] | Fault {
  const { place, period } = rate
  const name = counterMemory.definitions.names.rateElement(rate.rateKeyNumber)
  const sequence = CounterSequence.acrossPeriods(counterMemory, subscription, name)
  const own = sequence.linkAt(place)
  const { meter } = sequence.priceOf(own).price
  const series = sequence.seriesOf(own)
  const last = series === null ? sequence.lastObservedBefore(own) : null
  if (!runsOn(meter)) return [observedBeside(counterMemory, rate, sequence.windowOf(own), series, observation)]
  const carried = last === null ? [] : (sequence.seriesOf(last)?.carried() ?? [])
  const seeds = series === null ? carried : restartOf(sequence, own, series, observation)
  let begun = series
  if (begun === null || seeds.length > 0) {
    begun = newSeries(meter, sequence.windowOf(own))
    for (const known of [...(series?.kept() ?? []), ...seeds]) begun.add(known)
  }
  const fault = begun.faultOf(observation)
  if (fault !== null) return ['bad_quantity', `data.${meter.property}: ${fault}`]
  if (!seeds.every(({ value }) => isInt64(value)))
    return ['out_of_range', `data.${meter.property}: what is carried over`]
  const before = series === null ? 0n : series.quantity
  const change = begun.quantityWith(observation) - before
  return [
    { place, period, before, change, observations: [...seeds, observation] },
    ...(last === null || last.planVersionId === own.planVersionId ? [] : endLevel(sequence, last)),
    ...sequence
      .after(own)
      .flatMap((link) => changeOf(sequence, link, observation, (behind) => behind.isBase(observation))),
  ]
}

/**
 * A meter whose periods do not depend on each other. A counter that is new in the period has observed what the one of the plan
 * before has: 30 users who come again under the new plan are not new.
 */
function observedBeside(
  counterMemory: CounterMemory,
  rate: CountedRate,
  window: Window,
  series: Series | null,
  observation: Observation,
): SeriesChange {
  const { place, period } = rate
  const { meter } = rate.meter.price
  const before = series === null ? counterBefore(counterMemory, rate) : null
  const seeds = before === null ? [] : [...(counterMemory.series.find(before, meter, window)?.kept() ?? [])]
  let standing = series
  if (standing === null) {
    standing = newSeries(meter, window)
    for (const seed of seeds) standing.add(seed)
  }
  const onLater = (later: number): SeriesEffect => {
    const next = present(counterMemory.series.find(later, meter, window), 'a series')
    return { change: next.quantityWith(observation) - next.quantity, observations: [observation] }
  }
  const change = standing.quantityWith(observation) - standing.quantity
  return { place, period, before: standing.quantity, change, observations: [...seeds, observation], onLater }
}

/** Where another plan has read a register meanwhile, a plan that is taken up again in the period counts from there. */
function restartOf(
  sequence: CounterSequence,
  own: CounterLink,
  series: Series,
  observation: Observation,
): Observation[] {
  if (sequence.priceOf(own).price.meter.aggregator !== 'interval') return []
  const lastMs = [...series.kept()].reduce((most, { timeMs }) => Math.max(most, timeMs), Number.NEGATIVE_INFINITY)
  return sequence
    .carriedBeside(own)
    .filter(({ timeMs }) => timeMs > lastMs && timeMs < observation.timeMs)
    .map(startAt)
}

/** A level was charged until the end of the period: where its plan was left before, it holds until then. */
function endLevel(sequence: CounterSequence, last: CounterLink): SeriesChange[] {
  if (sequence.priceOf(last).price.meter.aggregator !== 'time_weighted') return []
  const window = sequence.windowOf(last)
  const endMs = sequence.stretchesIn(last.planVersionId, window).at(-1)?.untilMs ?? window.untilMs
  if (endMs >= window.untilMs) return []
  return changeOf(sequence, last, endOfLevel(endMs), (series) => series.carried().some(({ timeMs }) => timeMs < endMs))
}

function changeOf(
  sequence: CounterSequence,
  link: CounterLink,
  observation: Observation,
  isChanged: (series: Series) => boolean,
): SeriesChange[] {
  const series = sequence.seriesOf(link)
  if (series === null || !isChanged(series)) return []
  const { place, period } = link
  const before = series.quantity
  const change = series.quantityWith(observation) - before
  return [{ place, period, before, change, observations: [observation] }]
}
