import type { CounterMemory } from './counter-memory.ts'
import { CounterTable } from './counter-table.ts'
import { SeriesTable } from './series-table.ts'

/** A copy of the counters and series of some subscriptions, to try something out on. */
export function copyCounterMemory(
  { counters, series, definitions }: CounterMemory,
  subscriptionIds: Iterable<string>,
): CounterMemory {
  const copy = { counters: new CounterTable(), series: new SeriesTable(), definitions }
  for (const id of subscriptionIds) {
    for (const place of counters.ofSubscription(definitions.parties.subscriptions.numberOf(id))) {
      if (!counters.isUsed(place)) continue
      const { subscription, cell, period } = counters.nameOf(place)
      const at = copy.counters.place(subscription, cell, period)
      const [aggregate, amount] = [counters.aggregate(place), counters.amount(place)]
      copy.counters.restore(at, aggregate, amount, counters.records(place), 0)
      if (counters.carriesIn(subscription, period)) copy.counters.markCarried(at)
      const observed = series.bytesOf(place)
      if (observed !== null) copy.series.restore(at, observed)
    }
  }
  return copy
}
