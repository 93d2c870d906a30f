/** Accounts that are billed together: one that fails, payments that come meanwhile, and a process that is killed in between. */
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import pg from 'pg'
import { Client } from '../src/cli/client.ts'
import { type BillRun, runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { CALLS, checkHolds, seedOperator, startKvit, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

/** More than two batches of fifty. */
const ACCOUNTS = 120
const UNTIL = '2026-02-01'
const { client, config } = await startKvit('batches', '2026-02-01T06:00:00Z')
const database = new pg.Client({ connectionString: config.databaseUrl as string })
await database.connect()
after(async () => database.end())

async function seed(to: Client): Promise<void> {
  await seedOperator(to, CALLS)
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  const rows = Array.from({ length: ACCOUNTS }, (_, n) => {
    const key = `s${String(n).padStart(3, '0')}`
    return `${key},${key},${key},op,EUR,UTC,2026-01-01,${key},2026-01-01T00:00:00Z,${key},basic,2026-01-01T00:00:00Z`
  })
  await importCustomers(to, [header, ...rows].join('\n'))
}

interface Listed {
  readonly number: string
  readonly account: string
  readonly total: string
  readonly state: string
}

/** Of each account, what its documents come to: the fee of January and that of February, 10.00 each. */
function totalsOf(documents: readonly Listed[]): Map<string, string[]> {
  const totals = new Map<string, string[]>()
  for (const { account, total } of documents) totals.set(account, [...(totals.get(account) ?? []), total])
  return totals
}

function numbersOf(documents: readonly Listed[]): number[] {
  return documents.map(({ number }) => Number(number.replace(/^\D+/, ''))).toSorted((a, b) => a - b)
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)

test('an account that fails is named, and none of the fifty that it was billed with goes without its documents', async () => {
  await seed(client)
  const broken = await client.get<{ id: string; zone: string }>('/v1/accounts/s007')
  // Somebody who may do so, and seals the row anew.
  const setZone = async (zone: string): Promise<void> => {
    await database.query('update t_batches.account set zone = $1 where id = $2', [zone, broken.id])
    const note = "insert into t_batches.changed_row (id, kind, key) values (gen_random_uuid(), 'account', $1)"
    await database.query(note, [broken.id])
  }
  await setZone('Nowhere/Else')
  await assert.rejects(runBills(client, UNTIL), new RegExp(`the bill run failed: account ${broken.id}: [^;]*$`))
  const documents = await client.list<Listed>('/v1/invoices')
  const totals = totalsOf(documents)
  assert.equal(totals.size, ACCOUNTS - 1)
  assert.equal(totals.has('s007'), false)
  assert.ok([...totals.values()].every((own) => own.join() === '10.00,10.00'))
  assert.deepEqual(numbersOf(documents), upTo(2 * (ACCOUNTS - 1)), 'what was rolled back has taken no number')
  await setZone(broken.zone)
  await runBills(client, UNTIL)
  const all = await client.list<Listed>('/v1/invoices')
  assert.equal(totalsOf(all).get('s007')?.join(), '10.00,10.00')
  assert.deepEqual(numbersOf(all), upTo(2 * ACCOUNTS))
  assert.deepEqual(await checkHolds(client), [])
})

test('payments that come while accounts are billed for months are recorded, and settle what is billed', async () => {
  // Four bills of fifty accounts are more than one transaction takes.
  await client.post('/v1/tenants/batches', { clock: '2026-06-01T06:00:00Z' }, 'PATCH')
  const keys = [...new Set((await client.list<Listed>('/v1/invoices')).map(({ account }) => account))]
  const pay = async (account: string): Promise<unknown> =>
    client.post('/v1/payments', { key: `p-${account}`, account, method: 'bank', currency: 'EUR', amount: '60.00' })
  // Against the order in which they are billed, too.
  await Promise.all([runBills(client, '2026-06-01'), ...keys.map(pay), ...keys.toReversed().map(pay)])
  const documents = await client.list<Listed>('/v1/invoices')
  // 10.00 for each of six months, paid with 60.00.
  assert.ok([...totalsOf(documents).values()].every((own) => own.join() === Array(6).fill('10.00').join()))
  assert.deepEqual(new Set(documents.map(({ state }) => state)), new Set(['paid']))
  assert.deepEqual(numbersOf(documents), upTo(6 * ACCOUNTS))
  assert.deepEqual(await checkHolds(client), [])
})

test('a run whose process is killed between two batches is gone on with: nothing is billed twice, and no number is left out', async () => {
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  const other = new Client(server.config, 'killed', 400)
  await other.post('/v1/tenants', { name: 'killed', clock: '2026-02-01T06:00:00Z', acceptanceWindowDays: 400 })
  await seed(other)
  const { id } = await other.post<BillRun>('/v1/bill-runs', { until: UNTIL })
  const look = async (): Promise<BillRun> => other.get<BillRun>(`/v1/bill-runs/${id}`)
  while ((await look()).accountsDone === 0);
  await server.kill()
  await server.start()
  while ((await look()).status === 'running');
  assert.deepEqual(await look().then(({ status, documents, error }) => ({ status, documents, error })), {
    status: 'complete',
    documents: 2 * ACCOUNTS,
    error: null,
  })
  const documents = await other.list<Listed>('/v1/invoices')
  assert.ok([...totalsOf(documents).values()].every((own) => own.join() === '10.00,10.00'))
  assert.deepEqual(numbersOf(documents), upTo(2 * ACCOUNTS))
  assert.deepEqual(await checkHolds(other), [])
})
