import { ChargingClient } from '../packages/sdk/src/index.ts'
import type { Client } from '../src/cli/client.ts'
import { type Target, timed } from './server.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** Online events a second while the catalogue is published. */
const EVENTS_PER_SECOND = 2_000
const QUIET_MS = 5_000
/** Prices of the plan; its parts are spread over them. */
const PRICES = 10

/** Milliseconds. A gap is the time between two answers to online events. */
export interface PublishResult {
  readonly parts: number
  readonly publishMs: number
  readonly longestGapMs: number
  readonly loopDelayMs: number
  readonly quietGapMs: number
  readonly quietLoopDelayMs: number
}

/** Publishes a large catalogue while online events run, and says for how long that stopped anything. */
export async function measurePublish(target: Target, client: Client, parts: number): Promise<PublishResult> {
  const { url, tcpPort, key, tenant } = target
  const sdk = new ChargingClient({ host: url.hostname, port: tcpPort, key, tenant, connections: 4 })
  const random = randomFrom(3)
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
    await loopDelayMs(url)
    gapMs = 0
    const ms = await timed(work)
    return { gapMs: Math.round(gapMs), delayMs: await loopDelayMs(url), ms: Math.round(ms) }
  }
  const sleep = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  const loading = load()
  await sleep()
  const quiet = await during(sleep)
  const files = largeCatalogue(parts)
  const published = await during(async () => client.post('/v1/catalog', { files }))
  isOver = true
  await loading
  await sdk.close()
  return {
    parts,
    publishMs: published.ms,
    longestGapMs: published.gapMs,
    loopDelayMs: published.delayMs,
    quietGapMs: quiet.gapMs,
    quietLoopDelayMs: quiet.delayMs,
  }
}

/** The longest that the server's event loop stood still since the last question. */
async function loopDelayMs(url: URL): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Math.round(Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1000)
}

/** A plan with so many rates: prices with many tiers each. The one place that says what a large catalogue is. */
function largeCatalogue(parts: number): { name: string; text: string }[] {
  const each = Math.ceil(parts / PRICES)
  const tiers = Array.from({ length: each }, (_, index) => {
    const upTo = index === each - 1 ? 'null' : String((index + 1) * 10)
    return `            - { upTo: ${upTo}, unitAmount: ${(1 / (index + 10)).toFixed(6)} }\n`
  }).join('')
  const prices = Array.from(
    { length: PRICES },
    (_, index) =>
      `      - kind: usage\n        code: large-${index}\n        name: Large ${index}\n        meter: bench-units\n        rate:\n          model: graduated\n          tiers:\n${tiers}`,
  ).join('')
  return [
    { name: 'large.yaml', text: `plans:\n  - code: large\n    name: Large\n    currency: EUR\n    prices:\n${prices}` },
  ]
}
