import { setTimeout } from 'node:timers/promises'
import { FakeNas } from '../packages/fakes/src/fake-nas.ts'
import { ChargingClient } from '../packages/sdk/src/node.ts'
import type { Client, Json } from '../src/cli/client.ts'
import { eventOf, pipelined } from './online.ts'
import { BenchServer, type Target } from './server.ts'
import { percentile } from './soak.ts'
import { serviceKey } from './workload.ts'

/** Online events a second, beside which services are opened. */
const EVENTS_PER_SECOND = 2_000
const SECRET = 'bench'
/** Services that are opened one after another, with a pause in between. */
const PAUSE_MS = 20
const CREDIT_LIMIT_MINOR = 100_000_000

/** Milliseconds from the request that lifts a block. */
interface Opened {
  /** Until the first event that is charged. */
  readonly chargedMs: number
  /** Until the network access server has been told that the service is open. */
  readonly toldMs: number
}

/** From the lifting of a block to an open service, in charging and in the network, while 2,000 online events a second run on other services. */
export async function measureBlocks(services: number, lifts: number): Promise<Json> {
  const nas = await FakeNas.listen(SECRET)
  const server = new BenchServer({ KVIT_PRIVATE_HOSTS: `127.0.0.1:${nas.port}` })
  await server.start()
  try {
    const { client } = await server.prepare('blocks', services + lifts, CREDIT_LIMIT_MINOR)
    const open = { request: 'coa', attributes: [{ attribute: 'Filter-Id', value: 'open' }] }
    const radius = { host: '127.0.0.1', port: nas.port, states: { open } }
    await client.post('/v1/enforcement-targets', { key: 'nas', radius, secret: SECRET })
    const target = server.target('blocks', services)
    await pipelined(target, 'warm', 20_000)
    const seconds = Math.ceil((lifts * (PAUSE_MS + 60)) / 1_000) + 10
    const load = pipelined(target, 'load', seconds * EVENTS_PER_SECOND, EVENTS_PER_SECOND)
    const opened = await openAll(target, client, nas, services, lifts)
    const { perSecond, p99Ms } = await load
    const { holds } = await client.get<{ holds: boolean }>('/v1/check')
    const at = (of: keyof Opened, share: number): number =>
      Math.round(
        percentile(
          opened.map((one) => one[of]),
          share,
        ),
      )
    return {
      ...{ services, lifts, eventsPerSecond: perSecond, eventsP99Ms: Math.round(p99Ms) },
      ...{ chargedP50Ms: at('chargedMs', 0.5), chargedP99Ms: at('chargedMs', 0.99), chargedMaxMs: at('chargedMs', 1) },
      ...{ toldP50Ms: at('toldMs', 0.5), toldP99Ms: at('toldMs', 0.99), toldMaxMs: at('toldMs', 1) },
      invariantsHold: holds,
    }
  } finally {
    await server.close()
    nas.close()
  }
}

async function openAll(target: Target, client: Client, nas: FakeNas, from: number, count: number): Promise<Opened[]> {
  const { url, tcpPort, key, tenant } = target
  const gateway = new ChargingClient({
    host: url.hostname,
    port: tcpPort,
    key,
    tenant,
    connections: 1,
    maxWaiting: 100,
  })
  const found: Promise<Opened>[] = []
  for (let index = 0; index < count; index++) {
    const service = serviceKey(from + index)
    const block = await client.post('/v1/blocks', { key: `b-${index}`, service, reason: 'dunning_hard' })
    const refused = await gateway.request(eventOf(`refused-${index}`, 0, service))
    if (refused.reason !== 'service_blocked') throw new Error(`a blocked service was ${refused.result}`)
    found.push(openOne(gateway, client, nas, String(block['id']), service))
    await setTimeout(PAUSE_MS)
  }
  const opened = await Promise.all(found)
  await gateway.close()
  return opened
}

async function openOne(
  gateway: ChargingClient,
  client: Client,
  nas: FakeNas,
  block: string,
  service: string,
): Promise<Opened> {
  const startedMs = performance.now()
  const lifting = client.post(`/v1/blocks/${block}/lift`, {})
  const charged = (async (): Promise<number> => {
    for (let tries = 0; ; tries++) {
      const { result } = await gateway.request(eventOf(`open-${service}-${tries}`, 0, service))
      if (result === 'charged') return performance.now() - startedMs
      await setTimeout(5)
    }
  })()
  const told = (async (): Promise<number> => {
    while (nas.asked(service).at(-1) !== 'open') await setTimeout(5)
    return performance.now() - startedMs
  })()
  const [chargedMs, toldMs] = await Promise.all([charged, told, lifting])
  return { chargedMs, toldMs }
}
