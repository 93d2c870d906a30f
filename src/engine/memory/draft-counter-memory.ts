import type { Aggregate } from '../../core/rating/models/price-model.ts'
import type { CounterMemory } from './counter-memory.ts'
import type { CounterTable } from './counter-table.ts'
import type { SeriesTable } from './series-table.ts'

/**
 * A memory on which a few counters can be moved to try something out: it shows the counters of the other one, except those
 * that were moved here. Series do not move: what a record does to them was found before.
 */
export function draftCounterMemory<G extends CounterMemory>(counterMemory: G): G {
  const { counters, series } = counterMemory
  const moved = new Map<number, { readonly aggregate: Aggregate; readonly amount: bigint }>()
  let carries = false
  const drafts: CounterTable = Object.create(counters)
  drafts.aggregate = (place) => moved.get(place)?.aggregate ?? counters.aggregate(place)
  drafts.amount = (place) => moved.get(place)?.amount ?? counters.amount(place)
  drafts.isUsed = (place) => moved.has(place) || counters.isUsed(place)
  drafts.carriesIn = (subscription, period) => carries || counters.carriesIn(subscription, period)
  drafts.markCarried = () => {
    carries = true
  }
  drafts.update = (place, aggregate, amount) => {
    moved.set(place, { aggregate, amount })
  }
  const still: SeriesTable = Object.create(series)
  still.add = () => undefined
  return Object.create(counterMemory, { counters: { value: drafts }, series: { value: still } })
}
