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
  /** Charging over TCP for gateways: `KVIT_TCP_PORT`; none when absent, 0 takes a free one. */
  readonly tcpPort: number | null
  /** `KVIT_TCP_CERT` and `KVIT_TCP_KEY`, PEM files; plain TCP without them. */
  readonly tcpTls: { readonly certFile: string; readonly keyFile: string } | null
  /** How long segments of the journal stay in Postgres before they are archived. `KVIT_ARCHIVE_AFTER_HOURS`, 24. */
  readonly archiveAfterHours: number
  /** What bodies of requests may weigh in memory together. `KVIT_BODY_MEMORY_MB`, 384. */
  readonly bodyMemoryMb: number
  /** Requests a second of one key; a tenant may have twice as many. `KVIT_REQUESTS_PER_SECOND`, 10000. */
  readonly requestsPerSecond: number
  /** `KVIT_LOG_LEVEL`, `warn`. */
  readonly logLevel: string
}

/** A third of it, one tenant's share, holds the largest body: a rate deck of 128 MB. */
const MIN_BODY_MEMORY_MB = 384

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const port = readPort('KVIT_PORT', env['KVIT_PORT'] ?? '8080')
  const [certFile, keyFile] = [env['KVIT_TCP_CERT'], env['KVIT_TCP_KEY']]
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new Error('KVIT_TCP_CERT and KVIT_TCP_KEY belong together')
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
    tcpPort: env['KVIT_TCP_PORT'] === undefined ? null : readPort('KVIT_TCP_PORT', env['KVIT_TCP_PORT']),
    tcpTls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile },
    archiveAfterHours,
    bodyMemoryMb: readNumber('KVIT_BODY_MEMORY_MB', env['KVIT_BODY_MEMORY_MB'] ?? '384', MIN_BODY_MEMORY_MB),
    requestsPerSecond: readNumber('KVIT_REQUESTS_PER_SECOND', env['KVIT_REQUESTS_PER_SECOND'] ?? '10000', 1),
    logLevel,
  }
}

function readNumber(name: string, text: string, least: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < least)
    throw new Error(`${name}: ${text} is no whole number from ${least} on`)
  return number
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name}: ${text} is no port`)
  return port
}
