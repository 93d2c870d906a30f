/** Disputes of lines: what may be asked for, what decides them. Documents of 120.00: fees of 60.00 and 40.00 with 20 %. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await CreditWorld.start('disputes')
const { client, kvit } = world
const command = commandsOf(kvit.app, 'disputes')
for (const key of ['a', 'b', 'c', 'd', 'e']) await world.subscriber(key, { plans: ['tx-7'] })
await world.bill('2026-02-01')
const numberOf = async (account: string): Promise<string> => (await world.first(account)).number
const shown = async (account: string): Promise<string> => {
  const { state, open, ...more } = await world.first(account)
  return `${state} ${open} − ${more['disputed']} = ${more['askable']}${more['isOverdue'] === true ? ' overdue' : ''}`
}

interface Dispute extends Json {
  readonly id: string
  readonly status: string
  readonly amount: string
  readonly creditNote: { readonly number: string; readonly total: string } | null
  readonly approvalRequest?: Json & { readonly id: string }
}
const dispute = async (account: string, key: string, more: Json = {}): Promise<Dispute> =>
  client.post(`/v1/invoices/${await numberOf(account)}/disputes`, { key, reason: 'wrong_amount', ...more })
const decide = async (key: string, verb: string, body: Json = {}): Promise<Dispute> =>
  client.post(`/v1/disputes/${key}/${verb}`, body)
const refused = async (path: string, body: Json): Promise<string> => {
  const { status, json } = await kvit.request('POST', path, { body })
  return `${status} ${String(json['detail'])}`
}

test('a line is disputed by an amount: with tax it may not be asked for; money that comes in leaves it', async () => {
  const made = await dispute('a', 'd1', { lines: [{ line: 1, amount: '10.00' }], text: 'Not what was agreed' })
  assert.deepEqual([made.status, made.amount], ['open', '12.00'])
  assert.equal(await shown('a'), 'issued 120.00 − 12.00 = 108.00')
  // The same again is the same one; another one of its key is none.
  const same = await dispute('a', 'd1', { lines: [{ line: 1, amount: '10.00' }], text: 'Not what was agreed' })
  assert.equal(same.id, made.id)
  const path = `/v1/invoices/${await numberOf('a')}/disputes`
  const other = { key: 'd1', reason: 'wrong_amount', lines: [{ line: 1, amount: '11.00' }] }
  assert.match(await refused(path, other), /^409 the key d1 was used for another dispute/)
  await world.pay('a', '200.00')
  assert.equal(await shown('a'), 'partially_paid 12.00 − 12.00 = 0.00')
  // Its day is over, and nothing of it may be asked for.
  await world.setClock('2026-03-20')
  assert.equal(await shown('a'), 'partially_paid 12.00 − 12.00 = 0.00')
  assert.equal(await shown('b'), 'issued 120.00 − 0.00 = 120.00 overdue')
  await decide('d1', 'reject', { reason: 'The contract says 60.00' })
  // What was left over of the payment settles it now.
  assert.equal(await shown('a'), 'paid 0.00 − 0.00 = 0.00')
  assert.match(await refused('/v1/disputes/d1/withdraw', {}), /^409 the dispute d1 is rejected/)
  await world.setClock('2026-02-01')
})

test('a line is disputed once at a time, for what is left of it, and credited and voided by the dispute alone', async () => {
  const number = await numberOf('b')
  const path = `/v1/invoices/${number}/disputes`
  const asked = { key: 'x', reason: 'wrong_amount' }
  assert.match(
    await refused(path, { ...asked, lines: [{ line: 1, amount: '60.01' }] }),
    /^422 of line 1 \(a\) 60\.00 EUR is left to be credited/,
  )
  assert.match(await refused(path, { ...asked, lines: [{ line: 7 }] }), /^422 .*has lines 1 to 2, not 7/)
  assert.match(await refused(path, { ...asked, reason: 'weather' }), /^422 reason: "weather" is none of wrong_amount/)
  await dispute('b', 'd2', { lines: [{ line: 2 }] })
  assert.equal(await shown('b'), 'issued 120.00 − 48.00 = 72.00')
  assert.match(
    await refused(path, { ...asked, lines: [{ line: 2, amount: '1.00' }] }),
    /^409 line 2 of .* disputed already: d2/,
  )
  assert.match(await refused(path, asked), /^409 line 2 of .* is disputed already/)
  const credits = `/v1/invoices/${number}/credit-notes`
  const note = { key: 'n', reason: 'goodwill' }
  assert.match(
    await refused(credits, { ...note, lines: [{ line: 2, amount: '1.00' }] }),
    /^409 line 2 of .* decide on that first/,
  )
  assert.match(await refused(credits, { ...note, amount: '5.00' }), /^409 line 2 of/)
  assert.match(await refused(`/v1/invoices/${number}/void`, { ...note, rebill: false }), /^409 line 2 of/)
  // Another line may be credited: 12.00 of 72.00.
  await world.credit(number, { lines: [{ line: 1, amount: '10.00' }] })
  assert.equal(await shown('b'), 'partially_paid 108.00 − 48.00 = 60.00')
  assert.match(
    await refused(`/v1/invoices/${number}/write-off`, { key: 'w', reason: 'insolvent', amount: '61.00' }),
    /^409 48\.00 of what is open of .* is disputed: 60\.00 can be written off/,
  )
  const off = await client.post(`/v1/invoices/${number}/write-off`, { key: 'w', reason: 'insolvent' })
  assert.equal(off['amount'], '60.00')
  assert.match(
    await refused(`/v1/invoices/${number}/write-off`, { key: 'w2', reason: 'insolvent' }),
    /^409 48\.00 of what/,
  )
  await client.post('/v1/payments/w/reversal', { reason: 'a mistake' })
})

test('a dispute is accepted in part: a credit note takes that back, and the rest is owed', async () => {
  await dispute('c', 'd3', { lines: [{ line: 1, amount: '30.00' }, { line: 2 }] })
  // 36.00 + 48.00.
  assert.equal(await shown('c'), 'issued 120.00 − 84.00 = 36.00')
  assert.match(
    await refused('/v1/disputes/d3/accept', { lines: [{ line: 1, amount: '30.01' }] }),
    /^422 lines: 30\.00 EUR of line 1 is disputed, not 30\.01/,
  )
  const done = await decide('d3', 'accept', { lines: [{ line: 1, amount: '20.00' }], text: 'Half a month' })
  assert.deepEqual([done.status, done.creditNote?.total], ['accepted', '-24.00'])
  assert.equal(await shown('c'), 'partially_paid 96.00 − 0.00 = 96.00')
  const { document } = await world.last('c')
  assert.deepEqual(
    [document.reason, document.corrects, document.totals.total],
    ['Half a month', [await numberOf('c')], '-24.00'],
  )
  // What was not taken back may be disputed anew, and all of it accepted; the money is paid back.
  await world.pay('c', '96.00')
  await dispute('c', 'd4')
  assert.equal(await shown('c'), 'paid 0.00 − 0.00 = 0.00')
  const all = await decide('d4', 'accept', { money: 'refund' })
  assert.equal(all.creditNote?.total, '-96.00')
  const [refund] = await client.list('/v1/refunds?account=c')
  assert.deepEqual([refund?.['amount'], refund?.['status']], ['96.00', 'due'])
})

test('above the limit of credit notes a second person accepts', async () => {
  await client.post(
    '/v1/charging/settings',
    { approvalLimits: {}, documentLimits: { credit_note: { EUR: '50' } } },
    'PUT',
  )
  const ann = await personWith(kvit, 'ann', ['invoices:read', 'invoices:write', 'invoices:approve'])
  const bob = await personWith(kvit, 'bob', ['invoices:approve'])
  await dispute('d', 'd5')
  const asked = await ann.post<Dispute>('/v1/disputes/d5/accept', {})
  assert.deepEqual([asked.status, asked.approvalRequest?.['amount']], ['open', '120.00'])
  const path = `/v1/approval-requests/${asked.approvalRequest?.id}/approve`
  await assert.rejects(ann.post(path, {}), /another person/)
  await bob.post(path, {})
  assert.equal((await client.get<Dispute>('/v1/disputes/d5')).status, 'accepted')
  assert.equal(await shown('d'), 'paid 0.00 − 0.00 = 0.00')
  await client.post('/v1/charging/settings', { approvalLimits: {}, documentLimits: {} }, 'PUT')
})

test('by the command line, with a reason of the tenant; and lists', async () => {
  await command('settings', 'set', 'disputes', 'reasons={"late_install":"The technician came late"}')
  assert.match(await command('dispute', 'reasons'), /late_install +The technician came late/)
  const number = await numberOf('e')
  const opened = [
    'dispute',
    'open',
    number,
    '--reason',
    'late_install',
    '--line',
    '2:10.00',
    '--key',
    'd6',
    '--text',
    'A week',
  ]
  assert.match(await command(...opened), /amount +12\.00/)
  assert.match(await command('dispute', 'list', '--status', 'open', '--account', 'e'), /d6 .* 12\.00/)
  assert.match(await command('dispute', 'show', 'd6'), /late_install/)
  assert.match(await command('invoice', 'show', number), /disputed +12\.00 EUR\naskable +108\.00 EUR/)
  assert.match(await command('dispute', 'withdraw', 'd6'), /withdrawn/)
  const statuses = (await client.list('/v1/disputes')).map(({ key, status }) => `${key} ${status}`)
  assert.deepEqual(statuses.toSorted(), [
    'd1 rejected',
    'd2 open',
    'd3 accepted',
    'd4 accepted',
    'd5 accepted',
    'd6 withdrawn',
  ])
})

test('books, statement: what is disputed is told apart, as of each day', async () => {
  await client.post('/v1/books', { issuer: 'XA', currency: 'EUR', opensOn: '2026-01-01' })
  const { items } = await client.get<{ items: Json[] }>('/v1/books/XA/open-items?account=b&asOf=2026-02-01')
  assert.deepEqual(
    items.map(({ open, disputed }) => [open, disputed]),
    [['108.00', '48.00']],
  )
  const aged = await client.get<{ items: Json[] }>('/v1/books/XA/ageing?asOf=2026-02-01')
  const ofB = aged.items.find(({ account }) => account === 'b')
  assert.deepEqual([ofB?.['total'], ofB?.['disputed']], ['108.00', '48.00'])
  assert.equal((await client.get('/v1/accounts/b/statement'))['disputed'], '48.00')
  assert.equal((await client.get('/v1/accounts/a/statement'))['disputed'], '0.00')
})

test('every invariant holds', async () => {
  assert.deepEqual(await checkHolds(client), [])
})

test('what is accepted by units is no more than what was disputed, in units and in money', async () => {
  await world.subscriber('units', { plans: ['calls'] })
  await world.subscriber('levied', { plans: ['levied'] })
  await world.setClock('2026-02-20')
  await world.use('units', '1', '200', { day: '2026-02-05' })
  await world.use('levied', '1', '200', { day: '2026-02-05', type: 'levied' })
  await world.bill('2026-03-01')
  await dispute('units', 'u1', { lines: [{ line: 1, amount: '1.00' }] })
  await dispute('levied', 'u2', { lines: [{ line: 1, amount: '1.00' }] })
  const accepted = async (key: string, more: Json): Promise<string> =>
    refused(`/v1/disputes/${key}/accept`, { lines: [{ line: 1, ...more }] })
  // 150 minutes are 15.00, and the levy on 100 is 50.00: neither was disputed.
  assert.match(await accepted('u1', { quantity: '150' }), /^422 lines: 0 units of line 1 are disputed, not 150/)
  assert.match(await accepted('u2', { amount: '1.00', quantity: '100' }), /^422 lines: 0 units of line 1/)
  await decide('u1', 'accept')
  // 10 minutes are 1.00.
  await dispute('units', 'u3', { lines: [{ line: 1, quantity: '10' }] })
  assert.match(await accepted('u3', { quantity: '10.01' }), /^422 lines: 10 units of line 1 are disputed, not 10\.01/)
  assert.match(await accepted('u3', { amount: '1.01' }), /^422 lines: 1\.00 EUR of line 1 is disputed, not 1\.01/)
  const half = await decide('u3', 'accept', { lines: [{ line: 1, quantity: '5' }] })
  assert.equal(half.creditNote?.total, '-0.60')
  // Disputed by both: 20 minutes, and no more than 1.50 of their 2.00.
  await dispute('units', 'u4', { lines: [{ line: 1, quantity: '20', amount: '1.50' }] })
  assert.match(await accepted('u4', { quantity: '20' }), /^422 lines: 1\.50 EUR of line 1 is disputed, not 2\.00/)
  await decide('u4', 'accept')
  assert.deepEqual(await checkHolds(client), [])
})
