/** Notes on request beside what else happens to a document: it was written off, its account is on hold, somebody wrote its lines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { CreditWorld, type Note } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('beside')
const { client, kvit } = world
const ACCOUNTS = ['lost', 'held', 'one', 'twice', 'security', 'reviewed']
for (const account of ACCOUNTS) await world.subscriber(account, { plans: ['calls'] })
await world.setClock('2026-01-20')
for (const account of ACCOUNTS) await world.use(account, '1', '100')
await world.bill('2026-02-01')

test('what was written off was paid by nobody: it is taken back before its document is credited or void', async () => {
  const { number } = await world.first('lost')
  await client.post(`/v1/invoices/${number}/write-off`, { key: 'off', reason: 'insolvent' })
  const refusal = `409 12.00 EUR of ${number} was written off: take that back first (kvit payment reverse off)`
  for (const money of ['refund', 'balance', 'open_invoices'])
    assert.equal(await world.refused(`/v1/invoices/${number}/credit-notes`, { money }), refusal)
  assert.equal(await world.refused(`/v1/invoices/${number}/void`, { rebill: false }), refusal)
  await world.setClock('2026-02-20')
  await world.use('lost', '2', '50', { day: '2026-02-03' })
  await world.bill('2026-03-01')
  assert.equal((await world.last('lost')).open, '6.00')
  await client.post('/v1/payments/off/reversal', { reason: 'it is void' })
  await world.void(number, { rebill: false })
  assert.deepEqual(
    (await world.documents('lost')).map(({ state, total, open }) => `${state} ${total} ${open}`),
    ['void 12.00 0.00', 'issued 6.00 6.00', 'issued -12.00 0.00'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('no note of an account on hold is issued, and what it would be is shown', async () => {
  const { number } = await world.first('held')
  const hold = await client.post('/v1/invoice-holds', { account: 'held', reason: 'a dispute' })
  const refusal = '409 documents of the account are on hold (a dispute): release that first'
  const path = `/v1/invoices/${number}`
  assert.equal(await world.refused(`${path}/credit-notes`, { amount: '1.00' }), refusal)
  assert.equal(await world.refused(`${path}/void`, { rebill: true, atOnce: true }), refusal)
  const charge = { lines: [{ description: 'A visit', unitPrice: '40.00' }] }
  assert.equal(await world.refused(`${path}/debit-notes`, charge), refusal)
  const shown = await client.post<Note>(`${path}/credit-notes`, { reason: 'goodwill', amount: '1.00', dryRun: true })
  assert.equal(shown.left, '11.00')
  await client.post(`/v1/invoice-holds/${hold['id']}/release`, {})
  assert.equal((await world.credit(number, { amount: '1.00' })).left, '11.00')
})

test('lines that somebody wrote are no bill of a run: they are void without being billed anew', async () => {
  const lines = [{ description: 'Box', unitPrice: '50.00' }]
  await client.post('/v1/one-off-invoices', { key: 'box', account: 'one', lines })
  const { number, total } = await world.last('one')
  assert.equal(total, '60.00')
  assert.match(
    await world.refused(`/v1/invoices/${number}/void`, { rebill: true }),
    /^422 rebill: somebody wrote the lines of .*, and no bill run bills them anew/,
  )
  const free = { lines: [{ description: 'A visit', unitPrice: '40.00', discountPercent: '100' }] }
  assert.match(await world.refused(`/v1/invoices/${number}/debit-notes`, free), /^422 lines: a debit note that charges/)
  assert.equal((await world.void(number, { rebill: false })).left, '0.00')
})

test('a key that two requests use at once has one note, and both are answered with it', async () => {
  const { number } = await world.first('twice')
  const body = { key: 'same', reason: 'goodwill', amount: '1.00' }
  const answers = await Promise.all(
    [1, 2, 3].map(async () => kvit.request('POST', `/v1/invoices/${number}/credit-notes`, { body })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201],
  )
  assert.equal(new Set(answers.map(({ json }) => json['id'])).size, 1)
})

test('a deposit that was applied to one document is not answered as applied to another', async () => {
  const entry = async (more: Json): ReturnType<typeof kvit.request> =>
    kvit.request('POST', '/v1/deposit-entries', { body: { account: 'security', reason: 'a contract', ...more } })
  const taken = { kind: 'taken', key: 'd', amount: '20.00', method: 'bank' }
  assert.equal((await entry(taken)).status, 201)
  const { number } = await world.first('security')
  await world.setClock('2026-03-20')
  await world.use('security', '2', '50', { day: '2026-03-03' })
  await world.bill('2026-04-01')
  const applied = { kind: 'applied', key: 'a', invoice: number }
  const first = await entry(applied)
  assert.deepEqual([first.json['amount'], (await entry(applied)).json['id']], ['12.00', first.json['id']])
  const conflicts = [
    { ...applied, invoice: (await world.last('security')).number },
    { ...taken, method: 'cash' },
  ]
  for (const other of conflicts) assert.equal((await entry(other)).json['code'], 'idempotency_conflict')
  // The document is void: the deposit has its 12.00 again, and settles no other document by itself.
  const { number: other, open } = await world.last('security')
  assert.equal(open, '6.00')
  await world.void(number, { rebill: false })
  assert.equal((await client.get('/v1/accounts/security/deposit'))['held'], '20.00')
  assert.deepEqual(
    (await world.documents('security')).map((one) => `${one.state} ${one.open}`),
    ['void 0.00', 'issued 6.00', 'issued 0.00'],
  )
  assert.equal((await entry({ kind: 'applied', key: 'b', invoice: other })).json['amount'], '6.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('what a review would keep is not billed anew at once', async () => {
  const { number } = await world.first('reviewed')
  const review = { needsApproval: ['over_threshold'], over: { EUR: '10.00' } }
  await client.post('/v1/settings/invoice-review', { values: review }, 'PUT')
  assert.match(
    await world.refused(`/v1/invoices/${number}/void`, { rebill: true, atOnce: true }),
    /^422 at once, it would not be issued: .*; the next bill run bills it anew/,
  )
  assert.equal((await world.first('reviewed')).state, 'issued')
  await world.void(number, { rebill: true })
  await world.bill('2026-05-01')
  const drafts = await client.list('/v1/drafts?account=reviewed')
  assert.deepEqual(
    drafts.map(({ total, reasons }) => [total, (reasons as Json[])[0]?.['code']]),
    [['12.00', 'review']],
  )
  assert.deepEqual(await checkHolds(client), [])
})
