import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkProofText } from '../src/cli/read-proof.ts'
import { removeDatabase } from '../src/platform/database-folder.ts'
import { DatabaseLoad } from './database-load.ts'
import { testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { freePort, TestPostgres, until } from './test-postgres.ts'

const TENANT = 'kept'
const folder = await mkdtemp(join(tmpdir(), 'kvit-backup-'))
const endings: (() => Promise<unknown>)[] = []
after(async () => {
  for (const end of endings.reverse()) await end().catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
})

/** What a user would type, with the environment of one installation. */
async function kvit(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const { KVIT_URL: _url, KVIT_KEY: _key, DATABASE_URL: _database, ...rest } = process.env
  const flags = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../src/cli/main.ts'), ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, flags, { env: { ...rest, ...env } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

async function serve(dataDir: string, databaseUrl: string | null): Promise<ServerProcess> {
  const server = new ServerProcess({ ...(await testConfig(0)), dataDir, databaseUrl })
  endings.push(async () => {
    await server.kill()
    await removeDatabase(dataDir).catch(() => undefined)
  })
  await server.start()
  return server
}

/** A server with invoices and archived usage, under load. */
async function busyServer(dataDir: string, databaseUrl: string | null): Promise<DatabaseLoad> {
  const server = await serve(dataDir, databaseUrl)
  const load = new DatabaseLoad(server, TENANT)
  const client = new Client(server.config, TENANT)
  await load.prepare(client)
  load.start()
  endings.push(async () => load.stop())
  await until('something is charged', async () => load.records.size > 100)
  await runBills(client, '2026-02-15')
  await client.post('/v1/journal/archive', {})
  await until('more is charged', async () => load.records.size > 200)
  return load
}

/** Archives again and again until it is told to stop: files come while they are copied. */
function keepArchiving(load: DatabaseLoad): () => Promise<void> {
  let isOver = false
  const client = new Client(load.server.config, TENANT)
  const work = (async () => {
    while (!isOver) {
      await client.post('/v1/journal/archive', {}).catch(() => undefined)
      await setTimeout(50)
    }
  })()
  return async () => {
    isOver = true
    await work
  }
}

/**
 * A server on what was restored: everything acknowledged before the backup's moment is there, and every proof holds.
 * @returns what was acknowledged before the process ended, and is not there.
 */
async function isWhole(
  load: DatabaseLoad,
  dataDir: string,
  databaseUrl: string | null,
  standsFor: string,
  endMs: number,
): Promise<string[]> {
  const server = await serve(dataDir, databaseUrl)
  const client = new Client(server.config, TENANT)
  assert.deepEqual(await load.missing(client, Date.parse(standsFor)), [])
  const invoices = await client.list<{ id: string }>('/v1/invoices')
  assert.equal(invoices.length, 10)
  for (const { id } of invoices) {
    const text = Buffer.from(await client.download(`/v1/invoices/${id}/proof`)).toString('utf8')
    assert.ok(
      checkProofText(text, null).every(({ holds }) => holds),
      `the proof of ${id} verifies`,
    )
  }
  const late = await load.missing(client, endMs)
  await server.kill()
  return late
}

/** What is encrypted in the database can be read where it was restored. */
async function hasSameKeys(source: string, target: string): Promise<void> {
  const [made, restored] = await Promise.all(
    [source, target].map(async (dataDir) => readFile(join(dataDir, 'secrets.key'), 'utf8')),
  )
  assert.equal(restored, made)
}

test('S10: a backup under load, restored elsewhere, has everything that was acknowledged before its end', async (t) => {
  const [source, backup, target] = ['source', 'backup', 'target'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const load = await busyServer(source, null)
  const stopArchiving = keepArchiving(load)
  const made = await kvit({ KVIT_DATA: source }, '--json', 'backup', backup)
  const endMs = Date.now()
  await stopArchiving()
  assert.equal(made.code, 0, made.err)
  const { standsFor, kind } = JSON.parse(made.out) as { standsFor: string; kind: string }
  assert.equal(kind, 'cluster')
  await until('more is charged', async () => load.records.size > 400)
  await load.stop()
  assert.deepEqual([...load.wrong], [])

  const restored = await kvit({ KVIT_DATA: target }, '--json', 'restore', backup, '--check')
  assert.equal(restored.code, 0, `${restored.err} ${restored.out}`)
  assert.equal((JSON.parse(restored.out) as Json)['check'], 'holds')
  await hasSameKeys(source, target)
  const late = await isWhole(load, target, null, standsFor, endMs)
  t.diagnostic(
    `${load.records.size} records; between its moment and the end of the process: ${late.join('; ') || 'all'}`,
  )

  const again = await kvit({ KVIT_DATA: target }, 'restore', backup)
  assert.equal(again.code, 1)
  assert.match(again.err, /target is not empty: restore into a new data directory/)
  const taken = await kvit({ KVIT_DATA: source }, 'backup', backup)
  assert.match(taken.err, /backup is not empty: name a new folder/)
  const [archived] = (await readdir(join(backup, 'archive'), { recursive: true })).filter((name) =>
    name.endsWith('.parquet'),
  )
  const file = join(backup, 'archive', archived ?? '')
  const bytes = await readFile(file)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
  await writeFile(file, bytes)
  const damaged = await kvit({ KVIT_DATA: join(folder, 'other') }, 'restore', backup)
  assert.equal(damaged.code, 1)
  assert.match(damaged.err, new RegExp(`archive/${archived} of the backup is not as it was written`))
  await rm(join(backup, 'manifest.json'))
  const unfinished = await kvit({ KVIT_DATA: join(folder, 'other') }, 'restore', backup)
  assert.match(unfinished.err, /no backup of Kvit, or one that was not finished/)
})

test('S10: rows of any Postgres are backed up at one moment, and restored into another database', async () => {
  const [source, backup, target] = ['rows', 'rows-backup', 'rows-target'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const postgres = new TestPostgres(join(folder, 'postgres'), await freePort())
  endings.push(async () => postgres.kill())
  await postgres.create()
  const url = (database: string): string => `postgres://kvit@${postgres.address}/${database}`
  await postgres.ask('create database first')
  await postgres.ask('create database second')
  const load = await busyServer(source, url('first'))
  const stopArchiving = keepArchiving(load)
  const made = await kvit({ KVIT_DATA: source, DATABASE_URL: url('first') }, '--json', 'backup', backup)
  await stopArchiving()
  assert.equal(made.code, 0, made.err)
  const { standsFor, kind } = JSON.parse(made.out) as { standsFor: string; kind: string }
  assert.equal(kind, 'tables')
  await load.stop()
  const into = await kvit({ KVIT_DATA: target, DATABASE_URL: url('first') }, 'restore', backup)
  assert.match(into.err, /the database is not empty/)
  const restored = await kvit(
    { KVIT_DATA: target, DATABASE_URL: url('second') },
    '--json',
    'restore',
    backup,
    '--check',
  )
  assert.equal(restored.code, 0, `${restored.err} ${restored.out}`)
  assert.equal((JSON.parse(restored.out) as Json)['check'], 'holds')
  await hasSameKeys(source, target)
  await isWhole(load, target, url('second'), standsFor, Date.parse(standsFor))
})

test('S10: a copy of a data directory that was at work is not started', async () => {
  const [source, copy] = [join(folder, 'running'), join(folder, 'copy')]
  await mkdir(source)
  const server = await serve(source, null)
  await cp(source, copy, { recursive: true, filter: (name) => !name.includes('/postgres/') && !name.endsWith('.lock') })
  const started = await kvit({ KVIT_DATA: copy, KVIT_PORT: '0' }, 'start')
  assert.equal(started.code, 1)
  assert.match(started.err, /copy is a copy of a data directory that was at work/)
  // The first one starts again, also when it was killed.
  await server.kill()
  await server.start()
})

test('S10: a database without what was acknowledged is told, and takes nothing more', async () => {
  const postgres = new TestPostgres(join(folder, 'older'), await freePort())
  endings.push(async () => postgres.kill())
  await postgres.create()
  const url = (database: string): string => `postgres://kvit@${postgres.address}/${database}`
  await postgres.ask('create database now')
  const dataDir = join(folder, 'back')
  const server = await serve(dataDir, url('now'))
  const load = new DatabaseLoad(server, TENANT)
  const client = new Client(server.config, TENANT, 400)
  await load.prepare(client)
  const record = (id: string): Json => ({
    id,
    service: 's0',
    type: 'call',
    time: '2026-02-10T10:00:00Z',
    data: { minutes: '1' },
  })
  await client.post('/v1/usage', [record('a')])
  const before = await client.get<{ seq: number; digest: string }>('/v1/journal/head')
  await server.kill()
  await postgres.ask('create database older template now')
  await server.start()
  await client.post('/v1/usage', [record('b')])
  await until('the head is kept beside the database', async () => {
    const kept = JSON.parse(await readFile(join(dataDir, 'journal-heads.json'), 'utf8')) as Record<
      string,
      { seq: number }
    >
    return (kept[TENANT]?.seq ?? 0) > before.seq
  })
  const now = await client.get<{ seq: number; digest: string }>('/v1/journal/head')
  await server.kill()
  const started = await kvit({ KVIT_DATA: dataDir, KVIT_PORT: '0', DATABASE_URL: url('older') }, 'start')
  assert.equal(started.code, 1)
  assert.match(started.err, new RegExp(`went back in time: segment ${now.seq} .* was acknowledged, and is not there`))
  // Whoever accepts the loss removes the note; the head that was kept outside still tells.
  await rm(join(dataDir, 'journal-heads.json'))
  const accepted = await serve(dataDir, url('older'))
  const env = { KVIT_DATA: dataDir, DATABASE_URL: url('older') }
  const lost = await kvit(env, '--tenant', TENANT, 'check', '--head', `${now.seq}:${now.digest}`)
  assert.equal(lost.code, 1)
  assert.match(lost.out, new RegExp(`✗ .*segment ${now.seq}`))
  const kept = await kvit(env, '--tenant', TENANT, 'check', '--head', `${before.seq}:${before.digest}`)
  assert.equal(kept.code, 0, kept.out + kept.err)
  await accepted.kill()
})
