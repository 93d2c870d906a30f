import { Agent, request } from 'node:http'
import { type Answer, ChargingClient, type Request } from '../packages/sdk/src/node.ts'
import { type BenchServer, metricsText, type Target } from './server.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** A load that stays the same: records of usage by HTTP and online requests over TCP, each a second. */
export interface SoakLoad {
  readonly minutes: number
  readonly usagePerSecond: number
  readonly onlinePerSecond: number
}

/** One minute. Latencies in milliseconds, memory in MB. */
export interface SoakRow {
  readonly [name: string]: number
  readonly minute: number
  readonly usage: number
  readonly online: number
  /** Since the start. */
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly batchP99Ms: number
  readonly lagMaxMs: number
  readonly rssMb: number
  readonly heapMb: number
  readonly externalMb: number
}

const MINUTE_MS = 60_000
const USAGE_EVERY_MS = 100
const ONLINE_EVERY_MS = 10
/** Bodies under way at once; a server that falls behind makes the load wait. */
const MAX_BODIES = 8
/** What may fail, because a stalled machine did not answer in time, before the run gives up. */
const MAX_FAILED = 1_000
/** Of a hundred online requests, those that belong to sessions: a start, an update and an end each. */
const SESSION_SHARE = 15
/** What a minute of load is on the tenant's clock: days go by, so that the archive does not see the same day again. */
const CLOCK_STEP_MS = 12 * 3_600_000
const CLOCK_FROM_MS = Date.UTC(2026, 0, 1, 12)
/** Usage happened at most so long before the clock. */
const RECENT_MS = 6 * 3_600_000

interface Running {
  readonly target: Target
  readonly random: () => number
  readonly client: ChargingClient
  readonly agent: Agent
  online: number[]
  batches: number[]
  usage: number
  nowMs: number
  next: number
  failed: number
  error: Error | undefined
}

/** Runs the load, tells every minute, and gives the rows back. */
export async function soak(
  server: BenchServer,
  target: Target,
  load: SoakLoad,
  setClock: (nowMs: number) => Promise<unknown>,
  tell: (row: SoakRow) => void,
): Promise<SoakRow[]> {
  const { url, tcpPort, key, tenant } = target
  const running: Running = {
    target,
    random: randomFrom(17),
    client: new ChargingClient({ host: url.hostname, port: tcpPort, key, tenant, connections: 4, maxWaiting: 20_000 }),
    agent: new Agent({ keepAlive: true, maxSockets: MAX_BODIES }),
    online: [],
    batches: [],
    usage: 0,
    nowMs: CLOCK_FROM_MS,
    next: 0,
    failed: 0,
    error: undefined,
  }
  await setClock(running.nowMs)
  const rows: SoakRow[] = []
  const startedMs = performance.now()
  const untilMs = startedMs + load.minutes * MINUTE_MS
  const usage = atPace(untilMs, USAGE_EVERY_MS, load.usagePerSecond, MAX_BODIES, (count) => sendUsage(running, count))
  const online = atPace(untilMs, ONLINE_EVERY_MS, load.onlinePerSecond, Number.POSITIVE_INFINITY, (count) =>
    sendOnline(running, count),
  )
  for (let minute = 1; minute <= load.minutes; minute++) {
    await sleep(startedMs + minute * MINUTE_MS - performance.now())
    if (running.failed > MAX_FAILED && running.error !== undefined) throw running.error
    const row = {
      minute,
      ...takeRow(running),
      rssMb: server.residentMegabytes(),
      ...(await memoryOf(target)),
    } as SoakRow
    rows.push(row)
    tell(row)
    if (minute === load.minutes) break
    const nowMs = CLOCK_FROM_MS + minute * CLOCK_STEP_MS
    await setClock(nowMs)
    running.nowMs = nowMs
  }
  await Promise.all([usage, online])
  await running.client.close()
  running.agent.destroy()
  return rows
}

/** Calls `send` with what is due, every so often; what is late is made up for. At most `limit` calls are under way. */
async function atPace(
  untilMs: number,
  everyMs: number,
  perSecond: number,
  limit: number,
  send: (count: number) => Promise<void>,
): Promise<void> {
  const startedMs = performance.now()
  const underWay = new Set<Promise<void>>()
  let sent = 0
  while (performance.now() < untilMs) {
    const due = Math.floor(((performance.now() - startedMs) / 1000) * perSecond) - sent
    if (due > 0 && underWay.size < limit) {
      // What piled up goes out in parts of the usual size.
      const count = Math.min(due, Math.ceil((perSecond * everyMs) / 1000))
      sent += count
      const work: Promise<void> = send(count).finally(() => underWay.delete(work))
      underWay.add(work)
      if (due > count) continue
    }
    await sleep(everyMs)
  }
  await Promise.all(underWay)
}

async function sendUsage(running: Running, count: number): Promise<void> {
  const { random, target } = running
  let body = ''
  for (let index = 0; index < count; index++) {
    const service = serviceKey(Math.floor(random() * target.services))
    body += `{"id":"u${running.next++}","source":"soak","service":"${service}","type":"bench.usage","time":"${recently(running)}","data":{"units":${1 + Math.floor(random() * 500)}}}\n`
  }
  const sentMs = performance.now()
  try {
    const { suspended } = JSON.parse(await postAgain(running, body)) as { suspended: number }
    if (suspended > 0) throw new Error(`${suspended} records were suspended`)
    running.usage += count
    running.batches.push(performance.now() - sentMs)
  } catch (error) {
    running.failed++
    running.error ??= error as Error
  }
}

/** As clients do: what a connection that the server closed meanwhile may have lost is sent again. */
async function postAgain(running: Running, body: string): Promise<string> {
  try {
    return await post(running, body)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ECONNRESET') throw error
    return post(running, body)
  }
}

function post({ target, agent }: Running, body: string): Promise<string> {
  const headers = {
    authorization: `Bearer ${target.key}`,
    'kvit-tenant': target.tenant,
    'content-type': 'application/x-ndjson',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL('/v1/usage', target.url), { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function sendOnline(running: Running, count: number): Promise<void> {
  const { random } = running
  const work: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    const roll = random() * 100
    // A session is three requests, so it begins a third as often.
    if (roll >= SESSION_SHARE) work.push(sendEvent(running))
    else if (roll < SESSION_SHARE / 3) work.push(runSession(running))
  }
  try {
    await Promise.all(work)
  } catch (error) {
    running.failed++
    running.error ??= error as Error
  }
}

async function sendEvent(running: Running): Promise<void> {
  const answer = await ask(running, {
    op: 'event',
    id: `e${running.next++}`,
    source: 'soak-online',
    service: anyService(running),
    type: 'bench.usage',
    time: recently(running),
    data: { units: '3' },
  })
  if (answer.result !== 'charged') throw new Error(`an event was ${answer.result}: ${answer.reason} ${answer.detail}`)
}

async function runSession(running: Running): Promise<void> {
  const [session, service] = [`s${running.next++}`, anyService(running)]
  const time = new Date(running.nowMs).toISOString()
  const common = { source: 'soak-online', session, service, time }
  const part = [{ type: 'bench.usage', data: { units: '20' } }]
  const granted = await ask(running, { ...common, op: 'start', sequence: 0, requested: part })
  if (granted.result !== 'granted')
    throw new Error(`a session was ${granted.result}: ${granted.reason} ${granted.detail}`)
  await ask(running, { ...common, op: 'update', sequence: 1, used: part, requested: part })
  const ended = await ask(running, { ...common, op: 'end', sequence: 2, used: part })
  if (ended.result !== 'ended') throw new Error(`an end was ${ended.result}: ${ended.reason} ${ended.detail}`)
}

async function ask(running: Running, request: Request): Promise<Answer> {
  const sentMs = performance.now()
  const answer = await running.client.request(request)
  running.online.push(performance.now() - sentMs)
  return answer
}

function anyService({ random, target }: Running): string {
  return serviceKey(Math.floor(random() * target.services))
}

function recently({ random, nowMs }: Running): string {
  return new Date(nowMs - Math.floor(random() * RECENT_MS)).toISOString()
}

function takeRow(running: Running): Pick<SoakRow, 'usage' | 'online' | 'failed' | 'p50Ms' | 'p99Ms' | 'batchP99Ms'> {
  const { online, batches, usage } = running
  running.online = []
  running.batches = []
  running.usage = 0
  return {
    usage,
    online: online.length,
    failed: running.failed,
    p50Ms: percentile(online, 0.5),
    p99Ms: percentile(online, 0.99),
    batchP99Ms: percentile(batches, 0.99),
  }
}

/** Of the server's own figures: the longest that its event loop stood still since the last look, and the heap. */
export async function memoryOf(target: Target): Promise<{ lagMaxMs: number; heapMb: number; externalMb: number }> {
  const text = await metricsText(target)
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN)
  return {
    lagMaxMs: Math.round(value('nodejs_eventloop_lag_max_seconds') * 1000),
    heapMb: Math.round(value('nodejs_heap_size_used_bytes') / 2 ** 20),
    externalMb: Math.round(value('nodejs_external_memory_bytes') / 2 ** 20),
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1))
}

/** The last quarter of the run against its second: 1 is flat. The first quarter warms up. */
export function flatness(rows: readonly SoakRow[], name: 'rssMb' | 'p50Ms' | 'p99Ms'): number {
  const quarter = Math.floor(rows.length / 4)
  if (quarter === 0) return 1
  const median = (part: readonly SoakRow[]): number =>
    percentile(
      part.map((row) => row[name]),
      0.5,
    )
  return Number((median(rows.slice(-quarter)) / median(rows.slice(quarter, 2 * quarter))).toFixed(2))
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
