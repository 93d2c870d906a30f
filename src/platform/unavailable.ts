import { Refusal } from './problems.ts'

/** What a standby says, and a server that was demoted, when it is asked to write. */
export const READ_ONLY = '25006'

/**
 * What Postgres says when it cannot serve at the moment, whatever was asked: SQLSTATEs, or the classes that they begin
 * with. Everything else is the asker's trouble or ours. (https://www.postgresql.org/docs/18/errcodes-appendix.html)
 */
const STATES: readonly (readonly [state: string, meaning: string])[] = [
  ['08', 'the connection failed'],
  [READ_ONLY, 'the database is read-only: a standby, or a server that was demoted'],
  ['25P03', 'the transaction was idle for too long'],
  ['25P04', 'the transaction took too long'],
  ['28', 'the database refuses the user or the password'],
  ['3D000', 'the database does not exist on this server'],
  ['40001', 'others changed the same rows again and again'],
  ['40003', 'whether the statement was completed is unknown'],
  ['40P01', 'others locked the same rows again and again'],
  ['53', 'the database is out of disk space, memory or connections'],
  ['55P03', 'a lock was not to be had in time'],
  ['57', 'the database is shutting down, starting, or was told to stop the statement'],
  ['58', 'the operating system of the database reports an error'],
]

/**
 * The database cannot be reached, cannot serve, or did not answer in time. Of a write the outcome is then unknown. Callers
 * are answered that they may send the same request again; on the wire it is `engine_unavailable`. Addresses and texts of the database stay
 * in `cause`, for the log.
 */
export class DatabaseUnavailable extends Refusal {
  /** The SQLSTATE, or the code of the operating system, where there is one. */
  readonly state: string

  constructor(detail: string, cause?: unknown) {
    super('engine_unavailable', `${detail}; send the same request again`)
    this.cause = cause
    this.state = sqlStateOf(cause)
  }
}

/** The error that says so, where Postgres cannot serve; otherwise the error as it is. */
export function toldByPostgres(error: unknown): unknown {
  const state = sqlStateOf(error)
  const known = STATES.find(([beginning]) => state.startsWith(beginning))
  if (known === undefined || error instanceof Refusal) return error
  return new DatabaseUnavailable(known[1], error)
}

/** The SQLSTATE of what Postgres refused; empty for anything else. */
export function sqlStateOf(error: unknown): string {
  if (error instanceof DatabaseUnavailable) return error.state
  return error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''
}
