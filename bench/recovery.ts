import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Json } from '../src/cli/client.ts'
import { BenchServer, timed } from './server.ts'
import { usageBodies } from './workload.ts'

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

async function seconds(work: () => Promise<unknown>): Promise<number> {
  return Number(((await timed(work)) / 1000).toFixed(1))
}

async function send(server: BenchServer, bodies: readonly Buffer[]): Promise<void> {
  const { url, key } = server.target(TENANT, services)
  const headers = { authorization: `Bearer ${key}`, 'kvit-tenant': TENANT, 'content-type': 'application/x-ndjson' }
  let next = 0
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const response = await fetch(new URL('/v1/usage', url), { method: 'POST', headers, body: new Uint8Array(body) })
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

async function main(): Promise<void> {
  const server = new BenchServer({ KVIT_ARCHIVE_AFTER_HOURS: '0' })
  await server.start()
  try {
    const { client } = await server.prepare(TENANT, services, null)
    let seedSeconds = 0
    for (let from = 0; from < records; from += ROUND) {
      const bodies = usageBodies(Math.min(ROUND, records - from), services, `r${from / ROUND}`)
      seedSeconds += await seconds(async () => send(server, bodies))
    }
    const recover = async (): Promise<Json> => {
      await server.stop('SIGKILL')
      const startSeconds = await seconds(async () => server.start())
      const engineSeconds = await seconds(async () => client.get('/v1/journal/head'))
      return { startSeconds, engineSeconds, rssMb: server.residentMegabytes() }
    }
    const live = await recover()
    if (options.live) {
      console.log(JSON.stringify({ records, services, killedWithLiveSegments: live }, null, 2))
      return
    }
    let report: Json = {}
    const archiveSeconds = await seconds(async () => (report = await client.post('/v1/journal/archive', {})))
    const bytesPerRecord = Number(
      ((await sizeOf(join(server.dataDir, 'archive'))) / Number(report['records'])).toFixed(1),
    )
    const archived = await recover()
    const [late] = usageBodies(5_000, services, 'r0')
    const lateBatchSeconds = await seconds(async () => send(server, [late as Buffer]))
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
    await server.close()
  }
}

await main()
