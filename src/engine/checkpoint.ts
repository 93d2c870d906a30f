import { present } from '../core/base/assert.ts'
import { toExactJson } from './exact-json.ts'
import type { Journal } from './journal-store.ts'
import type { PartitionState } from './partition-state.ts'
import { fromDayNumber } from './period-calendar.ts'
import type { CounterRow } from './stored-rows.ts'

/** Counters or balances stored by one transaction: few, because nothing is decided while their rows are made. */
const SLICE = 500

/** A counter as it stands in memory, which has the facts of all segments up to `seq`, with names instead of numbers. */
export function toCounterRow(
  { counters, definitions, series }: PartitionState,
  place: number,
  seq: number,
): CounterRow {
  const { subscription, cell, period } = counters.nameOf(place)
  const [planVersionId, priceCode, cellName] = present(definitions.cellNames[cell], 'a cell name')
  return {
    subscriptionId: definitions.subscriptions.idOf(subscription),
    planVersionId,
    priceCode,
    cell: cellName,
    periodStart: fromDayNumber(period),
    asOfSeq: seq,
    measures: counters.aggregate(place),
    amount: counters.amount(place),
    records: counters.records(place),
    series: series.bytesOf(place),
  }
}

/** How far a partition is, while its counters are stored beside its work. */
interface Progress {
  decidedSeq(): number
  /** Resolves when everything decided so far is committed. */
  committed(): Promise<void>
  /** False once memory was dropped: what was read from it must not be stored. */
  isCurrent(): boolean
}

/**
 * Stores the counters and balances that changed, some hundreds at a time, each with the number of the last segment that
 * it has the facts of. Nothing is stored before that segment is.
 */
export async function storeChanges(
  state: PartitionState,
  store: Journal,
  epoch: bigint,
  progress: Progress,
): Promise<void> {
  const places = state.counters.takeDirty()
  for (let at = 0; at < places.length && progress.isCurrent(); at += SLICE) {
    const seq = progress.decidedSeq()
    const rows = places.slice(at, at + SLICE).map((place) => toCounterRow(state, place, seq))
    await progress.committed()
    if (!progress.isCurrent()) return
    await store.storeCounters(epoch, rows)
  }
  const accounts = state.book.takeDirty()
  for (let at = 0; at < accounts.length && progress.isCurrent(); at += SLICE) {
    const seq = progress.decidedSeq()
    const rows = accounts.slice(at, at + SLICE).map((account) => {
      const balances = present(state.book.look(account), 'open balances')
      return { accountId: balances.account, content: toExactJson(balances), asOfSeq: seq }
    })
    await progress.committed()
    if (!progress.isCurrent()) return
    await store.storeBalances(epoch, rows)
  }
}
