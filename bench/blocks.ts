import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { FakeNas } from '../packages/fakes/src/fake-nas.ts'
import { ChargingClient } from '../packages/sdk/src/node.ts'
import type { Client, Json } from '../src/cli/client.ts'
import { systemClock } from '../src/platform/clock.ts'
import { eventOf, pipelined } from './online.ts'
import { BenchServer, type Target } from './server.ts'
import { percentile } from './soak.ts'
import { serviceKey } from './workload.ts'

/** Online events a second, beside which services are opened. */
const EVENTS_PER_SECOND = 2_000
const SECRET = 'bench'
/** What callbacks of payments are signed with. */
const SIGNING_KEY = randomBytes(32)
/** Services that are opened one after another, with a pause in between. */
const PAUSE_MS = 20
const CREDIT_LIMIT_MINOR = 100_000_000

/** How a service is barred, and what opens it again. */
type Way = (client: Client, target: Target, accounts: readonly string[]) => Promise<(account: string) => Promise<void>>

/** By hand: blocks are placed, and lifted one by one. */
const byHand: Way = async (client, _target, accounts) => {
  const blocks = new Map<string, string>()
  for (const service of accounts) {
    const block = await client.post('/v1/blocks', { key: `b-${service}`, service, reason: 'dunning_hard' })
    blocks.set(service, String(block['id']))
  }
  return async (service) => {
    await client.post(`/v1/blocks/${blocks.get(service)}/lift`, {})
  }
}

/** By dunning: a document that is overdue, a policy that bars its account, and a signed callback of a payment that settles it. */
const byPayment: Way = async (client, { url, tenant }, accounts) => {
  for (const account of accounts) {
    const lines = [{ description: 'Internet', quantity: '1', unitPrice: '10.00' }]
    await client.post('/v1/one-off-invoices', { key: account, account, lines })
  }
  const signingSecret = `whsec_${SIGNING_KEY.toString('base64')}`
  await client.post('/v1/settings/payment-notices', { values: { method: 'bank' }, secrets: { signingSecret } }, 'PUT')
  const steps = [
    { id: 'reminder', action: 'remind', afterDays: 1 },
    { id: 'hard', action: 'hard_block', afterDays: 3 },
  ]
  await client.post('/v1/dunning-policies', { key: 'bench', policy: { steps } })
  for (const day of ['02-25', '02-28']) {
    await client.post(`/v1/tenants/${tenant}`, { clock: `2026-${day}T12:00:00Z` }, 'PATCH')
    for (let after: unknown; after !== null; )
      after = (await client.post<Json>('/v1/dunning-runs', after === undefined ? {} : { after }))['next']
  }
  return async (account) => {
    const data = { key: account, account, currency: 'EUR', amount: '10.00' }
    const body = JSON.stringify({ type: 'payment.received', timestamp: '2026-02-28T12:00:00Z', data })
    const seconds = Math.floor(systemClock.nowMs() / 1_000)
    const mac = createHmac('sha256', SIGNING_KEY).update(`${account}.${seconds}.${body}`).digest('base64')
    const signed = { 'webhook-id': account, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` }
    const { status } = await fetch(new URL(`/v1/callbacks/${tenant}/payment-notices`, url), {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json', ...signed },
    })
    if (status !== 201) throw new Error(`a callback was answered with ${status}`)
  }
}

/** Milliseconds from the request that opens a service. */
interface Opened {
  /** Until the first event that is charged. */
  readonly chargedMs: number
  /** Until the network access server has been told that the service is open. */
  readonly toldMs: number
}

/**
 * From the lifting of a block, or from the callback of a payment that ends a run of dunning, to an open service, in charging and in the network, while 2,000
 * online events a second run on other services.
 */
export async function measureBlocks(services: number, lifts: number, isPaid: boolean): Promise<Json> {
  const nas = await FakeNas.listen(SECRET)
  const server = new BenchServer({ KVIT_PRIVATE_HOSTS: `127.0.0.1:${nas.port}` })
  await server.start()
  try {
    const { client } = await server.prepare('blocks', services + lifts, CREDIT_LIMIT_MINOR)
    const open = { request: 'coa', attributes: [{ attribute: 'Filter-Id', value: 'open' }] }
    const radius = { host: '127.0.0.1', port: nas.port, states: { open } }
    await client.post('/v1/enforcement-targets', { key: 'nas', radius, secret: SECRET })
    const target = server.target('blocks', services)
    const accounts = Array.from({ length: lifts }, (_, index) => serviceKey(services + index))
    const openBy = await (isPaid ? byPayment : byHand)(client, target, accounts)
    await pipelined(target, 'warm', 20_000)
    const seconds = Math.ceil((lifts * (PAUSE_MS + 60)) / 1_000) + 10
    const load = pipelined(target, 'load', seconds * EVENTS_PER_SECOND, EVENTS_PER_SECOND)
    const opened = await openAll(target, openBy, nas, accounts)
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
      ...{
        services,
        lifts,
        openedBy: isPaid ? 'payment' : 'hand',
        eventsPerSecond: perSecond,
        eventsP99Ms: Math.round(p99Ms),
      },
      ...{ chargedP50Ms: at('chargedMs', 0.5), chargedP99Ms: at('chargedMs', 0.99), chargedMaxMs: at('chargedMs', 1) },
      ...{ toldP50Ms: at('toldMs', 0.5), toldP99Ms: at('toldMs', 0.99), toldMaxMs: at('toldMs', 1) },
      invariantsHold: holds,
    }
  } finally {
    await server.close()
    nas.close()
  }
}

async function openAll(
  { url, tcpPort, key, tenant }: Target,
  openBy: (account: string) => Promise<void>,
  nas: FakeNas,
  accounts: readonly string[],
): Promise<Opened[]> {
  const at = { host: url.hostname, port: tcpPort, key, tenant }
  const gateway = new ChargingClient({ ...at, connections: 1, maxWaiting: 100 })
  const found: Promise<Opened>[] = []
  for (const service of accounts) {
    const refused = await gateway.request(eventOf(`refused-${service}`, 0, service))
    if (refused.reason !== 'service_blocked') throw new Error(`a blocked service was ${refused.result}`)
    found.push(openOne(gateway, openBy, nas, service))
    await setTimeout(PAUSE_MS)
  }
  const opened = await Promise.all(found)
  await gateway.close()
  return opened
}

async function openOne(
  gateway: ChargingClient,
  openBy: (account: string) => Promise<void>,
  nas: FakeNas,
  service: string,
): Promise<Opened> {
  const startedMs = performance.now()
  const opening = openBy(service)
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
  const [chargedMs, toldMs] = await Promise.all([charged, told, opening])
  return { chargedMs, toldMs }
}
