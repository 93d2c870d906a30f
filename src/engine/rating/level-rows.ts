import { present } from '../../core/base/assert.ts'
import { fromDayNumber, toDayNumber } from '../../core/base/period.ts'
import { isObserved, type Observation, type Window } from '../../core/metering/observation.ts'
import { newSeries } from '../../core/metering/series.ts'
import { endOfLevel } from '../../core/metering/time-weighted.ts'
import { accumulate, emptyAggregate } from '../../core/rating/accumulate.ts'
import { beginningWith, carriedInto, carriedPart, ownPart } from '../../core/rating/carried-usage.ts'
import { elementOfKey } from '../../core/rating/compiled-price.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import { planStretches } from '../definitions/plan-stretches.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import type { CounterRow } from '../journal/stored-rows.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { CounterSequence, comparePositions, countedSince, positionInPeriod } from './counter-sequence.ts'
import { mayFollow, slotsOf } from './plan-slots.ts'

/**
 * Counters of a subscription as they are billed. A level holds while a plan with a price for it is in force, and while the
 * subscription is not paused: so periods without records have rows, too, and where a level was charged until the end of a
 * period and does not hold so long, the row has less.
 * @param untilMs rows are returned of periods that begin before it.
 */
export function withLevels(
  state: PartitionState,
  subscription: number,
  rows: readonly CounterRow[],
  untilMs: number,
): CounterRow[] {
  const { definitions } = state
  const groups = new Map<string, { meter: string; row: CounterRow }>()
  for (const row of rows) {
    const meter = definitions.catalog.meterOf(row.planVersionId, row.priceCode)?.price.meter
    if (meter?.aggregator === 'time_weighted') groups.set(`${meter.code}\n${row.cell}`, { meter: meter.code, row })
  }
  if (groups.size === 0 || definitions.parties.subscriptions.accountOf(subscription) === undefined) return [...rows]
  const all = new Map(rows.map((row) => [keyOf(row), row]))
  // A plan that was withdrawn for the past has rows, and is in force at no time.
  const plans = [...planStretches(definitions, subscription), ...rows]
  const versions = new Set(plans.map(({ planVersionId }) => planVersionId))
  for (const { meter, row } of groups.values())
    for (const planVersionId of versions)
      for (const priced of definitions.catalog.pricesOfMeter(planVersionId, meter))
        for (const changed of levelRows(state, subscription, priced, row, all, untilMs))
          all.set(keyOf(changed), changed)
  carryLevels(state, subscription, all, new Set(rows.map(keyOf)))
  return [...all.values()]
}

/**
 * Where plans follow each other in a period, the level of each begins with the hours that the one before it has: its
 * hours fill the tiers of a price of the same code first. A counter that began with nothing, before levels carried over or where
 * usage counts anew, stays so.
 * @param counted names of the rows that have a counter.
 */
function carryLevels(
  { definitions }: PartitionState,
  subscription: number,
  all: Map<string, CounterRow>,
  counted: ReadonlySet<string>,
): void {
  const levels = [...all.values()].flatMap((row) => {
    const { planVersionId, priceCode, cell, periodStart } = row
    const price = definitions.catalog.meterOf(planVersionId, priceCode)?.price
    const rate = price?.meter.aggregator === 'time_weighted' ? elementOfKey(price, cell) : undefined
    const period = toDayNumber(periodStart)
    if (price === undefined || rate === undefined || !mayFollow(definitions, subscription, period)) return []
    return [{ row, rate, period, name: [priceCode, price.meter.code, cell, periodStart].join('\n') }]
  })
  for (const same of Map.groupBy(levels, ({ name }) => name).values()) {
    const slots = slotsOf(definitions, subscription, present(same[0], 'a level').period)
    const links = same.map((level) => ({
      ...positionInPeriod(slots, level.row.planVersionId, level.row.cell),
      ...level,
    }))
    let last: (typeof links)[number] | null = null
    for (const link of links.toSorted(comparePositions)) {
      const { row, rate } = link
      const follows = last !== null && countedSince(slots, last.sinceMs) === countedSince(slots, link.sinceMs)
      const isCarried = carriedPart(rate.measures, row.measures) !== null || !counted.has(keyOf(row))
      const carried: Aggregate | null =
        last === null || !follows ? null : carriedInto(rate, last.rate, last.row.measures)
      const now: CounterRow =
        carried === null || !isCarried ? row : { ...row, measures: beginningWith(rate.measures, row.measures, carried) }
      all.set(keyOf(now), now)
      last = { ...link, row: now }
    }
  }
}

type RowName = Pick<CounterRow, 'planVersionId' | 'priceCode' | 'cell' | 'periodStart'>

function keyOf({ planVersionId, priceCode, cell, periodStart }: RowName): string {
  return [planVersionId, priceCode, cell, periodStart].join('\n')
}

/** The rows of one price that are not what is charged. @param like a row of the same meter and group. */
function* levelRows(
  state: PartitionState,
  subscription: number,
  { planVersionId, price, gives }: PricedMeter,
  like: CounterRow,
  rows: ReadonlyMap<string, CounterRow>,
  untilMs: number,
): Generator<CounterRow> {
  const { code: priceCode } = price.price
  const { cell } = like
  const sequence = CounterSequence.acrossPeriods(state, subscription, [planVersionId, priceCode, cell])
  const rate = elementOfKey(price, cell)
  const levels = levelsOf(sequence, price.meter.changes === true)
  if (rate === undefined || levels.length === 0) return
  const account = present(state.definitions.parties.subscriptions.accountOf(subscription), 'an account')
  const calendar = state.definitions.parties.calendarOfAccount(account)
  // What was charged is what was counted, unless balances of units have covered some of it.
  const { lots = [] } = state.book.look(account) ?? {}
  const isCounted = gives.length === 0 && lots.every(({ unit }) => unit !== price.meter.unit)
  let window = calendar.boundsAt((levels[0] as Observation).timeMs)
  for (; window.fromMs < untilMs; window = calendar.boundsAt(window.untilMs)) {
    const series = newSeries({ ...price.meter, changes: false }, { fromMs: window.fromMs, untilMs: window.untilMs })
    for (const stretch of sequence.stretchesIn(planVersionId, window))
      for (const level of levelsIn(levels, stretch, window)) series.add(level)
    const name = { planVersionId, priceCode, cell, periodStart: fromDayNumber(window.number) }
    const known = rows.get(keyOf(name))
    const link = sequence.links.find((one) => one.period === window.number && one.planVersionId === planVersionId)
    const counted = isCounted
      ? ownPart(rate.measures, known?.measures ?? [])[0]
      : link && sequence.seriesOf(link)?.quantity
    const charged = link === undefined ? 0n : (counted ?? 0n)
    if (series.quantity === charged) continue
    const row = known ?? { ...like, ...name, measures: emptyAggregate(rate), amount: 0n, records: 0, series: null }
    const measures = accumulate(rate, row.measures, { quantity: series.quantity - charged, sessions: 0n })
    yield { ...row, measures }
  }
}

/** All levels that the counters of a sequence have observed, in order; at one time the highest. */
function levelsOf(sequence: CounterSequence, hasChanges: boolean): Observation[] {
  if (hasChanges) return levelsOfChanges(sequence)
  const all = sequence.links.flatMap((link) => [...(sequence.seriesOf(link)?.kept() ?? [])].filter(isObserved))
  return [...Map.groupBy(all, ({ timeMs }) => timeMs).values()]
    .map((same) => same.reduce((top, one) => (one.value > top.value ? one : top)))
    .toSorted((a, b) => a.timeMs - b.timeMs)
}

/** The levels that changes make: each is known to one counter as its own, to later ones as a part of what they began with. */
function levelsOfChanges(sequence: CounterSequence): Observation[] {
  const own = sequence.links.flatMap((link) => {
    const { sinceMs } = sequence.windowOf(link)
    return [...(sequence.seriesOf(link)?.kept() ?? [])].filter((one) => isObserved(one) && one.timeMs >= sinceMs)
  })
  let level = 0n
  return [...Map.groupBy(own, ({ timeMs }) => timeMs)]
    .toSorted(([a], [b]) => a - b)
    .map(([timeMs, changes]) => {
      level = changes.reduce((sum, { value }) => sum + value, level)
      return { value: level, timeMs, mark: 0 }
    })
}

/** Levels as they hold in a stretch of a period, until its end. */
function levelsIn(levels: readonly Observation[], { fromMs, untilMs }: Window, period: Window): Observation[] {
  const first = levels.findLast(({ timeMs }) => timeMs <= fromMs)
  const held = first === undefined ? [] : [{ ...first, timeMs: fromMs }]
  const inside = levels.filter(({ timeMs }) => timeMs > fromMs && timeMs < untilMs)
  return [...held, ...inside, ...(untilMs < period.untilMs ? [endOfLevel(untilMs)] : [])]
}
