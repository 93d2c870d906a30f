import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('billing', '2026-02-01T06:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
await createSubscriber(client, 'boris', { startsAt: '2026-01-09T00:00:00Z', language: 'uk' })

interface Invoice extends Json {
  id: string
  number: string
  total: string
  state: string
  kind: string
  document: { lines: (Json & { id: string; amount: string; description: string; isLate: boolean })[] }
}

async function useMinutes(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  assert.equal(report['charged'], 1)
}

async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list<Invoice>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}

const amounts = (invoice: Invoice | undefined): string[] =>
  (invoice?.document.lines ?? []).map(({ description, amount }) => `${description} ${amount}`)

test('a period closes with its usage and the next fee in advance; a partial period is charged by its days', async () => {
  await useMinutes('u1', 'anna', '2026-01-10T10:00:00Z', '150')
  await useMinutes('u2', 'boris', '2026-01-31T23:59:59Z', '20')
  await runBills(client, '2026-02-01')
  const [start, cycle] = await invoicesOf('anna')
  assert.deepEqual(amounts(start), ['Monthly fee 10.00'])
  assert.deepEqual(amounts(cycle).sort(), ['Calls 12.50', 'Monthly fee 10.00'])
  const [partial] = await invoicesOf('boris')
  assert.deepEqual(amounts(partial), ['Monthly fee (23/31) 7.42'])
})

test('running twice, and twice at once, bills nothing twice', async () => {
  const before = await client.list('/v1/invoices')
  await Promise.all([runBills(client, '2026-02-01'), runBills(client, '2026-02-01')])
  assert.equal((await client.list('/v1/invoices')).length, before.length)
})

test("late usage is priced in its own period's tiers and billed on the next invoice, marked", async () => {
  await useMinutes('late-1', 'anna', '2026-01-15T10:00:00Z', '10')
  await client.post('/v1/tenants/billing', { clock: '2026-03-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-03-01')
  const third = (await invoicesOf('anna'))[2]
  const late = third?.document.lines.find(({ isLate }) => isLate)
  assert.deepEqual([late?.['from'], late?.amount, late?.['quantity']], ['2026-01-01', '0.50', '10'])
  const explained = await client.get(`/v1/invoice-lines/${late?.id}/explain`)
  assert.equal((explained['rounding'] as Json)['billedBefore'], '12.50')
  assert.deepEqual(
    (explained['records'] as Json[]).map(({ id }) => id),
    ['late-1'],
  )
  const parts = explained['parts'] as { label: string; amount: string }[]
  assert.deepEqual(
    parts.map(({ amount }) => amount),
    ['10', '3'],
  )
})

test('payments settle the oldest invoices first, and what is over stays for the next one', async () => {
  const pay = (key: string, amount: string, currency = 'EUR'): Promise<{ status: number; json: Json }> =>
    request('POST', '/v1/payments', { body: { key, account: 'anna', method: 'bank', currency, amount } })
  assert.equal((await pay('p1', '15.00')).status, 201)
  assert.deepEqual(
    (await invoicesOf('anna')).map(({ state }) => state),
    ['paid', 'partially_paid', 'issued'],
  )
  assert.equal((await pay('p1', '15.00')).status, 201, 'T12: the same payment again')
  assert.equal((await pay('p1', '15.01')).json['code'], 'idempotency_conflict', 'T12: another one under its key')
  assert.equal((await pay('p2', '1.00', 'USD')).json['code'], 'unprocessable')
  assert.equal((await pay('p3', '1.001')).json['code'], 'unprocessable')
  assert.equal((await pay('p4', '100.00')).status, 201)
  assert.deepEqual(new Set((await invoicesOf('anna')).map(({ state }) => state)), new Set(['paid']))
  await client.post('/v1/tenants/billing', { clock: '2026-04-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-04-01')
  assert.equal((await invoicesOf('anna')).at(-1)?.state, 'paid', 'the overpayment settled it')
  const { totals } = await client.get<{ totals: Json[] }>('/v1/ledger/trial-balance')
  assert.deepEqual(
    totals.map(({ difference }) => difference),
    ['0.00'],
  )
})

test('ending a subscription credits the unused days of what was billed in advance', async () => {
  await client.post('/v1/subscriptions/boris', { endsAt: '2026-04-16T00:00:00Z' }, 'PATCH')
  await client.post('/v1/tenants/billing', { clock: '2026-05-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-05-01')
  const note = (await invoicesOf('boris')).at(-1)
  assert.deepEqual([note?.kind, note?.total, note?.number], ['credit_note', '-5.00', 'CN-000001'])
  await client.post('/v1/tenants/billing', { clock: '2026-06-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-06-01')
  assert.equal((await invoicesOf('boris')).length, 5, 'an ended subscription is billed no more')
})

test('ending a subscription before periods that were billed in advance credits them whole', async () => {
  await client.post('/v1/subscriptions/anna', { endsAt: '2026-05-01T00:00:00Z' }, 'PATCH')
  await client.post('/v1/tenants/billing', { clock: '2026-07-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-07-01')
  const note = (await invoicesOf('anna')).at(-1)
  assert.deepEqual(amounts(note), ['Monthly fee -10.00', 'Monthly fee -10.00'])
})

test('a bill run reaches no further than today', async () => {
  const { json } = await request('POST', '/v1/bill-runs', { body: { until: '2036-01-01' } })
  assert.equal(json['code'], 'unprocessable')
})

test('the records behind an invoice come as CSV, the document as PDF', async () => {
  const second = (await invoicesOf('anna'))[1]
  const { text } = await request('GET', `/v1/invoices/${second?.number}/itemised.csv`)
  const rows = text.trim().split('\n')
  assert.equal(rows.length, 2)
  assert.match(rows[1] ?? '', /,anna,call,api,u1,calls,,150,min,12\.50000000,EUR,false,$/)
  const pdf = Buffer.from(await client.download(`/v1/invoices/${second?.id}/pdf`))
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
