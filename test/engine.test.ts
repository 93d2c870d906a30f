import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { createArchive } from '../src/adapters/duckdb/archive.ts'
import { definitionsOf } from '../src/app/definitions.ts'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { present } from '../src/core/base/assert.ts'
import { Engine } from '../src/engine/index.ts'
import { PROCESS } from '../src/engine/partition/environment.ts'
import { AccessService } from '../src/modules/access/index.ts'
import { correctUsage } from '../src/modules/corrections/corrections.ts'
import { getRow } from '../src/modules/parties/index.ts'
import { Anchors, stateAnchors } from '../src/modules/proofs/index.ts'
import { accountBooks } from '../src/modules/receivables/index.ts'
import { connect, inSchema } from '../src/platform/db.ts'
import type { ReadContext } from '../src/platform/tenant.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'
import { until } from './test-postgres.ts'

const TENANT = 'engine'
const folders: string[] = []
const apps = new Set<App>()

after(async () => {
  for (const app of apps) await app.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function start(config: Awaited<ReturnType<typeof testConfig>>): Promise<App> {
  folders.push(config.dataDir)
  const app = await startApp(config)
  apps.add(app)
  return app
}

async function stop(app: App): Promise<void> {
  apps.delete(app)
  await app.close()
}

/** A client that talks to one server, whatever the environment says. */
function clientOf(app: App, config: Awaited<ReturnType<typeof testConfig>>): Client {
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  return new Client(config, TENANT)
}

const calls = (from: number, count: number): Json[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${from + index}`,
    service: 'anna',
    type: 'call',
    time: new Date(Date.UTC(2026, 0, 2) + (from + index) * 60_000).toISOString(),
    data: { minutes: '1.25' },
  }))

/** Sends until the engine of that server has it, as a sender does that was told to send the same request again. */
async function deliver(app: App, records: readonly Json[]): Promise<Json> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const response = await fetch(`${app.url}/v1/usage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': TENANT, 'content-type': 'application/json' },
      body: JSON.stringify(records),
    })
    if (response.ok) return (await response.json()) as Json
    assert.equal(response.status, 503)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the engine did not come back')
}

const config = await testConfig()

test('memory is rebuilt from a checkpoint and the journal: counters go on, repetitions are known', async () => {
  let app = await start(config)
  let client = clientOf(app, config)
  await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-01T00:00:00Z' })
  await seedOperator(client)
  await createSubscriber(client, 'anna')
  await deliver(app, calls(0, 50))
  await deliver(app, [
    { id: 'bad', service: 'anna', type: 'call', time: '2026-01-02T00:00:00Z', data: { minutes: 'x' } },
  ])
  for (const from of [50, 100]) {
    await stop(app)
    app = await start(config)
    client = clientOf(app, config)
    const report = await deliver(app, calls(0, from + 50))
    assert.deepEqual([report['charged'], report['duplicates']], [50, from])
    const bad = await deliver(app, [
      { id: 'bad', service: 'anna', type: 'call', time: '2026-01-02T00:00:00Z', data: { minutes: 'x' } },
    ])
    assert.equal(bad['duplicates'], 1)
    assert.deepEqual(await checkHolds(client), [])
  }
  await stop(app)
})

test('of two processes on one journal only the owner commits; what both took is charged once', {
  skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined,
}, async () => {
  const other = { ...config, dataDir: await mkdtemp(join(tmpdir(), 'kvit-other-')) }
  const first = await start(config)
  const second = await start(other)
  // Within one process a lease counts as left behind, so each takes the partition from the other.
  for (let round = 0; round < 6; round++) {
    const records = calls(1000 + round * 20, 40)
    await Promise.all([deliver(first, records), deliver(second, records)])
  }
  await stop(second)
  const report = await deliver(first, calls(1000, 140))
  assert.deepEqual([report['charged'], report['duplicates']], [0, 140])
  assert.deepEqual(await checkHolds(clientOf(first, config)), [])
  await stop(first)
})

/**
 * Asks an engine that did not get its turn for as long as a lease holds, and does not know it. Another process charged the
 * record r3000 meanwhile, and gave its account balances. @returns what it says, or the code of its refusal.
 */
async function askedLate(ask: (engine: Engine, context: ReadContext) => Promise<unknown>): Promise<unknown> {
  const root = connect(config.databaseUrl)
  const tenant = present(await new AccessService(root).findTenant(TENANT), TENANT)
  const { name, schema } = tenant
  let missedMs = 0
  const around = { ...PROCESS, monotonicMs: (): number => PROCESS.monotonicMs() + missedMs }
  const journals = { db: root, prompt: root, heads: new Map() }
  const engine = new Engine(journals, createArchive('/nonexistent'), 1e15, () => undefined, around)
  const nowMs = tenant.clockMs ?? 0
  const books = accountBooks(root, engine, async () => ({ tenant, nowMs }))
  engine.register({ name, schema, source: definitionsOf(root, tenant), books })
  await engine.catalog(name)
  const other = await start(config)
  const client = clientOf(other, config)
  await deliver(other, calls(3000, 1))
  await client.post('/v1/top-ups', { key: 't', account: 'anna', amount: '1', currency: 'EUR', method: 'cash' })
  missedMs = 10_000
  const told = await ask(engine, { db: inSchema(root, schema), tenant, nowMs }).catch((error) => error.code ?? error)
  await engine.close()
  await root.destroy()
  await stop(other)
  return told
}

for (const [what, ask] of [
  [
    'a record that it does not know',
    (engine, context) => {
      const request = { key: 'c', source: 'default', id: 'r3000', time: null, action: 'retract', record: null } as const
      return correctUsage(engine, context, { ...request, reason: 'x' }, { by: 'x', isUnbounded: true })
    },
  ],
  [
    'an account without balances',
    async (engine, { db, tenant }) => engine.hasBalances(tenant.name, (await getRow(db, 'account', 'anna')).id),
  ],
] as [string, Parameters<typeof askedLate>[0]][])
  test(
    `a process that missed its lease tells nobody of ${what}`,
    {
      skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined,
    },
    async () => assert.equal(await askedLate(ask), 'engine_unavailable'),
  )

test('one changed byte in the journal is found and named', {
  skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined,
}, async () => {
  const app = await start(config)
  const client = clientOf(app, config)
  assert.deepEqual(await checkHolds(client), [])
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  await database.query(
    `update t_engine.segment set payload = set_byte(payload, length(payload) - 1, (get_byte(payload, length(payload) - 1) + 1) % 256) where seq = 2`,
  )
  const broken = await checkHolds(client)
  assert.match(broken.join('\n'), /the journal chain verifies: segment 2 does not follow/)
  await database.query(
    `update t_engine.segment set payload = set_byte(payload, length(payload) - 1, (get_byte(payload, length(payload) - 1) + 255) % 256) where seq = 2`,
  )
  await database.end()
  assert.deepEqual(await checkHolds(client), [])
  await stop(app)
})

test('documents that another process anchored meanwhile are not anchored again, and nobody is stopped by it', {
  skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined,
}, async () => {
  const first = await start(config)
  const client = clientOf(first, config)
  await runBills(client, '2026-02-01')
  // What asked for the job is over; the rest is between the two.
  await until('its documents are anchored', async () =>
    (await client.list<{ state: string }>('/v1/jobs?kind=anchor')).every(({ state }) => state === 'complete'),
  )
  const db = connect(config.databaseUrl)
  const tenant = present(await new AccessService(db).findTenant(TENANT), TENANT)
  const second = await start({ ...config, dataDir: await mkdtemp(join(tmpdir(), 'kvit-other-')) })
  const faults: unknown[] = []
  const anchorsOf = ({ engine }: App, before: () => Promise<unknown>): Anchors =>
    new Anchors(
      db,
      engine,
      async ({ name, schema }, ids) => {
        await before()
        return stateAnchors(engine.reads, inSchema(db, schema), name, ids)
      },
      (error) => faults.push(error),
    )
  const others = anchorsOf(second, async () => undefined)
  await others.catchUp(tenant)
  await inSchema(db, tenant.schema).deleteFrom('invoiceAnchor').execute()
  const own = anchorsOf(first, async () => {
    await deliver(second, calls(2000, 1))
    await others.catchUp(tenant)
    await deliver(first, calls(2001, 1))
  })
  await assert.rejects(own.catchUp(tenant), { code: 'engine_unavailable' })
  await own.catchUp(tenant)
  assert.deepEqual(faults, [])
  await db.destroy()
  await stop(second)
  // The root of what was deleted above has no documents any more; nothing else is wrong.
  const [gone, ...wrong] = await checkHolds(client)
  assert.match(gone ?? '', /^every root in the journal has its documents: segment \d+$/)
  assert.deepEqual(wrong, [])
  await stop(first)
})
