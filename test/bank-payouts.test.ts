/** What a payment provider has paid out is found on the bank account, and is money once. Amounts by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { camt, GIRO, type MadeStatement } from './bank-files-made.ts'
import type { Line } from './bank-world.ts'
import { invoiceOf, ledgerOf, payerWith, startGatewayWorld } from './gateway-world.ts'
import { checkHolds } from './harness.ts'

const { kvit, client, stripe } = await startGatewayWorld('payouts', '2026-02-01T06:00:00Z')
await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
for (const key of ['ann', 'bob', 'cleo', 'dan']) await payerWith(client, key)
await runBills(client, '2026-02-01')

async function payOut(account: string, arrivesOn?: string): Promise<Json> {
  const { id } = await invoiceOf(client, account)
  const asked = { key: `charge-${account}`, account, invoice: id, method: 'default' }
  await client.post('/v1/payment-attempts', asked)
  for (;;) {
    const attempts = await client.list<Json>('/v1/payment-attempts')
    if (attempts.every(({ state }) => state === 'succeeded')) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  stripe.books.payOut('EUR', arrivesOn)
  await client.post('/v1/payment-gateways/stripe/payouts', {})
  return (await client.list<Json>('/v1/payouts')).at(-1) as Json
}

async function imported(id: string, opening: number, entries: MadeStatement['entries']): Promise<Line[]> {
  const raw = camt([{ id, opening, entries }])
  const headers = { 'content-type': 'application/octet-stream' }
  const { status, json } = await kvit.request('POST', '/v1/bank-files', { raw, headers })
  assert.equal(status, 201, JSON.stringify(json))
  for (;;) {
    const jobs = await client.list('/v1/jobs?kind=match_bank_lines')
    if (jobs.every(({ state }) => state === 'complete')) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return client.list<Line>('/v1/bank-lines')
}

test('a line that names the provider, of the amount of one payout, is that payout by rule', async () => {
  const payout = await payOut('ann')
  const net = Math.round(100 * Number(payout['net']))
  assert.equal(await ledgerOf(client, 'cash:bank'), payout['net'])
  const lines = await imported('S1', 0, [
    { minor: net, day: String(payout['arrivedOn']), name: 'STRIPE PAYMENTS EUROPE', text: 'transfer' },
  ])
  assert.deepEqual(
    lines.map(({ state, matches }) => [state, matches.map(({ kind, payoutId }) => [kind, payoutId])]),
    [['done', [['payout', payout['id']]]]],
  )
  // The money is on the bank account, once.
  assert.deepEqual(
    [
      await ledgerOf(client, 'cash:bank'),
      await ledgerOf(client, 'cash:bank:giro'),
      await ledgerOf(client, 'suspense_cash:giro'),
    ],
    ['0.00', payout['net'], '0.00'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('one that names nobody waits; somebody says what it is, once, and can take it back', async () => {
  const payout = await payOut('bob')
  const net = Math.round(100 * Number(payout['net']))
  const lines = await imported('S2', net, [
    { minor: net, day: String(payout['arrivedOn']), name: 'SOMEBODY', text: '' },
  ])
  const line = lines.find(({ state }) => state !== 'done') as Line
  const match = async (id: string, asked: Json): Promise<Json> => {
    const { status, json } = await kvit.request('POST', `/v1/bank-lines/${id}/matches`, { body: asked })
    return { status, detail: json['detail'] }
  }
  const other = lines.find(({ state }) => state === 'done') as Line
  const taken = String(other.matches[0]?.['payoutId'])
  assert.equal((await match(line.id, { kind: 'payout', payout: taken }))['status'], 409)
  assert.equal((await match(line.id, { kind: 'payout', payout: payout['id'] }))['status'], 201)
  assert.equal(await ledgerOf(client, 'cash:bank'), '0.00')
  await client.post(`/v1/bank-lines/${line.id}/undo`, { reason: 'a mistake' })
  assert.deepEqual(
    [await ledgerOf(client, 'cash:bank'), await ledgerOf(client, 'suspense_cash:giro')],
    [payout['net'], `-${payout['net']}`],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('of payouts of one amount, a line is the one that was to arrive on its day; on any other day nobody is sure', async () => {
  const first = await payOut('cleo', '2026-02-25')
  const second = await payOut('dan', '2026-02-26')
  const net = Math.round(100 * Number(first['net']))
  assert.equal(first['net'], second['net'])
  const named = { minor: net, name: 'STRIPE PAYMENTS EUROPE', text: 'transfer' }
  const lines = await imported('S3', 2 * net, [
    { ...named, day: '2026-02-26' },
    // Bob's, which was taken back, and Cleo's were both to arrive on the 25th.
    { ...named, day: '2026-02-27' },
  ])
  const found = lines
    .filter(({ bookedOn }) => ['2026-02-26', '2026-02-27'].includes(String(bookedOn)))
    .map(({ bookedOn, state, matches }) => [bookedOn, state, matches[0]?.['payoutId']])
  assert.deepEqual(found, [
    ['2026-02-26', 'done', second['id']],
    ['2026-02-27', 'waiting', undefined],
  ])
})
