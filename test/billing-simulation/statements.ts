import type pg from 'pg'
import type { DatabaseClient } from '../../src/platform/database-client.ts'
import { DatabaseUnavailable, toldByPostgres } from '../../src/platform/unavailable.ts'
import type { SimulatedConnection } from './connections.ts'

/** A statement on its way: it is sent when its turn comes. */
export interface Statement {
  readonly connection: SimulatedConnection
  readonly text: string
  readonly values: readonly unknown[]
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** What happens to a statement: `lost` ones never arrive; of `unknown` ones the answer does not. */
export type Fate = 'done' | 'lost' | 'unknown' | 'conflict'

/** A statement without an answer for so long is looked at: does it wait for a lock? */
const LOOK_AFTER_MS = 10
const LOOK_EVERY_MS = 5
/** By then Postgres has found a deadlock, if there is one: it is told to look after 30 ms. */
const DEADLOCK_MS = 80

/** A statement that was sent and not answered: others have to end their transactions first. */
interface Blocked {
  readonly statement: Statement
  readonly pid: number
  isAnswered: boolean
}

/**
 * The statements of one world: they wait here, and one at a time is sent. So a seed decides in which order transactions of
 * different requests and processes meet, statement by statement, and not the machine.
 */
export class Statements {
  readonly waiting: Statement[] = []
  /** Rises with everything that comes or goes. */
  activity = 0
  /** Connections that are being made. */
  connecting = 0
  /** Connections that were asked for until now. */
  connections = 0
  executed = 0
  private blocked: Blocked[] = []
  private readonly monitor: pg.Pool
  private readonly nowMs: () => number

  /** @param nowMs the time of the world, which leases in the database follow */
  constructor(monitor: pg.Pool, nowMs: () => number) {
    this.monitor = monitor
    this.nowMs = nowMs
  }

  get hasBlocked(): boolean {
    return this.blocked.length > 0
  }

  /** Whether nothing is on its way to the database, or waits for it. */
  get isOver(): boolean {
    return this.waiting.length + this.connecting + this.blocked.length === 0
  }

  /** Those that can be sent, in an order that does not hang on the machine: a connection has one statement at a time on its way. */
  get sendable(): Statement[] {
    return this.waiting
      .filter(({ connection }) => !this.isSent(connection))
      .sort((a, b) => a.connection.order - b.connection.order)
  }

  /** Whether a statement on this connection was sent and not answered. */
  isSent(connection: SimulatedConnection): boolean {
    return this.blocked.some(({ statement }) => statement.connection === connection)
  }

  submit(connection: SimulatedConnection, text: string, values: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ connection, text, values, resolve, reject })
      this.activity++
    })
  }

  take(statement: Statement): void {
    this.waiting.splice(this.waiting.indexOf(statement), 1)
  }

  /** Sends a statement, and resolves when it is answered or waits for a lock. */
  async execute(statement: Statement, fate: Fate): Promise<void> {
    const { connection, text, values, resolve, reject } = statement
    this.executed++
    if (fate === 'conflict') {
      reject(toldByPostgres(Object.assign(new Error('simulated: could not serialize'), { code: '40001' })))
      return
    }
    if (fate === 'lost') {
      await connection.sever()
      reject(LOST())
      return
    }
    const { client } = connection
    const sent: Blocked = { statement, pid: pidOf(client), isAnswered: false }
    const answer = (client.query(this.atTime(text), values as unknown[]) as Promise<unknown>).then(
      (result) => (): void => resolve(result),
      (error: unknown) => (): void => reject(error),
    )
    const answered = answer.then(async (tell) => {
      sent.isAnswered = true
      this.blocked = this.blocked.filter((one) => one !== sent)
      this.activity++
      connection.noteAnswered(text)
      // Told or not: what was done is done.
      if (fate === 'done' && !connection.isSevered) tell()
      else {
        await connection.sever()
        reject(LOST())
      }
    })
    await Promise.race([answered, this.whenBlocked(sent)])
    if (!sent.isAnswered) this.blocked.push(sent)
    else await answered
    await this.settle()
  }

  /** On a busy machine ten seconds pass while a world has one: a lease would run out that its holder has, and two would own a journal. */
  private atTime(text: string): string {
    return text.replaceAll(
      'clock_timestamp()',
      `(timestamptz 'epoch' + interval '${Math.round(this.nowMs())} milliseconds')`,
    )
  }

  private async whenBlocked(sent: Blocked): Promise<void> {
    await pause(LOOK_AFTER_MS)
    while (!sent.isAnswered && !(await this.waitForLocks([sent.pid]))) await pause(LOOK_EVERY_MS)
  }

  /** Resolves when every statement that was sent is answered, or waits for a lock still. */
  async settle(): Promise<void> {
    while (this.blocked.length > 0 && !(await this.waitForLocks(this.blocked.map(({ pid }) => pid))))
      await pause(LOOK_EVERY_MS)
  }

  /** When nothing else can be sent: Postgres may find that transactions wait for each other. */
  async waitForDeadlock(): Promise<void> {
    const { activity } = this
    for (let waitedMs = 0; waitedMs < DEADLOCK_MS && this.activity === activity; waitedMs += LOOK_EVERY_MS)
      await pause(LOOK_EVERY_MS)
  }

  private async waitForLocks(pids: readonly number[]): Promise<boolean> {
    // A lock is granted in the commit that frees it, before whoever waits for it wakes up.
    const { rows } = await this.monitor.query(
      'select distinct pid from pg_locks where pid = any($1::int[]) and not granted',
      [pids],
    )
    // One that was answered meanwhile waits no longer.
    return rows.length === pids.length
  }
}

const LOST = (): DatabaseUnavailable => new DatabaseUnavailable('simulated: the connection to the database was lost')

function pidOf(client: DatabaseClient): number {
  return (client as unknown as { processID: number }).processID
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
