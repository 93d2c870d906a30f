import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { startApp } from '../src/app/start.ts'
import { Client } from '../src/cli/client.ts'
import { connect } from '../src/platform/db.ts'
import { FlakyProxy } from './flaky-proxy.ts'
import { createSubscriber, seedOperator, testConfig } from './harness.ts'
import { freePort, TestPostgres, until } from './test-postgres.ts'

const TENANT = 'away'
const folder = await mkdtemp(join(tmpdir(), 'kvit-away-'))
const postgres = new TestPostgres(join(folder, 'postgres'), await freePort())
await postgres.create()
const proxy = new FlakyProxy(postgres.port)
await proxy.listen()
const config = { ...(await testConfig()), databaseUrl: `postgres://kvit@127.0.0.1:${proxy.port}/postgres` }
const app = await startApp(config)
process.env['KVIT_URL'] = app.url
process.env['KVIT_KEY'] = app.rootKey
const client = new Client(config, TENANT)
await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-15T00:00:00Z', acceptanceWindowDays: 90 })
await seedOperator(client)
await createSubscriber(client, 'anna')
after(async () => {
  await app.close()
  await proxy.close()
  await postgres.kill()
  await rm(config.dataDir, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

const headers = { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': TENANT }

async function readiness(): Promise<string> {
  const response = await fetch(`${app.url}/readyz`)
  const { status } = (await response.json()) as { status: string }
  assert.equal(response.status, status === 'ok' ? 200 : 503)
  return status
}

/** A request for each operation of the API; what its path and body lack is no matter here. */
async function everyOperation(): Promise<{ method: string; path: string }[]> {
  const api = (await (await fetch(`${app.url}/openapi.json`)).json()) as { paths: Record<string, object> }
  return Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll('{seq}', '1').replaceAll(/\{\w+\}/g, '018f2f6e-0000-7000-8000-000000000001'),
    })),
  )
}

const BODIES: Readonly<Record<string, unknown>> = {
  '/v1/usage': [{ id: 'x', service: 'anna', type: 'call', time: '2026-02-10T10:00:00Z', data: { minutes: '1' } }],
  '/v1/charging': [
    {
      op: 'event',
      id: 'y',
      source: 's',
      service: 'anna',
      type: 'call',
      time: '2026-02-10T10:00:00Z',
      data: { minutes: '1' },
    },
  ],
  '/v1/payments': { key: 'p', account: 'anna', method: 'bank', currency: 'EUR', amount: '1.00' },
  '/v1/bill-runs': { untilDay: '2026-02-15' },
  '/v1/customers': { key: 'boris', name: 'Boris' },
}

test('R3: no operation answers 500 while the database is away, and those that need it answer 503 with Retry-After', async (t) => {
  const operations = await everyOperation()
  assert.ok(operations.length > 60)
  const seen = new Map<number, number>()
  const wrong: string[] = []
  const ask = async ({ method, path }: { method: string; path: string }): Promise<void> => {
    const body = BODIES[path] ?? {}
    const content = method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body) }
    const more = 'body' in content ? { 'content-type': 'application/json' } : {}
    const response = await fetch(`${app.url}${path}`, { method, headers: { ...headers, ...more }, ...content })
    const text = await response.text()
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1)
    if (response.status === 503 && response.headers.get('retry-after') !== null && text.includes('engine_unavailable'))
      return
    if (response.status >= 500) wrong.push(`${method} ${path} ${response.status} ${text}`)
  }
  // Keys and tenants are looked up once a second: what was asked just before goes on to the work itself.
  for (let n = 0; n < operations.length; n += 20) {
    proxy.target(postgres.port)
    await until('it works', async () => (await fetch(`${app.url}/v1/customers`, { headers })).ok)
    proxy.target(1)
    await Promise.all(operations.slice(n, n + 20).map(ask))
  }
  t.diagnostic(
    `${operations.length} operations: ${Array.from(seen, ([status, count]) => `${count} × ${status}`).join(', ')}`,
  )
  assert.deepEqual(wrong, [])
  assert.ok((seen.get(503) ?? 0) > 20)
  assert.equal(await readiness(), 'database_unreachable')
  assert.equal((await fetch(`${app.url}/livez`)).status, 200)
  proxy.target(postgres.port)
  await until('it is ready again by itself', async () => (await readiness()) === 'ok')
  const report = await client.post('/v1/usage', BODIES['/v1/usage'])
  assert.equal(Number(report['charged']) + Number(report['duplicates']), 1)
})

test('S2: a server is not ready while its database can only be read, or has no room', async () => {
  const troubles: readonly (readonly [setting: string, status: string])[] = [
    ['default_transaction_read_only = on', 'database_read_only'],
    ['temp_file_limit = 0', 'database_full'],
  ]
  for (const [setting, status] of troubles) {
    await postgres.ask(`alter system set ${setting}`)
    await postgres.ask('select pg_reload_conf()')
    proxy.reset()
    await until(status, async () => (await readiness()) === status)
    await postgres.ask(`alter system reset ${setting.split(' ')[0]}`)
    await postgres.ask('select pg_reload_conf()')
    await until('it is ready again', async () => (await readiness()) === 'ok')
  }
})

test('what a role, a database or a server has set changes nothing that Kvit relies on', async () => {
  const odd: readonly (readonly [name: string, value: string, kept: string])[] = [
    ['timezone', 'Asia/Tokyo', 'UTC'],
    ['datestyle', 'German', 'ISO, YMD'],
    ['intervalstyle', 'iso_8601', 'postgres'],
    ['bytea_output', 'escape', 'hex'],
    ['default_transaction_isolation', 'serializable', 'read committed'],
    ['synchronous_commit', 'off', 'on'],
    ['synchronous_commit', 'remote_apply', 'remote_apply'],
    ['statement_timeout', '50ms', '0'],
    ['client_min_messages', 'error', 'warning'],
  ]
  for (const [name, value, kept] of odd) {
    await postgres.ask(`alter role kvit set ${name} = '${value}'`)
    const db = connect(`postgres://kvit@${postgres.address}/postgres`)
    const { rows } = await sql<{ setting: string }>`select current_setting(${name}) as setting`.execute(db)
    assert.equal(rows[0]?.setting, kept, name)
    await db.destroy()
    await postgres.ask(`alter role kvit reset ${name}`)
  }
})
