import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, ChargingClient, type Request } from '../packages/sdk/src/node.ts'
import type { Client } from '../src/cli/client.ts'
import { type BenchServer, type Target, timed } from './server.ts'
import { memoryOf, percentile } from './soak.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** Sessions that are open at once while they are counted by the second. */
const CALLERS = 4_000
const TOP_UP_CONNECTIONS = 64
const TIME = '2026-01-15T12:00:00Z'
const UNITS = [{ type: 'bench.usage', data: { units: '3' } }]
/** Events a second that are timed while other work goes on, and for how long. */
const PACED_PER_SECOND = 2_000
const PACED_SECONDS = 10

/** What prepaid charging reached: rates a second, latencies in milliseconds. */
export interface PrepaidResult {
  readonly [name: string]: number
}

function clientOf({ url, tcpPort, key, tenant }: Target): ChargingClient {
  return new ChargingClient({ host: url.hostname, port: tcpPort, key, tenant, connections: 4, maxWaiting: 16_000 })
}

/** Rates, and what each took of the deciding thread. */
type Measured = (times: number, atOnce: number, work: (index: number) => Promise<void>) => Promise<[number, number]>

function measuredBy(server: BenchServer): Measured {
  return async (times, atOnce, work) => {
    const before = server.mainThreadMicros()
    const rate = await perSecond(times, atOnce, work)
    return [rate, Math.round((server.mainThreadMicros() - before) / times)]
  }
}

/** Calls `work` so many times, so many at once. @returns how often a second. */
async function perSecond(times: number, atOnce: number, work: (index: number) => Promise<void>): Promise<number> {
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < times) await work(next++)
  }
  const ms = await timed(async () => Promise.all(Array.from({ length: Math.min(atOnce, times) }, caller)))
  return Math.round((times / ms) * 1000)
}

async function ask(client: ChargingClient, request: Request, result: Answer['result']): Promise<void> {
  const answer = await client.request(request)
  if (answer.result !== result)
    throw new Error(`${request.op} was ${answer.result}: ${answer.reason} ${answer.detail} ${JSON.stringify(request)}`)
}

/** A session from its start to its end. */
async function runSession(client: ChargingClient, session: string, service: string, updates: number): Promise<void> {
  const named = { source: 'bench', session, service, time: TIME }
  await ask(client, { op: 'start', ...named, sequence: 0, requested: UNITS }, 'granted')
  for (let sequence = 1; sequence <= updates; sequence++)
    await ask(client, { op: 'update', ...named, sequence, used: UNITS, requested: UNITS }, 'granted')
  await ask(client, { op: 'end', ...named, sequence: updates + 1, used: UNITS }, 'ended')
}

/** Latencies of events that are sent at a pace, answered or not, while something else goes on. */
async function pacedEvents(client: ChargingClient, run: string, services: number, seconds: number): Promise<number[]> {
  const random = randomFrom(23)
  const latenciesMs: number[] = []
  const startedMs = performance.now()
  const sends: Promise<void>[] = []
  const send = async (index: number): Promise<void> => {
    const sentMs = performance.now()
    const service = serviceKey(Math.floor(random() * services))
    const event = { op: 'event', source: 'bench', id: `${run}-${index}`, service, type: 'bench.usage' } as const
    await ask(client, { ...event, time: TIME, data: { units: '3' } }, 'charged')
    latenciesMs.push(performance.now() - sentMs)
  }
  while (sends.length < seconds * PACED_PER_SECOND) {
    const due = Math.floor(((performance.now() - startedMs) / 1000) * PACED_PER_SECOND)
    while (sends.length < Math.min(due, seconds * PACED_PER_SECOND)) sends.push(send(sends.length))
    await sleep(1)
  }
  await Promise.all(sends)
  return latenciesMs
}

/** Money for every account: one top-up after another, then many at once. */
async function topUps(target: Target, client: Client, run: string, count: number, atOnce: number): Promise<number[]> {
  const latenciesMs: number[] = []
  const startedMs = performance.now()
  await perSecond(count, atOnce, async (index) => {
    const sentMs = performance.now()
    const account = serviceKey(index % target.services)
    const draft = { key: `${run}-${index}`, account, amount: '100000', currency: 'EUR', method: 'cash' }
    await client.post('/v1/top-ups', draft)
    latenciesMs.push(performance.now() - sentMs)
  })
  return [
    Math.round((count / (performance.now() - startedMs)) * 1000),
    percentile(latenciesMs, 0.5),
    percentile(latenciesMs, 0.99),
  ]
}

/**
 * Prepaid accounts: top-ups, sessions that reserve and end, with and without reports between, and all of it beside
 * sessions that stay open; then how long events wait beside that, without and with checkpoints.
 */
export async function measurePrepaid(
  server: BenchServer,
  target: Target,
  client: Client,
  { sessions, open }: { sessions: number; open: number },
): Promise<PrepaidResult> {
  const online = clientOf(target)
  const random = randomFrom(5)
  const anyService = (): string => serviceKey(Math.floor(random() * target.services))
  const [first] = await topUps(target, client, 'first', target.services, TOP_UP_CONNECTIONS)
  await perSecond(Math.min(sessions, 50_000), CALLERS, (index) => runSession(online, `warm-${index}`, anyService(), 0))
  const measured = measuredBy(server)
  const [pairs, pairMicros] = await measured(sessions, CALLERS, (index) =>
    runSession(online, `pair-${index}`, anyService(), 0),
  )
  const [triples, tripleMicros] = await measured(sessions / 2, CALLERS, (index) =>
    runSession(online, `triple-${index}`, anyService(), 1),
  )
  await perSecond(open, CALLERS, (index) =>
    ask(
      online,
      {
        op: 'start',
        source: 'bench',
        session: `open-${index}`,
        service: anyService(),
        time: TIME,
        sequence: 0,
        validitySeconds: 86_400,
        requested: UNITS,
      },
      'granted',
    ),
  )
  const [pairsBeside, pairBesideMicros] = await measured(sessions / 2, CALLERS, (index) =>
    runSession(online, `beside-${index}`, anyService(), 0),
  )
  const alone = await topUps(target, client, 'alone', 200, 1)
  const before = server.mainThreadMicros()
  const many = await topUps(target, client, 'many', 5_000, TOP_UP_CONNECTIONS)
  const topUpMicros = Math.round((server.mainThreadMicros() - before) / 5_000)
  // Everything at once, at a pace that leaves room.
  let isOver = false
  const background = async (): Promise<void> => {
    for (let index = 0; !isOver; index++) {
      await Promise.all([
        ...Array.from({ length: 10 }, (_, at) =>
          runSession(online, `b-${performance.now()}-${index}-${at}`, anyService(), 1),
        ),
        topUps(target, client, `b-${performance.now()}-${index}`, 2, 2),
        sleep(20),
      ])
    }
  }
  const others = background()
  await memoryOf(target)
  const without = await pacedEvents(online, 'without', target.services, PACED_SECONDS)
  const lagWithout = (await memoryOf(target)).lagMaxMs
  let checkpoints = 0
  const store = async (): Promise<void> => {
    for (; !isOver; checkpoints++) await client.post('/v1/journal/archive', {})
  }
  const checkpointing = store()
  const beside = await pacedEvents(online, 'beside', target.services, PACED_SECONDS)
  const lagBeside = (await memoryOf(target)).lagMaxMs
  isOver = true
  await Promise.all([others, checkpointing])
  await online.close()
  return {
    firstTopUpsPerSecond: first as number,
    pairsPerSecond: pairs,
    pairMicros,
    triplesPerSecond: triples,
    tripleMicros,
    pairsBesideOpenPerSecond: pairsBeside,
    pairBesideMicros,
    topUpAloneP50Ms: alone[1] as number,
    topUpAloneP99Ms: alone[2] as number,
    topUpsPerSecond: many[0] as number,
    topUpMicros,
    topUpP99Ms: many[2] as number,
    eventP50Ms: percentile(without, 0.5),
    eventP99Ms: percentile(without, 0.99),
    eventP50BesideCheckpointMs: percentile(beside, 0.5),
    eventP99BesideCheckpointMs: percentile(beside, 0.99),
    standMs: lagWithout,
    standBesideCheckpointMs: lagBeside,
    checkpoints,
  }
}

/** Sessions on few accounts while the clock stands still, with checkpoints in between; then a start. */
export async function measureStandstill(
  server: BenchServer,
  target: Target,
  client: Client,
  sessions: number,
): Promise<PrepaidResult> {
  const online = clientOf(target)
  await topUps(target, client, 'first', target.services, TOP_UP_CONNECTIONS)
  const measured = measuredBy(server)
  const rows: { heapMb: number; lagMaxMs: number; perSecond: number; micros: number; checkpointMs: number }[] = []
  const step = Math.ceil(sessions / 10)
  await memoryOf(target)
  for (let from = 0; from < sessions; from += step) {
    const [rate, micros] = await measured(Math.min(step, sessions - from), CALLERS, (index) =>
      runSession(online, `s-${from + index}`, serviceKey((from + index) % target.services), 0),
    )
    const checkpointMs = await timed(() => client.post('/v1/journal/archive', {}))
    const { heapMb, lagMaxMs } = await memoryOf(target)
    rows.push({ heapMb, lagMaxMs, perSecond: rate, micros, checkpointMs: Math.round(checkpointMs) })
    console.error(JSON.stringify(rows.at(-1)))
  }
  await online.close()
  await server.stop()
  const startMs = await timed(async () => {
    await server.start()
    await client.get('/v1/journal/head')
  })
  return {
    sessions,
    heapFirstMb: rows[0]?.heapMb ?? 0,
    heapLastMb: rows.at(-1)?.heapMb ?? 0,
    standMs: Math.max(...rows.map(({ lagMaxMs }) => lagMaxMs)),
    checkpointMs: Math.max(...rows.map(({ checkpointMs }) => checkpointMs)),
    pairsPerSecondFirst: rows[0]?.perSecond ?? 0,
    pairMicrosLast: rows.at(-1)?.micros ?? 0,
    pairsPerSecondLast: rows.at(-1)?.perSecond ?? 0,
    startSeconds: Math.round(startMs / 100) / 10,
  }
}
