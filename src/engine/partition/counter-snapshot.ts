import type { CounterRow } from '../journal/stored-rows.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { withLevels } from '../rating/level-rows.ts'
import { toCounterRow } from './checkpoint.ts'

/** The counters of a subscription, with levels as they hold. */
export function snapshotCounters(
  state: PartitionState,
  subscriptionId: string,
  seq: number,
  untilMs: number,
): CounterRow[] {
  const { counters, definitions } = state
  const subscription = definitions.parties.subscriptions.numberOf(subscriptionId)
  const places = [...counters.ofSubscription(subscription)].filter((place) => counters.isUsed(place))
  const rows = places.map((place) => toCounterRow(state, place, seq))
  return withLevels(state, subscription, rows, untilMs)
}
