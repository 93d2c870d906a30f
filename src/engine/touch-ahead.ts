import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { PartitionState } from './partition-state.ts'
import { NONE } from './service-directory.ts'

/** Records whose rows are fetched together: all that they touch stays in the processor's nearest cache. */
export const TOUCHED_AHEAD = 32

const services = new Int32Array(TOUCHED_AHEAD)
const subscriptions = new Int32Array(TOUCHED_AHEAD)

/**
 * Reads one word of everything in flat memory that the next records will need. What each record needs depends on what the
 * step before found, so deciding waits for memory a step at a time; here a step is made for all records at once, and the
 * processor waits for them together. Nothing is decided: a guess that is wrong costs only time.
 */
export function touchAhead(state: PartitionState, batch: UsageBatch, from: number): void {
  const count = Math.min(TOUCHED_AHEAD, batch.count - from)
  const { services: directory, subscriptions: table } = state.definitions
  let read = state.touchIdentities(batch.identity, from, count)
  for (let at = 0; at < count; at++) services[at] = directory.likelyService(batch.serviceHash, (from + at) * 4)
  for (let at = 0; at < count; at++) {
    const service = services[at] as number
    subscriptions[at] = service === NONE ? NONE : directory.firstSubscription(service)
  }
  for (let at = 0; at < count; at++) {
    const subscription = subscriptions[at] as number
    services[at] = subscription === NONE ? NONE : table.touch(subscription)
  }
  for (let at = 0; at < count; at++) {
    const counter = services[at] as number
    if (counter !== NONE) read += state.counters.touch(counter)
  }
  touched = read
}

/** What was read goes somewhere, lest reading it be left out. */
export let touched = 0
