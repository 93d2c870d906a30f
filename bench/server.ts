import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '../src/cli/client.ts'
import { readConfig } from '../src/platform/config.ts'
import { findDatabaseFolder } from '../src/platform/database-folder.ts'
import { seedServices } from './seed.ts'
import { PLAN_FILE } from './workload.ts'

/** Where a bench sends its load. */
export interface Target {
  readonly url: URL
  readonly tcpPort: number
  readonly key: string
  readonly tenant: string
  readonly services: number
}

/** The server's own figures, in the text format of Prometheus. */
export async function metricsText({ url, key }: Pick<Target, 'url' | 'key'>): Promise<string> {
  return (await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${key}` } })).text()
}

/** A server of its own, with data below the system's folder for temporary files until `close`. */
export class BenchServer {
  readonly dataDir: string
  private readonly env: Readonly<Record<string, string>>
  private process: ChildProcess | undefined

  /** @param env settings of the server beside its data and its ports. */
  constructor(env: Readonly<Record<string, string>> = {}) {
    this.dataDir = mkdtempSync(join(tmpdir(), 'kvit-bench-'))
    this.env = env
  }

  async start(): Promise<void> {
    const main = join(import.meta.dirname, '../src/cli/main.ts')
    const env = { ...process.env, KVIT_DATA: this.dataDir, KVIT_PORT: '0', KVIT_TCP_PORT: '0', ...this.env }
    const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'start'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.process = server
    await new Promise<void>((resolve, reject) => {
      server.stdout?.once('data', () => resolve())
      server.once('exit', () => reject(new Error('the server did not start')))
    })
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const server = this.process
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const exited = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await exited
  }

  /** Stops the server and removes its data. */
  async close(): Promise<void> {
    await this.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  residentMegabytes(): number {
    const status = readFileSync(`/proc/${this.process?.pid}/status`, 'utf8')
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? []
    return Math.round(Number(kilobytes) / 1024)
  }

  /** The most that it ever had, since it was started. */
  peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.process?.pid}/status`, 'utf8')
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(status) ?? []
    return Math.round(Number(kilobytes) / 1024)
  }

  /** Processor time that the server's deciding thread has taken so far, in microseconds: it says more than rates on a machine at work. */
  mainThreadMicros(): number {
    const { pid } = this.process ?? {}
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    // User and system time, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  }

  /** The same of all its threads. */
  processMicros(): number {
    const fields = readFileSync(`/proc/${this.process?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  }

  /** Processor time of the embedded Postgres and of all its connections, those that are closed too. */
  async postgresMicros(): Promise<number> {
    const folder = await findDatabaseFolder(this.dataDir)
    const [main = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    const ofProcess = (pid: string): readonly string[] => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      } catch {
        return []
      }
    }
    const ticks = (fields: readonly string[], from: number, until: number): number =>
      fields.slice(from, until).reduce((sum, one) => sum + Number(one), 0)
    // With the time of its children that have ended.
    const own = ticks(ofProcess(main), 11, 15)
    const children = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid))
    const running = children.map(ofProcess).filter(([, parent]) => parent === main)
    return (own + running.reduce((sum, fields) => sum + ticks(fields, 11, 13), 0)) * 10_000
  }

  client(tenant: string): Client {
    return new Client(readConfig({ ...process.env, KVIT_DATA: this.dataDir }), tenant)
  }

  target(tenant: string, services: number): Target {
    const { url, tcpPort } = JSON.parse(readFileSync(join(this.dataDir, 'server.json'), 'utf8')) as {
      url: string
      tcpPort: number
    }
    const key = readFileSync(join(this.dataDir, 'root.key'), 'utf8').trim()
    return { url: new URL(url), tcpPort, key, tenant, services }
  }

  /** A tenant with so many services, each of an account of its own, loaded by a fresh engine. */
  async prepare(
    tenant: string,
    services: number,
    creditLimitMinor: number | null,
  ): Promise<{ client: Client; loadMs: number }> {
    const client = this.client(tenant)
    await client.post('/v1/tenants', { name: tenant, clock: '2026-02-01T00:00:00Z' })
    const issuer = await client.post('/v1/issuers', { key: 'bench', name: 'Bench', address: 'Bench' })
    await client.post('/v1/catalog', { files: [PLAN_FILE] })
    const plan = await client.get('/v1/plans/bench')
    const schema = `t_${tenant.replaceAll('-', '_')}`
    await seedServices(this.dataDir, schema, services, String(plan['id']), String(issuer['id']), creditLimitMinor)
    // Seeding went round the API: a fresh engine reads the definitions, as after any start.
    await this.stop()
    await this.start()
    const loadMs = await timed(() => client.get('/v1/journal/head'))
    return { client, loadMs }
  }
}

/** @returns milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}
