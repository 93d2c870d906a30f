import { ChargingClient } from '../packages/sdk/src/node.ts'
import type { Client } from '../src/cli/client.ts'
import { metricsText, type Target, timed } from './server.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** Online events a second while the catalogue is published. */
const EVENTS_PER_SECOND = 2_000
const QUIET_MS = 5_000

/** Milliseconds. A gap is the time between two answers to online events. */
export interface PublishResult {
  readonly prefixes: number
  readonly publishMs: number
  readonly longestGapMs: number
  readonly loopDelayMs: number
  readonly quietGapMs: number
  readonly quietLoopDelayMs: number
}

/** Publishes a rate deck that a published plan prices by while online events run: for how long does that stop anything? */
export async function measurePublish(target: Target, client: Client, prefixes: number): Promise<PublishResult> {
  const { url, tcpPort, key, tenant } = target
  const sdk = new ChargingClient({ host: url.hostname, port: tcpPort, key, tenant, connections: 4 })
  const random = randomFrom(3)
  await importDeck(client, 10, '2026-01-01')
  await client.post('/v1/catalog', { files: [{ name: 'large.yaml', text: PLAN }] })
  let [sent, gapMs, lastMs, isOver] = [0, 0, performance.now(), false]
  const send = async (): Promise<void> => {
    const [id, service] = [`p${sent}`, serviceKey(Math.floor(random() * target.services))]
    const event = {
      source: 'publish',
      service,
      type: 'bench.usage',
      time: '2026-01-15T12:00:00Z',
      data: { units: '3' },
    }
    const answer = await sdk.request({ op: 'event', id, ...event })
    if (answer.result !== 'charged') throw new Error(`an event was ${answer.result}: ${answer.reason}`)
    const nowMs = performance.now()
    gapMs = Math.max(gapMs, nowMs - lastMs)
    lastMs = nowMs
  }
  const load = async (): Promise<void> => {
    const startedMs = performance.now()
    const underWay: Promise<void>[] = []
    while (!isOver) {
      const due = ((performance.now() - startedMs) / 1000) * EVENTS_PER_SECOND
      for (; sent < due; sent++) underWay.push(send())
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await Promise.all(underWay)
  }
  /** The longest gap and delay while `work` runs. */
  const during = async (work: () => Promise<unknown>): Promise<{ gapMs: number; delayMs: number; ms: number }> => {
    await loopDelayMs(target)
    gapMs = 0
    const ms = await timed(work)
    return { gapMs: Math.round(gapMs), delayMs: await loopDelayMs(target), ms: Math.round(ms) }
  }
  const sleep = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  const loading = load()
  await sleep()
  const quiet = await during(sleep)
  const published = await during(async () => importDeck(client, prefixes, '2026-01-10'))
  isOver = true
  await loading
  await sdk.close()
  return {
    prefixes,
    publishMs: published.ms,
    longestGapMs: published.gapMs,
    loopDelayMs: published.delayMs,
    quietGapMs: quiet.gapMs,
    quietLoopDelayMs: quiet.delayMs,
  }
}

/** The longest that the server's event loop stood still since the last question. */
async function loopDelayMs(target: Target): Promise<number> {
  const text = await metricsText(target)
  return Math.round(Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1000)
}

const DECK = {
  code: 'large',
  name: 'Large deck',
  zone: 'UTC',
  prefix: { column: 'prefix' },
  destination: { column: 'name' },
  rates: { all: { column: 'rate' } },
}
const PLAN = `meters:
  - { code: large-seconds, name: Calls, eventType: large.call, aggregator: sum, property: seconds, unit: s, scale: 0 }
plans:
  - code: large
    name: Large
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: large-seconds, per: 60, deck: { code: large, key: called } }
`

/** A version of a deck of so many prefixes, as a carrier sends it. */
async function importDeck(client: Client, prefixes: number, effectiveFrom: string): Promise<unknown> {
  const rows = Array.from(
    { length: prefixes },
    (_, index) => `${100_000 + index},Destination ${index % 900},${(1 / (10 + (index % 900))).toFixed(4)}`,
  )
  const file = { name: 'large.csv', text: ['prefix,name,rate', ...rows].join('\n') }
  return client.post('/v1/rate-decks', { mapping: DECK, effectiveFrom, mode: 'replace', file, dryRun: false })
}
