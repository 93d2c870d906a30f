import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { findDatabaseFolder } from '../../platform/database-folder.ts'
import { hostUrls } from '../../platform/database-hosts.ts'
import { explainDatabase, withoutSecrets } from '../../platform/database-mistakes.ts'
import { toUrl } from '../../platform/embedded-postgres.ts'
import { readSecrets } from '../../platform/postgres-secrets.ts'
import { readPostmaster } from '../../platform/postmaster.ts'
import { type Finding, note, ok, wrong } from './finding.ts'
import { examineSecretKeys } from './secret-keys.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const TIMEOUT_MS = 10_000
const MAX_SKEW_MS = 2_000
/** A clock before the first Kvit, or a lifetime after it, is wrong. */
const SANE_YEARS = [2025, 2100] as const
/** Missing files of the archive that are named; the others are counted. */
const MAX_NAMED = 3

/** Postgres, what it promises, what is in it, the clocks, and the archive. It changes and starts nothing. */
export async function examineDatabase(config: Config): Promise<Finding[]> {
  const year = new Date(systemClock.nowMs()).getUTCFullYear()
  const isSane = year >= SANE_YEARS[0] && year <= SANE_YEARS[1]
  const clock = isSane ? [] : [wrong('clock', `this machine says the year ${year}`, 'set its clock')]
  const found = await findAddress(config)
  if (typeof found !== 'string') return [...clock, found]
  const findings: Finding[] = [...clock]
  let hasPrimary = false
  for (const url of hostUrls(found)) {
    const { isPrimary, seen } = await examineHost(url, hasPrimary ? null : config)
    hasPrimary ||= isPrimary
    findings.push(...seen)
  }
  if (hasPrimary) return findings
  return [
    ...findings,
    wrong('postgres', 'no Postgres that can be written answers', 'start it, or correct DATABASE_URL'),
  ]
}

/** One of the servers that a database URL names. @param config what its contents belong to: they are looked at, too, unless it is null. */
async function examineHost(url: string, config: Config | null): Promise<{ isPrimary: boolean; seen: Finding[] }> {
  const timeouts = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS }
  const client = new pg.Client({ connectionString: url, ...timeouts })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { isPrimary, seen } = await examineSettings(client, url)
    return {
      isPrimary,
      seen: isPrimary && config !== null ? [...seen, ...(await examineContents(client, config))] : seen,
    }
  } catch (error) {
    const said = explainDatabase(url, error)
    const why = said instanceof Error ? said.message : String(said)
    return { isPrimary: false, seen: [note('postgres', why, 'the log of Postgres says more')] }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Where Postgres listens, or what there is to say when it does not run. */
async function findAddress({ databaseUrl, dataDir }: Config): Promise<string | Finding> {
  if (databaseUrl !== null) return databaseUrl
  const secrets = await readSecrets(dataDir)
  const databaseDir = await findDatabaseFolder(dataDir)
  const version = (await readFile(join(databaseDir, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === '') {
    if (secrets === null) return ok('postgres', 'there is no database yet; the first start makes it')
    return wrong('postgres', `there is no database in ${databaseDir}`, 'bring it back from a backup')
  }
  if (!secrets?.password) return wrong('postgres', 'postgres.json is missing', 'bring it back from a backup')
  const postmaster = await readPostmaster(databaseDir)
  if (postmaster?.isRunning === true) return toUrl(secrets.password, postmaster.port)
  return note(
    'postgres',
    `version ${version}, not running`,
    'start the server, then ask again: only then its contents show',
  )
}

async function examineSettings(client: pg.Client, url: string): Promise<{ isPrimary: boolean; seen: Finding[] }> {
  const { rows } = await client.query<Record<string, string>>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit,
       pg_is_in_recovery()::text as standby, (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now_ms`,
  )
  const { version, standby, now_ms: nowMs, ...promises } = rows[0] as Record<string, string>
  const broken = Object.entries(promises).filter(([, value]) => value === 'off')
  const skewMs = Math.abs(Number(nowMs) - systemClock.nowMs())
  const isPrimary = standby !== 'true'
  const seen = [
    ok('postgres', `version ${version} at ${withoutSecrets(url)}${isPrimary ? '' : ', a standby'}`),
    broken.length === 0
      ? ok('durability', 'what is committed is on disk')
      : wrong(
          'durability',
          `${broken.map(([name]) => name).join(' and ')} off`,
          'turn it on: otherwise a power cut loses money',
        ),
    skewMs <= MAX_SKEW_MS
      ? ok('clock', 'this machine and Postgres agree')
      : wrong('clock', `Postgres is ${(skewMs / 1000).toFixed(1)} s off this machine`, 'let both follow a time server'),
  ]
  return { isPrimary, seen }
}

async function examineContents(client: pg.Client, config: Config): Promise<Finding[]> {
  const known = async (folder: string): Promise<string[]> =>
    (await readdir(join(MIGRATIONS, folder))).filter((name) => name.endsWith('.sql'))
  const hasPlatform = await client.query(`select to_regclass('kvit.tenant') is not null as there`)
  if (hasPlatform.rows[0]?.there !== true) return [ok('migrations', 'the database is empty; the first start fills it')]
  const tenants = await client.query<{ name: string; schema_name: string }>(
    'select name, schema_name from kvit.tenant order by name',
  )
  const findings = [await examineMigrations(client, 'kvit', await known('platform'))]
  for (const { schema_name: schema } of tenants.rows)
    findings.push(await examineMigrations(client, schema, await known('tenant')))
  const unusual = findings.filter(({ state }) => state !== 'ok')
  const done =
    unusual.length > 0 ? unusual : [ok('migrations', `all are applied, of ${tenants.rows.length} tenants too`)]
  const schemas = tenants.rows.map(({ schema_name: schema }) => schema)
  return [
    ...done,
    ...(await examineLastCommit(client, schemas)),
    await examineArchive(client, schemas, config.dataDir),
    await examineSecretKeys(client, schemas, config),
  ]
}

async function examineMigrations(client: pg.Client, schema: string, known: readonly string[]): Promise<Finding> {
  const { rows } = await client.query<{ file: string }>(`select file from ${client.escapeIdentifier(schema)}.migration`)
  const done = new Set(rows.map(({ file }) => file))
  const newer = [...done].filter((file) => !known.includes(file))
  const open = known.filter((file) => !done.has(file))
  if (newer.length > 0)
    return wrong('migrations', `schema ${schema} was made by a newer Kvit (${newer.join(', ')})`, 'update Kvit')
  if (open.length > 0)
    return note('migrations', `schema ${schema} lacks ${open.join(', ')}`, 'the next start applies them')
  return ok('migrations', schema)
}

/** A clock that was set back lets records and documents stand before those that are there already. */
async function examineLastCommit(client: pg.Client, schemas: readonly string[]): Promise<Finding[]> {
  let last = 0
  for (const schema of schemas) {
    const { rows } = await client.query<{ at: Date | null }>(
      `select committed_at as at from ${client.escapeIdentifier(schema)}.segment order by partition_id desc, seq desc limit 1`,
    )
    last = Math.max(last, rows[0]?.at?.getTime() ?? 0)
  }
  if (last <= systemClock.nowMs() + MAX_SKEW_MS) return []
  return [
    wrong(
      'clock',
      `the journal's last segment is of ${new Date(last).toISOString()}, after now`,
      'the clock was set back: set it right',
    ),
  ]
}

async function examineArchive(client: pg.Client, schemas: readonly string[], dataDir: string): Promise<Finding> {
  const missing: string[] = []
  let count = 0
  for (const schema of schemas) {
    const { rows } = await client.query<{ path: string; bytes: string }>(
      `select path, bytes::text from ${client.escapeIdentifier(schema)}.archive_file order by path`,
    )
    for (const { path, bytes } of rows) {
      count++
      const file = await stat(join(dataDir, 'archive', path)).catch(() => null)
      if (file === null || file.size !== Number(bytes)) missing.push(path)
    }
  }
  if (missing.length === 0) return ok('archive', `${count} files, all there`)
  const named = missing.slice(0, MAX_NAMED).join(', ')
  return wrong(
    'archive',
    `${missing.length} of ${count} files are missing or have another size: ${named}`,
    'bring them back from a backup',
  )
}
