import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createArchive } from './adapters/duckdb/archive.ts'
import { createTypstRenderer } from './adapters/typst/renderer.ts'
import { type DefinitionSource, Engine } from './engine/index.ts'
import { AccessService, accessRoutes } from './modules/access/index.ts'
import { auditRoutes } from './modules/audit/index.ts'
import { catalogRoutes, compileCatalog, deckRoutes } from './modules/catalog/index.ts'
import { chargingRoutes, LineServer, type LineServerDependencies, sweepBalances } from './modules/charging/index.ts'
import { customerRoutes, loadAccounts, loadAllAccounts } from './modules/customers/index.ts'
import { discountRoutes } from './modules/discounts/index.ts'
import {
  applyPending,
  applyToBalances,
  BillRuns,
  givenByDiscounts,
  invoicingRoutes,
  listAccountDocuments,
  lookAtUsage,
} from './modules/invoicing/index.ts'
import { ledgerRoutes } from './modules/ledger/index.ts'
import { type ApplyToBalances, paymentRoutes } from './modules/payments/index.ts'
import { Anchors, proofRoutes } from './modules/proofs/index.ts'
import { ReRatings, reRatingRoutes, simulationRoutes } from './modules/rerating/index.ts'
import { statementRoutes } from './modules/statements/index.ts'
import { correctionRoutes, loadFingerprints, Retractions, usageRoutes } from './modules/usage/index.ts'
import { Chore } from './platform/chore.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { connect, type Database, inSchema } from './platform/db.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { Budgets, budgetLimits } from './platform/http/budgets.ts'
import { createServer, packageVersion } from './platform/http/server.ts'
import { createLog } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { migrate, PLATFORM_SCHEMA } from './platform/migrations.ts'
import { isAlive } from './platform/processes.ts'
import type { Tenant } from './platform/tenant.ts'

/** How often holds and lots whose time is over are looked for. */
const SWEEP_EVERY_MS = 1_000
/** How often segments that have become old are looked for. */
const ARCHIVE_EVERY_MS = 600_000
/** How often accounts are looked at that are billed before their periods end. */
const PROGRESSIVE_EVERY_MS = 5_000

/** A running Kvit: server, engine and database of one process. */
export interface App {
  readonly url: string
  /** Where gateways connect by TCP, if they may. */
  readonly tcpPort: number | null
  /** What a further port for gateways needs. */
  readonly charging: Omit<LineServerDependencies, 'onFault'>
  readonly rootKey: string
  close(): Promise<void>
}

/** The composition root: every part is made here and passed on explicitly. */
export async function startApp(config: Config): Promise<App> {
  await mkdir(config.dataDir, { recursive: true })
  const unlock = await lockDataDir(config.dataDir)
  const log = createLog(config.logLevel)
  const metrics = createMetrics()
  const postgres = config.databaseUrl === null ? await startEmbeddedPostgres(config.dataDir) : null
  const databaseUrl = postgres?.url ?? (config.databaseUrl as string)
  const db = connect(databaseUrl)
  await migrate(db, PLATFORM_SCHEMA, 'platform')
  const access = new AccessService(db)
  const rootKey = await ensureRootKey(config.dataDir, access)
  // Connections of its own: whoever waits for a commit must not hold the one that the commit needs.
  const engineDb = connect(databaseUrl)
  const archive = createArchive(join(config.dataDir, 'archive'))
  const engine = new Engine(engineDb, archive, config.archiveAfterHours * 3_600_000, (tenant, error) => {
    metrics.engineFaults.inc({ tenant })
    log.error({ err: error, tenant }, 'the engine dropped its memory and starts again')
  })
  const anchors = new Anchors(db, engine, (error) => log.error({ err: error }, 'documents could not be anchored'))
  const billRuns = new BillRuns(
    db,
    engine,
    (error) => log.error({ err: error }, 'a bill run failed'),
    (tenant) => anchors.start(tenant),
  )
  const reRatings = new ReRatings(
    db,
    engine,
    (error) => log.error({ err: error }, 'a re-rating failed'),
    (tenant) => anchors.start(tenant),
  )
  const retractions = new Retractions(db, engine, (error) => log.error({ err: error }, 'a retraction failed'))
  const nowMs = (tenant: Tenant): number => tenant.clockMs ?? systemClock.nowMs()
  const apply: ApplyToBalances = (tenant, atMs, accountId) => applyToBalances(db, engine, tenant, atMs, accountId)
  const tenants = await access.listTenants()
  for (const tenant of tenants) {
    await migrate(db, tenant.schema, 'tenant')
    engine.register({ name: tenant.name, schema: tenant.schema, source: definitionsOf(db, tenant) })
  }
  const callers = {
    findCaller: async (key: string) => access.findCaller(key),
    findTenant: async (name: string) => {
      const tenant = await access.findTenant(name)
      if (tenant !== null) engine.register({ name, schema: tenant.schema, source: definitionsOf(db, tenant) })
      return tenant
    },
  }
  let isReady = false
  const server = await createServer(
    {
      db,
      log,
      metrics,
      version: packageVersion(),
      budgets: new Budgets(budgetLimits(config.bodyMemoryMb, config.requestsPerSecond)),
      isReady: () => isReady,
      ...callers,
      nowMs,
    },
    [
      ...accessRoutes(access),
      ...catalogRoutes(engine),
      ...deckRoutes(engine),
      ...customerRoutes(engine),
      ...usageRoutes(engine, metrics),
      ...correctionRoutes(engine, retractions),
      ...invoicingRoutes(engine, billRuns, createTypstRenderer()),
      ...discountRoutes(givenByDiscounts),
      ...proofRoutes(engine, anchors),
      ...reRatingRoutes(engine, reRatings),
      ...simulationRoutes(engine),
      ...paymentRoutes(engine, listAccountDocuments, apply),
      ...chargingRoutes(engine, ({ tenant, nowMs: atMs }, accountId) => apply(tenant, atMs, accountId)),
      ...statementRoutes(engine),
      ...ledgerRoutes(),
      ...auditRoutes(engine),
    ],
  )
  const onFault = (error: unknown): void => log.error({ err: error }, 'work behind the API failed')
  const chores = [
    new Chore(async () => sweepBalances(engine, await access.listTenants(), nowMs), SWEEP_EVERY_MS, onFault),
    new Chore(
      async (closing) => lookAtUsage(db, engine, await access.listTenants(), nowMs, { closing, onFault }),
      PROGRESSIVE_EVERY_MS,
      onFault,
    ),
  ]
  const url = await server.listen({ host: config.host, port: config.port })
  const lines =
    config.tcpPort === null ? null : listenForLines(config, config.tcpPort, { ...callers, engine, db, nowMs, onFault })
  const tcpPort = (await lines?.port) ?? null
  for (const tenant of tenants) await billRuns.resume(tenant, nowMs(tenant))
  for (const tenant of tenants) await retractions.resume(tenant, nowMs(tenant))
  for (const tenant of tenants) await reRatings.resume(tenant, nowMs(tenant))
  for (const tenant of tenants) await applyPending(db, engine, tenant, nowMs(tenant))
  for (const tenant of tenants) anchors.start(tenant)
  for (const chore of chores) chore.start()
  const archiveFailed = (tenant: string, error: unknown): void =>
    log.error({ err: error, tenant }, 'old segments could not be archived; they stay in Postgres until the next time')
  const archiving = setInterval(() => void engine.archiveDue(archiveFailed), ARCHIVE_EVERY_MS)
  isReady = true
  await writeFile(join(config.dataDir, 'server.json'), JSON.stringify({ pid: process.pid, url, tcpPort }))
  return {
    url,
    tcpPort,
    charging: { ...callers, engine, db, nowMs },
    rootKey,
    close: async () => {
      isReady = false
      await rm(join(config.dataDir, 'server.json'), { force: true })
      clearInterval(archiving)
      await server.close()
      await lines?.server.close()
      for (const chore of chores) await chore.close()
      await billRuns.close()
      await reRatings.close()
      await retractions.close()
      await anchors.close()
      await engine.close()
      await archive.close()
      await engineDb.destroy()
      await db.destroy()
      await postgres?.stop()
      await unlock()
    },
  }
}

/** Opens the port of gateways. */
function listenForLines(
  { host, tcpTls: tls }: Config,
  port: number,
  dependencies: LineServerDependencies,
): { server: LineServer; port: Promise<number> } {
  const options = { host, port, tls }
  const server = new LineServer(dependencies, options)
  return { server, port: server.listen(options) }
}

/** What the engine needs from the modules that own it, for one tenant. */
function definitionsOf(db: Database, tenant: Tenant): DefinitionSource {
  const scoped = inSchema(db, tenant.schema)
  return {
    loadCatalog: () => compileCatalog(scoped),
    loadAllAccounts: () => loadAllAccounts(scoped),
    loadAccounts: (ids) => loadAccounts(scoped, ids),
    loadSuspendedFingerprints: () => loadFingerprints(scoped),
  }
}

/** One process at a time works in a data directory; a lock whose process is gone is taken over. */
async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const file = join(dataDir, 'kvit.lock')
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return async () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(await readFile(file, 'utf8').catch(() => '0'))
      if (owner > 0 && owner !== process.pid && isAlive(owner))
        throw new DataDirBusy(`process ${owner} works in ${dataDir}`)
      await rm(file, { force: true })
    }
  }
  throw new DataDirBusy(`another process is starting in ${dataDir}`)
}

/** Another process has the data directory: talk to its server instead. */
export class DataDirBusy extends Error {}

/** The root key of an installation, kept readable by its owner alone. */
async function ensureRootKey(dataDir: string, access: AccessService): Promise<string> {
  const file = join(dataDir, 'root.key')
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (kept !== '' && (await access.findCaller(kept)) !== null) return kept
  const key = await access.createRootKey()
  await writeFile(file, `${key}\n`, { mode: 0o600 })
  return key
}
