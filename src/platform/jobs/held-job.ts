import { type Database, type DatabaseTransaction, inSchema } from '../db.ts'
import { withPatience } from '../patience.ts'
import type { Tenant } from '../tenant.ts'
import { type Job, JobLost, type Progress, type RunningJob } from './job.ts'
import * as store from './job-store.ts'

/** How long a job is a process's by the clock of the database, and how often that is renewed. */
export const LEASE_MS = 10_000
const RENEW_EVERY_MS = 3_000
/** Its holder stops by then by its own clock, before another one may take it. */
const HELD_MS = 8_500

/** One a second. */
const PATIENT_ATTEMPTS = 10

/** What jobs take from the process that does them. A simulation gives its own. */
export interface JobTime {
  /** Milliseconds that never go back. */
  monotonicMs(): number
  /** @returns what stops it. */
  after(ms: number, work: () => void): () => void
  every(ms: number, work: () => void): () => void
  /** Names a runner among all that may do jobs. */
  ownerName(): string
  /** Whether the owner is a process that is no more: its lease need not be waited for. */
  isGone(owner: string): boolean
}

/** A job that this process has taken, with its lease. */
export class HeldJob implements RunningJob {
  readonly job: Job
  readonly tenant: Tenant
  readonly nowMs: number
  private readonly db: Database
  private readonly time: JobTime
  private readonly isClosing: () => boolean
  private heldUntilMs: number
  private hasCancel: boolean
  private isRenewing = false
  private readonly stopRenewing: () => void

  /**
   * @param nowMs the time at which it works
   * @param db for short statements
   * @param takenMs when it was requested, by the monotonic clock
   */
  constructor(
    job: Job,
    { tenant, nowMs, takenMs }: { tenant: Tenant; nowMs: number; takenMs: number },
    { db, time, isClosing }: { db: Database; time: JobTime; isClosing: () => boolean },
  ) {
    this.job = job
    this.tenant = tenant
    this.nowMs = nowMs
    this.db = inSchema(db, tenant.schema)
    this.time = time
    this.isClosing = isClosing
    this.heldUntilMs = takenMs + HELD_MS
    this.hasCancel = job.isCancelAsked
    this.stopRenewing = time.every(RENEW_EVERY_MS, () => void this.renew())
  }

  get id(): string {
    return this.job.id
  }

  get key(): string {
    return this.job.key
  }

  get payload(): unknown {
    return this.job.payload
  }

  get isLost(): boolean {
    return this.time.monotonicMs() >= this.heldUntilMs
  }

  readonly isCancelled = (): boolean => this.hasCancel

  readonly isStopped = (): boolean => this.isClosing() || this.isLost

  readonly tell = async (progress: Progress): Promise<void> => {
    if (!(await store.noteProgress(this.db, this.job, progress))) throw this.lose()
  }

  readonly holdIn = async (db: DatabaseTransaction): Promise<void> => {
    if (!(await store.isHeld(db, this.job))) throw this.lose()
  }

  readonly patiently = async <T>(part: () => Promise<T>): Promise<T> =>
    withPatience(part, this.isStopped, async (ms) => this.pause(ms), PATIENT_ATTEMPTS)

  private async pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.time.after(ms, resolve))
  }

  cancel(): void {
    this.hasCancel = true
  }

  /** The lease is renewed no longer. */
  end(): void {
    this.stopRenewing()
  }

  private lose(): JobLost {
    this.heldUntilMs = Number.NEGATIVE_INFINITY
    return new JobLost(this.job)
  }

  private async renew(): Promise<void> {
    if (this.isRenewing || this.isLost) return
    this.isRenewing = true
    const askedMs = this.time.monotonicMs()
    try {
      const isCancelAsked = await store.renewLease(this.db, this.job, LEASE_MS)
      if (isCancelAsked === null) this.lose()
      else this.heldUntilMs = askedMs + HELD_MS
      this.hasCancel ||= isCancelAsked === true
    } catch {
      // It is tried again; the time that is left decides.
    } finally {
      this.isRenewing = false
    }
  }
}
