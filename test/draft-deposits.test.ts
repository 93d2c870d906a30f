/** Security of customers: taken, applied to documents, released. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('deposits', '2026-02-01T06:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'ann')

const entry = async (kind: string, key: string, more: Json): Promise<Json> =>
  client.post('/v1/deposit-entries', { kind, key, account: 'ann', reason: 'a contract', ...more })
const held = async (): Promise<unknown> => (await client.get('/v1/accounts/ann/deposit'))['held']
async function ledger(): Promise<Json> {
  const { items } = await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
    '/v1/ledger/trial-balance',
  )
  return Object.fromEntries(
    items.map(({ ledgerAccount, debit, credit }) => [ledgerAccount, (Number(debit) - Number(credit)).toFixed(2)]),
  )
}
const [bank] = [{ method: 'bank' }]

test('what is taken is a liability, settles nothing by itself, and the same key is the same entry', async () => {
  const first = await entry('taken', 'd1', { amount: '25.00', ...bank })
  assert.equal((await entry('taken', 'd1', { amount: '25.00', ...bank }))['id'], first['id'])
  const other = { kind: 'taken', key: 'd1', account: 'ann', reason: 'a contract', amount: '26.00', ...bank }
  const conflict = await request('POST', '/v1/deposit-entries', { body: other })
  assert.deepEqual([conflict.status, conflict.json['code']], [409, 'idempotency_conflict'])
  await runBills(client, '2026-02-01')
  const bills = await client.list('/v1/invoices')
  assert.deepEqual(
    bills.map(({ number, open }) => `${number} ${open}`),
    ['INV-000001 10.00', 'INV-000002 10.00'],
  )
  assert.deepEqual(await ledger(), {
    ...{ 'cash:bank': '25.00', deposits: '-25.00', receivable: '20.00', 'revenue:basic': '-20.00' },
  })
})

test('it is applied to a document: all that is held, at most what is open; a deposit that is larger stays', async () => {
  const applied = await entry('applied', 'a1', { invoice: 'INV-000002' })
  assert.deepEqual([applied['amount'], await held()], ['10.00', '15.00'])
  const bills = await client.list('/v1/invoices')
  assert.deepEqual(
    bills.map(({ number, open }) => `${number} ${open}`),
    ['INV-000001 10.00', 'INV-000002 0.00'],
  )
  const nothing = await request('POST', '/v1/deposit-entries', {
    body: { kind: 'applied', key: 'a2', account: 'ann', reason: 'again', invoice: 'INV-000002' },
  })
  assert.deepEqual([nothing.status, nothing.json['detail']], [422, 'amount: 0.00 are open of INV-000002'])
  assert.deepEqual(await ledger(), {
    ...{ 'cash:bank': '25.00', deposits: '-15.00', receivable: '10.00', 'revenue:basic': '-20.00' },
    customer_prepaid: '0.00',
  })
})

test('a payment by deposit that is reversed puts its money back, and the document is open again', async () => {
  const [payment] = await client.list('/v1/payments?method=deposit')
  await client.post(`/v1/payments/${payment?.['id']}/reversal`, { reason: 'the wrong document' })
  assert.equal(await held(), '25.00')
  const bills = await client.list('/v1/invoices')
  assert.deepEqual(
    bills.map(({ open }) => open),
    ['10.00', '10.00'],
  )
  await entry('applied', 'a3', { invoice: 'INV-000001', amount: '4.00' })
  assert.equal(await held(), '21.00')
})

test('what is left is released, and no more than that', async () => {
  const more = { kind: 'released', key: 'r1', account: 'ann', reason: 'the end', amount: '21.01', ...bank }
  const refused = await request('POST', '/v1/deposit-entries', { body: more })
  assert.deepEqual([refused.status, refused.json['code']], [409, 'insufficient_balance'])
  await entry('released', 'r1', { amount: '21.00', ...bank })
  assert.equal(await held(), '0.00')
  assert.deepEqual(await ledger(), {
    ...{ 'cash:bank': '4.00', deposits: '0.00', receivable: '16.00', 'revenue:basic': '-20.00' },
    customer_prepaid: '0.00',
  })
  assert.equal((await client.list('/v1/deposit-entries')).length, 4)
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
