import { present } from '../core/base/assert.ts'
import type { CounterRow } from './journal-store.ts'
import type { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'

/** Counters stored by one transaction. */
export const CHECKPOINT_SLICE = 5_000

/** Rows of counters as they stand in memory, which has the facts of all segments up to `seq`. */
export function counterRows(state: PartitionState, places: readonly number[], seq: number): CounterRow[] {
  const { columns } = state.counters
  return places.map((place) => {
    const [planVersionId, priceCode, cell] = present(state.definitions.cellNames[columns.cell[place] as number], 'a cell name')
    return {
      subscriptionId: present(state.definitions.subscriptionIds[columns.subscription[place] as number], 'a subscription'),
      planVersionId,
      priceCode,
      cell,
      periodStart: fromDayNumber(columns.period[place] as number),
      measures: state.counters.aggregate(place),
      amount: columns.amount[place] as bigint,
      records: columns.records[place] as number,
      asOfSeq: seq,
    }
  })
}
