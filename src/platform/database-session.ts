import type { DatabaseClient } from './database-client.ts'
import type { DatabaseHosts } from './database-hosts.ts'
import { DatabaseUnavailable, READ_ONLY } from './unavailable.ts'

/**
 * What every statement of Kvit relies on, whatever the server, the database or the role say: a commit that is answered is
 * on disk; days begin in UTC; nothing that Kvit has a deadline of its own for is cut off; warnings arrive.
 */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['standard_conforming_strings', 'on'],
  ['default_transaction_isolation', 'read committed'],
  ['client_min_messages', 'warning'],
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
]
/** How a server on Linux finds out that the client of a connection is gone: it asks the network, also during a statement. */
const LINUX_SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['tcp_keepalives_idle', '10'],
  ['tcp_keepalives_interval', '5'],
  ['tcp_keepalives_count', '3'],
  ['tcp_user_timeout', '25000'],
  ['client_connection_check_interval', '5000'],
]

const set = ([name, value]: readonly [string, string]): string => `set_config('${name}', '${value}', false)`

const STATEMENT = `select pg_backend_pid() as pid, pg_is_in_recovery() as standby,
  current_setting('transaction_read_only') = 'on' as "readOnly",
  case when $1::boolean and not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline,
  set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
    else current_setting('synchronous_commit') end, false),
  set_config('idle_in_transaction_session_timeout', $2, false), ${SETTINGS.map(set).join(', ')},
  case when version() like '%linux%' then ${LINUX_SETTINGS.map(set).join(' || ')} end`

interface Session {
  readonly pid: number
  readonly standby: boolean
  readonly readOnly: boolean
  readonly timeline: string | null
}

/** Makes a new connection ready for work, or refuses it: one to a server that cannot be written is of no use. */
export async function beginSession(
  client: DatabaseClient,
  hosts: DatabaseHosts,
  idleTransactionMs: number,
): Promise<void> {
  const { rows } = (await client.query(STATEMENT, [hosts.count > 1, String(idleTransactionMs)])) as { rows: Session[] }
  const { pid, standby, readOnly, timeline } = rows[0] as Session
  const refusal = standby
    ? 'the database is a standby'
    : readOnly
      ? 'the database is read-only'
      : hosts.isOutdated(timeline)
        ? 'another server was promoted since this one was the primary'
        : null
  if (refusal !== null) {
    hosts.leave(client.turn)
    throw new DatabaseUnavailable(refusal, Object.assign(new Error(refusal), { code: READ_ONLY }))
  }
  client.begin(pid)
}
