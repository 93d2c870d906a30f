import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client, type Json } from '../src/cli/client.ts'
import { formatTable } from '../src/cli/output.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { readConfig } from '../src/platform/config.ts'
import { measureFloor } from './floor.ts'
import { measureOnline } from './online.ts'
import { measureReRating } from './rerate.ts'
import { readTotal, seedServices } from './seed.ts'
import { BATCH, FILE_MAPPING, PLAN_FILE, usageBodies, writeUsageFile } from './workload.ts'

const CONNECTIONS = 8
/** Services of online charging. */
const ONLINE_SERVICES = 100_000
/** Services whose usage is re-rated. */
const RERATED_SERVICES = 10_000
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    records: { type: 'string', default: '1000000' },
    /** Requests of online charging; 0 leaves it out. */
    online: { type: 'string', default: '500000' },
    /** Records to be re-rated: measured alone. */
    rerate: { type: 'string' },
    tenant: { type: 'string' },
  },
  allowPositionals: true,
})
const records = Number(options.records)

interface Result extends Json {
  readonly services: number
  readonly httpPerSecond: number
}

async function startServer(dataDir: string): Promise<ChildProcess> {
  const main = join(import.meta.dirname, '../src/cli/main.ts')
  const env = { ...process.env, KVIT_DATA: dataDir, KVIT_PORT: '0', KVIT_TCP_PORT: '0' }
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    server.stdout?.once('data', () => resolve())
    server.once('exit', () => reject(new Error('the server did not start')))
  })
  return server
}

/** Sends bodies over a few connections. @returns the time of the whole and of each request, in milliseconds. */
async function sendBodies(
  url: URL,
  headers: Record<string, string>,
  bodies: readonly Buffer[],
): Promise<{ totalMs: number; latenciesMs: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const latenciesMs: number[] = []
  let next = 0
  const post = (body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => (text += part))
          response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(text))))
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  const startedMs = performance.now()
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sentMs = performance.now()
      await post(body)
      latenciesMs.push(performance.now() - sentMs)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
  return { totalMs: performance.now() - startedMs, latenciesMs: latenciesMs.sort((a, b) => a - b) }
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

/** A tenant with so many services, each of an account of its own, loaded by a fresh engine. */
async function prepare(
  dataDir: string,
  tenant: string,
  services: number,
  creditLimitMinor: number | null,
): Promise<{ client: Client; loadMs: number }> {
  const client = new Client(readConfig({ ...process.env, KVIT_DATA: dataDir }), tenant)
  await client.post('/v1/tenants', { name: tenant, clock: '2026-02-01T00:00:00Z' })
  const issuer = await client.post('/v1/issuers', { key: 'bench', name: 'Bench', address: 'Bench' })
  await client.post('/v1/catalog', { files: [PLAN_FILE] })
  const plan = await client.get('/v1/plans/bench')
  await seedServices(
    dataDir,
    `t_${tenant.replaceAll('-', '_')}`,
    services,
    String(plan['id']),
    String(issuer['id']),
    creditLimitMinor,
  )
  // Seeding went round the API: a fresh engine reads the definitions, as after any start.
  current = await restart(dataDir, current)
  const loadMs = await timed(() => client.get('/v1/journal/head'))
  return { client, loadMs }
}

async function measure(dataDir: string, services: number): Promise<Result> {
  const tenant = `bench-${services}`
  const { client, loadMs } = await prepare(dataDir, tenant, services, null)
  const { url, key } = readServer(dataDir)
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': tenant, 'content-type': 'application/x-ndjson' }
  const target = new URL('/v1/usage', url)
  await sendBodies(target, headers, usageBodies(Math.min(records / 10, 50_000), services, 'warm'))
  const bodies = usageBodies(records, services, 'http')
  const { totalMs, latenciesMs } = await sendBodies(target, headers, bodies)
  const file = join(dataDir, 'usage.ndjson')
  await writeUsageFile(file, records, services, 'file')
  const fileMs = await timed(() => importUsageFile(client, file, FILE_MAPPING))
  const floor = await measureFloor(file, dataDir)
  const check = await client.get<{ holds: boolean; journalBytes: number; totals: { received: number } }>('/v1/check')
  const httpPerSecond = Math.round((records / totalMs) * 1000)
  const at = (share: number): number =>
    Math.round(latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(share * latenciesMs.length))] ?? 0)
  return {
    services,
    httpPerSecond,
    filePerSecond: Math.round((records / fileMs) * 1e3),
    floorPerSecond: Math.round(floor),
    httpToFloor: Number((httpPerSecond / floor).toFixed(3)),
    batchP50Ms: at(0.5),
    batchP99Ms: at(0.99),
    bytesPerRecord: Number((check.journalBytes / check.totals.received).toFixed(1)),
    rssMb: residentMegabytes(current.pid ?? 0),
    ...{
      loadSeconds: Number((loadMs / 1e3).toFixed(1)),
      fileMb: Math.round((await stat(file)).size / 1e6),
      invariantsHold: check.holds,
    },
  }
}

let current: ChildProcess

function readServer(dataDir: string): { url: string; tcpPort: number; key: string } {
  const { url, tcpPort } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as {
    url: string
    tcpPort: number
  }
  return { url, tcpPort, key: readFileSync(join(dataDir, 'root.key'), 'utf8').trim() }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

async function stop(server: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await exited
}

async function restart(dataDir: string, server: ChildProcess): Promise<ChildProcess> {
  await stop(server)
  return startServer(dataDir)
}

/** Online charging of accounts that have a credit limit: every event is decided against a balance. */
async function measureCharging(dataDir: string, services: number, requests: number): Promise<Json> {
  const tenant = `online-${services}`
  const { client } = await prepare(dataDir, tenant, services, 100_000_000)
  const { url, tcpPort, key } = readServer(dataDir)
  const result = await measureOnline({ url: new URL(url), tcpPort, key, tenant, services }, requests)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  const hotToUniform = Number((result.hotPerSecond / result.pipelinedPerSecond).toFixed(2))
  return { services, ...result, hotToUniform, rssMb: residentMegabytes(current.pid ?? 0), invariantsHold: holds }
}

/** Re-rates usage of a month to other prices. */
async function measureOthers(dataDir: string, total: number): Promise<Json> {
  const tenant = 'bench-rerate'
  const { client } = await prepare(dataDir, tenant, RERATED_SERVICES, null)
  const { url, key } = readServer(dataDir)
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': tenant, 'content-type': 'application/x-ndjson' }
  await sendBodies(new URL('/v1/usage', url), headers, usageBodies(total, RERATED_SERVICES, 'http'))
  const residentMb = (): number => residentMegabytes(current.pid ?? 0)
  const totalOf = async (): Promise<bigint> => {
    // Counters are in their table when the engine has closed.
    current = await restart(dataDir, current)
    return readTotal(dataDir, 't_bench_rerate')
  }
  const result = await measureReRating(client, RERATED_SERVICES, residentMb, totalOf)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  return { ...result, invariantsHold: holds && result['isDifferenceOfTotals'] === true }
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kvit-bench-'))
  if (options.rerate !== undefined) return mainOfReRating(dataDir, Number(options.rerate))
  const results: Result[] = []
  const online: Json[] = []
  current = await startServer(dataDir)
  try {
    for (const services of options.sizes.split(',').filter(Boolean).map(Number))
      results.push(await measure(dataDir, services))
    if (Number(options.online) > 0) online.push(await measureCharging(dataDir, ONLINE_SERVICES, Number(options.online)))
  } finally {
    await stop(current)
    await rm(dataDir, { recursive: true, force: true })
  }
  const [first, last] = [results[0], results.at(-1)]
  const costRatio =
    first === undefined || last === undefined ? 1 : Number((first.httpPerSecond / last.httpPerSecond).toFixed(2))
  const summary = { records, batch: BATCH, connections: CONNECTIONS, costRatio, results, online }
  if (options.json) console.log(JSON.stringify(summary, null, 2))
  else {
    console.log(
      `${records} records each by HTTP (NDJSON, ${BATCH} a request, ${CONNECTIONS} connections) and by file, to durable commit\n`,
    )
    console.log(formatTable(results))
    console.log(`\ncost per record with the most services, against the fewest: ${costRatio}`)
  }
  if (!options.json && online.length > 0)
    console.log(
      `\nonline events, each decided against a balance and committed before its answer\n\n${formatTable(online)}`,
    )
  process.exitCode = [...results, ...online].every(({ invariantsHold }) => invariantsHold === true) ? 0 : 1
}

async function mainOfReRating(dataDir: string, total: number): Promise<void> {
  current = await startServer(dataDir)
  try {
    const result = await measureOthers(dataDir, total)
    console.log(options.json ? JSON.stringify(result, null, 2) : formatTable([result]))
    process.exitCode = result['invariantsHold'] === true ? 0 : 1
  } finally {
    await stop(current)
    await rm(dataDir, { recursive: true, force: true })
  }
}

await main()
