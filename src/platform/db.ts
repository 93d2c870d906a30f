import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { present } from '../core/base/assert.ts'
import { type ClientOptions, DatabaseClient } from './database-client.ts'
import { DatabaseHosts } from './database-hosts.ts'
import { beginSession } from './database-session.ts'
import type { Tables } from './tables.ts'
import { DatabaseUnavailable, sqlStateOf } from './unavailable.ts'

/** Its schema is that of a tenant, or of the platform: `inSchema` says which. */
export type Database = Kysely<Tables>
export type DatabaseTransaction = Transaction<Tables>

/** Where the name of a table is data, as that of a list is: its rows have any columns. */
// biome-ignore lint/suspicious/noExplicitAny: columns are known by name alone
export type TablesByName = Kysely<any>

export function byName(db: Database): TablesByName {
  return db as TablesByName
}

/** Whether a column has one of these values, as one parameter: `where('id', '=', anyOf(ids))`. */
export function anyOf(values: readonly string[], type: 'uuid' | 'text' = 'uuid'): RawBuilder<string> {
  return sql<string>`any(${values}::${sql.raw(type)}[])`
}

/** What a pool is for, and so how long it waits. */
export interface PoolKind {
  /** Connections of one process. Postgres serves 100 by default; several processes must fit. */
  readonly size: number
  /** How long somebody waits for a connection when all are at work. */
  readonly queueMs: number
  /** How long a statement may take. Those of more than some seconds are looked after meanwhile. */
  readonly deadlineMs: number
  readonly idleTransactionMs: number
}

/** For all work, heavy reads and checks among it: a statement may take a quarter of an hour. */
export const ORDINARY: PoolKind = { size: 12, queueMs: 30_000, deadlineMs: 900_000, idleTransactionMs: 300_000 }
/**
 * Commits of segments, and leases: short statements, which nobody waits for any longer. What such a transaction holds is
 * free again when its client is gone as long.
 */
export const PROMPT: PoolKind = { size: 8, queueMs: 5_000, deadlineMs: 5_000, idleTransactionMs: 5_000 }

const MAX_RETRIES = 5
/** Serialization failure and deadlock: the transaction had no effect and may be tried again. */
const RETRYABLE = new Set(['40001', '40P01'])

const { builtins } = pg.types
pg.types.setTypeParser(builtins.INT8, BigInt)
pg.types.setTypeParser(builtins.NUMERIC, (text) => text)
pg.types.setTypeParser(builtins.DATE, (text) => text)
/** `numeric[]` and `int8[]` would arrive as floats. */
const NUMERIC_ARRAY = 1231
pg.types.setTypeParser(NUMERIC_ARRAY as never, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')))

/** A pool of connections to whichever server of a database is the primary. `connect` makes one for a URL by itself. */
export function connect(database: DatabaseHosts | string, kind: PoolKind = ORDINARY): Database {
  const hosts = typeof database === 'string' ? new DatabaseHosts(database) : database
  return connectOver(new PrimaryPool(hosts, kind))
}

/** As `connect`, over connections that a simulation has put something in between. */
export function connectOver(pool: PostgresPool): Database {
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

type PooledClient = DatabaseClient & pg.PoolClient

/** What Kysely asks of a pool. Connections to a server that was left are given up when their turn comes. */
export class PrimaryPool {
  readonly options = {}
  private readonly pool: pg.Pool
  private readonly hosts: DatabaseHosts

  constructor(hosts: DatabaseHosts, { size, queueMs, deadlineMs, idleTransactionMs }: PoolKind) {
    this.hosts = hosts
    const options: ClientOptions & pg.PoolConfig = {
      hosts,
      deadlineMs,
      idleTransactionMs,
      max: size,
      connectionTimeoutMillis: queueMs,
    }
    // The pool waits for what it returns, although its declaration does not say so.
    const onConnect = (async (client: DatabaseClient) => beginSession(client, hosts, idleTransactionMs)) as never
    this.pool = new pg.Pool({ ...options, Client: DatabaseClient as never, onConnect })
    // A server that goes away ends idle connections; the next query reports it to its caller.
    this.pool.on('error', () => undefined)
  }

  async connect(): Promise<PooledClient> {
    for (let failures = 0; ; ) {
      try {
        const client = (await this.pool.connect()) as PooledClient
        if (client.turn === this.hosts.current.turn) return client
        client.release(true)
      } catch (error) {
        if (++failures < this.hosts.count) continue
        if (error instanceof DatabaseUnavailable) throw error
        throw new DatabaseUnavailable('no connection to the database was free in time', error)
      }
    }
  }

  async end(): Promise<void> {
    await this.pool.end()
  }
}

const CAMEL_CASE = new CamelCasePlugin({ maintainNestedObjectKeys: true })

/** Made once for each schema: requests would spend more on making them than on most of their queries. */
const schemas = new WeakMap<Database, Map<string, Database>>()

/** Which schema such a one is in. */
const schemaNames = new WeakMap<Database, string>()

/** The tables of one schema, named explicitly in every query; columns in camel case. */
export function inSchema<T extends Database>(db: T, schema: string): T {
  const known = schemas.get(db) ?? new Map<string, Database>()
  schemas.set(db, known)
  const scoped = known.get(schema) ?? db.withSchema(schema).withPlugin(CAMEL_CASE)
  known.set(schema, scoped)
  schemaNames.set(scoped, schema)
  return scoped as unknown as T
}

/** The schema of what `inSchema` has made, or of a transaction in it. */
export function schemaOf(db: Database): string {
  return present(schemaNames.get(db), 'a schema')
}

/** Reads tables as they all were at one moment, whatever is written meanwhile. */
export async function inSnapshot<T>(db: Database, read: (trx: DatabaseTransaction) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}

/** Runs work in a transaction, and again when Postgres says that it had no effect and may be retried. */
export async function inTransaction<T>(db: Database, work: (trx: DatabaseTransaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (trx) => {
        const schema = schemaNames.get(db)
        if (schema !== undefined) schemaNames.set(trx, schema)
        return work(trx)
      })
    } catch (error) {
      if (attempt >= MAX_RETRIES || !RETRYABLE.has(sqlStateOf(error))) throw error
    }
  }
}

/** Whether Postgres refused a row because a key of it is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === '23505'
}
