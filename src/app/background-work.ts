import type { Logger } from 'pino'
import type { RepeatedWork, TenantWork } from '../modules/module.ts'
import type { Database } from '../platform/db.ts'
import { EventFeed, type Subscriber } from '../platform/events/event-feed.ts'
import type { JobRunner } from '../platform/jobs/job-runner.ts'
import { PeriodicTask } from '../platform/periodic-task.ts'
import { type Retention, Sweep } from '../platform/retention.ts'
import type { Tenant } from '../platform/tenant.ts'
import { TenantRounds, type TenantUse } from '../platform/tenant-rounds.ts'

/** How often jobs are looked for that have become due, or that other processes have left. */
const LOOK_FOR_JOBS_EVERY_MS = 1_000
/** How often those who follow events are brought what is new, where nobody says that there is something. */
const BRING_EVENTS_EVERY_MS = 1_000
/** How often clocks of tenants are looked at for rows that are kept no longer; rows are, once in an hour of them. */
const SWEEP_EVERY_MS = 1_000

interface Parts {
  readonly db: Database
  readonly log: Logger
  readonly nowMs: (tenant: Tenant) => number
  readonly listTenants: () => Promise<readonly Tenant[]>
  readonly current: (tenant: Tenant) => Promise<Tenant>
  readonly use: TenantUse
  readonly runner: JobRunner
  readonly subscribers: readonly Subscriber[]
  readonly retentions: readonly Retention[]
  readonly repeated: readonly (RepeatedWork | TenantWork)[]
}

/**
 * What a process does behind the API: events are brought to who follows them, jobs are begun, and modules look for what is theirs. All of it is done again and
 * again; and at once for a tenant in which something has happened: a request that has written, a job that has ended, events that are new.
 */
export class BackgroundWork {
  private readonly parts: Parts
  private readonly tasks: PeriodicTask[] = []
  private readonly rounds: TenantRounds[] = []
  private readonly feed: EventFeed
  private readonly events: TenantRounds
  /** What looks once more when there are new events. */
  private readonly prompt: readonly TenantRounds[]

  constructor(parts: Parts) {
    this.parts = parts
    const { db, nowMs, subscribers, retentions, repeated, runner } = parts
    this.feed = new EventFeed(db, subscribers, this.report('what follows events has failed'))
    const sweep = new Sweep(db, retentions, this.report('what is kept no longer could not be deleted'))
    this.events = this.repeat(BRING_EVENTS_EVERY_MS, async (tenant, closing) => this.bring(tenant, closing))
    this.repeat(SWEEP_EVERY_MS, async (tenant, closing) => sweep.look(tenant, nowMs(tenant), closing))
    const ofTenants = repeated.filter((one) => 'ofTenant' in one)
    const prompt = ofTenants.filter(({ everyMs }) => everyMs <= LOOK_FOR_JOBS_EVERY_MS)
    this.prompt = [
      this.repeat(LOOK_FOR_JOBS_EVERY_MS, async (tenant) => runner.lookAt(tenant)),
      ...prompt.map(({ everyMs, ofTenant }) => this.repeat(everyMs, ofTenant)),
    ]
    for (const one of ofTenants) if (!prompt.includes(one)) this.repeat(one.everyMs, one.ofTenant)
    const ofProcess = repeated.filter((one) => 'work' in one)
    const onFailed = this.report('work behind the API failed')
    for (const { everyMs, work } of ofProcess) this.tasks.push(new PeriodicTask(work, everyMs, onFailed))
  }

  start(): void {
    for (const task of this.tasks) task.start()
  }

  /** Something was written for a tenant: what follows from it need not wait for the next round. */
  wake(tenant: Tenant): void {
    this.events.wake(tenant)
  }

  /** Resolves when what is under way has ended. */
  async close(): Promise<void> {
    await Promise.all([...this.tasks, ...this.rounds].map(async (one) => one.close()))
  }

  private repeat(everyMs: number, work: TenantWork['ofTenant']): TenantRounds {
    const { listTenants, current, use, log } = this.parts
    const onFault = (tenant: string, error: unknown): void =>
      log.error({ err: error, tenant }, 'work behind the API failed for a tenant; it is tried again')
    const rounds = new TenantRounds(work, { listTenants, current, use, onFault })
    this.rounds.push(rounds)
    const onFailed = this.report('work behind the API failed')
    this.tasks.push(new PeriodicTask(async (closing) => rounds.go(closing), everyMs, onFailed))
    return rounds
  }

  private async bring(tenant: Tenant, closing: AbortSignal): Promise<void> {
    if ((await this.feed.deliver(tenant, closing)) === 0) return
    this.parts.use.note(tenant.name)
    for (const rounds of this.prompt) rounds.wake(tenant)
  }

  private report(what: string): (error: unknown) => void {
    return (error) => this.parts.log.error({ err: error }, what)
  }
}
