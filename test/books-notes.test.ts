/** Credit notes and deposits in the books, by an accountant's hand: a bill of 100.00 for January with 20 % VAT, issued on 1 February. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { closePeriod, glBalances } from './books-world.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('books-notes')
const { client } = world
await world.subscriber('a', { plans: ['tx-7'] })
await client.post('/v1/books', { issuer: 'XA', currency: 'EUR', opensOn: '2026-01-01' })
await world.bill('2026-02-01')
const { number } = await world.first('a')
const onFirst = async (): Promise<Record<string, string>> => glBalances(client, '2026-02-01', 'XA')
const deposit = async (kind: string, key: string, more: Json): Promise<Json> =>
  client.post('/v1/deposit-entries', { kind, key, account: 'a', reason: 'a contract', ...more })

test('billed: owed 120.00, of which 20.00 are the tax office’s and 100.00 earned in January', async () => {
  assert.deepEqual(await onFirst(), { '1100': '120.00', '2200': '-20.00', '4000': '-100.00' })
})

test('a credit note of 24.00 takes back 20.00 of revenue and 4.00 of VAT', async () => {
  await world.credit(number, { amount: '24.00' })
  assert.deepEqual(await onFirst(), { '1100': '96.00', '2200': '-16.00', '4000': '-80.00' })
})

test('a deposit is owed to its customer until it settles the bill; what is left of it is paid back', async () => {
  await deposit('taken', 'd1', { amount: '30.00', method: 'bank' })
  const { '1000': bank, ...others } = await onFirst()
  assert.deepEqual([bank, others], ['30.00', { '1100': '96.00', '2020': '-30.00', '2200': '-16.00', '4000': '-80.00' }])
  await deposit('applied', 'd2', { invoice: number, amount: '10.00' })
  await deposit('released', 'd3', { amount: '5.00', method: 'bank' })
  // 30.00 − 5.00 in the bank, 30.00 − 10.00 − 5.00 of the customer, 96.00 − 10.00 owed.
  const after = { '1000': '25.00', '1100': '86.00', '2020': '-15.00', '2200': '-16.00', '4000': '-80.00' }
  assert.deepEqual(await onFirst(), after)
})

test('closed month by month it is the same', async () => {
  const after = await onFirst()
  await world.setClock('2026-03-02')
  await closePeriod(client, '2026-01-01', 'XA')
  await closePeriod(client, '2026-02-01', 'XA')
  assert.deepEqual(await glBalances(client, '2026-02-28', 'XA'), after)
  assert.deepEqual(await checkHolds(client), [])
})
