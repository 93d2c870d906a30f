import type { Socket } from 'node:net'
import type { DecideLines } from '../../modules/online-charging/inbound.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { type Callers, type Greeted, greet, stillThere } from './handshake.ts'
import { MAX_LINE, ReceivedLines } from './line-framing.ts'
import type { LinePlaces } from './line-places.ts'
import { RequestPipeline } from './request-pipeline.ts'

/** A connection that says nothing for so long is closed; gateways send an empty line to keep it. */
const IDLE_MS = 10 * 60_000
/** How long a connection may take to say who it is, its TLS handshake included. */
export const GREETING_MS = 5_000
/** How long answers may lie in front of somebody who does not read them. */
const UNREAD_MS = 30_000
/** How long a connection may take to read its last answers when the server closes. */
const CLOSING_MS = 5_000

/** What connections need of the house. */
export interface ConnectionDependencies extends Callers {
  readonly decide: DecideLines
  readonly db: Database
  nowMs(tenant: Tenant): number
  onFault(error: unknown): void
}

/**
 * A connection of a gateway: a greeting, then requests. What is read becomes lines (`line-framing.ts`); the first one says who it
 * is (`handshake.ts`); the others are decided and answered in order (`request-pipeline.ts`).
 */
export class Connection {
  private readonly socket: Socket
  private readonly dependencies: ConnectionDependencies
  private readonly places: LinePlaces
  private readonly received: ReceivedLines
  private readonly pipeline: RequestPipeline
  private readonly greeting: NodeJS.Timeout
  private greeted: Greeted | null = null
  private isRefused = false
  private isClosing = false
  private working: Promise<void> | null = null

  constructor(socket: Socket, dependencies: ConnectionDependencies, places: LinePlaces) {
    this.socket = socket
    this.dependencies = dependencies
    this.places = places
    this.received = new ReceivedLines(places)
    this.pipeline = new RequestPipeline({
      write: async (text) => this.write(text),
      close: (reason, detail) => this.refuse(reason, detail),
      onFault: (error) => this.fail(error),
    })
    socket.setTimeout(IDLE_MS)
    // Whoever does not read its answers is not waited for any longer.
    socket.on('timeout', () =>
      socket.writableNeedDrain ? socket.destroy() : this.refuse('idle', 'the connection was silent for too long'),
    )
    this.greeting = setTimeout(() => this.refuse('idle', 'there was no greeting'), GREETING_MS)
    socket.on('close', () => {
      clearTimeout(this.greeting)
      this.received.clear()
    })
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => this.read(bytes))
  }

  private read(bytes: Buffer): void {
    if (this.isRefused) return
    try {
      this.received.add(bytes)
    } catch {
      this.refuse('not_utf8', 'the text is not UTF-8')
      return
    }
    this.holdBack()
    this.working ??= this.work()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.working = null
      })
  }

  private fail(error: unknown): void {
    // Keys and tenants are looked up in the database, which may be away: what was sent was not decided.
    if (error instanceof Refusal) this.refuse(error.code, error.message)
    else {
      this.dependencies.onFault(error)
      this.socket.destroy()
    }
  }

  /** Takes what has come, a batch at a time. */
  private async work(): Promise<void> {
    while (!this.socket.destroyed && !this.isClosing) {
      const lines = this.received.takeBatch()
      if (lines === null) {
        if (this.received.isTooLong) this.refuse('too_long', `a line has at most ${MAX_LINE} characters`)
        return
      }
      const { answered } = this.pipeline
      const requests = this.greeted === null ? await this.greet(lines) : lines
      if (requests !== '') await this.decide(requests)
      await answered
      this.holdBack()
    }
  }

  /** @returns the requests behind the greeting. */
  private async greet(lines: string): Promise<string> {
    const end = lines.indexOf('\n')
    // It has come; a database that is slow to say whose key it is has deadlines of its own.
    clearTimeout(this.greeting)
    const found = await greet(this.dependencies, lines.slice(0, end))
    const tooMany = 'apiKey' in found ? this.places.greet(this.socket, found.tenantName, found.callerId) : null
    if (!('apiKey' in found)) this.refuse(...found)
    else if (tooMany !== null) this.refuse('too_many_connections', `there are too many ${tooMany}`)
    else {
      this.greeted = found
      await this.write(`${JSON.stringify({ result: 'ready', tenant: found.tenantName })}\n`)
      return lines.slice(end + 1)
    }
    return ''
  }

  private async decide(lines: string): Promise<void> {
    const { decide, db } = this.dependencies
    const tenant = this.greeted === null ? null : await stillThere(this.dependencies, this.greeted)
    if (tenant === null) {
      this.refuse('unauthenticated', 'the API key was revoked')
      return
    }
    const context = { tenant, db: inSchema(db, tenant.schema), nowMs: this.dependencies.nowMs(tenant) }
    await this.pipeline.decide(decide, context, lines)
  }

  private async write(text: string): Promise<void> {
    if (!this.socket.destroyed && !this.socket.write(text)) await this.drained()
  }

  private async drained(): Promise<void> {
    const deadline = setTimeout(() => this.socket.destroy(), UNREAD_MS)
    await new Promise<void>((resolve) => {
      this.socket.once('drain', resolve)
      this.socket.once('close', () => resolve())
    })
    clearTimeout(deadline)
  }

  /** Who sends faster than is decided, or does not read its answers, is not read from. */
  private holdBack(): void {
    const { isFull } = this.received
    if (isFull && !this.socket.isPaused()) this.socket.pause()
    else if (!isFull && !this.isClosing && this.socket.isPaused()) this.socket.resume()
  }

  /** Closes the connection behind the answers to what was decided; nothing more is read from it. */
  private refuse(reason: string, detail: string): void {
    this.received.clear()
    this.isRefused = true
    void this.pipeline.answered.then(() => {
      if (this.socket.destroyed) return
      this.socket.end(`${JSON.stringify({ result: 'closed', reason, detail })}\n`)
      // One that neither reads this nor hangs up would stay half-open.
      const deadline = setTimeout(() => this.socket.destroy(), CLOSING_MS)
      this.socket.once('close', () => clearTimeout(deadline))
    })
  }

  /** Lets what is being decided be answered, then closes. */
  async finish(): Promise<void> {
    this.isClosing = true
    this.socket.pause()
    const deadline = setTimeout(() => this.socket.destroy(), CLOSING_MS)
    await this.working
    await this.pipeline.answered
    clearTimeout(deadline)
    this.socket.end()
    this.socket.destroySoon()
  }
}
