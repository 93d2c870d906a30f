/** Closing periods of the books through the door: what is deferred, unbilled, late, reopened, and found when it was changed. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { runBills } from '../src/cli/commands-billing.ts'
import { connect, inSchema } from '../src/platform/db.ts'
import { closePeriod, glBalances, periodsOf } from './books-world.ts'
import { checkHolds, createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('books', '2026-01-01T06:00:00Z')
const { client, request } = kvit
const db = inSchema(connect(kvit.config.databaseUrl), 't_books')
after(async () => db.destroy())
await seedOperator(
  client,
  `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: yearly
    name: Yearly
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Yearly fee, amount: 120, every: { unit: year } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`,
)
const clock = async (day: string): Promise<unknown> =>
  client.post('/v1/tenants/books', { clock: `${day}T06:00:00Z` }, 'PATCH')
const use = async (id: string, day: string, minutes: string): Promise<void> => {
  const record = { id, service: 'ann', type: 'call', time: `${day}T10:00:00Z`, data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}

test('a fee of a year is deferred by its days, and what was used is unbilled until its document', async () => {
  await createSubscriber(client, 'ann', { plan: 'yearly' })
  await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
  await runBills(client, '2026-01-01')
  await clock('2026-02-01')
  await use('u1', '2026-01-20', '30')
  // 120.00 over 365 days: 32 cents a day, and 33 on the first 320. 31 × 0.33 = 10.23 in January; 30 min × 0.10 = 3.00.
  const january = { '1100': '120.00', '1200': '3.00', '2100': '-109.77', '4000': '-13.23' }
  assert.deepEqual(await glBalances(client, '2026-01-31'), january, 'before it is closed')
  const closed = await closePeriod(client, '2026-01-01')
  assert.equal(closed.lines, 6)
  assert.deepEqual(await glBalances(client, '2026-01-31'), january, 'closed it is the same')
  assert.deepEqual(await checkHolds(client), [])
  // On a day within it: 10 × 0.33 of the fee, and nothing was used yet.
  assert.deepEqual(await glBalances(client, '2026-01-10'), { '1100': '120.00', '2100': '-116.70', '4000': '-3.30' })
})

test('a period is closed once, in order, and not before it has ended; by those who may', async () => {
  const [first] = await periodsOf(client)
  assert.deepEqual((await closePeriod(client, '2026-01-01')).digest, first?.digest)
  const close = async (from: string): Promise<{ status: number; detail: unknown }> => {
    const { status, json } = await request('POST', `/v1/books/op/periods/${from}/close`, { body: {} })
    return { status, detail: json['detail'] }
  }
  assert.deepEqual(await close('2026-02-01'), {
    status: 409,
    detail: 'the period from 2026-02-01 goes on until 2026-02-28',
  })
  assert.deepEqual(await close('2026-03-01'), {
    status: 409,
    detail: 'periods are closed in order: the next one begins on 2026-02-01',
  })
  const clerk = await personWith(kvit, 'clerk', ['ledger:read'])
  assert.equal((await periodsOf(clerk)).length, 2)
  await assert.rejects(clerk.post('/v1/books/op/periods/2026-02-01/close', {}), /books:write/)
})

test('what comes late for a closed period is in the open one, marked; what was unbilled is billed', async () => {
  await use('u2', '2026-01-25', '10')
  await runBills(client, '2026-02-01')
  await clock('2026-03-01')
  // February: 28 × 0.33 = 9.24 of the fee, and 1.00 for ten minutes of January that came late. The document of 4.00 bills both.
  await closePeriod(client, '2026-02-01')
  assert.deepEqual(await glBalances(client, '2026-02-28'), { '1100': '124.00', '2100': '-100.53', '4000': '-23.47' })
  const rows = await client.list('/v1/books/op/periods/2026-02-01/recognised')
  assert.deepEqual(
    rows.map(({ subject, net, recognised, late, deferred }) => [
      String(subject).split(':')[0],
      net,
      recognised,
      late,
      deferred,
    ]),
    [
      ['line', '120.00', '9.24', '0.00', '100.53'],
      ['line', '4.00', '4.00', '4.00', '0.00'],
      ['usage', '0.00', '-3.00', '-3.00', '0.00'],
    ],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('the waterfall: what each month has billed, when it was and will be recognised; it adds up to the account of deferred revenue', async () => {
  const { items, totals } = await client.get<{ items: object[]; totals: object[] }>(
    '/v1/books/op/deferred-revenue?asOf=2026-02-28',
  )
  assert.deepEqual(items, [
    {
      currency: 'EUR',
      billedIn: null,
      billed: '0.00',
      recognised: { '2026-01': '3.00', '2026-02': '-3.00' },
      deferred: '0.00',
      unbilled: '0.00',
      future: {},
    },
    {
      ...{
        currency: 'EUR',
        billedIn: '2026-01',
        billed: '120.00',
        recognised: { '2026-01': '10.23', '2026-02': '9.24' },
      },
      ...{ deferred: '100.53', unbilled: '0.00' },
      // 31 × 0.33, 30 × 0.33, …; from 17 November on 0.32 a day: 16 × 0.33 + 14 × 0.32 = 9.76, 31 × 0.32 = 9.92.
      future: {
        ...{ '2026-03': '10.23', '2026-04': '9.90', '2026-05': '10.23', '2026-06': '9.90', '2026-07': '10.23' },
        ...{ '2026-08': '10.23', '2026-09': '9.90', '2026-10': '10.23', '2026-11': '9.76', '2026-12': '9.92' },
      },
    },
    {
      currency: 'EUR',
      billedIn: '2026-02',
      billed: '4.00',
      recognised: { '2026-02': '4.00' },
      deferred: '0.00',
      unbilled: '0.00',
      future: {},
    },
  ])
  assert.deepEqual(totals, [{ currency: 'EUR', deferred: '100.53', unbilled: '0.00' }])
})

test('a period is reopened from the last one backwards, with a reason, and closed anew', async () => {
  const first = await request('POST', '/v1/books/op/periods/2026-01-01/reopen', { body: { reason: 'a mistake' } })
  assert.equal(first.status, 409)
  await client.post('/v1/books/op/periods/2026-02-01/reopen', { reason: 'a rate was missing' })
  const { items } = await client.get<{ items: { state: string; changes: object[] }[] }>('/v1/books/op/periods')
  assert.deepEqual(
    items.map(({ state }) => state),
    ['closed', 'open', 'open'],
  )
  assert.deepEqual(await glBalances(client, '2026-02-28'), { '1100': '124.00', '2100': '-100.53', '4000': '-23.47' })
  const again = await closePeriod(client, '2026-02-01')
  assert.deepEqual(
    [again['closings'], (again['changes'] as { kind: string }[]).map(({ kind }) => kind)],
    [2, ['closed', 'reopened', 'closed']],
  )
  assert.deepEqual(await glBalances(client, '2026-02-28'), { '1100': '124.00', '2100': '-100.53', '4000': '-23.47' })
  assert.deepEqual(await checkHolds(client), [])
})

test('the chart of the page is taken: the rule that says most of a line is its account from the next closing on', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/books.md'), 'utf8')
  const chart = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as { rules: object[] }
  const rules = [...chart.rules, { ledger: 'revenue', detail: 'yearly', code: '4400' }]
  await client.post('/v1/books/op/chart', { ...chart, rules })
  // March so far: 1 day of the fee is 0.33. What is closed keeps its accounts.
  const own = await glBalances(client, '2026-03-01')
  assert.deepEqual([own['4000'], own['4400']], ['-23.47', '-0.33'])
  const unknown = await request('POST', '/v1/books/op/chart', { body: { rules: [{ ledger: 'cash', code: '9' }] } })
  assert.deepEqual([unknown.status, unknown.json['code']], [422, 'unprocessable'])
})

test('a line of a closed period that somebody changes is found, and a posting that is not in it', async () => {
  const { rows } = await sql<{
    id: string
  }>`select id from t_books.book_line where code = '2100' order by id limit 1`.execute(db)
  const id = rows[0]?.id
  await sql`update t_books.book_line set code = '2200' where id = ${id}`.execute(db)
  assert.deepEqual(await checkHolds(client), ['closed periods are as they were closed: the period from 2026-01-01'])
  await sql`update t_books.book_line set code = '2100', amount_minor = amount_minor + 1 where id = ${id}`.execute(db)
  const broken = await checkHolds(client)
  assert.equal(broken.length, 3, broken.join('\n'))
  await sql`update t_books.book_line set amount_minor = amount_minor - 1 where id = ${id}`.execute(db)
  assert.deepEqual(await checkHolds(client), [])
})

test('a document is written off once, no more than is open of it, and taken back as a payment is', async () => {
  const [, bill] = await client.list<{ id: string; number: string }>('/v1/invoices?account=ann')
  const path = `/v1/invoices/${bill?.id}/write-off`
  const part = { key: 'off-1', reason: 'goodwill', amount: '1.50' }
  const off = await client.post(path, part)
  assert.deepEqual([off['amount'], off['number']], ['1.50', bill?.number])
  assert.deepEqual(await client.post(path, part), off)
  const other = await request('POST', path, { body: { ...part, amount: '1.60' } })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
  const more = await request('POST', path, { body: { key: 'off-2', reason: 'all of it', amount: '2.51' } })
  assert.match(String(more.json['detail']), /^amount: 2\.50 is open/)
  const rest = await client.post(path, { key: 'off-2', reason: 'insolvent' })
  assert.equal(rest['amount'], '2.50')
  assert.equal((await request('POST', path, { body: { key: 'off-3', reason: 'again' } })).json['code'], 'conflict')
  assert.deepEqual((await client.get(`/v1/invoices/${bill?.id}`))['open'], '0.00')
  // It was 4.00: nothing else of ann's documents was touched, although the fee was due before.
  assert.equal((await glBalances(client, '2026-03-01'))['6000'], '4.00')
  await client.post('/v1/payments/off-2/reversal', { reason: 'paid after all' })
  assert.deepEqual((await client.get(`/v1/invoices/${bill?.id}`))['open'], '2.50')
  const after_ = await glBalances(client, '2026-03-01')
  assert.deepEqual([after_['6000'], after_['1100']], ['1.50', '122.50'])
  const clerk = await personWith(kvit, 'cashier', ['payments:write'])
  await assert.rejects(clerk.post(path, { key: 'off-4', reason: 'mine' }), /books:write/)
  assert.deepEqual(await checkHolds(client), [])
})

test('what is posted into a closed period, by a clock that was set back, is in the open one with the day that it is about', async () => {
  await client.post('/v1/tenants/books', { clock: '2026-02-10T06:00:00Z', back: true }, 'PATCH')
  await client.post('/v1/payments', { key: 'late', account: 'ann', amount: '5.00', currency: 'EUR', method: 'bank' })
  await clock('2026-03-01')
  assert.equal((await glBalances(client, '2026-02-28'))['1000'], undefined)
  assert.equal((await glBalances(client, '2026-03-01'))['1000'], '5.00')
  const { items } = await client.get<{ items: { day: string; belongsOn: string; template: string }[] }>(
    '/v1/books/op/lines?code=1000',
  )
  assert.deepEqual(
    items.map(({ day, belongsOn, template }) => [day, belongsOn, template]),
    [['2026-03-01', '2026-02-10', 'payment_received']],
  )
  // It waits for the open period to be closed: nothing is wrong.
  assert.deepEqual(await checkHolds(client), [])
  await clock('2026-04-01')
  await runBills(client, '2026-04-01')
  await closePeriod(client, '2026-03-01')
  assert.equal((await glBalances(client, '2026-03-31'))['1000'], '5.00')
  assert.deepEqual(await checkHolds(client), [])
})
