/** A server is killed while it does steps on many accounts; two others go on at once, by the job and by hand: each step is done once. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import pg from 'pg'
import { startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './test-postgres.ts'

const ACCOUNTS = Number(process.env['KVIT_TEST_ACCOUNTS'] ?? 50)
const config = await testConfig()
const other = { ...(await testConfig()), databaseUrl: config.databaseUrl }
const server = new ServerProcess(config)
await server.start()
const database = new pg.Client({ connectionString: config.databaseUrl })
await database.connect()
after(async () => {
  await server.kill()
  await database.end()
  for (const { dataDir } of [config, other]) await rm(dataDir, { recursive: true, force: true })
})
const countOf = async (what: string): Promise<number> =>
  Number((await database.query<{ n: string }>(`select ${what} as n from t_kills.dunning_step`)).rows[0]?.n)

test(`each step is done once on each of ${ACCOUNTS} accounts, though a server is killed and two go on at once`, async () => {
  const client = new Client(config, 'kills')
  await client.post('/v1/tenants', { name: 'kills', clock: '2026-01-01T06:00:00Z', acceptanceWindowDays: 90 })
  await seedOperator(client)
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,subscription.key,subscription.plan,subscription.startsAt'
  const rows = Array.from(
    { length: ACCOUNTS },
    (_, n) => `s${n},S ${n},s${n},op,EUR,UTC,2026-01-01,s${n},basic,2026-01-01T00:00:00Z`,
  )
  await importCustomers(client, [header, ...rows].join('\n'))
  await runBills(client, '2026-01-01')
  const steps = [
    { id: 'ring', action: 'call', afterDays: 1, script: 'Ask when they pay.' },
    { id: 'card', action: 'charge_again', afterDays: 1, gapDays: 0 },
    { id: 'agency', action: 'hand_over', afterDays: 2 },
  ]
  await client.post('/v1/dunning-policies', { key: 'all', policy: { steps } })
  await client.post('/v1/settings/dunning', { values: { schedule: 'daily', hour: 9 } }, 'PUT')
  await client.post('/v1/tenants/kills', { clock: '2026-01-17T12:00:00Z' }, 'PATCH')
  await until('it is in the midst of its work', async () => (await countOf('count(*)')) > 20)
  await server.kill()
  assert.ok((await countOf('count(*)')) < 3 * ACCOUNTS, 'it was killed before the end')
  const [second] = await Promise.all([startApp(other), server.start()])
  const beside = Client.at(second.url, second.rootKey, 'kills')
  const run = async (of: Client): Promise<void> => {
    let next: unknown = null
    do next = (await of.post<Json>('/v1/dunning-runs', next === null ? {} : { after: next }))['next']
    while (next !== null)
  }
  const here = new Client(config, 'kills')
  await Promise.all([run(here), run(beside)])
  await until('all steps are done', async () => (await countOf('count(*)')) === 3 * ACCOUNTS)
  assert.equal(await countOf('count(distinct (account_id, step_id))'), 3 * ACCOUNTS)
  const { rows: events } = await database.query<{ n: string }>(
    `select count(*) as n from t_kills.event where type like 'dunning_step.%'`,
  )
  assert.equal(Number(events[0]?.n), 3 * ACCOUNTS)
  assert.deepEqual(await checkHolds(beside), [])
  await second.close()
})
