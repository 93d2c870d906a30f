import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { PERSONAL_ROWS } from '../src/app/personal-rows.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

/** What Kvit knows of a person is shown whole, and erased but for what has to stay. */
const world = await startChargingWorld('persons')
const { client } = world.kvit
const database = new pg.Client({ connectionString: world.kvit.config.databaseUrl })
await database.connect()
after(async () => database.end())

interface Report {
  readonly isDone: boolean
  readonly open: readonly string[]
  readonly rows: readonly { kind: string; rows: number; erased: readonly string[] }[]
}

const NAME = 'Oksana Zhovnir'
const TEXTS = [NAME, 'oksana@example.org', '4 Lilac Lane', 'likes tea', 'called by her brother', 'her-note']

/** Tables and columns of a tenant in which one of the texts stands. */
async function placesOf(texts: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ table: string }>(
    `select table_name as table from information_schema.tables where table_schema = 't_persons' order by 1`,
  )
  const places: string[] = []
  for (const { table } of rows) {
    const found = await database.query(`select to_jsonb(t.*)::text as row from t_persons."${table}" as t`)
    for (const { row } of found.rows as { row: string }[])
      if (texts.some((text) => row.includes(text)) && !places.includes(table)) places.push(table)
  }
  return places
}

async function move(day: string): Promise<void> {
  await world.moveClock('persons', `${day}T06:00:00Z`, async () => true)
}

test('every table that leads to a customer is named by the module that owns it', async () => {
  const { rows } = await database.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns as c
     where c.table_schema = 't_persons' and (c.column_name ~ '(account|customer|subscription)_id$' or c.column_name = 'redeemed_by')
     and c.column_name <> 'bank_account_id'`,
  )
  const named = new Set(PERSONAL_ROWS.map(({ table }) => table))
  assert.deepEqual([...new Set(rows.map(({ table }) => table))].filter((table) => !named.has(table)).sort(), [])
  for (const { table, column, key, erased = {} } of PERSONAL_ROWS) {
    const columns = await database.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 't_persons' and table_name = $1`,
      [table],
    )
    const there = new Set(columns.rows.map(({ name }) => name))
    assert.deepEqual(
      [column, ...key, ...Object.keys(erased)].filter((name) => !there.has(name)),
      [],
      table,
    )
  }
})

test('a person is exported whole, page by page', async () => {
  await client.post('/v1/customers', {
    ...{ key: 'oksana', name: NAME, email: 'oksana@example.org', kind: 'consumer', metadata: { note: 'likes tea' } },
    postalAddress: { country: 'UA', city: 'Lviv', lines: ['4 Lilac Lane'] },
  })
  const account = { key: 'oksana', customer: 'oksana', issuer: 'op', currency: 'EUR', zone: 'UTC', creditLimit: '20' }
  await client.post('/v1/accounts', {
    ...account,
    cycleAnchor: '2026-01-01',
    metadata: { family: 'called by her brother' },
  })
  await client.post('/v1/services', { key: 'oksana', account: 'oksana', validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', {
    key: 'oksana',
    account: 'oksana',
    plan: 'mobile',
    startsAt: '2026-01-01T00:00:00Z',
  })
  for (let n = 1; n <= 3; n++)
    await world.ask({
      op: 'event',
      id: `call-${n}`,
      service: 'oksana',
      type: 'call',
      data: {},
      time: '2026-02-10T06:00:00Z',
    })
  const record = {
    id: 'odd',
    source: 's',
    service: 'oksana',
    type: 'call',
    time: '2026-02-10T07:00:00Z',
    data: { with: 'her-note' },
  }
  await client.post('/v1/usage', [{ ...record, type: 'unheard-of' }])
  await move('2026-03-01')
  await runBills(client, '2026-03-01')
  const payment = { key: 'p-1', account: 'oksana', method: 'bank', currency: 'EUR', amount: '3.00' }
  await client.post('/v1/payments', { ...payment, metadata: { from: 'called by her brother' } })
  const items = await client.list<{ kind: string; row: Record<string, unknown> }>('/v1/customers/oksana/personal-data')
  const counted = Object.entries(Object.groupBy(items, ({ kind }) => kind)).map(
    ([kind, own]) => `${kind} ${own?.length}`,
  )
  for (const expected of [
    'customer 1',
    'account 1',
    'service 1',
    'subscription 1',
    'document 1',
    'line of a document 1',
    'payment 1',
    'record in suspense 1',
  ])
    assert.ok(counted.includes(expected), `${expected} of ${counted.join(', ')}`)
  const byThree = await client.get<{ items: unknown[]; nextCursor: string }>(
    '/v1/customers/oksana/personal-data?limit=3',
  )
  assert.equal(byThree.items.length, 3)
  const next = await client.get<{ items: unknown[] }>(
    `/v1/customers/oksana/personal-data?limit=3&cursor=${encodeURIComponent(byThree.nextCursor)}`,
  )
  assert.deepEqual([...byThree.items, ...next.items], items.slice(0, 6))
  assert.equal(items.find(({ kind }) => kind === 'customer')?.row['name'], NAME)
})

test('who is not done with is not erased: the answer says what has to be done first', async () => {
  const asked = await client.post<Report>('/v1/customers/oksana/erasure', { dryRun: true })
  const [waiting] = await client.list<{ id: string }>('/v1/suspense?status=open')
  assert.deepEqual(asked.open, [
    'subscription oksana has not ended: cancel it',
    'account oksana is not billed until 2026-04-01: start a bill run on that day',
    'service oksana has not ended: set its validUntil',
    `record ${waiting?.id} waits in suspense: recycle it or write it off`,
  ])
  await assert.rejects(client.post('/v1/customers/oksana/erasure', {}), /cannot be erased yet: subscription oksana/)
  await client.post('/v1/suspense/write-off', { ids: [waiting?.id], note: 'no such thing' })
  const end = '2026-03-01T06:00:00Z'
  await client.post('/v1/subscriptions/oksana/changes', { kind: 'cancel', at: end })
  await client.post('/v1/services/oksana', { validUntil: end }, 'PATCH')
  await move('2026-04-01')
  await runBills(client, '2026-04-01')
  assert.deepEqual((await client.post<Report>('/v1/customers/oksana/erasure', { dryRun: true })).open, [])
})

test('an erased person is nowhere but in its documents, and everything still holds', async () => {
  assert.deepEqual(await placesOf(TEXTS), ['account', 'customer', 'idempotency', 'invoice', 'payment', 'suspense'])
  const report = await client.post<Report>('/v1/customers/oksana/erasure', {})
  assert.equal(report.isDone, true)
  assert.deepEqual(
    report.rows.find(({ kind }) => kind === 'payment'),
    {
      ...{ kind: 'payment', rows: 1, erased: ['metadata'] },
      kept: 'the books: what was billed and paid has to be provable for as long as the law of the issuer says',
    },
  )
  assert.deepEqual(await placesOf(TEXTS), ['invoice'])
  const shown = await client.get('/v1/customers/oksana')
  assert.deepEqual([shown['name'], shown['email'], shown['erasedAt']], ['erased', null, '2026-04-01T06:00:00.000Z'])
  const [invoice] = await client.list<{ id: string }>('/v1/invoices?account=oksana')
  const { document } = await client.get<{ document: { buyer: { name: string } } }>(`/v1/invoices/${invoice?.id}`)
  assert.equal(document.buyer.name, NAME)
  assert.deepEqual(await checkHolds(client), [])
  const told = await client.list<{ data: object }>('/v1/events?type=customer.erased')
  assert.equal(told.length, 1)
})

test('an erasure is done once, and nothing is made for whom it was done', async () => {
  assert.equal((await client.post<Report>('/v1/customers/oksana/erasure', {})).isDone, true)
  assert.equal((await client.list('/v1/events?type=customer.erased')).length, 1)
  const account = {
    key: 'again',
    customer: 'oksana',
    issuer: 'op',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await assert.rejects(client.post('/v1/accounts', account), /customer oksana was erased/)
  await assert.rejects(client.post('/v1/customers/oksana', { name: NAME }, 'PATCH'), /customer oksana was erased/)
  const service = { key: 'again', account: 'oksana', validFrom: '2026-05-01T00:00:00Z' }
  await assert.rejects(client.post('/v1/services', service), /customer oksana was erased/)
})
