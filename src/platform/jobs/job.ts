import type { Database, DatabaseTransaction } from '../db.ts'
import type { Tenant } from '../tenant.ts'

/**
 * - `waiting`: until it is due, has its turn, or is tried again
 * - `running`: a process works on it
 * - `failed`: given up after its last attempt, a dead letter; it is kept, and can be run again
 */
export const JOB_STATES = ['waiting', 'running', 'complete', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

/** A job as it is kept. */
export interface Job {
  readonly id: string
  readonly kind: string
  /** One job for each key of a kind: `2026-02-01` of a bill run. */
  readonly key: string
  readonly payload: unknown
  readonly state: JobState
  readonly dueAt: Date
  readonly isScheduled: boolean
  readonly attempts: number
  readonly retryAt: Date | null
  readonly losses: number
  readonly owner: string | null
  readonly fence: bigint
  readonly isCancelAsked: boolean
  readonly isAskedAgain: boolean
  readonly done: bigint
  readonly total: bigint | null
  readonly words: string | null
  readonly error: string | null
  readonly requestId: string | null
  readonly actor: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

/** How far a job is: 120 of 4,000 accounts. */
export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly words?: string
}

/** A job that this process works on, as its handler sees it. */
export interface RunningJob {
  readonly id: string
  readonly key: string
  /** As it was given; whoever gave it may have been an earlier version. */
  readonly payload: unknown
  readonly tenant: Tenant
  /**
   * The time at which it works. By a test clock that was set forward over many jobs, each works at the time for which it was
   * scheduled; everything else works now, by the tenant's clock.
   */
  readonly nowMs: number
  /** Whether somebody asked to end it: what must not be left half done is finished, and nothing more is begun. */
  readonly isCancelled: () => boolean
  /** Whether to begin nothing more: the process ends, or another one has taken the job over. */
  readonly isStopped: () => boolean
  readonly tell: (progress: Progress) => Promise<void>
  /**
   * Does a part again for some seconds as long as its trouble is one that passes; longer ones end this attempt, which does not
   * count, and another process may continue. It must be a part that may be done twice.
   */
  readonly patiently: <T>(part: () => Promise<T>) => Promise<T>
  /**
   * Sees to it that a transaction commits only if the job is still this process's to do: the row is locked until then.
   * @param db in the tenant's schema
   * @throws JobLost
   */
  readonly holdIn: (db: DatabaseTransaction) => Promise<void>
}

/** Another process has taken the job over, because this one let its lease run out. */
export class JobLost extends Error {
  constructor({ kind, key }: Pick<Job, 'kind' | 'key'>) {
    super(`another process has taken over the job ${kind} ${key}`)
  }
}

/** How jobs of a kind are done. */
export interface JobHandler {
  /** Such as `bill_run`. */
  readonly kind: string
  /** How often it may fail before it is given up. Troubles that pass, such as a database that is away, do not count. */
  readonly maxAttempts: number
  /**
   * Whether this process can do it now. Where it is absent, any process can at any time.
   * @param onReady hears when it can, if it cannot now
   */
  readonly isReady?: (tenant: Tenant, onReady: () => void) => boolean
  /**
   * Does the job, or continues with it. A process may be killed at any moment, and another one begins here again: what is done
   * is in rows, and is not done twice. One that was cancelled before it began comes here, too.
   * @returns `stopped` where it was cancelled, or the process ends, before it was done.
   */
  readonly work: (job: RunningJob) => Promise<'done' | 'stopped'>
  /** What becomes true in the transaction in which the job is given up. `db` is in the tenant's schema. */
  readonly onFailed?: (db: Database, job: Job, message: string, nowMs: number) => Promise<void>
  /** What becomes true in the transaction in which the job ends because somebody cancelled it. */
  readonly onCancelled?: (db: Database, job: Job, nowMs: number) => Promise<void>
}
