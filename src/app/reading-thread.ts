import { join } from 'node:path'
import { createArchive } from '../adapters/duckdb/archive.ts'
import { createTypstRenderer } from '../adapters/typst/renderer.ts'
import { present } from '../core/base/assert.ts'
import { EngineReads, JournalStore, type Memory, PARTITION } from '../engine/index.ts'
import { usageReader } from '../modules/books/index.ts'
import { CatalogCompiler } from '../modules/catalog/index.ts'
import { stateAnchors } from '../modules/proofs/index.ts'
import { connect, inSchema, ORDINARY } from '../platform/db.ts'
import { heavyThreadData } from '../platform/heavy-thread.ts'
import { toJson } from '../platform/http/json.ts'
import { RawAnswer, type Route } from '../platform/http/route.ts'
import { speakPlainly } from '../platform/http/schema-words.ts'
import type { Tenant, WorkProgress } from '../platform/tenant.ts'
import { type Call, doJobs } from '../platform/worker-jobs.ts'
import { nameOf, readingRoutes } from './reading-routes.ts'
import type { ReadingAnswer, ReadingJob, ReadingThreadData } from './reading-threads.ts'

/** Connections of one thread: it does one job at a time. */
const CONNECTIONS = 3
/** Characters that are sent at once. */
const PART = 64 * 1024
const TOLD_EVERY_MS = 250

speakPlainly()

const { databaseUrl, dataDir } = heavyThreadData() as ReadingThreadData
const db = connect(databaseUrl, { ...ORDINARY, size: CONNECTIONS })
const archive = createArchive(join(dataDir, 'archive'))
const pdf = createTypstRenderer()
/** Tenants whose journals and catalogues a thread keeps ready. */
const MAX_TENANTS = 100
/**
 * Journals of the tenants that have had a job, the one that waits longest for another first. Plan versions never change: what was made
 * ready for one job is ready for the next.
 */
const journals = new Map<string, ReturnType<typeof journalOf>>()

function journalOf({ schema }: Tenant, compiler: CatalogCompiler) {
  const loadCatalog = compiler.compile.bind(compiler)
  return { schema, store: new JournalStore(db, schema, PARTITION), loadCatalog }
}

function partsWith(engine: EngineReads, call: Call): Parameters<typeof readingRoutes>[0] {
  return { engine, pdf, anchor: async (of) => void (await call('anchor', of)) }
}

/** What the jobs of all tenants are done with. A journal is found by its tenant's name, so that no job can read another one's. */
function makeParts(call: Call) {
  const engine = new EngineReads(db, archive, memoryBehind(call), (name) => present(journals.get(name), name))
  return { engine, routes: routesWith(engine, call) }
}

/** Making all routes takes half a millisecond, since each describes what it takes: as long as an e-invoice. */
function routesWith(engine: EngineReads, call: Call): ReadonlyMap<string, Route> {
  return new Map(readingRoutes(partsWith(engine, call)).map((route) => [nameOf(route), route]))
}

/** A check reads everything from its rows again. */
function freshRoutes(tenant: Tenant, call: Call): ReadonlyMap<string, Route> {
  const journal = journalOf(tenant, new CatalogCompiler(inSchema(db, tenant.schema)))
  return routesWith(new EngineReads(db, archive, memoryBehind(call), () => journal), call)
}

let parts: ReturnType<typeof makeParts> | undefined

function partsFor(tenant: Tenant, call: Call): ReturnType<typeof makeParts> {
  const { name, schema } = tenant
  const known = journals.get(name)
  const journal = known?.schema === schema ? known : journalOf(tenant, new CatalogCompiler(inSchema(db, schema)))
  journals.delete(name)
  journals.set(name, journal)
  for (const longest of journals.keys()) {
    if (journals.size <= MAX_TENANTS) break
    journals.delete(longest)
  }
  parts ??= makeParts(call)
  return parts
}

/** The memory of the engine, on the thread that charges. */
function memoryBehind(call: Call): Memory {
  const ask =
    (name: keyof Memory) =>
    async (...args: readonly unknown[]) =>
      call(name, ...args) as never
  return {
    head: ask('head'),
    segmentOf: ask('segmentOf'),
    balancesOf: ask('balancesOf'),
    countersOf: ask('countersOf'),
    standingOf: ask('standingOf'),
    reportsFrom: ask('reportsFrom'),
    countersFrom: ask('countersFrom'),
    balancesFrom: ask('balancesFrom'),
    sessionsFrom: ask('sessionsFrom'),
  }
}

doJobs(async (job: ReadingJob, call): Promise<unknown> => {
  const { tenant } = job
  const scoped = inSchema(db, tenant.schema)
  if (job.kind === 'state') return stateAnchors(partsFor(tenant, call).engine, scoped, tenant.name, job.invoiceIds)
  if (job.kind !== 'route') {
    const usage = usageReader(partsFor(tenant, call).engine, scoped, tenant)
    return job.kind === 'usage' ? usage.usage(job.query) : usage.unitUse(job.accountId)
  }
  const routes = job.name === 'GET /v1/check' ? freshRoutes(tenant, call) : partsFor(tenant, call).routes
  const route = present(routes.get(job.name), job.name)
  const { body } = job.input
  const input = { ...job.input, body: body instanceof Uint8Array ? Buffer.from(body) : body }
  const handle = route.handle as unknown as (context: object, input: object) => Promise<unknown>
  const result = await handle({ tenant, db: scoped, nowMs: job.nowMs, tell: teller(call) }, input)
  if (!(result instanceof RawAnswer)) return { type: 'application/json', headers: {}, body: toJson(result) }
  const { type, headers, body: content } = result
  if (typeof content === 'string' || content instanceof Uint8Array)
    return { type, headers, body: content } satisfies ReadingAnswer
  await sendParts(result, content, call)
  return null
})

/** Says how far the work is, a few times a second at most; nobody waits for it. */
function teller(call: Call): (progress: WorkProgress) => void {
  let toldMs = 0
  return (progress) => {
    const nowMs = performance.now()
    if (nowMs - toldMs < TOLD_EVERY_MS) return
    toldMs = nowMs
    call('progress', progress).catch(() => undefined)
  }
}

async function sendParts({ type, headers }: RawAnswer, pieces: AsyncIterable<string>, call: Call): Promise<void> {
  let isBegun = false
  let part = ''
  const send = async (): Promise<void> => {
    if (!isBegun) await call('begin', type, headers)
    isBegun = true
    await call('part', part)
    part = ''
  }
  for await (const piece of pieces) {
    part += piece
    if (part.length >= PART) await send()
  }
  await send()
}
