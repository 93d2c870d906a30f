import type { FastifyInstance } from 'fastify'
import { FakeTaxIdRegister } from '../../packages/fakes/src/fake-tax-id-register.ts'
import { createArchive } from '../../src/adapters/duckdb/archive.ts'
import { guardedHttp } from '../../src/adapters/guarded-http/guarded-http.ts'
import { radiusCoa } from '../../src/adapters/radius-coa/radius-coa.ts'
import { bankFileReader } from '../../src/adapters/xml/bank-file-reader.ts'
import { tellEngine } from '../../src/app/after-commit.ts'
import { definitionsOf } from '../../src/app/definitions.ts'
import { EVENT_TYPES } from '../../src/app/event-types.ts'
import { MODULES } from '../../src/app/modules.ts'
import { type Needs, needsOf } from '../../src/app/needs.ts'
import { notificationChannels } from '../../src/app/notification-channels.ts'
import { readingRoutes } from '../../src/app/reading-routes.ts'
import { SETTINGS_TYPES } from '../../src/app/settings-types.ts'
import { Engine } from '../../src/engine/index.ts'
import { type Environment, PROCESS } from '../../src/engine/partition/environment.ts'
import { AccessService } from '../../src/modules/access/index.ts'
import { usageReader } from '../../src/modules/books/index.ts'
import type { RepeatedWork, TenantWork } from '../../src/modules/module.ts'
import { People } from '../../src/modules/people/index.ts'
import { Anchors, type StatedAnchor, stateAnchors } from '../../src/modules/proofs/index.ts'
import { accountBooks } from '../../src/modules/receivables/index.ts'
import { connectOver, type Database, inSchema } from '../../src/platform/db.ts'
import type { AsideWork } from '../../src/platform/http/answer-route.ts'
import { AuditLog } from '../../src/platform/http/audit-log.ts'
import { Budgets, budgetLimits } from '../../src/platform/http/budgets.ts'
import { toJson } from '../../src/platform/http/json.ts'
import { RawAnswer, SCOPES } from '../../src/platform/http/route.ts'
import { createServer } from '../../src/platform/http/server.ts'
import { JobRunner } from '../../src/platform/jobs/job-runner.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { KeyRing } from '../../src/platform/secrets/key-ring.ts'
import { SettingsStore } from '../../src/platform/settings/settings-store.ts'
import type { Tenant } from '../../src/platform/tenant.ts'
import { SimulatedPool } from './connections.ts'
import type { BillingWorld } from './world.ts'

const LOG = createLog('silent')
const NO_KEYS = new KeyRing([])
const METRICS = createMetrics()
/** Nothing is old enough to be archived. */
const ARCHIVE = createArchive('/nonexistent')
const NEVER_MS = 1e15
/** The real time when a world begins. */
const BEGAN_MS = Date.parse('2027-06-01T00:00:00Z')
const OWNER = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'key' as const,
  person: 'owner',
  tenantName: null,
  scopes: SCOPES,
}

const NOBODY_ASKS = async (): Promise<never> => {
  throw new Error('nobody asks for it')
}
const NO_PDF = {
  render: NOBODY_ASKS,
  renderList: NOBODY_ASKS,
}
const nowMs = ({ clockMs }: Tenant): number => clockMs ?? 0

/** The process ended before it answered: the outcome is unknown to whoever asked. */
export class ProcessGone extends Error {}

export interface Answer {
  readonly status: number
  readonly text: string
}

/**
 * A server process in one seed's world: all that stands behind the API, and the API, on connections that a seed cuts.
 * It can end at any moment; nothing of it goes on then.
 */
export class SimulatedServer implements Environment {
  readonly name: string
  readonly pool: SimulatedPool
  readonly engine: Engine
  /** What the process does by itself, again and again. */
  readonly tasks: readonly ((closing: AbortSignal) => Promise<void>)[]
  private readonly anchors: Anchors
  private readonly runner: JobRunner
  private readonly needs: Needs
  private readonly modules: readonly ReturnType<NonNullable<(typeof MODULES)[number]['start']>>[]
  private readonly findTenant: () => Promise<Tenant>
  isReady = false
  isDead = false
  readonly bulkRecords: number
  private readonly world: BillingWorld
  private readonly db: Database
  private readonly asked = new Set<(error: Error) => void>()
  private app: FastifyInstance | undefined

  constructor(world: BillingWorld, name: string) {
    this.world = world
    this.name = name
    this.bulkRecords = world.chance.pick([1, 200])
    this.pool = new SimulatedPool(world.real, world.statements)
    this.db = connectOver(this.pool)
    const { db } = this
    const findTenant = async (): Promise<Tenant> => world.tenant
    const onFault = (what: string) => (error: unknown) => {
      if (!this.isDead) world.noteFault(name, what, error)
    }
    const journals = { db, prompt: db, heads: new Map() }
    this.engine = new Engine(
      journals,
      ARCHIVE,
      NEVER_MS,
      (_tenant, error) => onFault('the engine starts again')(error),
      this,
    )
    const { engine } = this
    const state = async ({ name: of, schema }: Tenant, ids: readonly string[]): Promise<StatedAnchor[]> =>
      stateAnchors(engine.reads, inSchema(db, schema), of, ids)
    this.anchors = new Anchors(db, engine, state, onFault('documents could not be anchored'))
    const listTenants = async (): Promise<Tenant[]> => [await findTenant()]
    this.runner = new JobRunner({ db, prompt: db, time: this, nowMs, listTenants, onFault: onFault('a job failed') })
    const wakeJobs = (tenant: Tenant): void => this.runner.wake(tenant)
    const settings = new SettingsStore(NO_KEYS)
    const parts = {
      db,
      engine,
      metrics: METRICS,
      notary: this.anchors,
      settings,
      nowMs,
      timeOf: async () => nowMs(await findTenant()),
      listTenants,
      wakeJobs,
      onFault,
    }
    const access = new AccessService(db)
    const people = new People(db, NO_KEYS, null, () => '')
    const rotateSecrets = async (): Promise<never> => Promise.reject(new Error('there are no secrets here'))
    const nothingSent = (): never => {
      throw new Error('nothing is sent here')
    }
    const others = {
      access,
      people,
      eventTypes: EVENT_TYPES,
      settingsTypes: SETTINGS_TYPES,
      personal: [],
      attention: [],
      rotateSecrets,
      checkProgress: () => undefined,
      taxIdRegister: new FakeTaxIdRegister([]),
      taxEngines: [],
      ...{ gatewayAdapters: [], secretKeyRing: new KeyRing([]), publicUrl: () => '' },
      bankReader: bankFileReader,
      connectChannels: notificationChannels([]),
      ...{ openMail: nothingSent, transports: { folder: null, peppol: null }, writeDocument: nothingSent },
      ...{ receivers: guardedHttp([]), radius: radiusCoa([]) },
      usageReaderOf: (tenant: Tenant) => usageReader(this.engine.reads, inSchema(db, tenant.schema), tenant),
    }
    this.needs = needsOf(parts, others)
    this.modules = MODULES.map((module) => module.start?.(this.needs) ?? {})
    const look = async (): Promise<void> => this.runner.look()
    const ofAll = (one: RepeatedWork | TenantWork) => async (closing: AbortSignal) => {
      if ('work' in one) return one.work(closing)
      for (const tenant of await listTenants()) await one.ofTenant(tenant, closing)
    }
    this.tasks = [look, ...this.modules.flatMap(({ repeated = [] }) => repeated.map(ofAll))]
    this.findTenant = findTenant
  }

  /** As the process starts: what others left behind is taken up. */
  async open(): Promise<void> {
    const { world, db, engine, anchors, needs, modules, runner, findTenant } = this
    const { name, schema } = world.tenant
    const now = async (): Promise<{ tenant: Tenant; nowMs: number }> => ({
      tenant: world.tenant,
      nowMs: nowMs(world.tenant),
    })
    engine.register({ name, schema, source: definitionsOf(db, world.tenant), books: accountBooks(db, engine, now) })
    this.app = await createServer(
      {
        db,
        log: LOG,
        metrics: METRICS,
        version: '0',
        // They are for the description of the API, which nobody asks for.
        events: [],
        budgets: new Budgets(budgetLimits(384, 1e9)),
        aside: { run: async (...asked) => this.read(...asked) },
        tls: null,
        metricsToken: null,
        consoleDir: '/nowhere',
        corsOrigins: [],
        audit: new AuditLog(db, findTenant, (tenant) => anchors.noteWritten(tenant)),
        readiness: async () => 'ok',
        findCaller: async () => OWNER,
        findSession: async () => null,
        findLink: async () => null,
        findPaymentLink: async () => Promise.reject(new Error('there are no links')),
        findNoticeLink: async () => Promise.reject(new Error('there are no links')),
        publicUrl: null,
        findTenant,
        nowMs,
        afterCommit: tellEngine(needs),
      },
      [
        ...modules.flatMap(({ routes = [] }) => [...routes]),
        ...readingRoutes({ engine: engine.reads, pdf: NO_PDF, anchor: async (tenant) => anchors.catchUp(tenant) }),
      ],
    )
    await this.serve(async () => {
      for (const { resume } of modules) await resume?.(world.tenant)
      runner.begin(modules.flatMap(({ jobs = [] }) => [...jobs]))
      await runner.look()
    })
    this.isReady = true
  }

  /** A request through the door. @throws ProcessGone when the process ends meanwhile. */
  async request(method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown, key?: string): Promise<Answer> {
    const headers = {
      authorization: 'Bearer simulated',
      'kvit-tenant': this.world.tenant.name,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    return this.serve(async () => {
      const { statusCode, payload: text } = await (this.app as FastifyInstance).inject({
        method,
        url,
        headers,
        ...payload,
      })
      return { status: statusCode, text }
    })
  }

  /** A call from outside: it breaks off when the process ends. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new ProcessGone(this.name)
    return new Promise<T>((resolve, reject) => {
      this.asked.add(reject)
      work()
        .then(resolve, reject)
        .finally(() => this.asked.delete(reject))
    })
  }

  async kill(): Promise<void> {
    if (this.isDead) return
    this.isDead = true
    this.isReady = false
    for (const reject of this.asked) reject(new ProcessGone(this.name))
    this.asked.clear()
    await this.pool.kill()
  }

  /** What a thread for reading does otherwise. */
  private async read(...[route, { tenant, nowMs: atMs }, input]: Parameters<AsideWork['run']>): Promise<RawAnswer> {
    const handle = route.handle as unknown as (context: object, input: object) => Promise<unknown>
    const result = await handle({ tenant, nowMs: atMs, db: inSchema(this.db, tenant.schema) }, input)
    return result instanceof RawAnswer ? result : new RawAnswer('application/json', toJson(result))
  }

  nowMs = (): number => BEGAN_MS + this.world.nowMs
  random = (bytes: number): Buffer => PROCESS.random(bytes)
  isTurnOver = (): boolean => this.world.chance.int(0, 3) === 0
  nextTurn = async (): Promise<void> => {
    await PROCESS.nextTurn()
    await this.dawdle()
  }
  /** A thread of this machine does it. */
  pack = async (bytes: Buffer): Promise<Buffer> => {
    const packed = await this.world.beside(async () => PROCESS.pack(bytes))
    await this.dawdle()
    return packed
  }
  monotonicMs = (): number => this.world.nowMs
  /** Now and then what takes no time takes some, and others go on meanwhile: between two steps of a decision, and before a commit. */
  private async dawdle(): Promise<void> {
    const { chance, rates } = this.world
    if (rates.slow === 0 || chance.next() * 1000 >= rates.slow) return
    await this.pause(Number(chance.weighted({ 1: 3, 40: 2, 700: 0.5, 12000: 0.03 })))
  }

  ownerName = (): string => this.name
  isGone = (owner: string): boolean => this.world.isGone(owner)

  async pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  after(ms: number, work: () => void): () => void {
    return this.world.after(ms, () => {
      if (!this.isDead) work()
    })
  }

  every(ms: number, work: () => void): () => void {
    let stop = this.after(ms, () => {
      stop = this.every(ms, work)
      work()
    })
    return () => stop()
  }
}
