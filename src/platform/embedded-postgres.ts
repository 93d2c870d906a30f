import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { makeDataDir } from './data-dir.ts'
import { findDatabaseFolder, placeDatabase } from './database-folder.ts'
import { type Binaries, findBinaries } from './postgres-binaries.ts'
import { type KeeperLog, PostgresKeeper, type RunningPostmaster } from './postgres-keeper.ts'
import { readSecrets, writeSecrets } from './postgres-secrets.ts'
import { readPostmaster, stopPostmaster } from './postmaster.ts'
import { startOf } from './processes.ts'
import { findServerUser, type ServerUser } from './server-user.ts'
import { codeOf, StartMistake } from './start-mistake.ts'

const run = promisify(execFile)
const USER = 'kvit'
/** After a crash Postgres goes through its log before it answers: as long as it runs, it is waited for. */
const START_TIMEOUT_MS = 600_000
/** After a postmaster was killed, its children need a moment to see it; until then no other one may start. */
const ORPHANS_TIMEOUT_MS = 15_000
/**
 * One machine, no tuning by hand. fsync and synchronous_commit stay on: a commit that is answered is on disk. A large
 * max_wal_size keeps full-page writes rare while usage streams in.
 */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=4GB',
  'checkpoint_timeout=15min',
]
/** For data that nobody misses after a power cut, such as that of tests. */
export const NOT_KEPT = ['fsync=off', 'full_page_writes=off', 'autovacuum_naptime=10min']

export interface RunningPostgres {
  readonly url: string
  stop(): Promise<void>
}

/**
 * A real Postgres under `dataDir`, made on first use, and started again when it dies. One that a killed process left
 * running is taken over.
 * @param more settings beside `SETTINGS`
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  log: KeeperLog = NO_LOG,
  more: readonly string[] = [],
): Promise<RunningPostgres> {
  await makeDataDir(dataDir)
  const user = await findServerUser(await findDatabaseFolder(dataDir))
  const databaseDir = await placeDatabase(dataDir, user)
  const left = await readPostmaster(databaseDir)
  const secrets = await readSecrets(dataDir)
  const hasDatabase = await isInitialised(databaseDir)
  const password = secrets?.password || randomBytes(24).toString('hex')
  if (hasDatabase && !secrets?.password)
    throw new StartMistake(
      `postgres.json is not in ${dataDir}, and with it the password of its database is lost: bring it back from a backup`,
    )
  const binaries = await findBinaries(user)
  const port = left?.isRunning === true ? left.port : await freePort()
  const launch = async (): Promise<RunningPostmaster> => {
    const formerPid = (await readPostmaster(databaseDir))?.pid
    return startServer(binaries, { dataDir, databaseDir, password, port, user, formerPid, more })
  }
  if (left?.isRunning === true) return keptRunning(left, launch, toUrl(password, port), log)
  await checkVersion(databaseDir, binaries)
  await writeSecrets(dataDir, { ...secrets, password, port })
  if (!hasDatabase) await initialise(binaries.initdb, databaseDir, password, user)
  return keptRunning(await launch(), launch, toUrl(password, port), log)
}

/** The address of the Postgres of a data directory, where it is running. */
export async function runningPostgresUrl(dataDir: string): Promise<string | null> {
  const secrets = await readSecrets(dataDir)
  const running = await readPostmaster(await findDatabaseFolder(dataDir))
  return secrets !== null && running?.isRunning === true ? toUrl(secrets.password, running.port) : null
}

const NO_LOG: KeeperLog = { warn: () => undefined }

function keptRunning(
  first: RunningPostmaster,
  launch: () => Promise<RunningPostmaster>,
  url: string,
  log: KeeperLog,
): RunningPostgres {
  const keeper = new PostgresKeeper(first, launch, log)
  return {
    url,
    stop: async () => {
      const { pid, start } = await keeper.stop()
      await stopPostmaster(pid, start)
    },
  }
}

interface Setup {
  readonly dataDir: string
  readonly databaseDir: string
  readonly password: string
  readonly port: number
  readonly user: ServerUser
  /** What `postmaster.pid` says, which is nobody's or a stranger's number. */
  readonly formerPid: number | undefined
  readonly more: readonly string[]
}

async function startServer({ postgres }: Binaries, setup: Setup): Promise<RunningPostmaster> {
  const { dataDir, databaseDir, password, port, user, formerPid, more } = setup
  const url = toUrl(password, port)
  const deadline = performance.now() + ORPHANS_TIMEOUT_MS
  const logFile = join(dataDir, 'postgres.log')
  for (;;) {
    const log = await open(logFile, 'a', 0o600)
    await log.chmod(0o600)
    const from = (await log.stat()).size
    const flags = [...SETTINGS, ...more].flatMap((setting) => ['-c', setting])
    // A session of its own: an interrupt at the terminal must not end the database before those who use it. The variable
    // is how Postgres is told that a number in its lock file means nobody; it still looks for children of the former one.
    const env = { ...process.env, ...(formerPid === undefined ? {} : { PG_GRANDPARENT_PID: String(formerPid) }) }
    const server = spawn(postgres, ['-D', databaseDir, '-p', String(port), ...flags], {
      ...user,
      env,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    let end: string | null = null
    server.once('error', (error) => (end = error.message))
    server.once('exit', (code) => (end ??= `it ended with code ${code}`))
    await log.close()
    const pid = server.pid ?? 0
    const start = pid === 0 ? null : startOf(pid)
    try {
      const why = await waitUntilReady(url, () => end)
      if (why === null) {
        server.unref()
        return { pid, start }
      }
      const said = (await readFile(logFile)).subarray(from).toString('utf8')
      if (!said.includes('pre-existing shared memory block') || performance.now() > deadline)
        throw new StartMistake(`the Postgres of Kvit did not start: ${lastFatal(said) ?? why} (more in ${logFile})`)
    } catch (error) {
      if (pid !== 0) await stopPostmaster(pid, start)
      throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** What Postgres said when it gave up. */
function lastFatal(log: string): string | null {
  return log.match(/(?<=(FATAL|PANIC): +).*/g)?.at(-1) ?? log.trim().split('\n').at(-1) ?? null
}

/** The files of one major version of Postgres are not those of another. */
async function checkVersion(databaseDir: string, { major }: Binaries): Promise<void> {
  const found = (await readFile(join(databaseDir, 'PG_VERSION'), 'utf8').catch(() => major)).trim()
  if (found !== major)
    throw new StartMistake(
      `the database in ${databaseDir} was made by Postgres ${found}, and this Kvit brings ${major}: use the Kvit that made it, or set KVIT_DATA to another directory`,
    )
}

async function isInitialised(databaseDir: string): Promise<boolean> {
  return readFile(join(databaseDir, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** Makes a database in a folder next to its own and renames it when it is complete: a start that is killed leaves nothing half made. */
async function initialise(initdb: string, databaseDir: string, password: string, user: ServerUser): Promise<void> {
  const draft = `${databaseDir}.new`
  const passwordFile = `${databaseDir}.password`
  await rm(draft, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  try {
    if (user.uid !== undefined && user.gid !== undefined) {
      await chown(passwordFile, user.uid, user.gid)
      await chown(draft, user.uid, user.gid)
    }
    const flags = [
      `--username=${USER}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ]
    await run(initdb, [`--pgdata=${draft}`, ...flags], { ...user, cwd: '/' })
    await chmod(draft, 0o700)
    // Takes the place of an empty folder; one with files in it is not ours to remove.
    await rename(draft, databaseDir)
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.match(/(?<=error: ).*/)?.[0] ?? codeOf(error)
    if (said === 'ENOTEMPTY') throw new StartMistake(`${databaseDir} has files and is no database: move it away`)
    throw new StartMistake(`a database cannot be made in ${databaseDir}: ${said || error}`)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

export function toUrl(password: string, port: number): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** @returns null when it answers, or why it will not. */
async function waitUntilReady(connectionString: string, whyEnded: () => string | null): Promise<string | null> {
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const why = whyEnded()
    if (why !== null) return why
    const client = new pg.Client({ connectionString })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      await client.end()
      return null
    } catch (error) {
      if (codeOf(error) === '28P01') return 'the password in postgres.json is not that of this database'
      if (performance.now() > deadline) return `it does not answer after ${START_TIMEOUT_MS / 1000} s`
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
