import { Refusal } from '../platform/problems.ts'
import type { Journal, PartitionRow } from './journal-store.ts'
import type { Surroundings } from './surroundings.ts'

/** How long an owner that has gone silent keeps its partition. Safety does not hang on it: the epoch fences commits. */
const LEASE_MS = 10_000
export const RENEW_EVERY_MS = 3_000

/** Leases follow the real clock, never a tenant's test clock. */
export const leaseEnd = (nowMs: number): number => nowMs + LEASE_MS

/** Takes a partition, or says who has it. */
export async function acquirePartition(store: Journal, owner: string, around: Surroundings): Promise<PartitionRow> {
  const held = await store.findOwner()
  const stealFrom = held.owner !== null && around.isGone(held.owner) ? held.owner : null
  const row = await store.acquire(owner, around.nowMs(), leaseEnd(around.nowMs()), stealFrom)
  if (row === null) {
    throw new Refusal(
      'engine_unavailable',
      `another process owns this tenant's journal (${held.owner}); stop it or wait for its lease`,
    )
  }
  return row
}
