import { present } from '../core/base/assert.ts'
import type { CounterRow } from './journal-store.ts'
import type { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'

/** Counters stored by one transaction. */
export const CHECKPOINT_SLICE = 5_000

/** A counter as it stands in memory, which has the facts of all segments up to `seq`, with names instead of numbers. */
export function toCounterRow({ counters, definitions }: PartitionState, place: number, seq: number): CounterRow {
  const { subscription, cell, period } = counters.nameOf(place)
  const [planVersionId, priceCode, cellName] = present(definitions.cellNames[cell], 'a cell name')
  return {
    subscriptionId: present(definitions.subscriptions.ids[subscription], 'a subscription'),
    planVersionId,
    priceCode,
    cell: cellName,
    periodStart: fromDayNumber(period),
    asOfSeq: seq,
    measures: counters.aggregate(place),
    amount: counters.amount(place),
    records: counters.records(place),
  }
}
