import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { KvitError } from './errors.ts'
import type { Answer, Request } from './messages.ts'

export interface ChargingClientOptions {
  readonly host: string
  readonly port: number
  /** An API key with the scope `charging:write`. */
  readonly key: string
  /** For a root key. */
  readonly tenant?: string
  /** Connections; requests of one session always take the same. 2 when absent. */
  readonly connections?: number
  /** TLS, with the certificate of the authority where it is not a public one. */
  readonly tls?: { readonly ca?: string; readonly servername?: string }
  /** Requests that may wait for answers; more are held back. 10,000 when absent. */
  readonly maxWaiting?: number
  /** How long a request is sent again before it fails. 30 seconds when absent. */
  readonly retryMs?: number
}

interface Waiting {
  readonly line: string
  readonly deadlineMs: number
  resolve(answer: Answer): void
  reject(error: KvitError): void
}

/**
 * Charging over pipelined TCP. Requests of one turn of the event loop go out together; after a lost connection they are
 * sent again as they are, which is safe, because their ids make a repetition harmless.
 */
export class ChargingClient {
  private readonly lanes: Lane[]
  private readonly maxWaiting: number
  private readonly retryMs: number
  private waiting = 0
  private readonly heldBack: (() => void)[] = []

  constructor(options: ChargingClientOptions) {
    this.maxWaiting = options.maxWaiting ?? 10_000
    this.retryMs = options.retryMs ?? 30_000
    this.lanes = Array.from({ length: options.connections ?? 2 }, () => new Lane(options))
  }

  /** Sends a request and waits for its answer. @throws KvitError when none came in time. */
  async request(request: Request): Promise<Answer> {
    while (this.waiting >= this.maxWaiting) await new Promise<void>((resolve) => this.heldBack.push(resolve))
    this.waiting++
    const lane = this.lanes[laneOf(request, this.lanes.length)] as Lane
    const line = `${JSON.stringify(request)}\n`
    try {
      return await new Promise<Answer>((resolve, reject) =>
        lane.send({ line, deadlineMs: performance.now() + this.retryMs, resolve, reject }),
      )
    } finally {
      this.waiting--
      this.heldBack.shift()?.()
    }
  }

  /** Waits for what is under way, then closes. */
  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()))
  }
}

/** Requests of a session, and those of one id, keep their order by keeping their connection. */
function laneOf(request: Request, lanes: number): number {
  const name = 'session' in request ? request.session : request.id
  let hash = 0
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0
  return Math.abs(hash) % lanes
}

const RECONNECT_MS = 200
const WATCH_MS = 1_000

/** One connection, made again whenever it is lost. */
class Lane {
  private readonly options: ChargingClientOptions
  private socket: Socket | null = null
  private isReady = false
  private isClosing = false
  private rest = ''
  /** Not sent yet, and sent but not answered. */
  private queued: Waiting[] = []
  private sent: Waiting[] = []
  private sentAt = 0
  private isFlushing = false
  private watcher: NodeJS.Timeout | undefined

  constructor(options: ChargingClientOptions) {
    this.options = options
  }

  send(waiting: Waiting): void {
    if (this.isClosing) {
      waiting.reject(new KvitError('closed', 'the client is closed'))
      return
    }
    this.queued.push(waiting)
    this.watch()
    if (this.socket === null) this.connect()
    this.flushSoon()
  }

  private flushSoon(): void {
    if (this.isFlushing || !this.isReady) return
    this.isFlushing = true
    setImmediate(() => {
      this.isFlushing = false
      this.flush()
    })
  }

  private flush(): void {
    if (!this.isReady || this.queued.length === 0) return
    let text = ''
    for (const waiting of this.queued) {
      text += waiting.line
      this.sent.push(waiting)
    }
    this.queued = []
    this.socket?.write(text)
  }

  private connect(): void {
    const { host, port, key, tenant, tls } = this.options
    const socket = tls === undefined ? connect(port, host) : connectTls({ host, port, ...tls })
    this.socket = socket
    this.rest = ''
    socket.setNoDelay(true)
    socket.setEncoding('utf8')
    socket.on('data', (text: unknown) => this.receive(String(text)))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.lost(socket))
    socket.write(`${JSON.stringify({ op: 'hello', key, ...(tenant === undefined ? {} : { tenant }) })}\n`)
  }

  private receive(text: string): void {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!this.take(JSON.parse(line) as { result: string; reason?: string; detail?: string })) break
    }
    this.forgetAnswered()
  }

  /** @returns false when nothing more can be taken from this connection. */
  private take(answer: { result: string; reason?: string; detail?: string }): boolean {
    if (answer.result === 'ready') {
      this.isReady = true
      this.flush()
      return true
    }
    if (answer.result === 'closed') {
      // A connection that was silent too long is made again; whoever is refused is refused again.
      if (answer.reason !== 'idle') this.failAll(new KvitError(answer.reason ?? 'closed', answer.detail ?? ''))
      return false
    }
    if (answer.result === 'error') {
      // Its outcome is unknown: it and all behind it are sent again, in their order.
      this.socket?.destroy()
      return false
    }
    this.sent[this.sentAt++]?.resolve(answer as unknown as Answer)
    return true
  }

  /** Answers come in order: the list is cut once per chunk, not once per answer. */
  private forgetAnswered(): void {
    this.sent.splice(0, this.sentAt)
    this.sentAt = 0
  }

  /** A server that says nothing any more is given up when the oldest request is over its time. */
  private watch(): void {
    this.watcher ??= setInterval(() => {
      const oldest = this.sent[this.sentAt] ?? this.queued[0]
      if (oldest === undefined) {
        clearInterval(this.watcher)
        this.watcher = undefined
      } else if (performance.now() >= oldest.deadlineMs) {
        if (this.socket === null) this.expire()
        else this.socket.destroy()
      }
    }, WATCH_MS)
  }

  private expire(): void {
    const now = performance.now()
    const isLate = ({ deadlineMs }: Waiting): boolean => now >= deadlineMs
    for (const waiting of this.queued.filter(isLate))
      waiting.reject(new KvitError('unreachable', 'no answer in time; what it did is unknown, it may be sent again'))
    this.queued = this.queued.filter((waiting) => !isLate(waiting))
  }

  private lost(socket: Socket): void {
    if (this.socket !== socket) return
    this.socket = null
    this.isReady = false
    this.forgetAnswered()
    this.queued = [...this.sent, ...this.queued]
    this.sent = []
    this.expire()
    if (this.queued.length > 0) setTimeout(() => this.socket ?? this.connect(), RECONNECT_MS)
  }

  private failAll(error: KvitError): void {
    for (const waiting of [...this.sent.slice(this.sentAt), ...this.queued]) waiting.reject(error)
    this.sent = []
    this.sentAt = 0
    this.queued = []
  }

  async close(): Promise<void> {
    this.isClosing = true
    while (this.sent.length + this.queued.length > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    clearInterval(this.watcher)
    this.socket?.end()
    this.socket = null
  }
}
