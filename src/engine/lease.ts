import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { systemClock } from '../platform/clock.ts'
import { Refusal } from '../platform/problems.ts'
import { isAlive } from '../platform/processes.ts'
import type { JournalStore, PartitionRow } from './journal-store.ts'

/** How long an owner that has gone silent keeps its partition. Safety does not hang on it: the epoch fences commits. */
const LEASE_MS = 10_000
export const RENEW_EVERY_MS = 3_000

/** Leases follow the real clock, never a tenant's test clock. */
export const leaseEnd = (): number => systemClock.nowMs() + LEASE_MS

export function ownerName(): string {
  return `${hostname()}:${process.pid}:${randomUUID()}`
}

/** Whether the owner was a process of this machine that is no more: its lease need not be waited for. */
function isGone(owner: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== hostname()) return false
  if (Number(pid) === process.pid) return true
  return !isAlive(Number(pid))
}

/** Takes a partition, or says who has it. */
export async function acquirePartition(store: JournalStore, owner: string): Promise<PartitionRow> {
  const held = await store.findOwner()
  const stealFrom = held.owner !== null && isGone(held.owner) ? held.owner : null
  const row = await store.acquire(owner, systemClock.nowMs(), leaseEnd(), stealFrom)
  if (row === null) {
    throw new Refusal(
      'engine_unavailable',
      `another process owns this tenant's journal (${held.owner}); stop it or wait for its lease`,
    )
  }
  return row
}
