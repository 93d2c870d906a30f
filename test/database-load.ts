import { connect, type Socket } from 'node:net'
import type { Client, Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator } from './harness.ts'
import type { ServerProcess } from './server-process.ts'

const TIME = '2026-02-10T10:00:00Z'
const SERVICES = 5
const READS = ['/v1/invoices', '/v1/accounts', '/v1/payments', '/v1/journal/head', '/v1/subscriptions', '/v1/plans']
/** Nobody waits longer for one answer; a server that is still silent then is at fault. */
const ANSWER_WITHIN_MS = 60_000
const PAUSE_MS = 25

/** What a server under load answered, while its database was ill-treated. */
export class DatabaseLoad {
  readonly server: ServerProcess
  readonly tenant: string
  /** Names of records that were acknowledged, and when; and of payments. */
  readonly records = new Map<string, number>()
  readonly payments = new Map<string, number>()
  /** What should not have been answered, and how often. */
  readonly wrong = new Map<string, number>()
  unavailable = 0
  longestGapMs = 0
  private url = ''
  private key = ''
  private lastMs = performance.now()
  private isOver = false
  private readonly sockets = new Set<Socket>()
  private readonly workers: Promise<void>[] = []

  constructor(server: ServerProcess, tenant: string) {
    this.server = server
    this.tenant = tenant
  }

  async prepare(client: Client): Promise<void> {
    await client.post('/v1/tenants', { name: this.tenant, clock: '2026-02-15T00:00:00Z', acceptanceWindowDays: 90 })
    await seedOperator(client)
    for (let n = 0; n < SERVICES; n++) await createSubscriber(client, `s${n}`)
  }

  start(): void {
    this.url = process.env['KVIT_URL'] ?? ''
    this.key = process.env['KVIT_KEY'] ?? ''
    this.lastMs = performance.now()
    for (let n = 0; n < 4; n++) this.workers.push(this.sendUsage(n))
    for (let n = 0; n < 2; n++) this.workers.push(this.chargeByTcp(n))
    this.workers.push(this.pay(), this.read())
  }

  async stop(): Promise<void> {
    this.isOver = true
    for (const socket of this.sockets) socket.destroy()
    await Promise.all(this.workers)
  }

  private charged(id: string): void {
    this.records.set(id, Date.now())
    const nowMs = performance.now()
    this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.lastMs)
    this.lastMs = nowMs
  }

  private note(what: string): void {
    this.wrong.set(what, (this.wrong.get(what) ?? 0) + 1)
  }

  /** @returns the answer, or null where the server said that the database is away. */
  private async ask(method: string, path: string, body?: Json, once?: string): Promise<Json | null> {
    const headers = {
      ...(once === undefined ? {} : { 'idempotency-key': once }),
      authorization: `Bearer ${this.key}`,
      'kvit-tenant': this.tenant,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const name = `${method} ${path}`
    try {
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const response = await fetch(`${this.url}${path}`, { method, headers, signal, ...content })
      const json = (await response.json()) as Json
      if (response.ok) return json
      if (response.status !== 503) this.note(`${name} ${response.status} ${JSON.stringify(json)}`)
      else if (json['code'] !== 'engine_unavailable') this.note(`${name} 503 ${String(json['code'])}`)
      else if (response.headers.get('retry-after') === null) this.note(`${name} 503 without Retry-After`)
      this.unavailable++
    } catch (error) {
      this.note(`${name} ${error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)}`)
    }
    await this.pause()
    return null
  }

  private async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }

  private record(id: string): Json {
    return {
      id,
      source: 'storm',
      service: `s${id.length % SERVICES}`,
      type: 'call',
      time: TIME,
      data: { minutes: '1' },
    }
  }

  private async sendUsage(worker: number): Promise<void> {
    for (let n = 0; !this.isOver; n++) {
      const id = `u${worker}-${n}`
      const body = [this.record(id)] as unknown as Json
      for (let answer: Json | null = null; answer === null && !this.isOver; ) {
        answer = await this.ask('POST', '/v1/usage', body)
        if (answer === null) continue
        if (Number(answer['charged']) + Number(answer['duplicates']) === 1) this.charged(id)
        else this.note(`usage ${JSON.stringify(answer)}`)
      }
    }
  }

  private async pay(): Promise<void> {
    for (let n = 0; !this.isOver; n++) {
      const key = `p${n}`
      const body = { key, account: `s${n % SERVICES}`, method: 'bank', currency: 'EUR', amount: '1.00' }
      for (let answer: Json | null = null; answer === null && !this.isOver; ) {
        answer = await this.ask('POST', '/v1/payments', body, key)
        if (answer !== null) this.payments.set(key, Date.now())
      }
    }
  }

  private async read(): Promise<void> {
    for (let n = 0; !this.isOver; n++) await this.ask('GET', READS[n % READS.length] as string)
  }

  /** One event after another over TCP; a connection that is closed is made again, and asks the same again. */
  private async chargeByTcp(worker: number): Promise<void> {
    for (let n = 0; !this.isOver; ) {
      const socket = connect(Number(this.server.tcpPort), '127.0.0.1')
      socket.on('error', (error) => this.note(`TCP ${error.message}`))
      this.sockets.add(socket)
      const lines = linesOf(socket)
      const greeting = { op: 'hello', key: this.key, tenant: this.tenant }
      socket.write(`${JSON.stringify(greeting)}\n`)
      let answer = await lines.next()
      while (answer.done !== true && !this.isOver) {
        const { result, reason, detail } = JSON.parse(answer.value) as Record<string, string>
        if (result === 'charged' || result === 'duplicate') this.charged(`t${worker}-${n++}`)
        else if (result !== 'ready') {
          if (reason !== 'engine_unavailable') this.note(`TCP ${result} ${reason} ${detail}`)
          this.unavailable++
          break
        }
        socket.write(`${JSON.stringify({ op: 'event', ...this.record(`t${worker}-${n}`) })}\n`)
        answer = await lines.next()
      }
      socket.destroy()
      this.sockets.delete(socket)
      await this.pause()
    }
  }

  /** What was acknowledged and is not there, and what does not hold, by a server that has everything from the database. */
  async missing(client: Client, beforeMs = Number.POSITIVE_INFINITY): Promise<string[]> {
    const found: string[] = []
    const ids = Array.from(this.records)
      .filter(([, atMs]) => atMs < beforeMs)
      .map(([id]) => id)
    for (let at = 0; at < ids.length; at += 500) {
      const part = ids.slice(at, at + 500)
      const answer = await client.post(
        '/v1/usage',
        part.map((id) => this.record(id)),
      )
      if (answer['duplicates'] !== part.length) found.push(`of ${part.length} records: ${JSON.stringify(answer)}`)
    }
    const paid = new Set((await client.list<{ key: string }>('/v1/payments')).map(({ key }) => key))
    for (const [key, atMs] of this.payments) if (atMs < beforeMs && !paid.has(key)) found.push(`payment ${key}`)
    return [...found, ...(await checkHolds(client))]
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string, void> {
  let text = ''
  socket.setEncoding('utf8')
  try {
    for await (const part of socket) {
      text += part as string
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        yield text.slice(0, end)
        text = text.slice(end + 1)
      }
    }
  } catch {
    // A connection that breaks has no more lines.
  }
}
