import type pg from 'pg'
import { ApiError } from '../../src/cli/client.ts'
import { FencedError } from '../../src/engine/journal/checkpoint-rows.ts'
import type { PrimaryPool } from '../../src/platform/db.ts'
import { Refusal } from '../../src/platform/problems.ts'
import type { Tenant } from '../../src/platform/tenant.ts'
import { Chance } from '../simulation/chance.ts'
import { CALM, type Counts, drawRates } from './rates.ts'
import { type Answer, ProcessGone, SimulatedServer } from './server.ts'
import { type Fate, type Statement, Statements } from './statements.ts'

/** Turns of the event loop without anything new, after which everybody waits. */
const QUIET_TURNS = 4
/** Whoever is not answered so often never will be. */
const MAX_ATTEMPTS = 500
/** Milliseconds that a connection may take before the world goes on without it. */
const MAX_WAITS = 2_000
/** As long as a lease lasts. */
const LEASE_MS = 10_000
/** Simulated time in which a world must have come to its end. */
const MAX_MS = 1_200_000

const AGAIN: ReadonlySet<string> = new Set(['engine_unavailable', 'overloaded'])

/** How a story is told: line by line; and with nothing that goes wrong. */
export interface Telling {
  readonly isVerbose?: boolean
  readonly isCalm?: boolean
}

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly work: () => void
}

/** One seed's world: a tenant on a real Postgres, server processes, and what goes wrong. */
export class BillingWorld {
  readonly chance: Chance
  readonly real: PrimaryPool
  readonly statements: Statements
  readonly findings: string[] = []
  readonly counts: Counts = {
    requests: 0,
    repeats: 0,
    crashes: 0,
    steals: 0,
    lost: 0,
    unknown: 0,
    conflicts: 0,
    statements: 0,
  }
  tenant: Tenant
  /** Simulated time that passes, never set back. */
  nowMs = 0
  rates = CALM
  servers: SimulatedServer[] = []
  /** With those that have ended. */
  private readonly allServers: SimulatedServer[] = []
  readonly trace: string[] = []
  private readonly isVerbose: boolean
  private readonly isCalm: boolean
  private readonly monitor: pg.Pool
  private readonly gone = new Set<string>()
  private timers: Timer[] = []
  private order = 0
  /** Works that a thread of this machine, or Postgres by itself, has a part in. */
  private underway = 0
  /** Works of threads of this machine, which wait for nothing else. */
  private aside = 0
  private started = 0
  /** Statements until the next process ends. */
  private untilCrash = Number.POSITIVE_INFINITY

  constructor(seed: number, real: PrimaryPool, monitor: pg.Pool, tenant: Tenant, told: Telling) {
    this.chance = new Chance(seed)
    this.real = real
    this.statements = new Statements(monitor, () => this.nowMs)
    this.tenant = tenant
    this.isVerbose = told.isVerbose === true
    this.isCalm = told.isCalm === true
    this.monitor = monitor
  }

  note(line: string): void {
    const text = `${this.statements.executed} ${Math.round(this.nowMs)} ${line}`
    if (this.isVerbose) process.stdout.write(`${text}\n`)
    this.trace.push(text)
    if (this.trace.length > 60) this.trace.shift()
  }

  find(what: string): void {
    this.note(`FOUND ${what}`)
    this.findings.push(what)
  }

  /** What a process complains about is a finding, unless the simulation did it. */
  noteFault(server: string, what: string, error: unknown): void {
    // What is to be asked again; no other refusal is for what a process does by itself.
    const isMeant = (error instanceof Refusal && AGAIN.has(error.code)) || error instanceof FencedError
    this.note(`${server}: ${what}: ${error instanceof Error ? error.message : String(error)}`)
    if (!isMeant) this.find(`a fault in ${server}: ${what}: ${error instanceof Error ? error.stack : String(error)}`)
  }

  readonly isGone = (owner: string): boolean => this.gone.has(owner)

  after(ms: number, work: () => void): () => void {
    const timer = { atMs: this.nowMs + ms, order: this.order++, work }
    const at = this.timers.findIndex((other) => other.atMs > timer.atMs)
    this.timers.splice(at < 0 ? this.timers.length : at, 0, timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  async pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** What goes wrong from now on, drawn for this world. */
  storm(): void {
    if (this.isCalm) return
    const { chance } = this
    this.rates = drawRates(chance)
    this.drawCrash()
  }

  /** Nothing goes wrong any more, and one process that has just begun is left. */
  async calm(): Promise<void> {
    this.rates = CALM
    this.untilCrash = Number.POSITIVE_INFINITY
    await this.renew()
  }

  /** Ends all processes, and begins one. */
  async renew(): Promise<void> {
    for (const server of [...this.servers]) await this.end(server)
    this.startServer()
  }

  private drawCrash(): void {
    this.untilCrash =
      this.chance.weighted({ soon: 1, later: 2 }) === 'soon' ? this.chance.int(5, 80) : this.chance.int(80, 900)
  }

  startServer(): void {
    const server = new SimulatedServer(this, `p${++this.started}`)
    this.servers.push(server)
    this.allServers.push(server)
    this.note(`${server.name} starts`)
    server.open().catch(async (error: unknown) => {
      if (server.isDead) return
      // A process that cannot start ends, and is started again.
      this.noteFault(server.name, 'start', error)
      await this.pause(200)
      await this.end(server)
      if (this.servers.length === 0) this.startServer()
    })
  }

  private async end(server: SimulatedServer): Promise<void> {
    this.note(`${server.name} ends`)
    this.servers = this.servers.filter((other) => other !== server)
    this.gone.add(server.name)
    // Postgres ends its transactions meanwhile.
    await this.outside(async () => server.kill())
  }

  /**
   * A process does not get its turn for longer than a lease holds, and another one begins, which may take the journal; then both are
   * asked. Timers of that time are late.
   */
  steal(): void {
    if (this.isCalm) return
    if (this.servers.length !== 1 || this.servers[0]?.isReady !== true) return
    this.nowMs += LEASE_MS + 1
    this.counts.steals++
    this.startServer()
  }

  /** Work that a thread of this machine does alone, or the database beside the story: nothing happens until it is done. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    this.aside++
    return work().finally(() => {
      this.aside--
      this.statements.activity++
    })
  }

  /** Work that a thread of this machine has a part in: no time passes until it is done. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    this.underway++
    return work().finally(() => {
      this.underway--
    })
  }

  /** Lets everything happen, one statement at a time, until it is done. */
  async run(isDone: () => boolean): Promise<void> {
    for (;;) {
      await this.quiet()
      if (isDone()) return
      if (this.nowMs > MAX_MS) throw new Error('somebody still waits after hours')
      const { statements, chance, rates } = this
      const { waiting, activity, sendable, hasBlocked, connecting } = statements
      // Whoever was woken by the last timer has had a turn by now.
      if (this.timers.length + waiting.length + connecting === 0 && !hasBlocked && this.underway === 0)
        throw new Error('nothing is left to happen, and somebody waits')
      const isTime =
        this.underway === 0 && this.timers.length > 0 && (sendable.length === 0 || chance.next() * 1000 < rates.time)
      if (sendable.length > 0 && !isTime) await this.send(chance.pick(sendable))
      else if (this.underway > 0) await new Promise((resolve) => setTimeout(resolve, 1))
      else {
        // Who holds a lock may wait for time to pass; who waits for locks in a circle is freed by Postgres.
        if (hasBlocked && sendable.length === 0) await statements.waitForDeadlock()
        if (isTime && statements.activity === activity) this.passTime()
      }
    }
  }

  /** Ends all processes; what they had sent has an end, too, unless it takes too long: then the tenant is nobody else's. */
  async close(): Promise<boolean> {
    const { statements, allServers } = this
    const isOver = (): boolean => statements.isOver && allServers.every(({ pool }) => pool.connections.size === 0)
    for (const server of allServers) await server.kill()
    for (let waits = 0; !isOver() && waits < MAX_WAITS; waits++) await new Promise((resolve) => setTimeout(resolve, 1))
    if (!isOver()) this.find('something of the world is under way when it is over')
    return isOver()
  }

  private passTime(): void {
    const next = this.timers.shift() as Timer
    this.nowMs = Math.max(this.nowMs, next.atMs)
    next.work()
  }

  private async send(statement: Statement): Promise<void> {
    const { statements, counts, chance } = this
    statements.take(statement)
    if (--this.untilCrash > 0) return statements.execute(statement, this.drawFate(statement))
    this.drawCrash()
    counts.crashes++
    const server = this.servers.find(({ pool }) => pool.connections.has(statement.connection))
    const isAfter = chance.is(0.5)
    this.note(`${server?.name} is killed ${isAfter ? 'after' : 'before'} ${statement.text.slice(0, 60)}`)
    await statements.execute(statement, isAfter ? 'unknown' : 'lost')
    if (server === undefined) return
    await this.end(server)
    if (this.servers.length === 0) this.startServer()
  }

  private drawFate({ connection, text }: Statement): Fate {
    const { rates, chance, counts } = this
    const drawn = chance.next() * 1000
    if (connection.endsWith(text)) {
      if (drawn < rates.lost) counts.lost++
      else if (drawn < rates.lost + rates.unknown) counts.unknown++
      return drawn < rates.lost ? 'lost' : drawn < rates.lost + rates.unknown ? 'unknown' : 'done'
    }
    if (drawn >= rates.conflict || text === 'rollback' || !connection.isInTransaction) return 'done'
    counts.conflicts++
    return 'conflict'
  }

  /** Resolves when everybody waits: for a statement, for time, or for an answer of Postgres. */
  private async quiet(): Promise<void> {
    const { statements } = this
    for (let turns = 0, waits = 0; turns < QUIET_TURNS; ) {
      const { activity } = statements
      await new Promise((resolve) => setImmediate(resolve))
      turns = statements.activity === activity ? turns + 1 : 0
      if (this.aside > 0) turns = 0
      // A connection that is being made comes soon, unless all are taken.
      if (turns < QUIET_TURNS || statements.connecting === 0 || ++waits > MAX_WAITS) continue
      await new Promise((resolve) => setTimeout(resolve, 1))
      turns = 0
    }
  }

  /** Something that a process does by itself; what it says of it is no finding where it is done again. */
  async work(server: SimulatedServer, what: string, work: (closing: AbortSignal) => Promise<void>): Promise<void> {
    const done = server.serve(async () => work(new AbortController().signal))
    await done.catch((error: unknown) => {
      if (!(error instanceof ProcessGone) && !server.isDead) this.noteFault(server.name, what, error)
    })
  }

  /** What stands in the tenant's tables, beside the story. */
  async look<T extends object>(query: string, values: readonly unknown[]): Promise<T[]> {
    return this.beside(async () => (await this.monitor.query<T>(query, [...values])).rows)
  }

  async get<T>(url: string): Promise<T> {
    const { status, text } = await this.insist('GET', url)
    if (status >= 300) throw new ApiError(JSON.parse(text) as Record<string, unknown>)
    return JSON.parse(text) as T
  }

  async list<T>(url: string): Promise<T[]> {
    const { items, nextCursor } = await this.get<{ items: T[]; nextCursor: string | null }>(
      `${url}${url.includes('limit=') ? '' : '&limit=500'}`,
    )
    if (nextCursor !== null) throw new Error(`${url} has a second page`)
    return items
  }

  /** Asks until it is answered, as a caller does that was told to send the same request again. */
  async insist(method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown, key?: string): Promise<Answer> {
    const { chance } = this
    let last = 'nobody was there'
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const ready = this.servers.filter(({ isReady }) => isReady)
      if (ready.length > 0) {
        this.counts.requests++
        const server = chance.pick(ready)
        const answer = await server.request(method, url, body, key).catch((error: unknown) => {
          if (error instanceof ProcessGone) return null
          throw error
        })
        if (answer !== null && answer.status === 500 && !server.isDead) this.find(`${method} ${url}: ${answer.text}`)
        if (answer !== null && answer.status < 500 && answer.status !== 429) return answer
        last = answer?.text ?? 'the process ended'
      }
      await this.pause(chance.int(10, 600))
    }
    throw new Error(`${method} ${url} was never answered: ${last}`)
  }
}
