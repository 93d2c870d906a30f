import { type Database, inSchema, inTransaction } from '../db.ts'
import { publish } from '../events/publish.ts'
import { forOrigin } from '../origin.ts'
import { growingPauseMs, isPassing } from '../patience.ts'
import type { Tenant } from '../tenant.ts'
import { type Candidate, chooseJobs } from './choose-jobs.ts'
import { HeldJob, type JobTime, LEASE_MS } from './held-job.ts'
import { type Job, type JobHandler, JobLost } from './job.ts'
import { jobEvent } from './job-events.ts'
import * as store from './job-store.ts'

/** Jobs that one process works on: of all tenants, and of one. A thousand of one tenant leave room for another's. */
const AT_ONCE = 8
const AT_ONCE_OF_TENANT = 3
/** After a failure it is tried again in 1 s, 2 s, 4 s, and so on, at most this long. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 3_600_000
/** How long a process leaves a job alone after a trouble that passes by itself. */
const REST_MS = 1_000
/** A job that so many processes have left without a word, one after another, may be what ends them. */
const MAX_LOSSES = 100

export interface JobRunnerParts {
  /** What handlers work with, and short statements about leases, which must not wait for those. */
  readonly db: Database
  readonly prompt: Database
  readonly time: JobTime
  /** The time of a tenant. */
  readonly nowMs: (tenant: Tenant) => number
  readonly listTenants: () => Promise<readonly Tenant[]>
  readonly onFault: (error: unknown) => void
  /** A job of a tenant has ended: what follows from it may begin. */
  readonly onEnded?: (tenant: Tenant) => void
}

/**
 * Does jobs: what runs later, or continues until it is done. All that must be known of a job is in the tenant's table `job`,
 * so several processes may do them, and what a killed one has left is taken over when its lease has run out.
 */
export class JobRunner {
  private readonly parts: JobRunnerParts
  private readonly owner: string
  private handlers: ReadonlyMap<string, JobHandler> = new Map()
  private readonly held = new Map<string, HeldJob>()
  private readonly working = new Set<Promise<void>>()
  private readonly resting = new Set<string>()
  /** Tenants that are looked at, and whether they are to be looked at once more. */
  private readonly looking = new Map<string, boolean>()
  private readonly looks = new Set<Promise<void>>()
  /** Of each job at work, its tenant. */
  private readonly tenantsAtWork: string[] = []
  /** Tenants with jobs for which there was no room, in the order in which they have their turn. */
  private readonly queue = new Map<string, Tenant>()
  private isClosed = false

  constructor(parts: JobRunnerParts) {
    this.parts = parts
    this.owner = parts.time.ownerName()
  }

  /** From now on it does jobs of these kinds. */
  begin(handlers: readonly JobHandler[]): void {
    this.handlers = new Map(handlers.map((handler) => [handler.kind, handler]))
    if (this.handlers.size < handlers.length) throw new Error('two handlers are for one kind of job')
  }

  /** Begins the jobs that a tenant has requested, without waiting for the next look at all tenants. */
  wake(tenant: Tenant): void {
    this.follow(async () => this.lookAt(tenant))
  }

  /** Looks, while nobody waits for it. */
  private follow(work: () => Promise<void>): void {
    if (this.isClosed) return
    const look = forOrigin(null, work).finally(() => this.looks.delete(look))
    this.looks.add(look)
  }

  /** Begins what has become due or was interrupted, of all tenants. Nobody waits for the work itself. */
  async look(): Promise<void> {
    if (this.isClosed) return
    for (const tenant of await this.parts.listTenants()) await this.lookAt(tenant)
  }

  /** Begins what has become due or was interrupted, of one tenant; nobody waits for the work itself. Looks of one tenant come one after another. */
  async lookAt(tenant: Tenant): Promise<void> {
    const { name } = tenant
    if (this.looking.has(name)) {
      this.looking.set(name, true)
      return
    }
    try {
      do {
        this.looking.set(name, false)
        await this.beginDue(tenant)
      } while (this.looking.get(name) === true)
    } catch (error) {
      // Another tenant's jobs do not wait for the trouble of this one.
      if (!this.isClosed) this.parts.onFault(error)
    } finally {
      this.looking.delete(name)
    }
  }

  private async beginDue(tenant: Tenant): Promise<void> {
    const { prompt, time } = this.parts
    const kinds = [...this.handlers.keys()]
    if (this.isClosed || kinds.length === 0) return
    const db = inSchema(prompt, tenant.schema)
    const seen = await store.listCandidates(db, kinds, this.parts.nowMs(tenant), (owner) => time.isGone(owner))
    for (const { id, isCancelAsked } of seen) if (isCancelAsked) this.held.get(id)?.cancel()
    const notNow = this.kindsNotNow(tenant, seen)
    const isResting = ({ id, kind }: Candidate): boolean =>
      this.resting.has(id) || this.held.has(id) || notNow.has(kind)
    const free = chooseJobs(seen, isResting)
    let taken = 0
    while (taken < free.length && !this.isClosed && this.hasRoomFor(tenant))
      await this.take(tenant, free[taken++] as Candidate)
    // Whoever found no room has the next turn; whoever found some, the last.
    if (taken > 0 || free.length === 0) this.queue.delete(tenant.name)
    if (taken < free.length) this.queue.set(tenant.name, tenant)
  }

  /** Kinds of jobs that this process cannot do for the tenant at the moment. */
  private kindsNotNow(tenant: Tenant, seen: readonly Candidate[]): Set<string> {
    const notNow = new Set<string>()
    for (const kind of new Set(seen.map((candidate) => candidate.kind))) {
      const isReady = this.handlers.get(kind)?.isReady
      if (isReady?.(tenant, () => this.wake(tenant)) === false) notNow.add(kind)
    }
    return notNow
  }

  private hasRoomFor({ name }: Tenant): boolean {
    const own = this.tenantsAtWork.filter((other) => other === name).length
    return this.tenantsAtWork.length < AT_ONCE && own < AT_ONCE_OF_TENANT
  }

  private async take(tenant: Tenant, candidate: Candidate): Promise<void> {
    const { prompt, time, nowMs } = this.parts
    const handler = this.handlers.get(candidate.kind) as JobHandler
    const takenMs = time.monotonicMs()
    this.tenantsAtWork.push(tenant.name)
    const leave = (): void => void this.tenantsAtWork.splice(this.tenantsAtWork.indexOf(tenant.name), 1)
    const startMs = tenant.clockMs !== null && candidate.isScheduled ? candidate.dueAt.getTime() : nowMs(tenant)
    let job: Job | null = null
    try {
      job = await store.takeJob(inSchema(prompt, tenant.schema), candidate, this.owner, LEASE_MS, startMs)
    } finally {
      if (job === null) leave()
    }
    if (job === null) return
    const isClosing = (): boolean => this.isClosed
    const held = new HeldJob(job, { tenant, nowMs: startMs, takenMs }, { db: prompt, time, isClosing })
    this.held.set(job.id, held)
    const { requestId, actor } = job
    const origin = requestId === null || actor === null ? null : { requestId, actor }
    const work = forOrigin(origin, async () => this.work(handler, held))
      .catch((error: unknown) => {
        if (!this.isClosed) this.parts.onFault(error)
      })
      .finally(() => {
        held.end()
        this.held.delete(held.id)
        leave()
        this.working.delete(work)
        this.parts.onEnded?.(tenant)
        this.follow(async () => this.useRoom(tenant))
      })
    this.working.add(work)
  }

  /** Somebody has ended: those who found no room have their turn, the tenant itself the last. */
  private async useRoom(tenant: Tenant): Promise<void> {
    this.queue.delete(tenant.name)
    for (const next of [...this.queue.values(), tenant]) {
      if (this.isClosed || this.tenantsAtWork.length >= AT_ONCE) return
      await this.lookAt(next)
    }
  }

  private async work(handler: JobHandler, held: HeldJob): Promise<void> {
    const { job } = held
    try {
      if (job.losses >= MAX_LOSSES) throw new Error(`${job.losses} processes have left it without a word`)
      const outcome = await handler.work(held)
      if (held.isLost) return
      if (outcome === 'done') await this.end(handler, held, 'complete', null)
      else if (held.isCancelled()) await this.end(handler, held, 'cancelled', null)
      else await this.giveBack(held, null)
    } catch (error) {
      if (error instanceof JobLost || held.isLost) return
      await this.fail(handler, held, error)
    }
  }

  private async fail(handler: JobHandler, held: HeldJob, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error)
    if (isPassing(error) || this.isClosed) return this.giveBack(held, message)
    this.parts.onFault(error)
    const { job, tenant } = held
    const isOver = job.attempts + 1 >= handler.maxAttempts || job.losses >= MAX_LOSSES
    if (isOver) return this.end(handler, held, 'failed', message)
    const pauseMs = growingPauseMs(job.attempts + 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
    await store.retryLater(inSchema(this.parts.prompt, tenant.schema), job, message, pauseMs)
  }

  /** It is continued by another process, or here after a rest. */
  private async giveBack({ job, tenant }: HeldJob, message: string | null): Promise<void> {
    this.resting.add(job.id)
    this.parts.time.after(REST_MS, () => {
      this.resting.delete(job.id)
      this.wake(tenant)
    })
    await store.releaseJob(inSchema(this.parts.prompt, tenant.schema), job, message)
  }

  private async end(
    handler: JobHandler,
    { job, tenant, nowMs }: HeldJob,
    state: 'complete' | 'failed' | 'cancelled',
    message: string | null,
  ): Promise<void> {
    await inTransaction(this.parts.db, async (trx) => {
      const db = inSchema(trx, tenant.schema)
      const ended = await store.endJob(db, job, state, message, nowMs)
      if (ended === undefined || ended.state !== state || state === 'complete') return
      await publish(db, [jobEvent(state, ended)], nowMs)
      if (state === 'failed') await handler.onFailed?.(db, ended, message ?? '', nowMs)
      else await handler.onCancelled?.(db, ended, nowMs)
    })
  }

  /** Resolves when all that was begun has come to a point from which another process can continue. */
  async close(): Promise<void> {
    this.isClosed = true
    while (this.looks.size > 0 || this.working.size > 0) await Promise.all([...this.looks, ...this.working])
  }
}
