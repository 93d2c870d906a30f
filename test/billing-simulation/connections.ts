import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { DatabaseClient } from '../../src/platform/database-client.ts'
import type { PrimaryPool } from '../../src/platform/db.ts'
import { DatabaseUnavailable } from '../../src/platform/unavailable.ts'
import type { Statements } from './statements.ts'

const MAX_CONNECTS = 20

type Client = DatabaseClient & { release: (destroy?: boolean) => void }

/**
 * A connection of a simulated process. When it is severed, Postgres ends its transaction as it does for a client that is
 * gone; what lies below it is a real connection, which serves the next process.
 */
export class SimulatedConnection implements PostgresPoolClient {
  readonly client: Client
  readonly order: number
  isSevered = false
  isInTransaction = false
  private readonly pool: SimulatedPool
  private isEnded = false
  private isReleased = false

  /** @param order in which connections were asked for, whatever takes how long to be made */
  constructor(client: Client, pool: SimulatedPool, order: number) {
    this.client = client
    this.order = order
    // However long a busy machine takes: it is the seed that says what goes wrong.
    client.look = async () => 'working'
    this.pool = pool
  }

  /** Whether a statement is the last of what it does: with it, all becomes true or nothing. */
  endsWith(text: string): boolean {
    return (
      text === 'commit' ||
      (!this.isInTransaction && /^\s*(?:\/\*.*?\*\/)?\s*(?:insert|update|delete|with)\b/i.test(text))
    )
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely asks for both forms of a query
  query(text: any, values: any = []): any {
    if (this.isSevered) return Promise.reject(new DatabaseUnavailable('simulated: the connection was lost before'))
    return this.pool.statements.submit(this, text as string, values as unknown[])
  }

  noteAnswered(text: string): void {
    if (/^(?:begin|start transaction)/.test(text)) this.isInTransaction = true
    if (text === 'commit' || text === 'rollback') this.isInTransaction = false
  }

  /** Nothing more is told on it, and nothing asked. */
  async sever(): Promise<void> {
    if (this.isEnded) return
    this.isSevered = true
    this.isEnded = true
    if (this.isInTransaction) await this.client.query('rollback')
    this.isInTransaction = false
    this.letGo()
  }

  /** As `sever`, of one whose statement may still wait for a lock: its transaction ends with the answer, which nobody hears. */
  async end(isBlocked: boolean): Promise<void> {
    if (!isBlocked) return this.sever()
    this.isSevered = true
  }

  release(): void {
    if (!this.isSevered) this.letGo()
  }

  private letGo(): void {
    if (this.isReleased) return
    this.isReleased = true
    this.pool.connections.delete(this)
    this.client.release()
  }
}

/** The connections of one simulated process, out of real ones. */
export class SimulatedPool implements PostgresPool {
  readonly options = {}
  readonly statements: Statements
  readonly connections = new Set<SimulatedConnection>()
  private readonly real: PrimaryPool
  private isDead = false

  constructor(real: PrimaryPool, statements: Statements) {
    this.real = real
    this.statements = statements
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.isDead) throw new DatabaseUnavailable('simulated: the process is gone')
    this.statements.connecting++
    const order = ++this.statements.connections
    try {
      const connection = new SimulatedConnection(await this.connectAtLast(), this, order)
      this.connections.add(connection)
      if (this.isDead) await connection.sever()
      return connection
    } finally {
      this.statements.connecting--
      this.statements.activity++
    }
  }

  /** A busy machine may take longer than a process waits: it is the seed that says what goes wrong. */
  private async connectAtLast(): Promise<Client> {
    for (let tries = 1; ; tries++)
      try {
        return (await this.real.connect()) as Client
      } catch (error) {
        if (tries === MAX_CONNECTS) throw error
      }
  }

  async end(): Promise<void> {}

  /** The process is gone: Postgres ends all its transactions; statements that were not sent never are. */
  async kill(): Promise<void> {
    this.isDead = true
    const { waiting } = this.statements
    for (const statement of waiting.filter(({ connection }) => this.connections.has(connection))) {
      this.statements.take(statement)
      statement.reject(new DatabaseUnavailable('simulated: the process is gone'))
    }
    for (const connection of [...this.connections]) await connection.end(this.statements.isSent(connection))
    await this.statements.settle()
  }
}
