import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { AccessService } from '../src/modules/access/index.ts'
import { startBillRun } from '../src/modules/billing/bill-run.ts'
import { startRetraction } from '../src/modules/corrections/retractions.ts'
import { approve, createReRating } from '../src/modules/rerating/service.ts'
import { DatabaseHosts } from '../src/platform/database-hosts.ts'
import { connect, inSchema, ORDINARY, PrimaryPool } from '../src/platform/db.ts'
import { KeyedMutex } from '../src/platform/keyed-mutex.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'
import { JobProcess, KillablePool } from './job-process.ts'
import { until } from './test-postgres.ts'

/**
 * A tenant whose jobs are done without trouble, and one with the same past whose processes are killed: the first at its first statement,
 * the next four statements later, and so on, until one comes to the end. Of every second kill the database has done the statement.
 * At each single statement: `KVIT_TEST_KILL_STRIDE=1 ./kvit test test/job-kills.test.ts`.
 */
const STRIDE = Number(process.env['KVIT_TEST_KILL_STRIDE'] ?? 4)
const config = await testConfig()
const db = connect(config.databaseUrl)
const real = new PrimaryPool(new DatabaseHosts(config.databaseUrl), { ...ORDINARY, size: 30 })
const CLOCK = '2026-02-10T00:00:00Z'
const UNTIL = '2026-02-01'
const ACCOUNTS = ['ann', 'bob', 'cat', 'dan']
const PERSON = { id: 'somebody', person: 'somebody' }
const gone = new Set<string>()
const files = new Map<string, string>()
let processes = 0
let app: App
const clientOf = (tenant: string): Client => Client.at(app.url, app.rootKey, tenant)

after(async () => {
  await app.close()
  await db.destroy()
  await rm(config.dataDir, { recursive: true, force: true })
})

async function prepare(name: string): Promise<void> {
  const client = clientOf(name)
  await client.post('/v1/tenants', { name, clock: CLOCK, acceptanceWindowDays: 400 })
  await seedOperator(client)
  for (const key of ACCOUNTS) await createSubscriber(client, key, { creditLimit: key === 'dan' ? '0' : null })
  await client.post('/v1/top-ups', { key: 't1', account: 'dan', amount: '30.00', currency: 'EUR', method: 'cash' })
  const mapping = {
    ...{ name: 'calls', format: 'csv', source: 's', type: 'call', id: '{id}', service: '{service}' },
    ...{ time: { column: 'time' }, data: { minutes: { column: 'minutes' } } },
  }
  const file = { name: 'calls.csv', fingerprint: 'f'.repeat(64), sizeBytes: 10, mapping }
  const { id } = await client.post<{ id: string }>('/v1/usage-imports', file)
  files.set(name, id)
  let offset = 0
  for (let chunk = 0; chunk < 3; chunk++) {
    const rows = [...ACCOUNTS, 'nobody'].map(
      (service, n) => `r${chunk}-${n},${service},2026-01-1${chunk}T0${n}:00:00Z,${20 + n}\n`,
    )
    const raw = Buffer.from(`${chunk === 0 ? 'id,service,time,minutes\n' : ''}${rows.join('')}`)
    await client.postRaw(`/v1/usage-imports/${id}/chunks?offset=${offset}&last=${chunk === 2}`, raw, 'text/csv')
    offset += raw.length
  }
  const amended = { action: 'amend', record: { data: { minutes: '5' } }, reason: 'test' }
  await client.post('/v1/usage-corrections', { key: 'c1', source: 's', id: 'r1-1', ...amended })
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS.replace('0.10', '0.20') }] })
}

const RE_RATING = {
  key: 'rr',
  reason: 'wrong price',
  plans: [{ from: { code: 'basic', version: 1 }, to: { code: 'basic', version: 2 } }],
  from: '2026-01-01',
  until: '2026-02-01',
}

/** What must be the same, however often a process died. */
async function outcomeOf(name: string): Promise<Json> {
  const client = clientOf(name)
  const documents: unknown[] = []
  for (const { id } of await client.list<{ id: string }>('/v1/invoices')) {
    const { document, number, total, open } = await client.get<Json & { document: Json & { lines: Json[] } }>(
      `/v1/invoices/${id}`,
    )
    const lines = document.lines.map(({ from, description, quantity, amount }) => [from, description, quantity, amount])
    documents.push([document['account'], number, total, open, lines])
  }
  const [run] = (await inSchema(db, `t_${name}`).selectFrom('billRun').selectAll().execute()) as Json[]
  const [reRating] = await client.list<Json>('/v1/re-ratings')
  const retraction = (await inSchema(db, `t_${name}`).selectFrom('usageRetraction').selectAll().execute()) as Json[]
  const events = (await client.list<{ type: string }>('/v1/events')).map(({ type }) => type).sort()
  const { totals } = await client.get<{ totals: Json }>('/v1/check')
  return {
    documents,
    run: [run?.['status'], run?.['documents'], run?.['issued'], run?.['accountsDone']],
    reRating: [reRating?.['status'], reRating?.['totals'], reRating?.['documents']],
    retraction: retraction.map((row) => [
      ...['status', 'recordsTotal', 'recordsRetracted', 'recordsGone', 'suspenseWrittenOff'].map((one) => row[one]),
    ]),
    events,
    totals: [totals['charged'], totals['suspended']],
  }
}

/** Processes take a job up, one after another, until it is done. @returns how many were killed. */
async function killAtEveryStep(tenant: Tenant, kind: string): Promise<number> {
  const jobs = inSchema(db, tenant.schema).selectFrom('job').select('state').where('kind', '=', kind)
  const isOver = async (): Promise<boolean> =>
    (await jobs.execute()).every(({ state }) => state !== 'waiting' && state !== 'running')
  let kills = 0
  for (let killAt = 1; ; killAt += STRIDE) {
    const name = `p${++processes}`
    const pool = new KillablePool(real, killAt, processes % 2 === 0)
    const one = new JobProcess(name, pool, tenant, gone)
    one.look()
    let isDone = false
    const done = until(`${kind} is done, or its process is killed`, async () => {
      isDone = await isOver()
      return isDone || one.pool.isDead
    })
    await Promise.race([one.pool.killed, done])
    gone.add(name)
    assert.deepEqual(one.faults, [])
    if (one.pool.isDead) {
      kills++
      continue
    }
    await done
    await one.close()
    return kills
  }
}

test('a process is killed at every statement of a bill run, a re-rating and a retraction: another goes on, and each has one effect', async (t) => {
  app = await startApp(config)
  for (const name of ['calm', 'storm']) await prepare(name)
  const calm = clientOf('calm')
  await runBills(calm, UNTIL)
  const { id } = await calm.post<{ id: string }>('/v1/re-ratings', RE_RATING)
  const is = (path: string, status: string) => async (): Promise<boolean> =>
    (await calm.get<Json>(path))['status'] === status
  await until('the dry run is made', is(`/v1/re-ratings/${id}`, 'draft'))
  await calm.post(`/v1/re-ratings/${id}/approve`, {})
  await until('it is applied', is(`/v1/re-ratings/${id}`, 'complete'))
  const asked = { key: 'x1', reason: 'wrong file' }
  const { id: retraction } = await calm.post<{ id: string }>(`/v1/usage-imports/${files.get('calm')}/retract`, asked)
  await until('it is retracted', is(`/v1/usage-retractions/${retraction}`, 'complete'))
  await app.close()

  const tenant = (await new AccessService(db).findTenant('storm')) as Tenant
  const context = { tenant, db: inSchema(db, tenant.schema), nowMs: Date.parse(CLOCK) }
  const turns = { turns: new KeyedMutex() }
  const kills: number[] = []
  await startBillRun(context.db, UNTIL, context.nowMs)
  kills.push(await killAtEveryStep(tenant, 'bill_run'))
  const drafted = await createReRating(turns, context, { ...RE_RATING, accounts: null }, PERSON)
  kills.push(await killAtEveryStep(tenant, 're_rating'))
  await approve(context, drafted.id, { id: 'another', person: 'another' })
  kills.push(await killAtEveryStep(tenant, 're_rating'))
  await startRetraction(turns, context, String(files.get('storm')), asked, { by: 'somebody', isUnbounded: true })
  kills.push(await killAtEveryStep(tenant, 'usage_retraction'))
  t.diagnostic(`killed ${kills.join(', ')} times`)

  app = await startApp(config)
  assert.deepEqual(await outcomeOf('storm'), await outcomeOf('calm'))
  for (const name of ['calm', 'storm']) assert.deepEqual(await checkHolds(clientOf(name)), [])
})
