/** What becomes of documents that were issued, as their users read it. Fees of 10.00 at the beginning of each month; amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request, app } = await startKvit('issued', '2026-02-01T06:00:00Z')
const kvit = commandsOf(app, 'issued')
await seedOperator(client)
await createSubscriber(client, 'ann')
await createSubscriber(client, 'ben')
await runBills(client, '2026-02-01')

const [ofJanuary, ofFebruary] = (await client.list('/v1/invoices?account=ann')) as [Json, Json]
const shown = async ({ number }: Json): Promise<string> => {
  const { state, paid, writtenOff, open } = await client.get(`/v1/invoices/${number}`)
  return `${state}: ${paid} + ${writtenOff} + ${open}`
}
const pay = async (key: string, account: string, amount: string): Promise<Json> =>
  client.post('/v1/payments', { key, account, method: 'bank', currency: 'EUR', amount })

test('what was given up of a document is not paid: in part, all of it, and taken back', async () => {
  assert.equal(await shown(ofJanuary), 'issued: 0.00 + 0.00 + 10.00')
  await client.post(`/v1/invoices/${ofJanuary['number']}/write-off`, { key: 'o1', amount: '2.00', reason: 'goodwill' })
  assert.equal(await shown(ofJanuary), 'issued: 0.00 + 2.00 + 8.00')
  await pay('p1', 'ann', '3.00')
  assert.equal(await shown(ofJanuary), 'partially_paid: 3.00 + 2.00 + 5.00')
  await client.post(`/v1/invoices/${ofJanuary['number']}/write-off`, { key: 'o2', reason: 'insolvent' })
  assert.equal(await shown(ofJanuary), 'written_off: 3.00 + 7.00 + 0.00')
  const numbers = async (state: string): Promise<unknown[]> =>
    (await client.list(`/v1/invoices?account=ann&state=${state}`)).map(({ number }) => number)
  assert.deepEqual(await numbers('written_off'), [ofJanuary['number']])
  assert.deepEqual(await numbers('paid'), [])
  assert.deepEqual(await numbers('open'), [ofFebruary['number']])
  const stdout = await kvit('invoice', 'show', String(ofJanuary['number']))
  assert.match(stdout, /state +written off\n/)
  assert.match(stdout, /written off +7\.00 EUR\n/)
  const { entries } = await client.get<{ entries: Json[] }>('/v1/accounts/ann/statement')
  assert.deepEqual(
    entries.filter(({ kind }) => kind === 'payment').map(({ description, amount }) => `${description} ${amount}`),
    ['written off 2.00', 'bank 3.00', 'written off 5.00'],
  )
  await client.post('/v1/payments/o2/reversal', { reason: 'it was paid after all' })
  assert.equal(await shown(ofJanuary), 'partially_paid: 3.00 + 2.00 + 5.00')
  await client.post('/v1/payments/o1/reversal', { reason: 'it was paid after all' })
  await pay('p2', 'ann', '7.00')
  assert.equal(await shown(ofJanuary), 'paid: 10.00 + 0.00 + 0.00')
})

test('a payment that is called as that of a deposit would be blocks no deposit', async () => {
  await pay('deposit:d2', 'ben', '1.00')
  const entry = { account: 'ben', reason: 'a device' }
  await client.post('/v1/deposit-entries', { key: 'd1', kind: 'taken', ...entry, amount: '30.00', method: 'cash' })
  const { number } = (await client.list('/v1/invoices?account=ben'))[1] as Json
  const asked = { key: 'd2', kind: 'applied', ...entry, invoice: number }
  const applied = await client.post('/v1/deposit-entries', asked)
  // 1.00 of the payment went to the first of two bills of 10.00.
  assert.equal(applied['amount'], '10.00')
  assert.deepEqual(await client.post('/v1/deposit-entries', asked), applied)
  const events = await client.list('/v1/events?type=payment.recorded')
  const told = events.map(({ data }) => data as Json).filter(({ method }) => method === 'deposit')
  assert.deepEqual(
    told.map(({ key, amount }) => [key, amount]),
    [[`deposit:${applied['id']}`, '10.00']],
  )
})

test('a pro forma is found by number, key and id; a draft by the key of its account or of its one-off invoice', async () => {
  const lines = [{ description: 'Box', unitPrice: '50.00' }]
  const made = await client.post('/v1/pro-forma-invoices', { account: 'ann', key: 'offer-1', lines })
  for (const name of ['PF-000001', 'offer-1', String(made['id'])])
    assert.equal((await client.get(`/v1/pro-forma-invoices/${name}`))['id'], made['id'])
  const nobody = await request('GET', '/v1/pro-forma-invoices/PF-000009')
  assert.equal(nobody.status, 404)
  // The number of one and the key of another.
  await client.post('/v1/pro-forma-invoices', { account: 'ann', key: 'PF-000001', lines })
  const two = await request('GET', '/v1/pro-forma-invoices/PF-000001')
  assert.equal(
    `${two.status} ${two.json['detail']}`,
    '409 two pro forma invoices are called PF-000001; name it by its id',
  )

  const first = await client.post('/v1/one-off-invoices', { account: 'ann', key: 'box-1', lines, draft: true })
  for (const name of ['box-1', 'ann', String(first['draftId'])])
    assert.equal((await client.get(`/v1/drafts/${name}`))['id'], first['draftId'])
  await client.post('/v1/one-off-invoices', { account: 'ann', key: 'box-2', lines, draft: true })
  const several = await request('GET', '/v1/drafts/ann')
  assert.deepEqual([several.status, /more than one draft of ann/.test(String(several.json['detail']))], [409, true])
  assert.match(await kvit('invoice', 'draft', 'issue', 'box-1'), /[0-9a-f-]{36}/)
  assert.equal((await request('GET', '/v1/drafts/box-1')).status, 404)
})

test('what keeps a person from being erased has amounts as everywhere else', async () => {
  const { json } = await request('POST', '/v1/customers/ben/erasure', { body: { dryRun: true } })
  const open = (json['open'] as string[]).filter((text) => text.includes('ledger'))
  // 20.00 were billed, 1.00 paid and 10.00 taken out of a deposit of 30.00.
  assert.deepEqual(open, [
    'account ben: deposits -20.00 EUR is not zero in the ledger: settle it',
    'account ben: receivable 9.00 EUR is not zero in the ledger: settle it',
  ])
})

test('every invariant holds', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
