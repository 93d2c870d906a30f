import { chmod, mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createArchive } from '../adapters/duckdb/archive.ts'
import { LineServer, type LineServerDependencies } from '../adapters/gateway-tcp/line-server.ts'
import { Engine, KeptHeads } from '../engine/index.ts'
import { PROCESS } from '../engine/partition/environment.ts'
import { AccessService, ensureRootKey } from '../modules/access/index.ts'
import { noticeLinkFinder } from '../modules/notifications/index.ts'
import { decideWith } from '../modules/online-charging/index.ts'
import { paymentLinkFinder } from '../modules/payment-links/index.ts'
import { People } from '../modules/people/index.ts'
import { Anchors } from '../modules/proofs/index.ts'
import { accountBooks } from '../modules/receivables/index.ts'
import { acceptWith } from '../modules/usage/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { announceServer, lockDataDir, makeDataDir } from '../platform/data-dir.ts'
import { noteAtWork } from '../platform/data-dir-copy.ts'
import { DatabaseHealth } from '../platform/database-health.ts'
import { DatabaseHosts } from '../platform/database-hosts.ts'
import { explainDatabase } from '../platform/database-mistakes.ts'
import { connect, type Database, PROMPT } from '../platform/db.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { AuditLog } from '../platform/http/audit-log.ts'
import type { Callers } from '../platform/http/authorize.ts'
import { Budgets, budgetLimits } from '../platform/http/budgets.ts'
import type { Route } from '../platform/http/route.ts'
import { createServer } from '../platform/http/server.ts'
import { JobRunner } from '../platform/jobs/job-runner.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { migrate, PLATFORM_SCHEMA } from '../platform/migrations.ts'
import { checkPorts, listening, readTls } from '../platform/ports.ts'
import type { KeeperLog } from '../platform/postgres-keeper.ts'
import { isOwnerGone } from '../platform/processes.ts'
import { SecretKeys } from '../platform/secrets/secret-keys.ts'
import { SettingsStore } from '../platform/settings/settings-store.ts'
import type { Tenant } from '../platform/tenant.ts'
import { TenantUse } from '../platform/tenant-rounds.ts'
import { packageVersion } from '../platform/version.ts'
import { tellEngine } from './after-commit.ts'
import { BackgroundWork } from './background-work.ts'
import { DECLARED } from './declared.ts'
import { definitionsOf } from './definitions.ts'
import { ENCRYPTED } from './encrypted.ts'
import { EVENT_TYPES } from './event-types.ts'
import { gatewayNeeds } from './gateway-adapters.ts'
import { MODULES } from './modules.ts'
import { needsOf } from './needs.ts'
import { outsideNeeds } from './outside-needs.ts'
import { PROTOCOLS } from './protocols.ts'
import { readingRoutes } from './reading-routes.ts'
import { ReadingThreads } from './reading-threads.ts'

/** How often the heads of the journals are written beside the database. */
const KEEP_HEADS_EVERY_MS = 1_000
/** How often segments that have become old are looked for. */
const ARCHIVE_EVERY_MS = 600_000

/** A running Kvit: server, engine and database of one process. */
export interface App {
  readonly url: string
  /** Where gateways connect by TCP, if they may. */
  readonly tcpPort: number | null
  /** What a further port for gateways needs. */
  readonly charging: Omit<LineServerDependencies, 'onFault'>
  readonly rootKey: string
  readonly engine: Engine
  /** Where those who call are found. */
  readonly callers: Callers
  /** What the API has. */
  readonly routes: readonly Route[]
  close(): Promise<void>
}

/**
 * Starts all of Kvit. What was begun before something failed is ended again, so that nothing is left running.
 * @throws StartMistake for what the operator can mend.
 */
export async function startApp(config: Config): Promise<App> {
  const opened = new AsyncDisposableStack()
  try {
    return await openApp(config, opened)
  } catch (error) {
    // What went wrong first is what counts.
    await opened.disposeAsync().catch(() => undefined)
    throw error
  }
}

/**
 * The composition root: every part is made here and passed on explicitly. What has to be closed is put on `opened`, and
 * is closed in the opposite order.
 */
async function openApp(config: Config, opened: AsyncDisposableStack): Promise<App> {
  await makeDataDir(config.dataDir)
  opened.defer(await lockDataDir(config.dataDir))
  if (config.databaseUrl === null) opened.defer(await noteAtWork(config.dataDir))
  await checkPorts(config)
  const log = createLog(config.logLevel)
  const metrics = createMetrics()
  const onFault = (what: string) => (error: unknown) => log.error({ err: error }, what)
  const databaseUrl = config.databaseUrl ?? (await openEmbeddedPostgres(config.dataDir, log, opened))
  const hosts = new DatabaseHosts(databaseUrl)
  const db = connect(hosts)
  opened.defer(async () => db.destroy())
  await prepareDatabase(db, config.databaseUrl)
  const access = new AccessService(db)
  const rootKey = await ensureRootKey(config.dataDir, access)
  // Connections of its own: whoever waits for a commit must not hold the one that the commit needs.
  const [engineDb, prompt] = [connect(hosts), connect(hosts, PROMPT)]
  for (const one of [prompt, engineDb]) opened.defer(async () => one.destroy())
  const keptHeads = new KeptHeads(join(config.dataDir, 'journal-heads.json'))
  const journals = { db: engineDb, prompt, heads: await keptHeads.read() }
  const archive = createArchive(await archiveFolder(config.dataDir))
  opened.defer(async () => archive.close())
  const engine = new Engine(journals, archive, config.archiveAfterHours * 3_600_000, (tenant, error) => {
    metrics.engineFaults.inc({ tenant })
    log.error({ err: error, tenant }, 'the engine dropped its memory and starts again')
  })
  opened.defer(async () => keptHeads.write(engine.heads()))
  opened.defer(async () => engine.close())
  const anchor = async (tenant: Tenant): Promise<void> => anchors.catchUp(tenant)
  const reading = new ReadingThreads({ databaseUrl, dataDir: config.dataDir }, engine.memory, anchor)
  opened.defer(async () => reading.close())
  const state: ReadingThreads['state'] = async (tenant, ids) => reading.state(tenant, ids)
  const anchors = new Anchors(db, engine, state, onFault('documents could not be anchored'))
  const nowMs = (tenant: Tenant): number => tenant.clockMs ?? systemClock.nowMs()
  const current = async (tenant: Tenant): Promise<Tenant> => (await access.findTenant(tenant.name)) ?? tenant
  const timeOf = async (tenant: Tenant): Promise<number> => nowMs(await current(tenant))
  const register = (tenant: Tenant): void => {
    const { name, schema } = tenant
    const now = async (): Promise<{ tenant: Tenant; nowMs: number }> => {
      const found = await current(tenant)
      return { tenant: found, nowMs: nowMs(found) }
    }
    engine.register({ name, schema, source: definitionsOf(db, tenant), books: accountBooks(db, engine, now) })
  }
  const tenants = await access.listTenants()
  for (const tenant of tenants) {
    await migrate(db, tenant.schema, 'tenant')
    register(tenant)
  }
  const names = new Set(tenants.map(({ name }) => name))
  await keptHeads.compare(journals.heads, async (name, seq) =>
    names.has(name) ? engine.journal(name).findDigest(seq) : null,
  )
  const secretKeys = await SecretKeys.open(config, db, ENCRYPTED, tenants, (sentence) => log.error(sentence))
  let url = config.publicUrl ?? ''
  const people = new People(db, secretKeys.ring, config.oidc, () => url)
  const use = new TenantUse()
  const findTenant = async (name: string): Promise<Tenant | null> => {
    const tenant = await access.findTenant(name)
    if (tenant !== null) {
      register(tenant)
      use.note(name)
    }
    return tenant
  }
  const callers: Callers = {
    findCaller: async (key) => access.findCaller(key),
    findSession: async (token) => people.sessions.find(token),
    findLink: async (token, kind) => people.findLinkCaller(token, kind),
    findPaymentLink: paymentLinkFinder(db, findTenant),
    findNoticeLink: noticeLinkFinder(db, findTenant),
    publicUrl: config.publicUrl,
    findTenant,
  }
  const health = new DatabaseHealth(prompt, hostname(), () => systemClock.nowMs())
  let isReady = false
  const listTenants = async (): Promise<Tenant[]> => {
    const all = await access.listTenants()
    // Another process may have made some.
    for (const tenant of all) register(tenant)
    return all
  }
  const runner = new JobRunner({
    ...{ db, prompt, nowMs, listTenants },
    time: { ...PROCESS, isGone: isOwnerGone },
    onFault: onFault('a job failed'),
    onEnded: (tenant) => background.wake(tenant),
  })
  const wakeJobs = (tenant: Tenant): void => runner.wake(tenant)
  const settings = new SettingsStore(secretKeys.ring)
  const needs = needsOf(
    { db, engine, metrics, notary: anchors, settings, nowMs, timeOf, listTenants, wakeJobs, onFault },
    {
      ...{ access, people, ...DECLARED, ...outsideNeeds(config) },
      rotateSecrets: async (all) => secretKeys.rotate(all),
      ...{ ...reading.forModules, ...gatewayNeeds(config, secretKeys.ring, () => url) },
    },
  )
  const modules = MODULES.map((module) => module.start?.(needs) ?? {})
  for (const { close } of modules) if (close !== undefined) opened.defer(close)
  const inbound = { acceptUsage: acceptWith(engine, metrics) }
  const routes = [
    ...modules.flatMap((module) => [...(module.routes ?? [])]),
    ...PROTOCOLS.flatMap((protocol) => [...protocol(inbound)]),
    ...readingRoutes({ engine: engine.reads, pdf: NOT_HERE, anchor }),
  ]
  const server = await createServer(
    {
      db,
      log,
      metrics,
      version: packageVersion(),
      events: EVENT_TYPES,
      budgets: new Budgets(budgetLimits(config.bodyMemoryMb, config.requestsPerSecond)),
      aside: reading,
      tls: readTls(config.tls),
      metricsToken: config.metricsToken,
      ...{ corsOrigins: config.corsOrigins, consoleDir: join(import.meta.dirname, '../../packages/web/dist') },
      audit: new AuditLog(db, findTenant, (tenant) => {
        anchors.noteWritten(tenant)
        background.wake(tenant)
      }),
      readiness: async () => (isReady ? health.look() : 'starting'),
      ...callers,
      nowMs,
      afterCommit: tellEngine(needs),
    },
    routes,
  )
  const background = new BackgroundWork({
    ...{ db, log, nowMs, listTenants, current, use, runner },
    subscribers: modules.flatMap((module) => [...(module.subscribers ?? [])]),
    retentions: MODULES.flatMap(({ retention }) => retention ?? []),
    repeated: [
      { everyMs: KEEP_HEADS_EVERY_MS, work: async () => keptHeads.write(engine.heads()) },
      ...modules.flatMap((module) => [...(module.repeated ?? [])]),
    ],
  })
  opened.defer(async () => background.close())
  opened.defer(async () => server.close())
  const { host, port } = config
  const plainUrl = await listening('KVIT_PORT', host, port, server.listen({ host, port }))
  const ownUrl = config.tls === null ? plainUrl : plainUrl.replace(/^http:/, 'https:')
  url ||= ownUrl
  const lines = {
    ...callers,
    db,
    nowMs,
    decide: decideWith(engine),
  }
  const tcpPort = await listenForLines(config, { ...lines, onFault: onFault('a line of a gateway failed') }, opened)
  for (const { resume } of modules) for (const tenant of tenants) await resume?.(tenant)
  runner.begin(modules.flatMap(({ jobs = [] }) => [...jobs]))
  await runner.look()
  opened.defer(async () => runner.close())
  background.start()
  const archiveFailed = (tenant: string, error: unknown): void =>
    log.error({ err: error, tenant }, 'old segments could not be archived; they stay in Postgres until the next time')
  const archiving = setInterval(() => void engine.archiveDue(archiveFailed), ARCHIVE_EVERY_MS)
  opened.defer(() => clearInterval(archiving))
  isReady = true
  opened.defer(await announceServer(config.dataDir, ownUrl, tcpPort))
  return {
    url: ownUrl,
    callers,
    routes,
    tcpPort,
    charging: lines,
    engine,
    rootKey,
    close: async () => {
      isReady = false
      await opened.disposeAsync()
    },
  }
}

/** @returns the address of the Postgres that Kvit brings, started or taken over. */
async function openEmbeddedPostgres(dataDir: string, log: KeeperLog, opened: AsyncDisposableStack): Promise<string> {
  const postgres = await startEmbeddedPostgres(dataDir, log)
  opened.defer(async () => postgres.stop())
  return postgres.url
}

/** The first word to the database: what is wrong with one that the operator named shows here. */
async function prepareDatabase(db: Database, databaseUrl: string | null): Promise<void> {
  try {
    await migrate(db, PLATFORM_SCHEMA, 'platform')
  } catch (error) {
    throw databaseUrl === null ? error : explainDatabase(databaseUrl, error)
  }
}

/** Archived facts are for the eyes of Kvit's user alone. */
async function archiveFolder(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'archive')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  return folder
}

/** Opens the port of gateways, if they have one. */
async function listenForLines(
  { host, tcpPort, tcpTls: tls }: Config,
  dependencies: LineServerDependencies,
  opened: AsyncDisposableStack,
): Promise<number | null> {
  if (tcpPort === null) return null
  const options = { host, port: tcpPort, tls }
  const server = new LineServer(dependencies, options)
  opened.defer(async () => server.close())
  return listening('KVIT_TCP_PORT', host, tcpPort, server.listen(options))
}

/** Documents are set by the threads for reading. */
async function notHere(): Promise<never> {
  throw new Error('documents are set on another thread')
}
const NOT_HERE = { render: notHere, renderList: notHere }
