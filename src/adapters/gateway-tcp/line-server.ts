import { readFileSync } from 'node:fs'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { type DecideLines, MAX_REQUESTS, type OnlineAnswer } from '../../modules/online-charging/inbound.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { LinePlaces, MAX_GREETED, MAX_UNGREETED } from './line-places.ts'

/** A line of the greeting or of a request. */
const MAX_LINE = FIELD_LIMITS.raw
/** Characters that are decided at once: some 450 steps of sessions, 15 ms of work that others wait for. */
const MAX_BATCH = 64 * 1024
/** Characters that may wait; a sender is held back beyond it. */
const MAX_WAITING = 2 * 1024 * 1024
/** A connection that says nothing for so long is closed; gateways send an empty line to keep it. */
const IDLE_MS = 10 * 60_000
/** How long a connection may take to say who it is, its TLS handshake included. */
const GREETING_MS = 5_000
/** How long answers may lie in front of somebody who does not read them. */
const UNREAD_MS = 30_000
/** When the system asks a silent connection whether the other end is still there. */
const KEEP_ALIVE_MS = 30_000
const OVERLOAD_PAUSE_MS = 20
/** How long a connection may take to read its last answers when the server closes. */
const CLOSING_MS = 5_000

export interface LineServerDependencies {
  readonly decide: DecideLines
  readonly db: Database
  findCaller(apiKey: string): Promise<{ id: string; tenantName: string | null; scopes: readonly string[] } | null>
  findTenant(name: string): Promise<Tenant | null>
  nowMs(tenant: Tenant): number
  onFault(error: unknown): void
}

export interface LineServerOptions {
  readonly host: string
  readonly port: number
  /** PEM files; plain TCP without them. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
}

/**
 * Charging for switches and gateways: JSON lines over TCP. The first line names the key and, for the root key, the
 * tenant; every further line is a request, and is answered by one line, in order. Many may be sent before the first
 * answer comes: what arrives together is decided and committed together.
 */
export class LineServer {
  private readonly dependencies: LineServerDependencies
  private readonly server: Server
  private readonly connections = new Set<Connection>()
  private readonly places = new LinePlaces()

  constructor(dependencies: LineServerDependencies, { tls }: LineServerOptions) {
    this.dependencies = dependencies
    const accept = (socket: Socket): void => this.accept(socket)
    const options = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }
    this.server =
      tls === null
        ? createTcpServer(options)
        : createTlsServer({
            ...options,
            cert: readFileSync(tls.certFile),
            key: readFileSync(tls.keyFile),
            handshakeTimeout: GREETING_MS,
          })
    this.server.on('connection', (socket: Socket) => this.places.enter(socket))
    this.server.on(tls === null ? 'connection' : 'secureConnection', accept)
    this.server.maxConnections = MAX_GREETED + 2 * MAX_UNGREETED
  }

  private accept(socket: Socket): void {
    const connection = new Connection(socket, this.dependencies, this.places)
    this.connections.add(connection)
    socket.on('close', () => this.connections.delete(connection))
  }

  /** @returns the port that it listens on. */
  async listen({ host, port }: LineServerOptions): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, resolve)
    })
    this.server.on('error', (error) => this.dependencies.onFault(error))
    const address = this.server.address()
    return address !== null && typeof address === 'object' ? address.port : port
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    await Promise.all([...this.connections].map((connection) => connection.finish()))
    await closed
  }
}

class Connection {
  private readonly socket: Socket
  private readonly dependencies: LineServerDependencies
  private readonly places: LinePlaces
  private apiKey: string | null = null
  private isRefused = false
  /** Something was answered with a fault: it will come again, so nothing behind it is decided. */
  private hasFailed = false
  private isClosing = false
  private readonly greeting: NodeJS.Timeout
  private tenantName = ''
  /** What has come and is not decided yet; the last line may be incomplete. */
  private received = ''
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private working: Promise<void> | null = null
  /** Resolves when all that was decided is answered. */
  private answered: Promise<void> = Promise.resolve()

  constructor(socket: Socket, dependencies: LineServerDependencies, places: LinePlaces) {
    this.socket = socket
    this.dependencies = dependencies
    this.places = places
    socket.setTimeout(IDLE_MS)
    // Whoever does not read its answers is not waited for any longer.
    socket.on('timeout', () =>
      socket.writableNeedDrain ? socket.destroy() : this.refuse('idle', 'the connection was silent for too long'),
    )
    this.greeting = setTimeout(() => this.refuse('idle', 'there was no greeting'), GREETING_MS)
    socket.on('close', () => {
      clearTimeout(this.greeting)
      this.keep('')
    })
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => this.read(bytes))
  }

  /** Bytes of another encoding would be replaced, and different ids would become the same. */
  private read(bytes: Buffer): void {
    try {
      this.receive(this.decoder.decode(bytes, { stream: true }))
    } catch {
      this.refuse('not_utf8', 'the text is not UTF-8')
    }
  }

  private receive(text: string): void {
    if (this.isRefused) return
    this.keep(this.received + text)
    this.holdBack()
    this.working ??= this.work()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.working = null
      })
  }

  private fail(error: unknown): void {
    // Keys and tenants are looked up in the database, which may be away: what was sent was not decided.
    if (error instanceof Refusal) return void this.refuse(error.code, error.message)
    this.dependencies.onFault(error)
    this.socket.destroy()
  }

  private keep(received: string): void {
    this.places.addWaiting(received.length - this.received.length)
    this.received = received
  }

  /**
   * Decides what has come, a batch at a time: requests of a connection are decided in their order, and what comes
   * meanwhile makes the next batch, which is decided while the one before is committed and answered.
   */
  private async work(): Promise<void> {
    while (!this.socket.destroyed && !this.isClosing) {
      const end = endOfBatch(this.received)
      if (end < 0) {
        if (this.received.length > MAX_LINE) this.refuse('too_long', `a line has at most ${MAX_LINE} characters`)
        return
      }
      const lines = this.received.slice(0, end + 1)
      this.keep(this.received.slice(end + 1))
      const { answered } = this
      const requests = this.apiKey === null ? await this.greet(lines) : lines
      if (requests !== '') await this.decide(requests)
      await answered
      this.holdBack()
    }
  }

  private async write(text: string): Promise<void> {
    if (!this.socket.destroyed && !this.socket.write(text)) await this.drained()
  }

  /** Who sends faster than is decided, or does not read its answers, is not read from. */
  private holdBack(): void {
    const isFull = this.received.length > (this.places.isFull ? MAX_LINE : MAX_WAITING)
    if (isFull && !this.socket.isPaused()) this.socket.pause()
    else if (!isFull && !this.isClosing && this.socket.isPaused()) this.socket.resume()
  }

  private async drained(): Promise<void> {
    const deadline = setTimeout(() => this.socket.destroy(), UNREAD_MS)
    await new Promise<void>((resolve) => {
      this.socket.once('drain', resolve)
      this.socket.once('close', () => resolve())
    })
    clearTimeout(deadline)
  }

  /** @returns the requests behind the greeting. */
  private async greet(lines: string): Promise<string> {
    const end = lines.indexOf('\n')
    const greeting = readGreeting(lines.slice(0, end))
    // It has come; a database that is slow to say whose key it is has deadlines of its own.
    clearTimeout(this.greeting)
    if (greeting === null)
      return this.refuse('invalid_greeting', 'the first line is {"op":"hello","key":"kvit_…","tenant":"…"}')
    const caller = typeof greeting.key === 'string' ? await this.dependencies.findCaller(greeting.key) : null
    if (caller === null) return this.refuse('unauthenticated', 'send a valid API key in the first line')
    if (!caller.scopes.includes('charging:write'))
      return this.refuse('forbidden', 'this key lacks the scope charging:write')
    if (caller.tenantName !== null && typeof greeting.tenant === 'string' && greeting.tenant !== caller.tenantName)
      return this.refuse('forbidden', 'this key belongs to another tenant')
    const name = caller.tenantName ?? greeting.tenant
    if (typeof name !== 'string') return this.refuse('tenant_required', 'name a tenant in the first line')
    if ((await this.dependencies.findTenant(name)) === null) return this.refuse('not_found', `no tenant ${name}`)
    const tooMany = this.places.greet(this.socket, name, caller.id)
    if (tooMany !== null) return this.refuse('too_many_connections', `there are too many ${tooMany}`)
    this.apiKey = greeting.key as string
    this.tenantName = name
    await this.write(`${JSON.stringify({ result: 'ready', tenant: name })}\n`)
    return lines.slice(end + 1)
  }

  /** Resolves when the requests are decided; they are answered later, behind all that were decided before. */
  private async decide(lines: string): Promise<void> {
    // Looked up again each time: a key that was revoked opens nothing any more.
    const caller = await this.dependencies.findCaller(this.apiKey ?? '')
    const tenant = await this.dependencies.findTenant(this.tenantName)
    if (caller === null || tenant === null) {
      this.refuse('unauthenticated', 'the API key was revoked')
      return
    }
    const { decide, db } = this.dependencies
    const context = { tenant, db: inSchema(db, tenant.schema), nowMs: this.dependencies.nowMs(tenant) }
    const before = this.answered
    await new Promise<void>((onDecided) => {
      const turn = { isAsked: () => !this.hasFailed, onDecided }
      const work = (): Promise<readonly OnlineAnswer[]> => decide(context, lines, turn)
      this.answered = this.answer(before, this.untilAccepted(work, lines))
        .catch((error: unknown) => this.fail(error))
        .finally(onDecided)
    })
  }

  private async answer(before: Promise<void>, answers: Promise<readonly unknown[]>): Promise<void> {
    let text = ''
    for (const answer of await answers) text += `${JSON.stringify(answer)}\n`
    await before
    await this.write(text)
  }

  /** A full queue is waited for; a fault is told to each request, which may be sent again as it is, and ends the connection. */
  private async untilAccepted(
    work: () => Promise<readonly OnlineAnswer[]>,
    lines: string,
  ): Promise<readonly (OnlineAnswer | { result: 'error'; reason: string; detail: string })[]> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code !== 'overloaded') {
          this.hasFailed = true
          this.refuse(error.code, 'send again what was not answered, or with an error')
          const failed = { result: 'error' as const, reason: error.code, detail: error.message }
          return lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [failed]))
        }
        await new Promise((resolve) => setTimeout(resolve, OVERLOAD_PAUSE_MS))
      }
    }
  }

  /** Closes the connection behind the answers to what was decided; nothing more is read from it. */
  private refuse(reason: string, detail: string): string {
    this.keep('')
    this.isRefused = true
    void this.answered.then(() => {
      if (this.socket.destroyed) return
      this.socket.end(`${JSON.stringify({ result: 'closed', reason, detail })}\n`)
      // One that neither reads this nor hangs up would stay half-open.
      const deadline = setTimeout(() => this.socket.destroy(), CLOSING_MS)
      this.socket.once('close', () => clearTimeout(deadline))
    })
    return ''
  }

  /** Lets what is being decided be answered, then closes. */
  async finish(): Promise<void> {
    this.isClosing = true
    this.socket.pause()
    const deadline = setTimeout(() => this.socket.destroy(), CLOSING_MS)
    await this.working
    await this.answered
    clearTimeout(deadline)
    this.socket.end()
    this.socket.destroySoon()
  }
}

/** What the first line says; null where it is no JSON object. */
function readGreeting(line: string): { key?: unknown; tenant?: unknown } | null {
  try {
    const greeting: unknown = JSON.parse(line)
    return greeting !== null && typeof greeting === 'object' ? greeting : null
  } catch {
    return null
  }
}

/** Where the lines end that are decided together: the last of those that are whole, or of as many as may be; −1 for none. */
function endOfBatch(text: string): number {
  let end = -1
  for (let lines = 0; lines < MAX_REQUESTS; lines++) {
    const next = text.indexOf('\n', end + 1)
    if (next < 0 || (next > MAX_BATCH && end >= 0)) return end
    end = next
  }
  return end
}
