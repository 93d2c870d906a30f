import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ChargingClient } from '../packages/sdk/src/node.ts'
import type { Client, Json } from '../src/cli/client.ts'
import type { AttackedServer, AttackerOrder } from './attacker.ts'
import { type BenchServer, metricsText, type Target } from './server.ts'
import { percentile } from './soak.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** Online events a second of the tenant that is not attacked. */
const EVENTS_PER_SECOND = 2_000
const SCOPES = [
  'catalog:write',
  'catalog:read',
  'customers:read',
  'usage:write',
  'usage:read',
  'invoices:read',
  'ledger:read',
]

/** What online events of one tenant met while another did something. Milliseconds. */
interface Phase extends Json {
  readonly attack: string
  readonly p99Ms: number
  readonly ratio: number
  readonly longestMs: number
  readonly failed: number
  readonly loopMs: number
  readonly rssMb: number
  /** What the attacker was answered: how often each status. */
  readonly answers: string
}

/** A tenant charges at a steady pace, and what its events meet is measured. */
class SteadyLoad {
  private readonly target: Target
  private readonly sdk: ChargingClient
  private readonly random = randomFrom(5)
  private latencies: number[] = []
  private failed = 0
  private sent = 0
  private isOver = false
  private readonly running: Promise<void>

  constructor(target: Target) {
    const { url, tcpPort, key, tenant } = target
    this.target = target
    this.sdk = new ChargingClient({ host: url.hostname, port: tcpPort, key, tenant, connections: 4 })
    this.running = this.run()
  }

  private async run(): Promise<void> {
    const startedMs = performance.now()
    const underWay: Promise<void>[] = []
    let due = 0
    while (!this.isOver) {
      for (; due < ((performance.now() - startedMs) / 1000) * EVENTS_PER_SECOND; due++) underWay.push(this.send())
      if (underWay.length > 50_000) await Promise.all(underWay.splice(0, 25_000))
      await setTimeout(1)
    }
    await Promise.all(underWay)
  }

  private async send(): Promise<void> {
    const service = serviceKey(Math.floor(this.random() * this.target.services))
    const event = { source: 'attack', service, type: 'bench.usage', time: '2026-01-15T12:00:00Z', data: { units: '3' } }
    const sentMs = performance.now()
    try {
      const { result } = await this.sdk.request({ op: 'event', id: `a${this.sent++}`, ...event })
      if (result !== 'charged') this.failed++
    } catch {
      this.failed++
    }
    this.latencies.push(performance.now() - sentMs)
  }

  /** What events met since the last time. */
  take(): { p99Ms: number; longestMs: number; failed: number } {
    const [latencies, failed] = [this.latencies, this.failed]
    this.latencies = []
    this.failed = 0
    return { p99Ms: percentile(latencies, 0.99), longestMs: percentile(latencies, 1), failed }
  }

  async close(): Promise<void> {
    this.isOver = true
    await this.running
    await this.sdk.close()
  }
}

/** One tenant attacks in one way after another while another one charges: what do its events meet? */
export async function measureAttacks(
  server: BenchServer,
  client: Client,
  target: Target,
  seconds: number,
): Promise<Phase[]> {
  const { key } = await client.post('/v1/keys', { name: 'attacker', scopes: SCOPES })
  const attacked: AttackedServer = { url: target.url.href, tcpPort: target.tcpPort, key: String(key) }
  const attacker = fork(join(import.meta.dirname, 'attacker.ts'), [JSON.stringify(attacked)])
  const [names] = (await once(attacker, 'message')) as [string[]]
  const load = new SteadyLoad(target)
  const during = async (): Promise<Omit<Phase, 'attack' | 'ratio' | 'answers'>> => {
    await loopDelayMs(target)
    load.take()
    await setTimeout(seconds * 1_000)
    return { ...load.take(), loopMs: await loopDelayMs(target), rssMb: server.residentMegabytes() } as never
  }
  await setTimeout(seconds * 1_000)
  const quiet = await during()
  const phases: Phase[] = [{ attack: 'none', ratio: 1, answers: '', ...quiet } as Phase]
  for (const attack of names) {
    attacker.send({ attack } satisfies AttackerOrder)
    const met = await during()
    attacker.send({ attack: null } satisfies AttackerOrder)
    const [answers] = (await once(attacker, 'message')) as [Record<string, number>]
    const ratio = Number((Number(met['p99Ms']) / Number(quiet['p99Ms'])).toFixed(1))
    const told = Object.entries(answers).map(([status, count]) => `${status}: ${count}`)
    phases.push({ attack, ratio, answers: told.join(', '), ...met } as Phase)
    // What is still under way of it ends.
    await setTimeout(2_000)
  }
  await load.close()
  attacker.kill()
  return phases
}

/** The longest that the server's event loop stood still since the last question. */
async function loopDelayMs(target: Target): Promise<number> {
  const text = await metricsText(target)
  return Math.round(Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1000)
}
