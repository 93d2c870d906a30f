import { accumulate, cellNamed, emptyAggregate } from '../core/rating/compiled-price.ts'
import { toCounterRow } from './checkpoint.ts'
import { carriedLevels } from './locate-series.ts'
import type { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'
import type { CounterRow } from './stored-rows.ts'

/** The counters of a subscription, and the levels that it carries into periods without records. */
export function snapshotCounters(
  state: PartitionState,
  subscriptionId: string,
  seq: number,
  untilMs: number,
): CounterRow[] {
  const { counters, definitions } = state
  const subscription = definitions.subscriptions.numberOf(subscriptionId)
  const places = [...counters.ofSubscription(subscription)].filter((place) => counters.isUsed(place))
  const rows = places.map((place) => toCounterRow(state, place, seq))
  return [...rows, ...places.flatMap((place, index) => carriedRows(state, place, rows[index] as CounterRow, untilMs))]
}

/** Levels hold on until the next counter of the same cell, and no longer than the subscription. */
function carriedRows(state: PartitionState, place: number, row: CounterRow, untilMs: number): CounterRow[] {
  const { counters, definitions } = state
  const meter = definitions.meterOf(row.planVersionId, row.priceCode)
  if (meter?.price.meter.aggregator !== 'time_weighted') return []
  const { subscription, cell, period } = counters.nameOf(place)
  const account = definitions.subscriptions.accountOf(subscription)
  if (account === undefined) return []
  const calendar = definitions.calendarOfAccount(account)
  const next = [...counters.ofSubscription(subscription)]
    .map((other) => ({ ...counters.nameOf(other), records: counters.records(other) }))
    .filter((other) => other.cell === cell && other.period > period && other.records > 0)
    .map((other) => calendar.boundsOf(other.period).fromMs)
  const endMs = Math.min(untilMs, definitions.subscriptions.untilOf(subscription), ...next)
  const chain = { subscription, cell, meter: meter.price.meter, calendar }
  const rate = cellNamed(meter.price, row.cell)
  if (rate === undefined) return []
  return carriedLevels(state, chain, place, period, endMs).map((level) => ({
    ...row,
    periodStart: fromDayNumber(level.period),
    measures: accumulate(rate, emptyAggregate(rate), { quantity: level.quantity }),
    amount: 0n,
    records: 0,
    series: null,
  }))
}
