import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { createArchive } from '../src/adapters/duckdb/archive.ts'
import { definitionsOf } from '../src/app/definitions.ts'
import { Engine } from '../src/engine/index.ts'
import { type Environment, PROCESS } from '../src/engine/partition/environment.ts'
import { billRunJob } from '../src/modules/billing/bill-run.ts'
import { retractionJob } from '../src/modules/corrections/retractions.ts'
import type { Parts } from '../src/modules/module.ts'
import { accountBooks } from '../src/modules/receivables/index.ts'
import { reRatingJob } from '../src/modules/rerating/jobs.ts'
import { connectOver, type PrimaryPool } from '../src/platform/db.ts'
import { JobRunner } from '../src/platform/jobs/job-runner.ts'
import { createMetrics } from '../src/platform/metrics.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { DatabaseUnavailable } from '../src/platform/unavailable.ts'

/** What code of a process hears that is gone: it holds nothing up that others in this process wait for. */
const gone = (): DatabaseUnavailable => new DatabaseUnavailable('the process was killed')

/** Connections of a process that ends at its n-th statement: that one is not sent any more, or its answer is not heard. */
export class KillablePool implements PostgresPool {
  readonly options = {}
  readonly killed: Promise<void>
  statements = 0
  isDead = false
  private readonly real: PrimaryPool
  private readonly killAt: number
  private readonly isSent: boolean
  private readonly open = new Set<{ release(destroy?: boolean): void }>()
  private readonly tellKilled: () => void

  /** @param isSent whether the database gets the last statement, and only its answer is not heard */
  constructor(real: PrimaryPool, killAt: number, isSent: boolean) {
    this.real = real
    this.killAt = killAt
    this.isSent = isSent
    const { promise, resolve } = Promise.withResolvers<void>()
    this.killed = promise
    this.tellKilled = resolve
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.isDead) throw gone()
    const client = await this.real.connect()
    if (this.isDead) {
      client.release()
      throw gone()
    }
    this.open.add(client)
    const query = async (text: string, values: unknown[]): Promise<unknown> => {
      if (this.isDead) throw gone()
      const isLast = ++this.statements === this.killAt
      if (isLast) this.isDead = true
      const answer =
        !isLast || this.isSent
          ? await client.query(text, values).then(
              (result: unknown) => () => result,
              (error: unknown) => () => {
                throw error
              },
            )
          : null
      if (isLast) this.die()
      if (answer === null || this.isDead) throw gone()
      return answer()
    }
    const release = (): void => {
      if (this.open.delete(client)) client.release()
    }
    return { query, release } as unknown as PostgresPoolClient
  }

  /** Postgres ends what was under way, as it does for a client that is gone. */
  private die(): void {
    for (const client of this.open) client.release(true)
    this.open.clear()
    this.tellKilled()
  }

  async end(): Promise<void> {}
}

/** A process that does jobs of one tenant and nothing else, and can be killed at any statement; in this process, by real time. */
export class JobProcess {
  readonly pool: KillablePool
  readonly faults: string[] = []
  private readonly engine: Engine
  private readonly runner: JobRunner

  /** @param gone names of processes that have ended */
  constructor(name: string, pool: KillablePool, tenant: Tenant, gone: ReadonlySet<string>) {
    this.pool = pool
    const db = connectOver(pool)
    const around: Environment = {
      ...PROCESS,
      ownerName: () => name,
      isGone: (owner) => gone.has(owner),
      pause: async (ms) => new Promise((resolve) => void around.after(ms, () => resolve())),
      after(ms, work) {
        const timer = setTimeout(() => pool.isDead || work(), ms).unref()
        return () => clearTimeout(timer)
      },
      every(ms, work) {
        const timer = setInterval(() => pool.isDead || work(), ms).unref()
        return () => clearInterval(timer)
      },
    }
    const onFault = (what: string) => (error: unknown) => {
      if (!pool.isDead) this.faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
    const archive = createArchive('/nonexistent')
    this.engine = new Engine(
      { db, prompt: db, heads: new Map() },
      archive,
      1e15,
      (_, error) => onFault('engine')(error),
      around,
    )
    const nowMs = ({ clockMs }: Tenant): number => clockMs ?? 0
    const now = async (): Promise<{ tenant: Tenant; nowMs: number }> => ({ tenant, nowMs: nowMs(tenant) })
    const books = accountBooks(db, this.engine, now)
    this.engine.register({ name: tenant.name, schema: tenant.schema, source: definitionsOf(db, tenant), books })
    const listTenants = async (): Promise<Tenant[]> => [tenant]
    this.runner = new JobRunner({ db, prompt: db, time: around, nowMs, listTenants, onFault: onFault('job') })
    const parts = {
      ...{ db, engine: this.engine, metrics: createMetrics(), nowMs, listTenants, onFault },
      notary: {
        ask: async () => undefined,
        anchorDocuments: async () => true,
        beginSealing: () => undefined,
        sealWritten: () => undefined,
        close: async () => undefined,
      },
      wakeJobs: (of: Tenant) => this.runner.wake(of),
    } satisfies Partial<Parts> as unknown as Parts
    this.runner.begin([billRunJob(parts), reRatingJob(parts), retractionJob(parts)])
  }

  look(): void {
    void this.runner.look()
  }

  /** Ends as a process does that is told to. */
  async close(): Promise<void> {
    await this.runner.close()
    await this.engine.close()
  }
}
