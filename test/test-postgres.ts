import { execFile, spawn } from 'node:child_process'
import { appendFile, chmod, mkdir, open, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { ClusterCopy } from '../src/platform/cluster-copy.ts'
import { findBinaries } from '../src/platform/postgres-binaries.ts'
import { isAlive } from '../src/platform/processes.ts'
import { findServerUser } from '../src/platform/server-user.ts'

const run = promisify(execFile)
/** Machines that are busy take long, and nothing depends on how long. */
const PATIENCE_MS = 120_000
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=32MB',
  'wal_keep_size=256MB',
  'wal_receiver_timeout=10s',
]

/** Asks until the answer is yes. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** A Postgres out of the bundled binaries, which can be killed, copied and promoted. */
export class TestPostgres {
  readonly folder: string
  readonly port: number
  private pid = 0

  constructor(folder: string, port: number) {
    this.folder = folder
    this.port = port
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  /** A new database cluster, at work. */
  async create(): Promise<void> {
    const user = await findServerUser()
    const { initdb } = await findBinaries(user)
    await this.makeFolder()
    const flags = ['--username=kvit', '--auth=trust', '--encoding=UTF8', '--locale=C']
    await run(initdb, [`--pgdata=${this.folder}`, ...flags], { ...user, cwd: '/' })
    await this.start()
  }

  private async makeFolder(): Promise<void> {
    const user = await findServerUser()
    await chmod(join(this.folder, '..'), 0o711)
    await rm(this.folder, { recursive: true, force: true })
    await mkdir(this.folder, { mode: 0o700 })
    if (user.uid !== undefined) await run('chown', [`${user.uid}:${user.gid}`, this.folder])
  }

  async start(): Promise<void> {
    const user = await findServerUser()
    const { postgres } = await findBinaries(user)
    const log = await open(`${this.folder}.log`, 'a')
    const args = ['-D', this.folder, '-p', String(this.port), ...SETTINGS.flatMap((setting) => ['-c', setting])]
    const stdio = ['ignore', log.fd, log.fd] as ['ignore', number, number]
    const child = spawn(postgres, args, { ...user, cwd: '/', detached: true, stdio })
    child.on('error', () => undefined)
    child.unref()
    this.pid = child.pid ?? 0
    await log.close()
    await until('Postgres answers', async () => (await this.ask('select 1')).length === 1)
  }

  /** Begins as a copy of another one, which it follows as its synchronous standby from now on. */
  async follow(primary: TestPostgres): Promise<void> {
    const user = await findServerUser()
    await this.makeFolder()
    const client = await primary.connect()
    const copy = new ClusterCopy(client, primary.folder, this.folder)
    await copy.copyFiles()
    await copy.copyLog()
    await client.end()
    await appendFile(join(this.folder, 'standby.signal'), '')
    const settings = [
      `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=kvit'`,
      "synchronous_standby_names = ''",
    ]
    await appendFile(join(this.folder, 'postgresql.auto.conf'), `${settings.join('\n')}\n`)
    if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, this.folder])
    await this.start()
    await primary.ask("alter system set synchronous_standby_names = '*'")
    await primary.ask('select pg_reload_conf()')
    await until(
      'the standby is synchronous',
      async () => (await primary.ask("select 1 from pg_stat_replication where sync_state = 'sync'")).length === 1,
    )
  }

  async promote(): Promise<void> {
    await this.ask('select pg_promote(true)')
    await until(
      'it is the primary',
      async () => (await this.ask('select 1 where not pg_is_in_recovery()')).length === 1,
    )
  }

  /** As if the machine had lost its power. */
  async kill(): Promise<void> {
    if (this.pid === 0) return
    if (isAlive(this.pid)) process.kill(this.pid, 'SIGKILL')
    await until('nobody listens', async () => !(await this.answers()))
    // Its other processes see that the first is gone, and end.
    await until('all of its processes have ended', async () => (await this.processes()) === 0)
  }

  private async processes(): Promise<number> {
    const found = await run('pgrep', ['-g', String(this.pid)]).catch(() => ({ stdout: '' }))
    return found.stdout.split('\n').filter((line) => line !== '').length
  }

  private async answers(): Promise<boolean> {
    return this.ask('select 1').then(
      () => true,
      () => false,
    )
  }

  async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: `postgres://kvit@${this.address}/postgres`,
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  async ask(text: string): Promise<Record<string, unknown>[]> {
    const client = await this.connect()
    try {
      return (await client.query(text)).rows as Record<string, unknown>[]
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
