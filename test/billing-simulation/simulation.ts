import assert from 'node:assert/strict'
import pg from 'pg'
import { AccessService } from '../../src/modules/access/index.ts'
import { DatabaseHosts } from '../../src/platform/database-hosts.ts'
import { connect, ORDINARY, PrimaryPool } from '../../src/platform/db.ts'
import { migrate, PLATFORM_SCHEMA } from '../../src/platform/migrations.ts'
import type { Tenant } from '../../src/platform/tenant.ts'
import { dump } from './dump.ts'
import type { Counts } from './rates.ts'
import { Story } from './story.ts'
import { BillingWorld, type Telling } from './world.ts'

/** Connections of all worlds together. */
const CONNECTIONS = 60
const ACCEPTANCE_DAYS = 400

/** Connections that look whether statements wait for locks. */
const MONITORS = 4

interface Outcome {
  readonly findings: readonly string[]
  readonly counts: Counts
  readonly trace: readonly string[]
}

/** A Postgres on which worlds are simulated, each in a tenant of its own, which the next world gets as new. */
export class WorldHost {
  private readonly real: PrimaryPool
  private readonly db: ReturnType<typeof connect>
  private readonly monitor: pg.Pool
  private readonly empty: EmptyTenant[] = []
  private made = 0

  private constructor(url: string) {
    this.real = new PrimaryPool(new DatabaseHosts(url), { ...ORDINARY, size: CONNECTIONS })
    this.db = connect(url, { ...ORDINARY, size: 2 })
    this.monitor = new pg.Pool({ connectionString: url, max: MONITORS })
    this.monitor.on('error', () => undefined)
  }

  static async open(url: string): Promise<WorldHost> {
    const host = new WorldHost(url)
    await migrate(host.db, PLATFORM_SCHEMA, 'platform')
    const database = new URL(url).pathname.slice(1)
    // What is not on disk yet is lost with the machine alone, and the worlds with it.
    for (const setting of ["deadlock_timeout = '30ms'", 'synchronous_commit = off'])
      await host.monitor.query(`alter database "${database}" set ${setting}`)
    return host
  }

  private async takeTenant(): Promise<EmptyTenant> {
    const known = this.empty.pop()
    if (known !== undefined) return known
    const terms = { acceptanceWindowDays: ACCEPTANCE_DAYS }
    const tenant = await new AccessService(this.db).createTenant(`world-${++this.made}`, terms)
    return EmptyTenant.of(this.monitor, tenant)
  }

  /** Runs one seed's world to its end. */
  async simulate(seed: number, told: Telling = {}): Promise<Outcome> {
    const empty = await this.takeTenant()
    const { tenant } = empty
    await empty.assertEmpty()
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
    if (isDone) await telling
    const isOver = await world.close()
    if (world.findings.length > 0) world.findings.push(...(await dump(this.monitor, tenant.schema)))
    if (isDone && isOver) {
      await empty.restore()
      this.empty.push(empty)
    }
    const { findings, counts, trace, statements } = world
    return { findings, counts: { ...counts, statements: statements.executed }, trace }
  }

  /** Processes that a world has ended never give their connections back: they are cut, and the pool is not waited for. */
  async close(): Promise<void> {
    const client = await this.monitor.connect()
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    client.release(true)
    void this.monitor.end().catch(() => undefined)
    void this.real.end().catch(() => undefined)
    await this.db.destroy()
  }
}

/** A tenant that can be made empty again, which takes less than making one. */
class EmptyTenant {
  readonly tenant: Tenant
  private readonly db: pg.Pool
  /** Makes it as it was. */
  private readonly undo: readonly string[]
  /** Tells which of its tables have rows that are not of its making. */
  private readonly look: string

  private constructor(db: pg.Pool, tenant: Tenant, undo: readonly string[], look: string) {
    this.db = db
    this.tenant = tenant
    this.undo = undo
    this.look = look
  }

  static async of(db: pg.Pool, tenant: Tenant): Promise<EmptyTenant> {
    const { schema } = tenant
    const { rows } = await db.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1', [
      schema,
    ])
    const tables = rows.map(({ name }) => `"${schema}"."${name}"`)
    const undo = [`truncate ${tables.join(', ')} restart identity`]
    const counts: string[] = []
    for (const [at, table] of tables.entries()) {
      const { rows: made } = await db.query<{ count: string }>(`select count(*) from ${table}`)
      counts.push(`select '${table}' as name, (select count(*) from ${table}) as count, ${made[0]?.count} as made`)
      if (made[0]?.count === '0') continue
      await db.query(`create table public."${schema}_${at}" as table ${table}`)
      undo.push(`insert into ${table} select * from public."${schema}_${at}"`)
    }
    const look = `select name from (${counts.join(' union all ')}) as looked where count <> made`
    return new EmptyTenant(db, tenant, undo, look)
  }

  async restore(): Promise<void> {
    for (const statement of this.undo) await this.db.query(statement)
  }

  /** @throws where rows of a world before are in it. */
  async assertEmpty(): Promise<void> {
    const { rows } = await this.db.query<{ name: string }>(this.look)
    assert.deepEqual(rows, [], 'nothing of a world before is left')
  }
}
