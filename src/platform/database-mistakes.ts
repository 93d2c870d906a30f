import { codeOf, StartMistake } from './start-mistake.ts'
import { DatabaseUnavailable } from './unavailable.ts'

/** `postgres://user:secret@host/db` → `host/db`: what may be shown. */
export function withoutSecrets(url: string): string {
  return (
    url
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^.*@/, '')
      .replace(/\?.*$/, '') || 'its default address'
  )
}

/** What the first word to a Postgres that the operator named came to, in a sentence; the error itself when it is a fault. */
export function explainDatabase(url: string, error: unknown): unknown {
  const met = error instanceof DatabaseUnavailable && error.cause !== undefined ? error.cause : error
  const first = met instanceof AggregateError ? met.errors[0] : met
  const where = withoutSecrets(url)
  const say = (what: string): StartMistake => new StartMistake(`${what} (DATABASE_URL)`)
  switch (codeOf(first)) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ENOENT':
      return say(`no Postgres answers at ${where} (${codeOf(first)}): start it, or correct the address`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`the host of ${where} is not known here: correct its name`)
    case '28P01':
    case '28000':
      return say(`Postgres at ${where} does not let this user in: correct the user, the password or pg_hba.conf`)
    case '3D000':
      return say(`Postgres has no database at ${where}: create it, or correct its name`)
    case '42501':
      return say(`the user of ${where} may not create schemas: grant it CREATE on the database`)
    case '25006':
      return say(`Postgres at ${where} is read-only, a standby perhaps: name the primary`)
    case '53300':
      return say(`Postgres at ${where} has no connection left: raise max_connections, or end what holds them`)
    case '57P03':
      return say(`Postgres at ${where} starts up or shuts down at this moment: try again`)
    case 'ERR_INVALID_URL':
      return say('the address of Postgres cannot be read: write it as postgres://user:password@host:5432/database')
    default:
      return /timeout/i.test(messageOf(first))
        ? say(`no Postgres answers at ${where} (timeout): start it, or correct the address`)
        : /SSL|certificate|SASL|password must be a string/i.test(messageOf(first))
          ? say(`Postgres at ${where} cannot be talked to: ${messageOf(first)}`)
          : met
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
