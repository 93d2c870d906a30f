import { stat } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Json } from '../src/cli/client.ts'
import { formatTable } from '../src/cli/output.ts'
import { importUsageFile } from '../src/cli/usage-import.ts'
import { measureAttacks } from './attack.ts'
import { measureBilling } from './billing.ts'
import { measureBlocks } from './blocks.ts'
import { measureFloor } from './floor.ts'
import { measureOnline } from './online.ts'
import { measurePrepaid, measureStandstill } from './prepaid.ts'
import { measurePublish } from './publish.ts'
import { measureReRating } from './rerate.ts'
import { readTotal } from './seed.ts'
import { BenchServer, type Target, timed } from './server.ts'
import { flatness, type SoakRow, soak } from './soak.ts'
import { measureTelling } from './telling.ts'
import { BATCH, FILE_MAPPING, usageBodies, writeUsageFile } from './workload.ts'

const CONNECTIONS = 8
/** Enough that nothing is refused, and every event is decided against it. */
const CREDIT_LIMIT_MINOR = 100_000_000
/** A soak archives what is a few minutes old, so that memory has a level to stay at. */
const SOAK_ARCHIVE_HOURS = '0.1'
/** Services whose usage is re-rated. */
const RERATED_SERVICES = 10_000
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    records: { type: 'string', default: '1000000' },
    /** Requests of online charging; 0 leaves it out. */
    online: { type: 'string', default: '500000' },
    /** Minutes of a steady load instead of all else, and what it is a second. */
    soak: { type: 'string' },
    rate: { type: 'string', default: '10000' },
    events: { type: 'string', default: '1000' },
    /** Prefixes of a rate deck that is published under load, instead of all else. */
    publish: { type: 'string' },
    /** Services of all but the first measurement. */
    services: { type: 'string', default: '100000' },
    /** Seconds of each attack of one tenant while another charges, instead of all else. */
    attack: { type: 'string' },
    /** Records to be re-rated, instead of all else. */
    rerate: { type: 'string' },
    /** Sessions of prepaid accounts, instead of all else; and sessions that stay open meanwhile. */
    prepaid: { type: 'string' },
    open: { type: 'string', default: '20000' },
    /** Sessions while the clock stands still, instead of all else. */
    standstill: { type: 'string' },
    /** Accounts that are billed with tax, ten lines each, instead of all else; with PDFs and e-invoices of some. */
    bill: { type: 'string' },
    /** Blocks that are lifted while 2,000 online events a second run, instead of all else; `paid`: by callbacks of payments, which end their dunning. */
    ...({ blocks: { type: 'string' }, paid: { type: 'boolean' } } as const),
    /** Notices, or events for a webhook endpoint, that wait all at once, instead of all else; and how often the server is killed meanwhile. */
    ...({ notices: { type: 'string' }, webhooks: { type: 'string' } } as const),
    kills: { type: 'string', default: '0' },
    channel: { type: 'string', default: 'email' },
    tenant: { type: 'string' },
  },
  allowPositionals: true,
})
const records = Number(options.records)

interface Result extends Json {
  readonly services: number
  readonly httpPerSecond: number
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

async function measure(server: BenchServer, services: number): Promise<Result> {
  const tenant = `bench-${services}`
  const { client, loadMs } = await server.prepare(tenant, services, null)
  const { url, key } = server.target(tenant, services)
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': tenant, 'content-type': 'application/x-ndjson' }
  const target = new URL('/v1/usage', url)
  await sendBodies(target, headers, usageBodies(Math.min(records / 10, 50_000), services, 'warm'))
  const bodies = usageBodies(records, services, 'http')
  const before = server.mainThreadMicros()
  const { totalMs, latenciesMs } = await sendBodies(target, headers, bodies)
  const mainThreadNanos = Math.round(((server.mainThreadMicros() - before) / records) * 1000)
  const file = join(server.dataDir, 'usage.ndjson')
  await writeUsageFile(file, records, services, 'file')
  const fileMs = await timed(() => importUsageFile(client, file, FILE_MAPPING))
  const floor = await measureFloor(file, server.dataDir)
  const check = await client.get<{ holds: boolean; journalBytes: number; totals: { received: number } }>('/v1/check')
  const httpPerSecond = Math.round((records / totalMs) * 1000)
  const at = (share: number): number =>
    Math.round(latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(share * latenciesMs.length))] ?? 0)
  return {
    services,
    httpPerSecond,
    mainThreadNanos,
    filePerSecond: Math.round((records / fileMs) * 1e3),
    floorPerSecond: Math.round(floor),
    httpToFloor: Number((httpPerSecond / floor).toFixed(3)),
    batchP50Ms: at(0.5),
    batchP99Ms: at(0.99),
    bytesPerRecord: Number((check.journalBytes / check.totals.received).toFixed(1)),
    rssMb: server.residentMegabytes(),
    ...{
      loadSeconds: Number((loadMs / 1e3).toFixed(1)),
      fileMb: Math.round((await stat(file)).size / 1e6),
      invariantsHold: check.holds,
    },
  }
}

/** Online charging of accounts that have a credit limit: every event is decided against a balance. */
async function measureCharging(server: BenchServer, services: number, requests: number): Promise<Json> {
  const tenant = `online-${services}`
  const { client } = await server.prepare(tenant, services, CREDIT_LIMIT_MINOR)
  const result = await measureOnline(server.target(tenant, services), requests)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  const hotToUniform = Number((result.hotPerSecond / result.pipelinedPerSecond).toFixed(2))
  return { services, ...result, hotToUniform, rssMb: server.residentMegabytes(), invariantsHold: holds }
}

/** A steady load for some minutes: a row each, and whether memory and latency stayed where they were. */
async function measureSoak(server: BenchServer, services: number, minutes: number): Promise<Json> {
  const { client } = await server.prepare('soak', services, CREDIT_LIMIT_MINOR)
  const load = { minutes, usagePerSecond: Number(options.rate), onlinePerSecond: Number(options.events) }
  const target = server.target('soak', services)
  const setClock = async (nowMs: number): Promise<unknown> =>
    client.post('/v1/tenants/soak', { clock: new Date(nowMs).toISOString() }, 'PATCH')
  const tell = (row: SoakRow): void => {
    if (options.json) return
    if (row.minute === 1) console.log(Object.keys(row).join('\t'))
    console.log(Object.values(row).join('\t'))
  }
  const rows = await soak(server, target, load, setClock, tell)
  const { holds, received, seconds } = await checkAfter(target)
  const sent = rows.reduce((sum, { usage, online }) => sum + usage + online, 0)
  return {
    services,
    ...load,
    sent,
    received,
    rssFlatness: flatness(rows, 'rssMb'),
    p50Flatness: flatness(rows, 'p50Ms'),
    p99Flatness: flatness(rows, 'p99Ms'),
    checkSeconds: seconds,
    invariantsHold: holds,
  }
}

/** The check of a long history takes longer than an ordinary client waits. */
async function checkAfter({
  url,
  key,
  tenant,
}: Target): Promise<{ holds: boolean; received: number; seconds: number }> {
  const startedMs = performance.now()
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': tenant }
    const outgoing = request(new URL('/v1/check', url), { headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (body += part))
      response.on('end', () => resolve(body))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
  const report = JSON.parse(text) as { holds: boolean; totals: { received: number }; results: Json[] }
  for (const result of report.results) if (result['holds'] !== true) console.error(JSON.stringify(result))
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  return { holds: report.holds, received: report.totals.received, seconds }
}

async function measurePublishing(server: BenchServer, services: number, prefixes: number): Promise<Json> {
  const { client } = await server.prepare('publish', services, CREDIT_LIMIT_MINOR)
  const result = await measurePublish(server.target('publish', services), client, prefixes)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  return { services, ...result, invariantsHold: holds }
}

/** Accounts that pay in advance: what they top up, and what their sessions reserve and use. */
async function measureSessions(server: BenchServer, services: number): Promise<Json> {
  const tenant = 'prepaid'
  const { client } = await server.prepare(tenant, services, 0)
  const target = server.target(tenant, services)
  const { prepaid, standstill, open } = options
  const result =
    standstill === undefined
      ? await measurePrepaid(server, target, client, { sessions: Number(prepaid), open: Number(open) })
      : await measureStandstill(server, target, client, Number(standstill))
  const { holds, seconds } = await checkAfter(server.target(tenant, services))
  return { services, ...result, rssMb: server.residentMegabytes(), checkSeconds: seconds, invariantsHold: holds }
}

/** One tenant attacks, with so many records of its own, while another charges. */
async function measureAttacked(services: number, seconds: number): Promise<void> {
  const server = new BenchServer()
  try {
    await server.start()
    const { client } = await server.prepare('attacker', services, CREDIT_LIMIT_MINOR)
    await server.prepare('attacked', services, CREDIT_LIMIT_MINOR)
    const [{ url, key }, target] = [server.target('attacker', services), server.target('attacked', services)]
    const headers = {
      authorization: `Bearer ${key}`,
      'kvit-tenant': 'attacker',
      'content-type': 'application/x-ndjson',
    }
    await sendBodies(new URL('/v1/usage', url), headers, usageBodies(records, services, 'own'))
    const phases = await measureAttacks(server, client, target, seconds)
    console.log(options.json ? JSON.stringify(phases, null, 2) : formatTable(phases))
    process.exitCode = phases.every(({ failed }) => failed === 0) ? 0 : 1
  } finally {
    await server.close()
  }
}

/** One measurement that stands alone, as its own program would. */
async function runAlone(measureOne: (server: BenchServer) => Promise<Json>): Promise<void> {
  const server = new BenchServer(options.soak === undefined ? {} : { KVIT_ARCHIVE_AFTER_HOURS: SOAK_ARCHIVE_HOURS })
  await server.start()
  try {
    const result = await measureOne(server)
    console.log(JSON.stringify(result, null, 2))
    process.exitCode = result['invariantsHold'] === true ? 0 : 1
  } finally {
    await server.close()
  }
}

/** Re-rates usage of a month to other prices. */
async function measureOthers(server: BenchServer, total: number): Promise<Json> {
  const tenant = 'bench-rerate'
  const { client } = await server.prepare(tenant, RERATED_SERVICES, null)
  const { url, key } = server.target(tenant, RERATED_SERVICES)
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': tenant, 'content-type': 'application/x-ndjson' }
  await sendBodies(new URL('/v1/usage', url), headers, usageBodies(total, RERATED_SERVICES, 'http'))
  const totalOf = async (): Promise<bigint> => {
    // Counters are in their table when the engine has closed.
    await server.stop()
    await server.start()
    await client.get('/v1/journal/head')
    return readTotal(server.dataDir, 't_bench_rerate')
  }
  const result = await measureReRating(client, RERATED_SERVICES, () => server.residentMegabytes(), totalOf)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  return { ...result, invariantsHold: holds && result['isDifferenceOfTotals'] === true }
}

async function measureAll(): Promise<void> {
  const server = new BenchServer()
  const results: Result[] = []
  const online: Json[] = []
  await server.start()
  try {
    for (const services of options.sizes.split(',').filter(Boolean).map(Number))
      results.push(await measure(server, services))
    if (Number(options.online) > 0)
      online.push(await measureCharging(server, Number(options.services), Number(options.online)))
  } finally {
    await server.close()
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

const [{ soak: minutes, publish: prefixes, rerate }, services] = [options, Number(options.services)]
if (minutes !== undefined) await runAlone((server) => measureSoak(server, services, Number(minutes)))
else if (prefixes !== undefined) await runAlone((server) => measurePublishing(server, services, Number(prefixes)))
else if (options.prepaid !== undefined || options.standstill !== undefined)
  await runAlone((server) => measureSessions(server, services))
else if (options.attack !== undefined) await measureAttacked(services, Number(options.attack))
else if (options.bill !== undefined)
  await runAlone((server) => measureBilling(server, Number(options.bill), sendBodies))
else if (options.blocks !== undefined)
  console.log(JSON.stringify(await measureBlocks(services, Number(options.blocks), options.paid === true), null, 2))
else if (options.notices !== undefined || options.webhooks !== undefined)
  console.log(JSON.stringify(await measureTelling(options), null, 2))
else if (rerate !== undefined) await runAlone((server) => measureOthers(server, Number(rerate)))
else await measureAll()
