import { Refusal } from '../../platform/problems.ts'
import { DatabaseUnavailable } from '../../platform/unavailable.ts'
import { FencedError } from '../journal/checkpoint-rows.ts'
import type { Head, Journal, PartitionRow } from '../journal/journal-store.ts'
import type { Environment } from './environment.ts'

/** How long an owner that has gone silent keeps its partition. Safety does not hang on it: the epoch fences commits. */
const LEASE_MS = 10_000
const RENEW_EVERY_MS = 3_000
/** How often the holder looks whether it still holds the lease, or should renew it. */
const LOOK_EVERY_MS = 1_000
/**
 * How long the holder continues after it sent the renewal that was confirmed last. Another may take the lease 10 s after that; the
 * holder stops at 8.5, or with its next look at 9.5, so that two never answer from memory at the same time.
 */
const HELD_MS = 8_500
/** A renewal that is not confirmed by then is sent again, on another connection. */
const RENEW_DEADLINE_MS = 3_000

/**
 * The lease on a partition, as its holder knows it. It follows the monotonic clock here and the database's clock there,
 * never the calendar of a machine and never a tenant's test clock.
 */
export class Lease {
  private readonly store: Journal
  private readonly owner: string
  private readonly around: Environment
  private readonly onLost: (error: unknown, epoch: bigint) => void
  private heldUntilMs = 0
  private askedMs = 0
  private isAsking = false
  private stopLooking: () => void = () => undefined

  /** @param onLost hears once that the lease of an epoch is no longer held. */
  constructor(store: Journal, owner: string, around: Environment, onLost: (error: unknown, epoch: bigint) => void) {
    this.store = store
    this.owner = owner
    this.around = around
    this.onLost = onLost
  }

  /** Whether decisions and answers are ours to make, at this very moment. */
  get isHeld(): boolean {
    return this.around.monotonicMs() < this.heldUntilMs
  }

  /** Takes the partition, or says who has it; then renews the lease until it is stopped or lost. */
  async take(): Promise<PartitionRow> {
    this.stop()
    const held = await this.store.findOwner()
    const stealFrom = held !== null && this.around.isGone(held) ? held : null
    this.askedMs = this.around.monotonicMs()
    const row = await this.store.acquire(this.owner, LEASE_MS, stealFrom)
    if (row === null) {
      throw new Refusal(
        'engine_unavailable',
        `another process owns this tenant's journal (${held}); stop it or wait for its lease`,
      )
    }
    this.heldUntilMs = this.askedMs + HELD_MS
    this.isAsking = false
    this.stopLooking = this.around.every(LOOK_EVERY_MS, () => this.look(row.epoch))
    return row
  }

  /** Renews no longer. What was decided before may still be committed. */
  stop(): void {
    this.stopLooking()
    this.stopLooking = () => undefined
  }

  private look(epoch: bigint): void {
    if (!this.isHeld) {
      this.stop()
      this.onLost(new DatabaseUnavailable('the lease was not confirmed in time'), epoch)
    } else if (!this.isAsking && this.around.monotonicMs() >= this.askedMs + RENEW_EVERY_MS) void this.renew(epoch)
  }

  private async renew(epoch: bigint): Promise<void> {
    const askedMs = this.around.monotonicMs()
    this.isAsking = true
    try {
      const isOurs = await within(this.around, RENEW_DEADLINE_MS, this.store.renew(epoch, LEASE_MS))
      if (isOurs) {
        this.askedMs = askedMs
        this.heldUntilMs = askedMs + HELD_MS
      } else {
        this.stop()
        this.onLost(new FencedError('the lease was lost'), epoch)
      }
    } catch {
      // The next renewal asks again, as long as the lease is held; then the partition is notified.
    } finally {
      this.isAsking = false
    }
  }
}

/** What something comes to, unless that takes too long: then the outcome is unknown, and nobody waits any longer. */
export async function within<T>(around: Environment, deadlineMs: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = around.after(deadlineMs, () =>
      reject(new DatabaseUnavailable('the database did not confirm in time: the outcome is unknown')),
    )
    work.then(resolve, reject).finally(stop)
  })
}

/**
 * Refuses a journal that does not have what was acknowledged before: a database that was restored from an older backup,
 * or a standby that was promoted without the last commits, must not continue as if nothing were missing.
 */
export async function assertGoesOn(store: Journal, row: PartitionRow, known: Head): Promise<void> {
  if (known.seq === 0) return
  const digest = row.headSeq > known.seq ? await store.findDigest(known.seq) : row.headDigest
  if (row.headSeq >= known.seq && digest?.equals(known.digest) === true) return
  const found = row.headSeq < known.seq ? `ends at segment ${row.headSeq}` : `has another segment ${known.seq}`
  throw new Refusal(
    'engine_unavailable',
    `the database went back in time: segment ${known.seq} of this journal was acknowledged, and the journal ${found}. Bring back the newer database, or see "A database that went back" in docs/operations.md`,
  )
}
