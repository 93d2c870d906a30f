import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { startApp } from '../src/app/start.ts'
import { Client } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { AccessService } from '../src/modules/access/index.ts'
import { billAccounts } from '../src/modules/billing/bill-accounts.ts'
import { billingOf } from '../src/modules/billing/index.ts'
import { connect, connectOver, inSchema, inTransaction } from '../src/platform/db.ts'
import { askForJob } from '../src/platform/jobs/job-store.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit, testConfig } from './harness.ts'
import { NotingPool } from './noting-pool.ts'
import { until } from './test-postgres.ts'

const START = '2026-01-01T00:00:00Z'
const kvit = await startKvit('year', START)
const { client } = kvit
const db = connect(kvit.config.databaseUrl)
const jobs = inSchema(db, 't_year')
const other = { ...(await testConfig()), databaseUrl: kvit.config.databaseUrl }
const second = await startApp(other)
/** Two servers of one process take the journal from each other whenever they need it, which those of two processes do not. */
let ending: Promise<void> | undefined
const endSecond = async (): Promise<void> => (ending ??= second.close())
after(async () => {
  await endSecond()
  await db.destroy()
  await rm(other.dataDir, { recursive: true, force: true })
})

/** Fees are paid in advance: the first run has documents of the beginning, too. */
const DOCUMENTS = [4, 2, 2]
const PERIODS = ['2026-02-01', '2026-03-01', '2026-04-01']

test('a clock that is set forward by 400 days bills three periods, each as of its day, in order and once, whichever of two servers does it', async () => {
  await seedOperator(client)
  for (const key of ['ann', 'bob']) await createSubscriber(client, key)
  // A year is longer than jobs are kept.
  await client.post('/v1/settings/jobs', { values: { keepDays: 1_000 } }, 'PUT')
  // The last one is asked for first.
  for (const key of PERIODS.toReversed())
    await inTransaction(jobs, async (trx) =>
      askForJob(trx, { kind: 'bill_run', key, dueMs: Date.parse(key) + 3_600_000 }, Date.parse(START)),
    )
  await client.post('/v1/tenants/year', { clock: '2027-02-05T00:00:00Z' }, 'PATCH')
  await until('all periods are billed', async () =>
    (await client.list<{ state: string }>('/v1/jobs?kind=bill_run')).every(({ state }) => state === 'complete'),
  )
  const far = (await client.list('/v1/jobs?kind=bill_run')).map(({ progress }) => progress)
  assert.deepEqual(far, Array(3).fill({ done: 2, total: 2, words: 'accounts' }))
  const events = await client.list<{ type: string; createdAt: string; data: { untilDay?: string } }>('/v1/events')
  const told = events
    .filter(({ type }) => type.startsWith('bill_run.') || type === 'invoice.issued')
    .map(({ type, createdAt }) => `${createdAt.slice(0, 13)} ${type}`)
  assert.deepEqual(
    told,
    PERIODS.flatMap((day, at) => {
      const issued = Array.from({ length: DOCUMENTS[at] as number }, () => 'invoice.issued')
      return ['bill_run.started', ...issued, 'bill_run.finished'].map((type) => `${day}T01 ${type}`)
    }),
  )
  const issued = await client.list<{ issuedOn: string; total: string }>('/v1/invoices')
  assert.deepEqual(
    issued.map(({ issuedOn }) => issuedOn),
    PERIODS.flatMap((day, at) => Array.from({ length: DOCUMENTS[at] as number }, () => day)),
  )
  const fences = await jobs.selectFrom('job').select('fence').where('kind', '=', 'bill_run').execute()
  assert.deepEqual(
    fences.map(({ fence }) => fence),
    [1n, 1n, 1n],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a bill run that is cancelled before it begins bills nothing, and begins when it is asked for again', async () => {
  const key = '2026-05-01'
  const dueMs = Date.parse('2028-01-01')
  await inTransaction(jobs, async (trx) => askForJob(trx, { kind: 'bill_run', key, dueMs }, Date.parse(START)))
  const find = async (): Promise<{ id: string; state: string }> =>
    (await client.list<{ id: string; key: string; state: string }>('/v1/jobs?kind=bill_run')).find(
      (job) => job.key === key,
    ) as { id: string; state: string }
  const { id } = await find()
  await client.post(`/v1/jobs/${id}/cancel`, {})
  await until('it is cancelled', async () => (await find()).state === 'cancelled')
  assert.equal((await client.list('/v1/invoices')).length, 8)
  const run = await client.post<{ id: string }>('/v1/bill-runs', { until: key })
  await until(
    'it is billed',
    async () => (await client.get<{ status: string }>(`/v1/bill-runs/${run.id}`)).status === 'complete',
  )
  assert.equal((await client.list('/v1/invoices')).length, 10)
})

test('a bill run whose account cannot be billed is a dead letter, and is run again when the trouble is gone', async () => {
  const key = '2026-06-01'
  // Behind Kvit's back, so that billing of one account fails.
  await jobs.updateTable('account').set({ zone: 'Nowhere/Land' }).where('key', '=', 'bob').execute()
  const run = await client.post<{ id: string }>('/v1/bill-runs', { until: key })
  const status = async (): Promise<string> => (await client.get<{ status: string }>(`/v1/bill-runs/${run.id}`)).status
  await until('it has failed', async () => (await status()) === 'failed')
  const failed = async (): Promise<{ id: string; key: string; error: string }[]> =>
    client.list('/v1/jobs?state=failed&kind=bill_run')
  await until('it is a dead letter', async () => (await failed()).length === 1)
  const [letter] = await failed()
  assert.equal(letter?.key, key)
  assert.match(String(letter?.error), /^account [0-9a-f-]+: /)
  await jobs.updateTable('account').set({ zone: 'UTC' }).where('key', '=', 'bob').execute()
  await client.post(`/v1/jobs/${letter?.id}/retry`, {})
  await until('it is billed', async () => (await status()) === 'complete')
  assert.deepEqual(await failed(), [])
  assert.equal((await client.list('/v1/invoices')).length, 12)
})

test('documents that were issued are put into the journal by a job', async () => {
  await endSecond()
  const isAnchored = async (): Promise<boolean> =>
    (await client.list<{ state: string }>('/v1/jobs?kind=anchor')).every(({ state }) => state === 'complete')
  await until('all are anchored', isAnchored)
  const without = jobs.selectFrom('invoice').where('id', 'not in', jobs.selectFrom('invoiceAnchor').select('invoiceId'))
  assert.deepEqual(await without.select('id').execute(), [])
  assert.equal((await client.list('/v1/jobs?kind=anchor')).length, 1)
})

test('bills that are run by themselves: a clock set forward by 400 days bills each period as of its day, in order', async () => {
  const own = Client.at(kvit.app.url, kvit.app.rootKey, 'own')
  const set = async (values: object): Promise<unknown> => own.post('/v1/settings/billing', { values }, 'PUT')
  const moveTo = async (clock: string): Promise<unknown> => own.post('/v1/tenants/own', { clock }, 'PATCH')
  const runs = async (): Promise<string[]> =>
    (await own.list<{ kind: string; key: string; state: string }>('/v1/jobs?kind=bill_run')).map(
      ({ key, state }) => `${key} ${state}`,
    )
  const next = async (): Promise<string> =>
    (await own.list<{ dueAt: string; state: string }>('/v1/jobs?kind=billing_schedule'))
      .map(({ dueAt, state }) => `${dueAt} ${state}`)
      .join()
  const became = async (due: string): Promise<void> => until(`it is ${due}`, async () => (await next()) === due)
  await own.post('/v1/tenants', { name: 'own', clock: START, acceptanceWindowDays: 400 })
  await seedOperator(own)
  await createSubscriber(own, 'ann', { zone: 'Europe/Kyiv' })
  await own.post('/v1/settings/jobs', { values: { keepDays: 1_000 } }, 'PUT')
  await set({ schedule: 'monthly', hour: 5, zone: 'Europe/Kyiv' })
  await moveTo('2027-02-05T12:00:00Z')
  await became('2027-03-01T03:00:00.000Z waiting')
  const months = Array.from({ length: 14 }, (_, n) => new Date(Date.UTC(2026, n, 1)).toISOString().slice(0, 10))
  const all = months.map((day) => `${day} complete`).join()
  await until('all are billed', async () => (await runs()).join() === all)
  const issued = await own.list<{ issuedOn: string; billingDay: string }>('/v1/invoices')
  assert.deepEqual(
    issued.map(({ issuedOn, billingDay }) => [issuedOn, billingDay]),
    months.map((day) => [day, day]),
  )
  // Every day, from the next one on. Whoever cancels the job changes nothing; the settings do.
  await set({ schedule: 'daily', hour: 0 })
  await became('2027-02-06T00:00:00.000Z waiting')
  const [{ id }] = (await own.list('/v1/jobs?kind=billing_schedule')) as [{ id: string }]
  await own.post(`/v1/jobs/${id}/cancel`, {})
  await became('2027-02-06T00:00:00.000Z waiting')
  await moveTo('2027-02-07T12:00:00Z')
  await became('2027-02-08T00:00:00.000Z waiting')
  await set({ schedule: 'off' })
  await became('2027-02-07T12:00:00.000Z cancelled')
  const days = '2027-02-06 complete,2027-02-07 complete'
  await until('both days are billed', async () => (await runs()).slice(14).join() === days)
  assert.deepEqual(await checkHolds(own), [])
})

test('jobs that are over and events are kept as long as the tenant says: the rest is deleted, and what is left has no gap', async () => {
  const own = Client.at(kvit.app.url, kvit.app.rootKey, 'short')
  const moveTo = async (clock: string): Promise<unknown> => own.post('/v1/tenants/short', { clock }, 'PATCH')
  const set = async (name: string, keepDays: number | null): Promise<unknown> =>
    own.post(`/v1/settings/${name}`, { values: { keepDays } }, 'PUT')
  const jobsLeft = async (): Promise<string> =>
    (await own.list<{ key: string }>('/v1/jobs?kind=bill_run')).map(({ key }) => key).join()
  const bill = async (until: string): Promise<unknown> => runBills(own, until)
  await own.post('/v1/tenants', { name: 'short', clock: '2026-02-01T00:00:00Z', acceptanceWindowDays: 400 })
  await seedOperator(own)
  await createSubscriber(own, 'ann')
  await bill('2026-02-01')
  await set('events', 10_000)
  await moveTo('2026-03-01T00:00:00Z')
  await bill('2026-03-01')
  const before = await own.list<{ id: string; seq: number; createdAt: string }>('/v1/events')
  assert.equal(before[0]?.seq, 1)
  // 90 days unless set otherwise.
  await moveTo('2026-05-10T00:00:00Z')
  await until('the older job is deleted', async () => (await jobsLeft()) === '2026-03-01')
  await set('jobs', 10)
  await set('events', 50)
  await moveTo('2026-05-10T01:00:00Z')
  await until('both jobs are deleted', async () => (await jobsLeft()) === '')
  const first = async (): Promise<{ seq: number; createdAt: string }> =>
    (await own.list<{ seq: number; createdAt: string }>('/v1/events'))[0] as { seq: number; createdAt: string }
  await until('older events are deleted', async () => (await first()).createdAt >= '2026-05-10')
  assert.equal((await first()).seq, before.length + 1)
  const { status, json } = await kvit.request('GET', `/v1/events?cursor=${before[0]?.id}`, {
    headers: { 'kvit-tenant': 'short' },
  })
  assert.deepEqual([status, json['code']], [400, 'invalid_request'], 'whoever has missed something is told')
  assert.deepEqual(await checkHolds(own), [])
  await bill('2026-05-10')
  assert.equal(await jobsLeft(), '2026-05-10')
})

/** What an account's bills follow from; each has one table. */
const FACTS = [
  'subscription',
  'subscription_change',
  'daily_fee',
  'contract_commit',
  'invoice_line',
  'coupon',
  'issuer',
]

test('an account that has thirteen bills open has its facts read once, and once more where nothing is due', async () => {
  await createSubscriber(client, 'eve')
  const pool = new NotingPool(kvit.config.databaseUrl)
  const noting = connectOver(pool)
  const tenant = (await new AccessService(noting).findTenant('year')) as Tenant
  const owner = [kvit.app, second].find(({ engine }) => engine.isAwake('year')) ?? kvit.app
  const billing = await billingOf(noting, owner.engine, tenant, tenant.clockMs ?? 0)
  const { id } = await client.get<{ id: string }>('/v1/accounts/eve')
  const [run] = await jobs.selectFrom('billRun').select('id').limit(1).execute()
  const billUntil = async (day: string): Promise<number> => {
    pool.statements.length = 0
    await billAccounts(billing, [{ accountId: id, until: day }], String(run?.id))
    return pool.statements.length
  }
  const all = await billUntil('2027-01-01')
  assert.ok(all <= 29 + 13 * 2, `${all} statements`)
  const reads = FACTS.map((table) => [table, pool.reads(`"t_year"."${table}"`)])
  assert.deepEqual(
    reads,
    FACTS.map((table) => [table, 1]),
  )
  assert.equal((await client.list('/v1/invoices?account=eve')).length, 13)
  assert.equal(await billUntil('2027-01-15'), 13)
  await noting.destroy()
  assert.deepEqual(await checkHolds(client), [])
})
