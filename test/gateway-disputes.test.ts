/** Disputes of payments whose bank decides twice. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { ledgerOf, payerWith, startGatewayWorld } from './gateway-world.ts'
import { checkHolds } from './harness.ts'

const { client, stripe } = await startGatewayWorld('disputes-twice', '2026-02-01T06:00:00Z')
const CLEARING = 'cash:gateway:stripe'

test('a dispute that was lost and is won after all is a payment again, once', async () => {
  await payerWith(client, 'ann')
  const draft = { key: 'c-1', account: 'ann', amount: '10.00', method: 'default' }
  const { providerId } = await client.post<Json>('/v1/payment-attempts', draft)
  const told = async (): Promise<readonly unknown[]> => {
    await client.post('/v1/payment-attempts/c-1/ask', {})
    const disputes = await client.list('/v1/payment-disputes?account=ann')
    return [disputes.map(({ state }) => state), await ledgerOf(client, CLEARING)]
  }
  assert.equal(await ledgerOf(client, CLEARING), '10.00')
  // The bank takes 10.00, and the gateway 15.00 for it.
  stripe.books.dispute(String(providerId))
  assert.deepEqual(await told(), [['open'], '-15.00'])
  stripe.books.decide(String(providerId), false)
  assert.deepEqual(await told(), [['lost'], '-15.00'])
  stripe.books.decide(String(providerId), true)
  for (const _ of [1, 2]) assert.deepEqual(await told(), [['won'], '-5.00'])
  stripe.books.decide(String(providerId), false)
  assert.deepEqual(await told(), [['won'], '-5.00'])
  assert.deepEqual(await checkHolds(client), [])
})
