import { connect, type Socket } from 'node:net'
import { ChargingClient, type EventRequest } from '../packages/sdk/src/node.ts'
import type { Target } from './server.ts'
import { percentile } from './soak.ts'
import { randomFrom, serviceKey } from './workload.ts'

/** What online charging reached. Rates are requests per second, latencies milliseconds. */
export interface OnlineResult {
  readonly httpPerSecond: number
  readonly httpP99Ms: number
  readonly pipelinedPerSecond: number
  readonly halfLoadP99Ms: number
  readonly hotPerSecond: number
}

const CONNECTIONS = 64
/** Requests under way at once, as fast as answers allow. */
const CALLERS = 4_000
const TIME = '2026-01-15T12:00:00Z'

export function eventOf(run: string, index: number, service: string): EventRequest {
  const id = `${run}-${index}`
  return { op: 'event', source: 'bench', id, service, type: 'bench.usage', time: TIME, data: { units: '3' } }
}

/** One keep-alive connection that has one request under way at a time: as little of a client as HTTP/1.1 allows. */
class HttpLine {
  private readonly socket: Socket
  private readonly head: string
  private text = ''
  private answered: ((ok: boolean) => void) | undefined

  constructor({ url, key, tenant }: Target) {
    this.socket = connect(Number(url.port), url.hostname)
    this.socket.setNoDelay(true)
    this.socket.setEncoding('utf8')
    this.head = `POST /v1/charging HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Bearer ${key}\r\nkvit-tenant: ${tenant}\r\ncontent-type: application/json\r\ncontent-length: `
    this.socket.on('data', (part: unknown) => this.receive(String(part)))
  }

  private receive(part: string): void {
    this.text += part
    const body = this.text.indexOf('\r\n\r\n')
    if (body < 0) return
    const [, length] = /content-length: (\d+)/i.exec(this.text) ?? []
    if (this.text.length < body + 4 + Number(length)) return
    const isCharged = this.text.includes('"result":"charged"')
    this.text = ''
    this.answered?.(isCharged)
  }

  async post(body: string): Promise<void> {
    const isCharged = await new Promise<boolean>((resolve) => {
      this.answered = resolve
      this.socket.write(`${this.head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
    if (!isCharged) throw new Error('an event was not charged')
  }

  close(): void {
    this.socket.destroy()
  }
}

async function overHttp(target: Target, run: string, requests: number): Promise<{ perSecond: number; p99Ms: number }> {
  const lines = Array.from({ length: CONNECTIONS }, () => new HttpLine(target))
  const random = randomFrom(7)
  const latenciesMs: number[] = []
  let next = 0
  const startedMs = performance.now()
  await Promise.all(
    lines.map(async (line) => {
      while (next < requests) {
        const service = serviceKey(Math.floor(random() * target.services))
        const sentMs = performance.now()
        await line.post(JSON.stringify(eventOf(run, next++, service)))
        latenciesMs.push(performance.now() - sentMs)
      }
    }),
  )
  const seconds = (performance.now() - startedMs) / 1000
  for (const line of lines) line.close()
  return { perSecond: Math.round(requests / seconds), p99Ms: percentile(latenciesMs, 0.99) }
}

/** Sends as fast as answers allow, or, with `perSecond`, at that pace. */
export async function pipelined(
  { url, tcpPort, key, tenant, services }: Target,
  run: string,
  requests: number,
  perSecond = Number.POSITIVE_INFINITY,
): Promise<{ perSecond: number; p99Ms: number }> {
  const client = new ChargingClient({
    host: url.hostname,
    port: tcpPort,
    key,
    tenant,
    connections: 4,
    maxWaiting: 8_000,
  })
  const random = randomFrom(11)
  const latenciesMs: number[] = []
  const startedMs = performance.now()
  const send = async (index: number): Promise<void> => {
    const sentMs = performance.now()
    const answer = await client.request(eventOf(run, index, serviceKey(Math.floor(random() * services))))
    if (answer.result !== 'charged') throw new Error(`an event was ${answer.result}: ${answer.reason}`)
    if (index % 8 === 0) latenciesMs.push(performance.now() - sentMs)
  }
  if (perSecond === Number.POSITIVE_INFINITY) {
    let sent = 0
    const caller = async (): Promise<void> => {
      while (sent < requests) await send(sent++)
    }
    await Promise.all(Array.from({ length: CALLERS }, caller))
  } else {
    // Whatever is due is sent, answered or not: a server that stands still is measured by all that it keeps waiting.
    const sends: Promise<void>[] = []
    while (sends.length < requests) {
      const due = Math.min(requests, Math.floor(((performance.now() - startedMs) / 1000) * perSecond))
      while (sends.length < due) sends.push(send(sends.length))
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await Promise.all(sends)
  }
  const seconds = (performance.now() - startedMs) / 1000
  await client.close()
  return { perSecond: Math.round(requests / seconds), p99Ms: percentile(latenciesMs, 0.99) }
}

/** Measures online charging on accounts with balances: by HTTP, pipelined, at half of the maximum, and on one account. */
export async function measureOnline(target: Target, requests: number): Promise<OnlineResult> {
  // What is measured is a server that has been at work for a while: its code is compiled, its accounts are open.
  await pipelined(target, 'warm', Math.min(requests, 200_000))
  await overHttp(target, 'warm-http', Math.min(requests, 50_000))
  const http = await overHttp(target, 'http', Math.min(requests, 100_000))
  const full = await pipelined(target, 'full', requests)
  const half = await pipelined(target, 'half', Math.round(requests / 2), full.perSecond / 2)
  const hot = await pipelined({ ...target, services: 1 }, 'hot', requests)
  return {
    httpPerSecond: http.perSecond,
    httpP99Ms: http.p99Ms,
    pipelinedPerSecond: full.perSecond,
    halfLoadP99Ms: half.p99Ms,
    hotPerSecond: hot.perSecond,
  }
}
