import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { keepRead, TOUCHED_AHEAD } from '../columnar/touched.ts'
import { NONE } from '../definitions/service-directory.ts'
import type { PartitionState } from '../memory/partition-state.ts'

/** Of each record, one after another: its service, its subscription, its counter. Balances are fetched on the way. */
const numbers = new Int32Array(TOUCHED_AHEAD)

/**
 * Reads one word of everything in flat memory that the next records will need. What each record needs depends on what the
 * step before found, so deciding waits for memory a step at a time; here a step is made for all records at once, and the
 * processor waits for them together. Nothing is decided: a guess that is wrong costs only time.
 */
export function prefetch(state: PartitionState, batch: UsageBatch, from: number): void {
  const count = Math.min(TOUCHED_AHEAD, batch.count - from)
  const { services, subscriptions } = state.definitions.parties
  let read = state.touchIdentities(batch.identity, from, count)
  for (let at = 0; at < count; at++) numbers[at] = services.likelyService(batch.serviceHash, (from + at) * 4)
  for (let at = 0; at < count; at++) {
    const service = numbers[at] as number
    numbers[at] = service === NONE ? NONE : services.firstSubscription(service)
    if (service !== NONE) read += state.book.touch(services.accountOf(service))
  }
  for (let at = 0; at < count; at++) {
    const subscription = numbers[at] as number
    if (subscription === NONE) continue
    numbers[at] = subscriptions.recentCounter(subscription)
    read += subscriptions.uuids.firstByte(subscription)
  }
  for (let at = 0; at < count; at++) {
    const counter = numbers[at] as number
    if (counter !== NONE) read += state.counters.touch(counter)
  }
  keepRead(read)
}
