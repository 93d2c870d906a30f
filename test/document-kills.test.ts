import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { connect, inSchema } from '../src/platform/db.ts'
import { glBalances } from './books-world.ts'
import { CALLS, checkHolds, seedOperator, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'
import { until } from './test-postgres.ts'

/** A server is killed while it issues drafts that are due, and while it closes a period: it goes on, and nothing is there twice. */
const SUBSCRIBERS = 120
const config = await testConfig()
const server = new ServerProcess(config)
await server.start()
const db = connect(config.databaseUrl)
after(async () => {
  await server.kill()
  await db.destroy()
  await rm(config.dataDir, { recursive: true, force: true })
})
const client = new Client(config, 'killed', 400)
const rows = inSchema(db, 't_killed')
const documents = async (): Promise<number> => (await rows.selectFrom('invoice').select('id').execute()).length

/** Kills the server as soon as something is so, unless it is over before; and starts it again. */
async function killWhen(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await until(what, isSo)
  await server.kill()
  await server.start()
}

test('drafts that are due: a server is killed between them; each account has its bill, once, and numbers have no gap', async () => {
  await client.post('/v1/tenants', { name: 'killed', clock: '2026-02-01T00:00:00Z', acceptanceWindowDays: 90 })
  await seedOperator(client, CALLS)
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  const lines = Array.from(
    { length: SUBSCRIBERS },
    (_, n) => `s${n},S ${n},s${n},op,EUR,UTC,2026-02-01,s${n},2026-02-01T00:00:00Z,s${n},basic,2026-02-01T00:00:00Z`,
  )
  await importCustomers(client, [header, ...lines].join('\n'))
  await client.post('/v1/settings/billing', { values: { gracePeriod: 'P3D' } }, 'PUT')
  await runBills(client, '2026-02-01')
  assert.equal(await documents(), 0)
  await client.post('/v1/tenants/killed', { clock: '2026-02-04T00:00:00Z' }, 'PATCH')
  const isUnderWay = (least: number) => async (): Promise<boolean> => (await documents()) >= least
  await killWhen('some drafts are issued', isUnderWay(1))
  await killWhen('more drafts are issued', isUnderWay(51))
  await until('all drafts are issued', async () => (await documents()) >= SUBSCRIBERS)
  await until(
    'no draft is left',
    async () => (await rows.selectFrom('documentDraft').select('id').execute()).length === 0,
  )
  const issued = await client.list<Json>('/v1/invoices')
  assert.equal(new Set(issued.map(({ account }) => account)).size, SUBSCRIBERS)
  assert.equal(issued.length, SUBSCRIBERS)
  assert.deepEqual(
    issued.map(({ number }) => Number(String(number).slice(-6))).toSorted((a, b) => a - b),
    Array.from({ length: SUBSCRIBERS }, (_, at) => at + 1),
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a period that is closed: a server is killed meanwhile; it is closed once, or open and closed when it is asked again', async () => {
  await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-02-01' })
  await client.post('/v1/tenants/killed', { clock: '2026-03-05T00:00:00Z' }, 'PATCH')
  const stateOf = async (): Promise<unknown> => {
    const [period] = await rows.selectFrom('accountingPeriod').select('state').execute()
    return period?.state
  }
  const close = async (): Promise<unknown> => client.post('/v1/books/op/periods/2026-02-01/close', {})
  await Promise.all([
    close().catch(() => undefined),
    killWhen('the period is being closed', async () => (await stateOf()) !== undefined),
  ])
  await until('the period is closed, or open again', async () => ['closed', 'open'].includes(String(await stateOf())))
  if ((await stateOf()) === 'open') await close()
  await until('the period is closed', async () => (await stateOf()) === 'closed')
  // 120 fees of 10.00 for February: billed in it, and all of it earned by its end.
  assert.deepEqual(await glBalances(client, '2026-02-28'), { '1100': '1200.00', '4000': '-1200.00' })
  assert.equal((await rows.selectFrom('periodChange').select('id').where('kind', '=', 'closed').execute()).length, 1)
  assert.deepEqual(await checkHolds(client), [])
})
