import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from '../src/cli/client.ts'
import { findDatabaseFolder } from '../src/platform/database-folder.ts'
import { DatabaseLoad } from './database-load.ts'
import { FlakyProxy } from './flaky-proxy.ts'
import { testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { freePort, TestPostgres, until } from './test-postgres.ts'

/** How often each thing happens; more by a variable. */
const FAILOVERS = Number(process.env['KVIT_TEST_FAILOVERS'] ?? 2)
const TERMINATIONS = Number(process.env['KVIT_TEST_TERMINATIONS'] ?? 60)
const POSTGRES_KILLS = Number(process.env['KVIT_TEST_POSTGRES_KILLS'] ?? 3)
/** Longer than everything that has a deadline. */
const FREEZE_MS = 12_000

const endings: (() => Promise<unknown>)[] = []
after(async () => {
  for (const end of endings.reverse()) await end().catch(() => undefined)
})

async function startServer(databaseUrl: string | null): Promise<ServerProcess> {
  const config = { ...(await testConfig()), databaseUrl }
  const server = new ServerProcess(config)
  endings.push(async () => rm(config.dataDir, { recursive: true, force: true }))
  await server.start()
  endings.push(async () => server.kill())
  return server
}

async function startPair(): Promise<{ nodes: [TestPostgres, TestPostgres]; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-pair-'))
  endings.push(async () => rm(folder, { recursive: true, force: true }))
  const nodes = [
    new TestPostgres(join(folder, 'a'), await freePort()),
    new TestPostgres(join(folder, 'b'), await freePort()),
  ] as [TestPostgres, TestPostgres]
  endings.push(async () => Promise.all(nodes.map((node) => node.kill())))
  await nodes[0].create()
  return { nodes, folder }
}

async function underLoad(server: ServerProcess, tenant: string): Promise<DatabaseLoad> {
  const load = new DatabaseLoad(server, tenant)
  await load.prepare(new Client(server.config, tenant))
  load.start()
  endings.push(async () => load.stop())
  return load
}

/** Ends the load, and asks a new process, which knows what the database says, whether everything is there. */
async function everythingIsThere(load: DatabaseLoad): Promise<void> {
  await load.stop()
  assert.equal(load.server.hasCrashed, false, 'the server lived on')
  assert.deepEqual([...load.wrong], [], 'nothing but 503 and engine_unavailable')
  await load.server.kill()
  await load.server.start()
  assert.deepEqual(await load.missing(new Client(load.server.config, load.tenant, 400)), [])
}

async function moreIsCharged(load: DatabaseLoad, more: number): Promise<void> {
  const before = load.records.size
  await until('more is charged', async () => load.records.size >= before + more)
}

async function statusOf(path: string): Promise<number> {
  return (await fetch(`${process.env['KVIT_URL']}${path}`, { signal: AbortSignal.timeout(30_000) })).status
}

test(`R3: the primary is killed and its synchronous standby promoted, ${FAILOVERS} times: nothing that was acknowledged is lost, and nothing is answered 500`, async (t) => {
  const { nodes } = await startPair()
  let [primary, standby] = nodes
  await standby.follow(primary)
  const server = await startServer(`postgres://kvit@${nodes[0].address},${nodes[1].address}/postgres`)
  const load = await underLoad(server, 'failover')
  const gaps: string[] = []
  for (let n = 0; n < FAILOVERS; n++) {
    await moreIsCharged(load, 50)
    load.longestGapMs = 0
    await primary.kill()
    await standby.promote()
    await moreIsCharged(load, 50)
    gaps.push((load.longestGapMs / 1000).toFixed(1))
    const former = primary
    ;[primary, standby] = [standby, former]
    await standby.follow(primary)
  }
  await everythingIsThere(load)
  t.diagnostic(`${load.records.size} records, ${load.payments.size} payments; longest gaps ${gaps.join(', ')} s`)
})

test('R3: Postgres gives up waiting for its synchronous standby: the outcome is unknown, and nothing is acknowledged by it', async () => {
  const { nodes } = await startPair()
  const [primary, standby] = nodes
  await standby.follow(primary)
  const server = await startServer(`postgres://kvit@${primary.address}/postgres`)
  const load = await underLoad(server, 'alone')
  await moreIsCharged(load, 50)
  await standby.kill()
  const before = load.unavailable
  const cancel = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"
  await until('nothing is confirmed any more', async () => {
    await primary.ask(cancel)
    return load.unavailable > before + 20
  })
  const acknowledged = load.records.size
  for (let n = 0; n < 20; n++) {
    await primary.ask(cancel)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.equal(load.records.size, acknowledged, 'what the standby does not have is not acknowledged')
  // The primary is lost with what it had alone; the standby goes on with everything that was acknowledged.
  await load.stop()
  await server.kill()
  await primary.kill()
  await standby.start()
  await standby.promote()
  const successor = await startServer(`postgres://kvit@${standby.address}/postgres`)
  assert.deepEqual([...load.wrong], [])
  assert.deepEqual(await load.missing(new Client(successor.config, load.tenant, 400)), [])
})

test('R2: connections are frozen: a third server takes over, and afterwards charging goes on by itself', async (t) => {
  const { nodes } = await startPair()
  const [postgres] = nodes
  const proxy = new FlakyProxy(postgres.port)
  await proxy.listen()
  endings.push(async () => proxy.close())
  const server = await startServer(`postgres://kvit@127.0.0.1:${proxy.port}/postgres`)
  const load = await underLoad(server, 'frozen')
  await moreIsCharged(load, 50)
  assert.equal(await statusOf('/readyz'), 200)
  proxy.freeze()
  await until('the server says that it is not ready', async () => (await statusOf('/readyz')) === 503)
  assert.equal(await statusOf('/livez'), 200)
  await new Promise((resolve) => setTimeout(resolve, FREEZE_MS))
  assert.ok(load.unavailable > 0, 'callers are told')
  proxy.thaw()
  load.longestGapMs = 0
  const thawedMs = performance.now()
  await moreIsCharged(load, 1)
  t.diagnostic(`charging ${((performance.now() - thawedMs) / 1000).toFixed(1)} s after the connections came back`)
  await until('the server is ready again', async () => (await statusOf('/readyz')) === 200)

  proxy.freeze()
  const [url, key] = [process.env['KVIT_URL'], process.env['KVIT_KEY']]
  const third = await startServer(`postgres://kvit@${postgres.address}/postgres`)
  const client = new Client(third.config, 'frozen', 400)
  const record = { id: 'third', service: 's0', type: 'call', time: '2026-02-10T10:00:00Z', data: { minutes: '1' } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1, 'the third server has taken over')
  await third.kill()
  process.env['KVIT_URL'] = url
  process.env['KVIT_KEY'] = key
  proxy.thaw()
  await moreIsCharged(load, 50)
  proxy.reset()
  await moreIsCharged(load, 50)
  await everythingIsThere(load)
})

test(`S2: Postgres ends ${TERMINATIONS} connections under load, many of them inside transactions: no crash, nothing lost`, async (t) => {
  const { nodes } = await startPair()
  const [postgres] = nodes
  const server = await startServer(`postgres://kvit@${postgres.address}/postgres`)
  const load = await underLoad(server, 'ended')
  await moreIsCharged(load, 20)
  const client = await postgres.connect()
  for (let ended = 0; ended < TERMINATIONS; ) {
    const { rowCount } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()
      order by state = 'idle in transaction' desc, random() limit 1`)
    ended += rowCount ?? 0
    await new Promise((resolve) => setTimeout(resolve, 20 + (ended % 7) * 10))
  }
  await client.end()
  await moreIsCharged(load, 20)
  await everythingIsThere(load)
  t.diagnostic(`${load.records.size} records, ${load.payments.size} payments, ${load.unavailable} answers of 503`)
})

test(`S2: the bundled Postgres is killed ${POSTGRES_KILLS} times: it is started again, nothing lost`, async (t) => {
  const server = await startServer(null)
  const load = await underLoad(server, 'bundled')
  const folder = await findDatabaseFolder(server.config.dataDir)
  for (let n = 0; n < POSTGRES_KILLS; n++) {
    await moreIsCharged(load, 30)
    const pid = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await until('somebody is told', async () => (await statusOf('/readyz')) === 503 || load.unavailable > 0)
    assert.equal(await statusOf('/livez'), 200)
    await moreIsCharged(load, 1)
  }
  await until('the server is ready', async () => (await statusOf('/readyz')) === 200)
  await everythingIsThere(load)
  t.diagnostic(`${load.records.size} records; longest gap ${(load.longestGapMs / 1000).toFixed(1)} s`)
})
