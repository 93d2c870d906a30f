import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

/** Tables are declared by the module that owns them: each store narrows this to its own. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where the tables of all modules meet
export type Database = Kysely<any>
// biome-ignore lint/suspicious/noExplicitAny: as above
export type DatabaseTransaction = Transaction<any>

/** Connections of one process. Postgres serves 100 by default; several processes must fit. */
const POOL_SIZE = 12
const CONNECT_TIMEOUT_MS = 10_000
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

/** A statement that begins so comes often: each connection prepares it once, and Postgres plans it once. */
export const PREPARED = '/* prepared */'
/** Each connection keeps the plans of so many statements; each schema has its own. Further ones are planned each time. */
const MAX_PREPARED = 100

const preparedNames = new Map<string, string>()

function nameOf(statement: string): string | undefined {
  const known = preparedNames.get(statement)
  if (known !== undefined || preparedNames.size >= MAX_PREPARED) return known
  const name = `kvit_${preparedNames.size}`
  preparedNames.set(statement, name)
  return name
}

class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: all forms of a query go through
  override query(...query: any[]): any {
    const [text, values] = query
    if (typeof text !== 'string' || !text.startsWith(PREPARED)) return super.query(...(query as [never]))
    return super.query({ name: nameOf(text), text, values })
  }
}

export function connect(url: string): Database {
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  // A server that goes away ends idle connections; the next query reports it to its caller.
  pool.on('error', () => undefined)
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

const CAMEL_CASE = new CamelCasePlugin({ maintainNestedObjectKeys: true })

/** Made once for each schema: requests would spend more on making them than on most of their queries. */
const schemas = new WeakMap<Database, Map<string, Database>>()

/** The tables of one schema, named explicitly in every query; columns in camel case. */
export function inSchema<T extends Database>(db: T, schema: string): T {
  const known = schemas.get(db) ?? new Map<string, Database>()
  schemas.set(db, known)
  const scoped = known.get(schema) ?? db.withSchema(schema).withPlugin(CAMEL_CASE)
  known.set(schema, scoped)
  return scoped as unknown as T
}

/** Runs work in a transaction, and again when Postgres says that it had no effect and may be retried. */
export async function inTransaction<T>(db: Database, work: (trx: DatabaseTransaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= MAX_RETRIES || !RETRYABLE.has(sqlStateOf(error))) throw error
    }
  }
}

export function sqlStateOf(error: unknown): string {
  return error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''
}

/** Whether Postgres refused a row because a key of it is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === '23505'
}
