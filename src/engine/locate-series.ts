import type { Meter } from '../core/catalog/plan.ts'
import type { SuspenseReason } from '../core/mediation/suspense-reason.ts'
import type { Observation, Series, Window } from '../core/metering/observation.ts'
import { newSeries } from '../core/metering/series.ts'
import type { PartitionState } from './partition-state.ts'
import type { PeriodCalendar } from './period-calendar.ts'

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
}

/** Counters, and what their meters have observed. */
type SeriesGround = Pick<PartitionState, 'counters' | 'series'>

/** Names a counter's chain: the same cell of a subscription in one period after another. */
interface Chain {
  readonly subscription: number
  readonly cell: number
  readonly meter: Meter
  readonly calendar: PeriodCalendar
}

/**
 * What an observation does to its counter, and to those of later periods that begin with it. A counter that is new begins
 * with what the one before it carries over.
 */
export function locateSeries(
  state: SeriesGround,
  chain: Chain,
  place: number,
  period: number,
  observation: Observation,
): SeriesChange[] | readonly [SuspenseReason, string] {
  const series = seriesAt(state, chain, place, period)
  const begun = series ?? newSeries(chain.meter, windowOf(chain, period))
  const seeds = series === null ? carriedInto(state, chain, period) : []
  for (const seed of seeds) begun.add(seed)
  const fault = begun.faultOf(observation)
  if (fault !== null) return ['bad_quantity', `data.${chain.meter.property}: ${fault}`]
  const before = series === null ? 0n : series.quantity
  const change = begun.quantityWith(observation) - before
  return [
    { place, period, before, change, observations: [...seeds, observation] },
    ...later(state, chain, period, observation),
  ]
}

/** Counters of later periods that begin with an observation. */
function later(state: SeriesGround, chain: Chain, period: number, observation: Observation): SeriesChange[] {
  const changes: SeriesChange[] = []
  for (const { place, period: next } of countersOf(state, chain).filter((counter) => counter.period > period)) {
    const series = seriesAt(state, chain, place, next)
    if (series === null || !series.isBase(observation)) break
    const before = series.quantity
    const change = series.quantityWith(observation) - before
    changes.push({ place, period: next, before, change, observations: [observation] })
  }
  return changes
}

/** What the last counter before a period carries over into it. */
function carriedInto(state: SeriesGround, chain: Chain, period: number): Observation[] {
  const before = countersOf(state, chain).findLast((counter) => counter.period < period)
  return before === undefined ? [] : (seriesAt(state, chain, before.place, before.period)?.carried() ?? [])
}

/** A level that holds on in periods of which there is no counter, because nothing was recorded in them. */
export interface CarriedLevel {
  readonly place: number
  readonly period: number
  readonly quantity: bigint
}

/** The levels that a counter, the last of its chain, leaves to the periods that begin before a time. */
export function carriedLevels(
  state: SeriesGround,
  chain: Chain,
  place: number,
  period: number,
  untilMs: number,
): CarriedLevel[] {
  const carried = seriesAt(state, chain, place, period)?.carried() ?? []
  const levels: CarriedLevel[] = []
  if (carried.length === 0) return levels
  for (let { untilMs: at } = windowOf(chain, period); at < untilMs; ) {
    const bounds = chain.calendar.boundsAt(at)
    const series = newSeries(chain.meter, bounds)
    for (const seed of carried) series.add(seed)
    if (series.quantity !== 0n) levels.push({ place, period: bounds.number, quantity: series.quantity })
    at = bounds.untilMs
  }
  return levels
}

function seriesAt({ series }: SeriesGround, chain: Chain, place: number, period: number): Series | null {
  return series.find(place, chain.meter, windowOf(chain, period))
}

function windowOf({ calendar }: Chain, period: number): Window {
  return calendar.boundsOf(period)
}

/** The counters of a chain that something was charged in, the oldest first. */
function countersOf({ counters }: SeriesGround, { subscription, cell }: Chain): { place: number; period: number }[] {
  const found: { place: number; period: number }[] = []
  for (const place of counters.ofSubscription(subscription)) {
    const name = counters.nameOf(place)
    if (name.cell === cell && counters.records(place) > 0) found.push({ place, period: name.period })
  }
  return found.sort((a, b) => a.period - b.period)
}
