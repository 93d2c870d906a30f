import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { DatabaseHosts } from './database-hosts.ts'
import { DatabaseUnavailable, READ_ONLY, sqlStateOf, toldByPostgres } from './unavailable.ts'

/** How long a connection may take to be made, and what is asked first on it to be answered. */
const CONNECT_TIMEOUT_MS = 3_000
/** Silence after which the kernel asks whether the other side is there: firewalls forget idle connections, too. */
const KEEPALIVE_AFTER_MS = 10_000
/** A statement that takes longer than this is looked after: is the server still there, and at work on it? */
const LOOK_AFTER_MS = 5_000
/** A statement begins so that comes often: each connection prepares it once, and Postgres plans it once. */
export const PREPARED = '/* prepared */'
/** Each connection keeps the plans of so many statements; each schema has its own. Further ones are planned each time. */
const MAX_PREPARED = 100
/** Where Postgres gives up waiting for its synchronous standby; the text of its warning depends on the server's language. */
const GAVE_UP_WAITING = 'SyncRepWaitForLSN'

/** How connections of a pool behave. */
export interface ClientOptions extends pg.ClientConfig {
  readonly hosts: DatabaseHosts
  /** No statement is waited for longer. */
  readonly deadlineMs: number
  /** How long a transaction may be idle before Postgres ends it: its locks must not outlive a client that is gone. */
  readonly idleTransactionMs: number
}

const preparedNames = new Map<string, string>()

function nameOf(statement: string): string | undefined {
  const known = preparedNames.get(statement)
  if (known !== undefined || preparedNames.size >= MAX_PREPARED) return known
  const name = `kvit_${preparedNames.size}`
  preparedNames.set(statement, name)
  return name
}

/**
 * A connection that reports what happened to it. Whatever breaks it, a statement on it ends with `DatabaseUnavailable`
 * within its deadline, and it is never used again.
 */
export class DatabaseClient extends pg.Client {
  readonly serverUrl: string
  readonly turn: number
  private readonly settings: ClientOptions
  private isReady = false
  /** Why the connection is no more. */
  private broken: DatabaseUnavailable | null = null
  /** Of the process that serves it; null where there is a pooler in between. */
  private pid: number | null = null

  constructor(options: ClientOptions) {
    const { turn, url } = options.hosts.current
    super({
      ...options,
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
    })
    this.settings = options
    this.turn = turn
    this.serverUrl = url
    // A connection may break while nobody waits for an answer on it; the next statement fails with it then.
    this.on('error', (error) => {
      this.broken ??= new DatabaseUnavailable('the connection to the database was lost', error)
    })
    this.on('notice', (notice) => {
      if (notice.routine === GAVE_UP_WAITING)
        this.abandon('the database gave up waiting for its synchronous standby: the outcome is unknown')
    })
  }

  override connect(): Promise<this>
  override connect(callback: (error: Error) => void): void
  override connect(callback?: (error: Error) => void): Promise<this> | undefined {
    const told = (error: unknown): unknown => {
      if (error === null || error === undefined) return error
      this.settings.hosts.leave(this.turn)
      return new DatabaseUnavailable('the database cannot be reached', error)
    }
    if (callback !== undefined) {
      super.connect((error: Error) => callback(told(error) as Error))
      return undefined
    }
    return super.connect().then(
      () => this,
      (error: unknown) => {
        throw told(error)
      },
    )
  }

  /** Says that the first questions on it were answered. @param pid of the process that serves it, as it says itself. */
  begin(pid: number): void {
    this.isReady = true
    const { processID } = this as unknown as { processID: number | null }
    this.pid = processID === pid ? pid : null
  }

  // biome-ignore lint/suspicious/noExplicitAny: all forms of a query go through
  override query(...query: any[]): any {
    const [text, values] = query
    const isPrepared = typeof text === 'string' && text.startsWith(PREPARED)
    const result = isPrepared
      ? super.query({ name: nameOf(text), text, values })
      : (super.query as (...args: unknown[]) => unknown).apply(this, query)
    return result instanceof Promise ? this.watch(result) : result
  }

  private async watch<T>(answer: Promise<T>): Promise<T> {
    const deadlineMs = this.isReady ? this.settings.deadlineMs : CONNECT_TIMEOUT_MS
    const timer = new StatementTimer(deadlineMs, this)
    try {
      const result = await answer
      // A warning that makes the outcome unknown comes just before an answer that looks like any other.
      if (this.broken !== null) throw this.broken
      return result
    } catch (error) {
      if (sqlStateOf(error) === READ_ONLY) this.settings.hosts.leave(this.turn)
      throw this.broken ?? toldByPostgres(error)
    } finally {
      timer.stop()
    }
  }

  /** Ends the connection at once, whatever is under way on it. */
  abandon(reason: string): void {
    if (this.broken !== null) return
    this.broken = new DatabaseUnavailable(reason)
    const { connection } = this as unknown as { connection: { stream: Duplex } }
    connection.stream.destroy(this.broken)
  }

  /** As `abandon`, where the server is to blame: the next connections are made to another one, if there is one. */
  giveUp(reason: string): void {
    this.settings.hosts.leave(this.turn)
    this.abandon(reason)
  }

  /** Whether its server is there, and still at work for it; a connection that only seems to wait is abandoned. */
  async look(): Promise<'working' | 'idle' | 'gone'> {
    const atWork = await askWhoWorks(this.serverUrl)
    if (atWork === null) return 'gone'
    return this.pid === null || atWork.has(this.pid) ? 'working' : 'idle'
  }
}

/**
 * Watches over one statement. At its deadline the connection is given up. A statement that may take longer is looked
 * after from time to time: one whose server does not answer others either, or has long answered it, will never end.
 */
class StatementTimer {
  private readonly client: DatabaseClient
  private leftMs: number
  private timer: NodeJS.Timeout
  private isOver = false
  private wasIdle = false

  constructor(deadlineMs: number, client: DatabaseClient) {
    this.client = client
    this.leftMs = deadlineMs
    this.timer = this.next()
  }

  private next(): NodeJS.Timeout {
    const ms = Math.min(this.leftMs, LOOK_AFTER_MS)
    this.leftMs -= ms
    return setTimeout(() => {
      // What has come while this thread was busy is read first.
      setImmediate(() => void this.look())
    }, ms).unref()
  }

  private async look(): Promise<void> {
    if (this.isOver) return
    if (this.leftMs <= 0) return this.client.giveUp('the database did not answer in time: the outcome is unknown')
    const state = await this.client.look()
    if (this.isOver) return
    if (state === 'gone') return this.client.giveUp('the database does not answer: the outcome is unknown')
    if (state === 'idle' && this.wasIdle)
      return this.client.abandon('the database has done its work and does not confirm it: the outcome is unknown')
    this.wasIdle = state === 'idle'
    this.timer = this.next()
  }

  stop(): void {
    this.isOver = true
    clearTimeout(this.timer)
  }
}

/** Who waits for a synchronous standby does not work: that may last as long as there is none. */
const WHO_WORKS = "select pid from pg_stat_activity where state = 'active' and wait_event is distinct from 'SyncRep'"
/** Questions under way, by server: all who wonder at the same moment share one. */
const asked = new Map<string, Promise<Set<number> | null>>()

/** The processes of a server that are at work on a statement, asked on a connection of its own; null when it does not answer. */
async function askWhoWorks(url: string): Promise<Set<number> | null> {
  const known = asked.get(url)
  if (known !== undefined) return known
  const question = whoWorks(url).finally(() => asked.delete(url))
  asked.set(url, question)
  return question
}

async function whoWorks(url: string): Promise<Set<number> | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => undefined)
  const { connection } = client as unknown as { connection: { stream: Duplex } }
  const deadline = setTimeout(() => connection.stream.destroy(), CONNECT_TIMEOUT_MS)
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(WHO_WORKS)
    return new Set(rows.map(({ pid }) => pid))
  } catch {
    return null
  } finally {
    clearTimeout(deadline)
    connection.stream.destroy()
  }
}
