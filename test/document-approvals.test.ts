/** Credit notes, voids, refunds and write-offs above a limit wait for a second person. Documents of 120.00: fees of 60.00 and 40.00 with 20 %. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client, Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld, type Note } from './credit-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await CreditWorld.start('four-eyes')
const { client: owner, kvit } = world
const command = commandsOf(kvit.app, 'four-eyes')
const SCOPES = ['invoices:read', 'invoices:write', 'invoices:approve', 'books:write', 'balances:read', 'payments:write']
const ann = await personWith(kvit, 'ann', SCOPES)
const bob = await personWith(kvit, 'bob', SCOPES)
const moneyDesk = await personWith(kvit, 'desk', ['balances:read', 'balances:approve'])

const limits = {
  credit_note: { EUR: '50.00' },
  debit_note: { EUR: '99.00' },
  refund: { EUR: '20.00' },
  write_off: { EUR: '10.00' },
}
await owner.post('/v1/charging/settings', { approvalLimits: {}, documentLimits: limits }, 'PUT')
for (const key of ['a', 'b', 'c', 'd']) await world.subscriber(key, { plans: ['tx-7'] })
await world.bill('2026-02-01')
const numberOf = async (account: string): Promise<string> => (await world.first(account)).number

interface Waiting extends Json {
  readonly id: string
  readonly status: string
  readonly waitsFor: string
}
type MaybeWaits = Note & { readonly approvalRequest?: Waiting }
const credit = async (by: Client, number: string, key: string, more: Json): Promise<MaybeWaits> =>
  by.post(`/v1/invoices/${number}/credit-notes`, { key, reason: 'goodwill', ...more })
const decide = async (by: Client, { id }: Pick<Waiting, 'id'>, decision = 'approve'): Promise<Json> =>
  by.post(`/v1/approval-requests/${id}/${decision}`, {})
const left = async (account: string): Promise<string> => {
  const { state, open } = await world.first(account)
  return `${state} ${open}`
}

test('a credit of 50.00 is issued at once, one of 50.01 when another person agrees; nothing has changed until then', async () => {
  const number = await numberOf('a')
  const small = await credit(ann, number, 'c1', { amount: '50.00' })
  assert.deepEqual([small.approvalRequest, await left('a')], [undefined, 'partially_paid 70.00'])
  const asked = await credit(ann, number, 'c2', { amount: '50.01' })
  const waiting = asked.approvalRequest as Waiting
  assert.deepEqual([asked.id, asked.document.totals.total, waiting.status], [null, '-50.01', 'pending'])
  assert.match(waiting.waitsFor, /another person.*invoices:approve/)
  assert.equal(await left('a'), 'partially_paid 70.00')
  // The same again is the same request; another one is told that one waits; a small one goes on.
  assert.equal((await credit(ann, number, 'c2', { amount: '50.01' })).approvalRequest?.id, waiting.id)
  await assert.rejects(credit(bob, number, 'c3', { amount: '60.00' }), /another credit of the document waits/)
  await credit(ann, number, 'c4', { amount: '5.00' })
  await assert.rejects(decide(ann, waiting), /another person/)
  await assert.rejects(decide(moneyDesk, waiting), /invoices:approve/)
  const done = await decide(bob, waiting)
  assert.deepEqual([done['status'], done['amount']], ['applied', '50.01'])
  // 120.00 − 50.00 − 5.00 − 50.01.
  assert.equal(await left('a'), 'partially_paid 14.99')
  // The key is that of the note, and the note says who asked.
  const again = await credit(ann, number, 'c2', { amount: '50.01' })
  assert.deepEqual([again.document.totals.total, again.approvalRequest], ['-50.01', undefined])
  await assert.rejects(decide(bob, waiting), /the request is applied/)
})

test('what is left is looked at again when it is approved: what does not fit any more is refused, and waits on', async () => {
  const number = await numberOf('b')
  const waiting = (await credit(ann, number, 'd1', { amount: '100.00' })).approvalRequest as Waiting
  await credit(ann, number, 'd2', { amount: '45.00' })
  await assert.rejects(decide(bob, waiting), /75\.00 EUR is left to be credited/)
  assert.equal((await owner.get<{ items: Json[] }>('/v1/approval-requests?status=pending')).items.length, 1)
  assert.equal((await decide(bob, waiting, 'reject'))['status'], 'rejected')
  assert.equal(await left('b'), 'partially_paid 75.00')
})

test('what is paid back has a limit of its own, and a void that of credit notes', async () => {
  const number = await numberOf('c')
  await world.pay('c', '120.00')
  const asked = await credit(ann, number, 'r1', { amount: '20.01', money: 'refund' })
  assert.deepEqual([asked.refund, asked.approvalRequest?.status], [{ id: null, amount: '20.01' }, 'pending'])
  await decide(bob, asked.approvalRequest as Waiting)
  assert.deepEqual(
    (await owner.list('/v1/refunds?account=c')).map(({ amount, status }) => [amount, status]),
    [['20.01', 'due']],
  )
  const other = await numberOf('d')
  const body = { key: 'v1', reason: 'billing_error', rebill: true }
  const voided = await ann.post<MaybeWaits>(`/v1/invoices/${other}/void`, body)
  assert.equal(voided.approvalRequest?.status, 'pending')
  assert.equal(await left('d'), 'issued 120.00')
  await decide(bob, voided.approvalRequest as Waiting)
  assert.equal(await left('d'), 'void 0.00')
})

test('a debit note waits, too', async () => {
  const number = await numberOf('b')
  const lines = [{ description: 'Visit', unitPrice: '100.00' }]
  const asked = await ann.post<MaybeWaits>(`/v1/invoices/${number}/debit-notes`, { key: 'm1', reason: 'other', lines })
  assert.deepEqual([asked.document.totals.total, asked.approvalRequest?.status], ['120.00', 'pending'])
  await decide(bob, asked.approvalRequest as Waiting)
  const { kind, total } = await world.last('b')
  assert.deepEqual([kind, total], ['debit_note', '120.00'])
})

test('a write-off above its limit waits, by the command line', async () => {
  const number = await numberOf('a')
  const path = `/v1/invoices/${number}/write-off`
  const asked = await ann.post<{ amount: string; approvalRequest: Waiting }>(path, { key: 'w1', reason: 'insolvent' })
  assert.deepEqual([asked.amount, asked.approvalRequest.status], ['14.99', 'pending'])
  const list = await command('approval', 'list', '--status', 'pending')
  assert.match(list, new RegExp(`write_off +${number} +14\\.99 +EUR +insolvent +pending`))
  assert.match(await command('approval', 'approve', asked.approvalRequest.id), /applied/)
  assert.equal(await left('a'), 'written_off 0.00')
  await command('approval', 'limit', 'write-offs', 'EUR')
  const { documentLimits } = await owner.get<{ documentLimits: Json }>('/v1/charging/settings')
  assert.deepEqual(documentLimits, { ...limits, write_off: {} })
  await assert.rejects(command('approval', 'limit', 'payments', 'EUR', '1'), /limits are of reversals, credit-notes/)
  const shown = await command(
    'invoice',
    'credit',
    await numberOf('b'),
    '--reason',
    'goodwill',
    '--key',
    'x',
    '--amount',
    '1',
  )
  assert.doesNotMatch(shown, /waits/)
})

test('who sets a limit needs a second person all the same; bad limits are told', async () => {
  const setter = await personWith(kvit, 'setter', [...SCOPES, 'balances:approve'])
  const wide = { approvalLimits: {}, documentLimits: { credit_note: { EUR: '5000.00' } } }
  await setter.post('/v1/charging/settings', wide, 'PUT')
  const number = await numberOf('b')
  assert.equal((await credit(setter, number, 's1', { amount: '60.00' })).approvalRequest?.status, 'pending')
  assert.equal((await credit(ann, number, 's2', { amount: '60.00' })).approvalRequest, undefined)
  const bad = await kvit.request('PUT', '/v1/charging/settings', {
    body: { approvalLimits: {}, documentLimits: { credit_note: { EUR: '-1' }, bill: {} } },
  })
  assert.equal(bad.status, 400)
  assert.match(bad.text, /documentLimits/)
})

test('what waits for somebody else is shown to those who may read its subject', async () => {
  const kinds = async (by: Client): Promise<string[]> => [
    ...new Set((await by.list('/v1/approval-requests')).map(({ kind }) => String(kind))),
  ]
  assert.deepEqual((await kinds(ann)).toSorted(), ['credit_note', 'debit_note', 'void', 'write_off'])
  assert.deepEqual(await kinds(moneyDesk), [])
})

test('every invariant holds', async () => {
  assert.deepEqual(await checkHolds(owner), [])
})
