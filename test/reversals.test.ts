import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

/** Every step that moves money can be undone by another step, and every way in of money has one limit (policy 19, M10). */
const world = await startChargingWorld('reversals')
const { client, request } = world.kvit

async function pay(key: string, account: string, amount: string): Promise<{ status: number; json: Json }> {
  return request('POST', '/v1/payments', { body: { key, account, method: 'bank', currency: 'EUR', amount } })
}

async function reverse(
  what: 'payments' | 'top-ups',
  key: string,
  reason = 'bounced',
): Promise<{ status: number; json: Json }> {
  return request('POST', `/v1/${what}/${key}/reversal`, { body: { reason } })
}

/** Documents of an account as "total/paid". */
async function documentsOf(account: string): Promise<string[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return list.map(({ total, paid }) => `${total}/${paid}`)
}

async function trial(): Promise<Record<string, number>> {
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  return Object.fromEntries(
    items.map(({ ledgerAccount, debit, credit }) => [
      String(ledgerAccount),
      Math.round((Number(debit) - Number(credit)) * 100) / 100,
    ]),
  )
}

const BIG = `1${'0'.repeat(15)}`
const TOO_BIG = `${BIG}.01`

test('M10: every way in of money has the same limit, and says it', async () => {
  await world.subscriber('big', { creditLimit: BIG })
  const money = { account: 'big', currency: 'EUR', method: 'cash' }
  const tried: [string, string, Json][] = [
    ['POST', '/v1/payments', { ...money, key: 'l-1', amount: TOO_BIG }],
    ['POST', '/v1/payments', { ...money, key: 'l-2', amount: '99999999999999999999999999' }],
    ['POST', '/v1/top-ups', { ...money, key: 'l-3', amount: TOO_BIG }],
    ['POST', '/v1/adjustments', { account: 'big', key: 'l-4', direction: 'credit', amount: TOO_BIG, reason: 'x' }],
    ['POST', '/v1/voucher-batches', { key: 'l-5', count: 1, currency: 'EUR', amount: TOO_BIG }],
    ['PATCH', '/v1/accounts/big', { creditLimit: '9'.repeat(43) }],
    ['PATCH', '/v1/accounts/big', { creditLimit: TOO_BIG }],
    ['POST', '/v1/balance-transfers', { key: 'l-6', from: 'big', to: 'other', amount: TOO_BIG }],
  ]
  for (const [method, path, body] of tried) {
    const { status, text } = await request(method, path, { body })
    assert.equal(status, 400, path)
    assert.match(text, /at most 1000000000000000 \(10\^15\)/, path)
  }
  const plan = `plans:\n  - { code: vast, name: V, currency: EUR, prices: [ { kind: commit, code: c, name: C, amount: ${TOO_BIG}, term: { unit: year } } ] }\n`
  const refused = await request('POST', '/v1/catalog', { body: { files: [{ name: 'v.yaml', text: plan }] } })
  assert.match(refused.text, /at most 1000000000000000 \(10\^15\)/)
  for (const body of [{ amount: '-1' }, { amount: '1e5' }, { amount: '' }])
    assert.equal((await request('POST', '/v1/payments', { body: { ...money, key: 'l-7', ...body } })).status, 400)
  assert.equal((await pay('l-8', 'big', BIG)).status, 201)
  assert.equal((await world.topUp('big', BIG))['amount'], `${BIG}.00`)
  assert.equal((await world.balances('big')).available, `3${'0'.repeat(15)}.00`)
  assert.equal((await reverse('payments', 'l-8')).status, 201)
  assert.equal((await world.balances('big')).available, `2${'0'.repeat(15)}.00`)
})

test('M10: a reversed payment opens what it settled; once, and the statement tells it', async () => {
  await world.subscriber('ann')
  for (let n = 0; n < 3; n++)
    await client.post('/v1/usage', [
      { id: `r-${n}`, service: 'ann', type: 'call', time: '2026-01-10T00:00:00Z', data: {} },
    ])
  await runBills(client, '2026-02-01')
  assert.deepEqual(await documentsOf('ann'), ['3.00/0.00'])
  const before = await trial()
  assert.equal((await pay('p-1', 'ann', '5.00')).status, 201)
  assert.deepEqual(await documentsOf('ann'), ['3.00/3.00'])
  const first = await reverse('payments', 'p-1')
  assert.deepEqual([first.status, (first.json['reversal'] as Json)['reason']], [201, 'bounced'])
  assert.deepEqual(await documentsOf('ann'), ['3.00/0.00'])
  assert.deepEqual((await reverse('payments', 'p-1')).json, first.json)
  assert.equal((await reverse('payments', 'p-1', 'another reason')).json['code'], 'conflict')
  assert.equal((await reverse('payments', 'nothing')).status, 404)
  assert.equal((await request('POST', '/v1/payments/p-1/reversal', { body: {} })).status, 400)
  assert.deepEqual(await trial(), before)
  const { entries, closing } = await client.get<{ entries: Json[]; closing: string }>('/v1/accounts/ann/statement')
  assert.deepEqual(
    entries.map(({ kind, description, amount }) => `${kind} ${description} ${amount}`),
    ['document invoice -3.00', 'payment bank 5.00', 'payment reversed: bounced -5.00'],
  )
  assert.equal(closing, '-3.00')
  // Money that is there settles what is open again.
  await pay('p-2', 'ann', '2.00')
  await pay('p-3', 'ann', '4.00')
  await reverse('payments', 'p-2')
  assert.deepEqual(await documentsOf('ann'), ['3.00/3.00'])
})

test('M10: a reversed payment is owed again where there are balances, also when they open afterwards', async () => {
  await world.subscriber('bea', { creditLimit: '0' })
  await pay('b-1', 'bea', '5.00')
  assert.equal((await world.event('bea', 'call', {})).result, 'charged')
  await reverse('payments', 'b-1')
  const { credit, available } = await world.balances('bea')
  assert.deepEqual([credit.owed, available], ['1.00', '0.00'])
  assert.equal((await world.event('bea', 'call', {})).reason, 'insufficient_balance')
  await world.subscriber('cem')
  await pay('c-1', 'cem', '5.00')
  await pay('c-2', 'cem', '2.00')
  await reverse('payments', 'c-1')
  await world.topUp('cem', '1.00')
  assert.equal((await world.balances('cem')).credit.owed, '-2.00')
  await reverse('payments', 'c-2')
  assert.equal((await world.balances('cem')).credit.owed, '0.00')
})

test('M10: a reversed top-up takes what is left of it and of its bonus; what it paid for is owed and open again', async () => {
  await client.post('/v1/bonus-rules/tenth', { currency: 'EUR', kind: 'percent', value: '10' }, 'PUT')
  await world.subscriber('dan', { creditLimit: '0' })
  await world.topUp('dan', '20.00', { key: 'd-1' })
  for (let n = 0; n < 7; n++) assert.equal((await world.event('dan', 'call', {})).result, 'charged')
  await client.post('/v1/tenants/reversals', { clock: '2026-03-02T12:00:00Z' }, 'PATCH')
  await runBills(client, '2026-03-01')
  assert.deepEqual(await documentsOf('dan'), ['7.00/7.00'])
  // The bonus of 2.00 was used first, 5.00 of the money after it.
  assert.equal((await world.balances('dan')).available, '15.00')
  const first = await reverse('top-ups', 'd-1', 'card disputed')
  assert.deepEqual([first.status, first.json['amount']], [201, '20.00'])
  const { credit, available } = await world.balances('dan')
  assert.deepEqual([credit.owed, available], ['5.00', '0.00'])
  assert.deepEqual(await documentsOf('dan'), ['7.00/2.00'])
  assert.deepEqual((await reverse('top-ups', 'd-1', 'card disputed')).json, first.json)
  assert.equal((await reverse('top-ups', 'd-1', 'else')).status, 409)
  await pay('d-2', 'dan', '5.00')
  assert.deepEqual([await documentsOf('dan'), (await world.balances('dan')).credit.owed], [['7.00/7.00'], '0.00'])
  const entries = await client.list<Json>('/v1/accounts/dan/balance-entries')
  assert.ok(
    entries.some(
      ({ kind, amount, note }) => kind === 'top_up_reversed' && amount === '-20.00' && note === 'card disputed',
    ),
  )
})

test('M10: a payment and a top-up are reversed from the command line', async () => {
  await world.subscriber('eva', { creditLimit: '0' })
  await pay('e-1', 'eva', '1.00')
  await world.topUp('eva', '2.00', { key: 'e-2' })
  const kvit = async (...words: string[]): Promise<Json> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      'src/cli/main.ts',
      '--tenant',
      'reversals',
      '--json',
      ...words,
    ])
    return JSON.parse(stdout) as Json
  }
  assert.equal(
    ((await kvit('payment', 'reverse', 'e-1', '--reason', 'mistake'))['reversal'] as Json)['reason'],
    'mistake',
  )
  assert.equal((await kvit('balance', 'reverse-top-up', 'e-2', '--reason', 'mistake'))['amount'], '2.00')
  assert.equal((await world.balances('eva')).available, '0.00')
})

test('M10: every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
