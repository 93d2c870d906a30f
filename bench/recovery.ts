import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client, type Json } from '../src/cli/client.ts'
import { readConfig } from '../src/platform/config.ts'
import { seedServices } from './seed.ts'
import { PLAN_FILE, usageBodies } from './workload.ts'

/**
 * How long a start takes after much usage, and what the archive makes of it: seeds, kills the server, starts it again,
 * and measures until it answers; then archives everything and does the same. `--live` leaves out the archive.
 */
const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    services: { type: 'string', default: '100000' },
    live: { type: 'boolean', default: false },
  },
})
const [records, services] = [Number(options.records), Number(options.services)]
/** Records of one round of seeding: bodies are made ahead and held in memory. */
const ROUND = 1_000_000
const CONNECTIONS = 4
const TENANT = 'recovery'

async function start(dataDir: string): Promise<ChildProcess> {
  const main = join(import.meta.dirname, '../src/cli/main.ts')
  const env = { ...process.env, KVIT_DATA: dataDir, KVIT_PORT: '0', KVIT_ARCHIVE_AFTER_HOURS: '0' }
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    server.stdout?.once('data', () => resolve())
    server.once('exit', () => reject(new Error('the server did not start')))
  })
  return server
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = new Promise((resolve) => server.once('exit', resolve))
  server.kill(signal)
  await exited
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return Number(((performance.now() - startedMs) / 1000).toFixed(1))
}

async function send(dataDir: string, bodies: readonly Buffer[]): Promise<void> {
  const { url } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { url: string }
  const key = readFileSync(join(dataDir, 'root.key'), 'utf8').trim()
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': TENANT, 'content-type': 'application/x-ndjson' }
  let next = 0
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const response = await fetch(`${url}/v1/usage`, { method: 'POST', headers, body: new Uint8Array(body) })
      if (!response.ok) throw new Error(await response.text())
      await response.text()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(
    names.filter((name) => name.endsWith('.parquet')).map(async (name) => (await stat(join(folder, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function residentMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kvit-recovery-'))
  const client = new Client(readConfig({ ...process.env, KVIT_DATA: dataDir }), TENANT)
  let server = await start(dataDir)
  try {
    await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-01T00:00:00Z' })
    const issuer = await client.post('/v1/issuers', { key: 'bench', name: 'Bench', address: 'Bench' })
    await client.post('/v1/catalog', { files: [PLAN_FILE] })
    const plan = await client.get('/v1/plans/bench')
    await seedServices(dataDir, `t_${TENANT}`, services, String(plan['id']), String(issuer['id']))
    await end(server, 'SIGTERM')
    server = await start(dataDir)
    let seedSeconds = 0
    for (let from = 0; from < records; from += ROUND) {
      const bodies = usageBodies(Math.min(ROUND, records - from), services, `r${from / ROUND}`)
      seedSeconds += await seconds(async () => send(dataDir, bodies))
    }
    const recover = async (): Promise<Json> => {
      await end(server, 'SIGKILL')
      const startSeconds = await seconds(async () => {
        server = await start(dataDir)
      })
      const engineSeconds = await seconds(async () => client.get('/v1/journal/head'))
      return { startSeconds, engineSeconds, rssMb: residentMegabytes(server) }
    }
    const live = await recover()
    if (options.live) {
      console.log(JSON.stringify({ records, services, killedWithLiveSegments: live }, null, 2))
      return
    }
    let report: Json = {}
    const archiveSeconds = await seconds(async () => (report = await client.post('/v1/journal/archive', {})))
    const bytesPerRecord = Number(((await sizeOf(join(dataDir, 'archive'))) / Number(report['records'])).toFixed(1))
    const archived = await recover()
    const [late] = usageBodies(5_000, services, 'r0')
    const lateBatchSeconds = await seconds(async () => send(dataDir, [late as Buffer]))
    let check: Json = {}
    const checkSeconds = await seconds(async () => (check = await client.get('/v1/check')))
    console.log(
      JSON.stringify(
        {
          records,
          services,
          seedPerSecond: Math.round(records / seedSeconds),
          killedWithLiveSegments: live,
          archive: { seconds: archiveSeconds, ...report, bytesPerRecord },
          killedWithArchive: archived,
          lateBatchSeconds,
          checkSeconds,
          invariantsHold: check['holds'],
        },
        null,
        2,
      ),
    )
    process.exitCode = check['holds'] === true ? 0 : 1
  } finally {
    await end(server, 'SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

await main()
