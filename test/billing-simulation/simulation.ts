import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { AccessService } from '../../src/modules/access/index.ts'
import { DatabaseHosts } from '../../src/platform/database-hosts.ts'
import { connect, ORDINARY, PrimaryPool } from '../../src/platform/db.ts'
import { migrate, PLATFORM_SCHEMA } from '../../src/platform/migrations.ts'
import { Story } from './story.ts'
import { BillingWorld, type Counts, type Telling } from './world.ts'

/** Connections of all worlds together. */
const CONNECTIONS = 60
const ACCEPTANCE_DAYS = 400

interface Outcome {
  readonly findings: readonly string[]
  readonly counts: Counts
  readonly trace: readonly string[]
}

/** A Postgres on which worlds are simulated, each in a tenant of its own. */
export class SimulationGround {
  private readonly real: PrimaryPool
  private readonly db: ReturnType<typeof connect>
  private readonly monitor: pg.Client

  private constructor(url: string) {
    this.real = new PrimaryPool(new DatabaseHosts(url), { ...ORDINARY, size: CONNECTIONS })
    this.db = connect(url, { ...ORDINARY, size: 2 })
    this.monitor = new pg.Client({ connectionString: url })
  }

  static async open(url: string): Promise<SimulationGround> {
    const ground = new SimulationGround(url)
    await migrate(ground.db, PLATFORM_SCHEMA, 'platform')
    await ground.monitor.connect()
    await ground.monitor.query("alter system set deadlock_timeout = '30ms'")
    await ground.monitor.query('select pg_reload_conf()')
    return ground
  }

  /** Runs one seed's world to its end. */
  async simulate(seed: number, told: Telling = {}): Promise<Outcome> {
    const name = `sim-${seed}-${randomBytes(3).toString('hex')}`
    const tenant = await new AccessService(this.db).createTenant(name, { acceptanceWindowDays: ACCEPTANCE_DAYS })
    const world = new BillingWorld(seed, this.real, this.monitor, tenant, told)
    const story = new Story(world, seed)
    world.tenant = { ...tenant, clockMs: Date.parse(story.begins) }
    let isDone = false
    const telling = story
      .tell()
      .catch((error: unknown) => world.find(`the simulation: ${error instanceof Error ? error.stack : String(error)}`))
      .finally(() => {
        isDone = true
      })
    await world
      .run(() => isDone)
      .catch((error: unknown) => world.find(error instanceof Error ? `${error.stack}` : String(error)))
    for (const server of world.servers) await server.kill()
    if (isDone) await telling
    const { findings, counts, trace, statements } = world
    return { findings, counts: { ...counts, statements: statements.executed }, trace }
  }

  /** Processes that a world has ended never give their connections back: they are cut, and the pool is not waited for. */
  async close(): Promise<void> {
    await this.monitor.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await this.monitor.end()
    void this.real.end().catch(() => undefined)
    await this.db.destroy()
  }
}
