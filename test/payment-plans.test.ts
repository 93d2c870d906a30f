/** Promises and instalments: what is paid of each part, what keeps and what breaks them, and how the payment page asks for the next one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startGatewayWorld } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { formOf, PageVisitor } from './page-visitor.ts'
import { until } from './test-postgres.ts'

const { client, kvit } = await startGatewayWorld('plans', '2026-02-01T06:00:00Z')
await client.post('/v1/settings/payment-links', { values: { documentsAddress: kvit.app.url } }, 'PUT')
for (const key of ['ann', 'bob', 'cid', 'dan']) await createSubscriber(client, key)
await runBills(client, '2026-02-01')
const move = async (clock: string): Promise<void> => void (await client.post('/v1/tenants/plans', { clock }, 'PATCH'))
const pay = async (account: string, amount: string, key: string): Promise<Json> =>
  client.post('/v1/payments', { key, account, method: 'cash', currency: 'EUR', amount })
const instalments = async (account: string, body: Json): Promise<Json> =>
  client.post<Json>(`/v1/accounts/${account}/instalments`, body)
const promise = async (account: string, body: Json): Promise<Json> =>
  client.post<Json>(`/v1/accounts/${account}/promises`, body)
const partsOf = async (key: string): Promise<string[]> =>
  ((await client.get<Json>(`/v1/payment-plans/${key}`))['parts'] as Json[]).map(
    ({ dueOn, amount, paid }) => `${String(dueOn)} ${String(amount)} ${String(paid)}`,
  )
const stateOf = async (key: string): Promise<unknown> => (await client.get<Json>(`/v1/payment-plans/${key}`))['state']
const becomes = async (key: string, state: string): Promise<void> =>
  until(`${key} is ${state}`, async () => (await stateOf(key)) === state)
const first = async (account: string): Promise<Json> =>
  (await client.list<Json>(`/v1/invoices?account=${account}&order=oldest`))[0] as Json

test('instalments add up to what is open, money pays the first ones first, and the page asks for the next one', async () => {
  const draft = { key: 'plan-ann', parts: 3, firstOn: '2026-02-28', invoices: [(await first('ann'))['number']] }
  const made = await instalments('ann', draft)
  assert.deepEqual([made['amount'], made['state'], made['paid']], ['10.00', 'open', '0.00'])
  assert.deepEqual(await partsOf('plan-ann'), ['2026-02-28 3.34 0.00', '2026-03-28 3.33 0.00', '2026-04-28 3.33 0.00'])
  assert.equal((await instalments('ann', draft))['id'], made['id'])
  await assert.rejects(instalments('ann', { ...draft, parts: 4 }), /key plan-ann was used/)
  await assert.rejects(instalments('ann', { ...draft, key: 'other' }), /is in the payment plan plan-ann/)
  // The document has its link on it.
  const { document } = await client.get<{ document: Json }>(`/v1/invoices/${String((await first('ann'))['id'])}`)
  const visitor = new PageVisitor('')
  const page = await visitor.get(String(document['paymentLink']))
  assert.match(page.text, /Amount due EUR 10\.00 .* Next instalment: EUR 3\.34 by 28 Feb 2026/)
  assert.equal(formOf(page).fields['amount'], '3.34')
  const [link] = await client.list<Json>('/v1/payment-links?account=ann')
  assert.deepEqual([link?.['origin'], link?.['purpose']], ['issued', 'document'])
  await pay('ann', '5.00', 'ann-1')
  assert.deepEqual(await partsOf('plan-ann'), ['2026-02-28 3.34 3.34', '2026-03-28 3.33 1.66', '2026-04-28 3.33 0.00'])
  assert.match((await visitor.get(String(document['paymentLink']))).text, /Next instalment: EUR 1\.67 by 28 Mar 2026/)
  await client.post('/v1/payments/ann-1/reversal', { reason: 'bounced' })
  assert.deepEqual((await partsOf('plan-ann'))[0], '2026-02-28 3.34 0.00')
  await pay('ann', '10.00', 'ann-2')
  await becomes('plan-ann', 'kept')
  assert.deepEqual(await checkHolds(client), [])
})

test('a promise is of no more than is open, and what is refused leaves nothing', async () => {
  await assert.rejects(promise('bob', { key: 'p-0', until: '2026-02-10', amount: '999.00' }), /EUR are open/)
  await assert.rejects(promise('bob', { key: 'p-0', until: '2026-01-31' }), /until: that day is over/)
  await assert.rejects(promise('bob', { key: 'p-0', until: '2026-02-10', amount: '1.001' }), /amount/)
  await assert.rejects(instalments('bob', { key: 'p-0', parts: 61, firstOn: '2026-02-10' }), /parts/)
  const number = (await first('ann'))['number']
  await assert.rejects(promise('bob', { key: 'p-0', until: '2026-02-10', invoices: [number] }), /none of the account/)
  await assert.rejects(client.get('/v1/payment-plans/p-0'), /there is no payment plan p-0/)
  const made = await promise('bob', {
    key: 'p-1',
    until: '2026-02-10',
    amount: '4.00',
    promisedBy: 'Bob, by telephone',
  })
  assert.deepEqual([made['amount'], made['promisedBy']], ['4.00', 'Bob, by telephone'])
  await assert.rejects(promise('bob', { key: 'p-2', until: '2026-02-12' }), /nothing is open that is in no other/)
  const ended = await client.post<Json>('/v1/payment-plans/p-1/cancel', { reason: 'a lawyer has it' })
  assert.deepEqual([ended['state'], ended['endReason']], ['cancelled', 'a lawyer has it'])
  await assert.rejects(client.post('/v1/payment-plans/p-1/cancel', {}), /is cancelled/)
})

test('a part may be paid until its day is over; then the plan is broken, once, and money that comes later mends nothing', async () => {
  await promise('cid', { key: 'kept', until: '2026-02-10', amount: '10.00' })
  await instalments('dan', { key: 'broken', parts: 2, firstOn: '2026-02-10', every: 'week' })
  await move('2026-02-10T23:00:00Z')
  assert.deepEqual([await stateOf('kept'), await stateOf('broken')], ['open', 'open'])
  await pay('cid', '10.00', 'cid-1')
  await becomes('kept', 'kept')
  await move('2026-02-11T01:00:00Z')
  await becomes('broken', 'broken')
  await pay('dan', '5.00', 'dan-1')
  await move('2026-03-11T01:00:00Z')
  assert.equal(await stateOf('broken'), 'broken')
  const told = await client.list<Json>('/v1/events?type=payment_plan.broken')
  const of = (told as { data: Json }[]).filter(({ data }) => data['key'] === 'broken')
  assert.deepEqual(
    of.map(({ data }) => [data['missing'], data['dueOn']]),
    [['10.00', '2026-02-10']],
  )
  // What was broken can be agreed on again.
  assert.equal((await instalments('dan', { key: 'again', parts: 2, firstOn: '2026-03-20' }))['state'], 'open')
  assert.deepEqual(await checkHolds(client), [])
})

test('what was disputed when a promise was made is no part of it, whatever is decided', async () => {
  for (const [key, decision] of [
    ['eva', 'reject'],
    ['fil', 'accept'],
  ] as const) {
    await createSubscriber(client, key)
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '120.00' }]
    const { invoiceId } = await client.post<Json>('/v1/one-off-invoices', { key: `work-${key}`, account: key, lines })
    const dispute = { key: `d-${key}`, reason: 'quality', lines: [{ line: 1, amount: '12.00' }] }
    await client.post(`/v1/invoices/${String(invoiceId)}/disputes`, dispute)
    const made = await promise(key, { key: `p-${key}`, until: '2027-01-01', invoices: [invoiceId] })
    assert.equal(made['amount'], '108.00')
    assert.deepEqual(await partsOf(`p-${key}`), ['2027-01-01 108.00 0.00'])
    await move(key === 'eva' ? '2026-08-01T06:00:00Z' : '2026-08-02T06:00:00Z')
    await client.post(`/v1/disputes/d-${key}/${decision}`, decision === 'reject' ? { reason: 'it was as agreed' } : {})
    assert.deepEqual(await partsOf(`p-${key}`), ['2027-01-01 108.00 0.00'])
    await pay(key, '108.00', `pay-${key}`)
    await becomes(`p-${key}`, 'kept')
  }
  assert.deepEqual(await checkHolds(client), [])
})
