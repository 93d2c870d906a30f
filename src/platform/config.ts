import { join, resolve } from 'node:path'

/** What an operator can set, all by environment; the defaults run a whole system on one machine. */
export interface Config {
  /** Postgres to use; an embedded one when absent. `DATABASE_URL`. */
  readonly databaseUrl: string | null
  /** Where the embedded Postgres, its password and the root key live. `KVIT_DATA`, `./data`. */
  readonly dataDir: string
  /** `KVIT_HOST`, `127.0.0.1`. */
  readonly host: string
  /** `KVIT_PORT`, 8080; 0 takes a free one. */
  readonly port: number
  /** How long segments of the journal stay in Postgres before they are archived. `KVIT_ARCHIVE_AFTER_HOURS`, 24. */
  readonly archiveAfterHours: number
  /** `KVIT_LOG_LEVEL`, `warn`. */
  readonly logLevel: string
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = Number(env['KVIT_PORT'] ?? '8080')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`KVIT_PORT: ${env['KVIT_PORT']} is no port`)
  const archiveAfterHours = Number(env['KVIT_ARCHIVE_AFTER_HOURS'] ?? '24')
  if (!(archiveAfterHours >= 0))
    throw new Error(`KVIT_ARCHIVE_AFTER_HOURS: ${env['KVIT_ARCHIVE_AFTER_HOURS']} is no number of hours`)
  const logLevel = env['KVIT_LOG_LEVEL'] ?? 'warn'
  if (!LEVELS.includes(logLevel)) throw new Error(`KVIT_LOG_LEVEL: use one of ${LEVELS.join(', ')}`)
  return {
    databaseUrl: env['DATABASE_URL'] ?? null,
    dataDir: resolve(env['KVIT_DATA'] ?? join(import.meta.dirname, '../../data')),
    host: env['KVIT_HOST'] ?? '127.0.0.1',
    port,
    archiveAfterHours,
    logLevel,
  }
}
