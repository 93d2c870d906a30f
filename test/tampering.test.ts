import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'
import { TAMPERINGS } from './tamperings.ts'
import { chargeLate } from './tamperings-of-late-charges.ts'
import { makeRequested } from './tamperings-of-requests.ts'
import { makeTaxed } from './tamperings-of-tax.ts'

const MONTHLY = `
plans:
  - code: monthly
    name: Monthly
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: data, name: Data, meter: megabytes, rate: { model: per_unit, unitAmount: 0.5 } }
  - code: bulk
    name: Bulk
    currency: EUR
    prices:
      - { kind: commit, code: hundred, name: Hundred, amount: 100, term: { unit: year } }
  - code: daily
    name: Daily
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 40, every: { unit: month }, daily: {} }
`
const world = await startChargingWorld('tamper')
const { client, config } = world.kvit
const database = new pg.Client({ connectionString: config.databaseUrl })
await database.connect()
await database.query('set search_path = t_tamper; set session_replication_role = replica')
after(async () => database.end())

/** All that money stands on, once or more of each. */
async function makeEverything(): Promise<void> {
  await client.post('/v1/catalog', { files: [{ name: 'monthly.yaml', text: MONTHLY }] })
  const second = await personWith(world.kvit, 'second', ['balances:approve'])
  await second.post('/v1/charging/settings', { approvalLimits: { EUR: '10' } }, 'PUT')
  for (const key of ['ann', 'bob']) await world.subscriber(key, { plan: 'monthly' })
  await world.subscriber('fleet', { plan: 'monthly' })
  await world.subscriber('card', { plan: 'monthly', creditLimit: '50', billedTo: 'fleet' })
  for (const key of ['pre', 'mate']) await world.subscriber(key, { creditLimit: '5' })
  await world.topUp('pre', '20.00', { key: 'top' })
  await world.topUp('pre', '3.00', { key: 'wrong' })
  await client.post('/v1/top-ups/wrong/reversal', { reason: 'mistake' })
  const { codes } = await client.post<{ codes: string[] }>('/v1/voucher-batches', {
    ...{ key: 'spring', count: 2, currency: 'EUR', amount: '5.00' },
  })
  await client.post('/v1/vouchers/redeem', { account: 'mate', code: codes[0] })
  const adjustment = { account: 'pre', direction: 'credit', source: 'paid', reason: 'gift' }
  await client.post('/v1/adjustments', { ...adjustment, key: 'small', amount: '1.00' })
  const { id } = await client.post('/v1/adjustments', { ...adjustment, key: 'large', amount: '100.00' })
  await second.post(`/v1/adjustments/${String(id)}/approve`, {})
  await client.post('/v1/balance-transfers', { key: 'tr', from: 'pre', to: 'mate', amount: '1.00' })
  await world.event('ann', 'data', { mb: 7 })
  await world.event('card', 'data', { mb: 3 })
  await world.event('pre', 'call', {})
  await client.post('/v1/coupons', {
    ...{ code: 'TENTH', name: 'Tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } },
  })
  await client.post('/v1/coupon-redemptions', { key: 'ann-tenth', code: 'TENTH', account: 'ann' })
  const change = { kind: 'quantity', quantity: 2, at: '2026-02-20T00:00:00Z' }
  await client.post('/v1/subscriptions/bob/changes', change)
  for (const key of ['late', 'asked', 'tardy']) await world.subscriber(key, { plan: 'monthly' })
  await makeTaxed(client)
  await world.subscriber('day', { plan: 'daily', creditLimit: '0' })
  await world.topUp('day', '2.00', { key: 'days' })
  await world.subscriber('bulk', { plan: 'bulk' })
  await runBills(client, '2026-02-10')
  await creditCommit()
  await makeRequested(client)
  const payment = { method: 'bank', currency: 'EUR' }
  await client.post('/v1/payments', { ...payment, key: 'p-ann', account: 'ann', amount: '9.00' })
  await client.post('/v1/payments', { ...payment, key: 'p-bob', account: 'bob', amount: '4.00' })
  await client.post('/v1/payments/p-bob/reversal', { reason: 'bounced' })
  await client.post('/v1/accounts/mate', { creditLimit: '7' }, 'PATCH')
  await client.post('/v1/payments', { ...payment, key: 'p-late', account: 'late', amount: '3.00' })
  await world.topUp('late', '5.00', { key: 'opens' })
  await world.moveClock('tamper', '2026-03-02T06:00:00Z', async () => true)
  await runBills(client, '2026-03-01')
  await chargeLate(client)
  // Stores counters and balances; nothing is old enough to leave Postgres.
  await client.post('/v1/journal/archive', {})
}

/** A credit of a commit, whose money is taken back behind the answer. */
async function creditCommit(): Promise<void> {
  const [bill] = await client.list('/v1/invoices?account=bulk')
  const body = { key: 'bulk', reason: 'returned', amount: '40.00' }
  await client.post(`/v1/invoices/${String(bill?.['number'])}/credit-notes`, body)
  const left = async (): Promise<unknown> =>
    (await client.get<{ items: { left: string }[] }>('/v1/accounts/bulk/contract-commits')).items[0]?.left
  for (let tries = 0; Number(await left()) !== 60; tries++) {
    assert.ok(tries < 600, 'taken back')
    await setTimeout(50)
  }
}

/** Waits until everything is sealed that was written. */
async function sealed(): Promise<void> {
  const open = `select (select count(*) from invoice i left join invoice_anchor a on a.invoice_id = i.id where a.seq is null)
    + (select count(*) from payment p where not exists (select from sealed_row s where s.kind = 'payment' and s.key = p.id::text))
    + (select count(*) from changed_row) as rows`
  for (let tries = 0; tries < 600; tries++) {
    if (Number((await database.query(open)).rows[0].rows) === 0) return
    await setTimeout(100)
  }
  assert.fail('not sealed in a minute')
}

await makeEverything()
await sealed()

test('S8: everything that was made holds', async () => assert.deepEqual(await checkHolds(client), []))

for (const { what, table, where, set, found, named } of TAMPERINGS)
  test(`S8: ${what}: it is found and named`, async () => {
    const { rows } = await database.query(`select to_jsonb(t)::text as row from ${table} t where ${where}`)
    assert.ok(rows.length > 0, 'there is such a row')
    const before = rows.map(({ row }) => String(row))
    await database.query(
      set === undefined ? `delete from ${table} where ${where}` : `update ${table} set ${set} where ${where}`,
    )
    try {
      const broken = await checkHolds(client)
      const told = broken.find((line) => line.startsWith(`${found}: `))
      assert.ok(told !== undefined, `${found} is not among ${broken.join('\n') || 'what is broken: nothing'}`)
      assert.match(told.slice(found.length + 2), named)
    } finally {
      await putBack(table, before)
    }
  })

test('S8: as it was put back, everything holds again, and what requests change is no tampering', async () => {
  assert.deepEqual(await checkHolds(client), [])
  await client.post('/v1/accounts/mate', { creditLimit: '9' }, 'PATCH')
  await client.post('/v1/accounts/mate', { creditLimit: '8' }, 'PATCH')
  assert.deepEqual(await checkHolds(client), [])
  await sealed()
  assert.deepEqual(await checkHolds(client), [])
})

/** Rows as they were, under their primary keys: those that are there are set, as the server may hold them; others are put in. */
async function putBack(table: string, rows: readonly string[]): Promise<void> {
  const { rows: columns } = await database.query<{ name: string; is_key: boolean }>(
    `select a.attname as name, a.attnum = any(i.indkey) as is_key from pg_attribute a
     join pg_index i on i.indrelid = a.attrelid and i.indisprimary
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table],
  )
  const names = columns.map(({ name }) => name)
  const isSame = columns.filter(({ is_key: isKey }) => isKey).map(({ name }) => `t.${name} = r.${name}`)
  const record = `jsonb_populate_record(null::${table}, $1)`
  const set = names.map((name) => `${name} = r.${name}`).join(', ')
  for (const text of rows) {
    const { rowCount } = await database.query(
      `update ${table} t set ${set} from ${record} r where ${isSame.join(' and ')}`,
      [text],
    )
    if (rowCount === 0) await database.query(`insert into ${table} select * from ${record}`, [text])
  }
}
