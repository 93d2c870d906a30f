import { after } from 'node:test'
import { PROCESS } from '../src/engine/partition/environment.ts'
import { AccessService } from '../src/modules/access/index.ts'
import { connect, type Database, inSchema, inTransaction } from '../src/platform/db.ts'
import type { Job, JobHandler, RunningJob } from '../src/platform/jobs/job.ts'
import { JobRunner } from '../src/platform/jobs/job-runner.ts'
import { askForJob, type NewJob } from '../src/platform/jobs/job-store.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { startKvit, type TestKvit } from './harness.ts'
import { until } from './test-postgres.ts'

/** Runners beside the one of a server, which does not know the kinds of jobs that tests make. */
export class JobsWorld {
  readonly kvit: TestKvit
  readonly db: Database
  /** What runners complained about. */
  readonly faults: string[] = []
  /** Owners whose processes have ended, as far as the others know. */
  readonly gone = new Set<string>()
  private readonly runners: JobRunner[] = []

  private constructor(kvit: TestKvit) {
    this.kvit = kvit
    this.db = connect(kvit.config.databaseUrl)
  }

  static async start(tenant: string, clock: string): Promise<JobsWorld> {
    const world = new JobsWorld(await startKvit(tenant, clock))
    after(async () => {
      for (const runner of world.runners) await runner.close()
      await world.db.destroy()
    })
    return world
  }

  /** @param owner as which it is known. */
  runner(owner: string, handlers: readonly JobHandler[]): JobRunner {
    const runner = new JobRunner({
      db: this.db,
      prompt: this.db,
      time: { ...PROCESS, ownerName: () => owner, isGone: (other) => this.gone.has(other) },
      nowMs: ({ clockMs }) => clockMs ?? PROCESS.nowMs(),
      listTenants: async () => this.tenants(),
      onFault: (error) => void this.faults.push(error instanceof Error ? error.message : String(error)),
    })
    runner.begin(handlers)
    this.runners.push(runner)
    return runner
  }

  async tenants(): Promise<Tenant[]> {
    return new AccessService(this.db).listTenants()
  }

  private async tenant(name: string): Promise<Tenant> {
    return (await this.tenants()).find((one) => one.name === name) as Tenant
  }

  async ask(name: string, job: NewJob): Promise<void> {
    const { schema, clockMs } = await this.tenant(name)
    await inTransaction(this.db, async (trx) => askForJob(inSchema(trx, schema), job, clockMs ?? PROCESS.nowMs()))
  }

  async jobs(name: string, kind: string): Promise<Job[]> {
    const db = inSchema(this.db, (await this.tenant(name)).schema)
    return (await db.selectFrom('job').selectAll().where('kind', '=', kind).orderBy('id').execute()) as Job[]
  }

  /** Resolves when all jobs of a kind have a state. */
  async all(name: string, kind: string, state: Job['state']): Promise<Job[]> {
    await until(`all jobs ${kind} are ${state}`, async () =>
      (await this.jobs(name, kind)).every((job) => job.state === state),
    )
    return this.jobs(name, kind)
  }
}

/** Something to wait for. */
export function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { given: promise, give: resolve }
}

/** Does what `work` says, once unless `more` says otherwise. */
export function handler(kind: string, work: (job: RunningJob) => Promise<unknown>, more = {}): JobHandler {
  return { kind, maxAttempts: 1, work: async (job) => ((await work(job)) === 'stopped' ? 'stopped' : 'done'), ...more }
}
