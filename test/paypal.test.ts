/** PayPal from end to end, as those who use the API see it: its adapter, and a server that speaks as PayPal does. Figures are computed by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakePayPal, PAYPAL_CLIENT, PAYPAL_SECRET, PAYPAL_WEBHOOK } from '../packages/fakes/src/fake-paypal.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { BACK, invoiceOf, ledgerOf, payerWith, untilState } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { startProviderWorld, untilDispute } from './provider-world.ts'

let paypal = new FakePayPal()
const world = await startProviderWorld(
  { tenant: 'pal', clock: '2026-02-01T06:00:00Z', adapter: 'paypal' },
  (troubles) => {
    paypal = new FakePayPal({ troubles })
    return paypal
  },
  (payPalUrl) => ({ payPalUrl }),
  { clientId: PAYPAL_CLIENT, clientSecret: PAYPAL_SECRET, webhookId: PAYPAL_WEBHOOK },
)
const { client, charge, deliver, sent, troubles, openOf } = world
const heldIs = async (amount: string): Promise<void> =>
  assert.equal(await ledgerOf(client, 'cash:gateway:paypal'), amount)

test('a payer approves an order on a page; it is captured once, when its webhook comes, twice or in any order', async () => {
  await createSubscriber(client, 'ann')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'ann')
  const page = await charge({ key: 'p-1', account: 'ann', invoice, returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  assert.equal((await fetch(String(page['payerUrl']))).status, 200)
  assert.equal(paypal.books.payments.size, 0)
  const approved = sent.splice(0)
  assert.ok((await deliver([...approved, ...approved])).every(({ status }) => status === 200))
  const paid = await untilState(client, 'p-1', 'succeeded')
  assert.deepEqual([paid['captured'], await openOf(invoice)], ['10.00', '0.00'])
  // The webhook of the capture, and the first one again; then ones that PayPal says are not its own, or that are not whole.
  const captured = sent.splice(0)
  assert.ok((await deliver([...captured, ...approved])).every(({ status }) => status === 200))
  const forged = captured.map((one) => ({ ...one, headers: { ...one.headers, 'paypal-transmission-sig': 'forged' } }))
  const cut = captured.map((one) => ({ ...one, body: one.body.subarray(0, -1) }))
  const bare = captured.map((one) => ({ ...one, headers: {} }))
  assert.ok((await deliver([...forged, ...cut, ...bare])).every(({ status }) => status === 401))
  assert.equal(paypal.books.payments.size, 1)
  await heldIs('10.00')
})

test('an order that the payer leaves is abandoned, one that cannot be paid is declined; its webhook is lost, and it is asked for', async () => {
  for (const [query, reason] of [
    ['&approve=no', 'abandoned'],
    ['&funding=st-declined', 'declined'],
    ['&funding=st-empty', 'insufficient_funds'],
  ] as const) {
    const page = await charge({ key: `left-${query}`, account: 'ann', amount: '2.00', returnUrl: BACK })
    await fetch(`${String(page['payerUrl'])}${query}`)
    sent.splice(0)
    await client.post(`/v1/payment-attempts/${encodeURIComponent(`left-${query}`)}/ask`, {})
    assert.equal((await untilState(client, encodeURIComponent(`left-${query}`), 'failed'))['reason'], reason)
  }
  await heldIs('10.00')
})

test('a kept card is charged once, though its webhook comes before the answer, and the access token was taken back', async () => {
  await payerWith(client, 'bob', 'st-visa')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'bob')
  sent.splice(0)
  paypal.revokeTokens()
  paypal.beforeAnswer = async () => {
    assert.ok((await deliver(sent.splice(0))).every(({ status }) => status === 200))
  }
  const attempt = await charge({ key: 'c-1', account: 'bob', invoice, method: 'default' })
  paypal.beforeAnswer = async () => undefined
  assert.deepEqual([attempt['state'], attempt['captured'], await openOf(invoice)], ['succeeded', '10.00', '0.00'])
  assert.equal((await client.list<Json>('/v1/payments?account=bob')).length, 1)
  await heldIs('20.00')
})

test('an account of PayPal’s is kept on its page and charged; a card without money is declined; one that needs the payer waits', async () => {
  await createSubscriber(client, 'cid')
  const page = await client.post<Json>('/v1/payment-methods', { key: 'm-1', account: 'cid', returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/m-1/ask', {})
  const kept = await client.get<Json>('/v1/payment-methods/m-1')
  assert.deepEqual([kept['state'], kept['kind'], kept['last4']], ['active', 'paypal', null])
  const paid = await charge({ key: 'm-c', account: 'cid', amount: '3.00', method: 'default' })
  assert.equal(paid['captured'], '3.00')
  await payerWith(client, 'dan', 'st-empty')
  const declined = await charge({ key: 'd-1', account: 'dan', amount: '5.00', method: 'default' })
  assert.deepEqual(
    [declined['state'], declined['reason'], declined['mayRetry']],
    ['failed', 'insufficient_funds', true],
  )
  await payerWith(client, 'don', 'st-challenged')
  const alone = await charge({ key: 'd-2', account: 'don', amount: '5.00', method: 'default' })
  assert.deepEqual([alone['state'], alone['reason']], ['failed', 'authentication_failed'])
  const waits = await charge({ key: 'd-3', account: 'don', amount: '4.00', method: 'default', returnUrl: BACK })
  await fetch(String(waits['payerUrl']))
  await client.post('/v1/payment-attempts/d-3/ask', {})
  assert.equal((await untilState(client, 'd-3', 'succeeded'))['captured'], '4.00')
  await heldIs('27.00')
})

test('4.00 of 7.00 are paid back; what is refunded at PayPal itself is seen', async () => {
  await payerWith(client, 'eve', 'st-visa')
  const paid = await charge({ key: 'e-1', account: 'eve', amount: '7.00', method: 'default' })
  const draft = { key: 'f-1', amount: '4.00', reason: 'asked for' }
  const refund = await client.post<Json>(`/v1/payments/${String(paid['paymentId'])}/refunds`, draft)
  troubles.push('none', 'unanswered')
  const sending = await client.post<Json>(`/v1/refunds/${String(refund['id'])}/send`, { key: 'r-1' })
  assert.deepEqual([sending['state'], paypal.books.refunds.size], ['unknown', 1])
  await client.post('/v1/payment-attempts/r-1/ask', {})
  assert.equal((await untilState(client, 'r-1', 'succeeded'))['amount'], '4.00')
  await heldIs('30.00')
  paypal.books.refund('by hand', paypal.captureOf(String(paid['providerId'])), 100n)
  await client.post('/v1/payment-attempts/e-1/ask', {})
  await heldIs('29.00')
  assert.equal(paypal.books.refunds.size, 2)
})

test('a dispute takes the money from its payment while it is open; won, it comes back; lost, it is gone', async () => {
  for (const isWon of [true, false]) {
    const key = isWon ? 'fay' : 'gus'
    await payerWith(client, key, 'st-visa')
    await runBills(client, '2026-02-01')
    const { id: invoice } = await invoiceOf(client, key)
    const { providerId } = await charge({ key: `x-${key}`, account: key, invoice, method: 'default' })
    sent.splice(0)
    const capture = paypal.captureOf(String(providerId))
    paypal.books.dispute(capture)
    await deliver(sent.splice(0))
    await untilDispute(client, key, 'open')
    assert.equal(await openOf(invoice), '10.00')
    paypal.books.decide(capture, isWon)
    await deliver(sent.splice(0))
    await untilDispute(client, key, isWon ? 'won' : 'lost')
    assert.equal(await openOf(invoice), isWon ? '0.00' : '10.00')
  }
  await heldIs('39.00')
})

test('an answer that is lost is found among the transactions, or by the same request again where those may not be searched', async () => {
  await payerWith(client, 'hal', 'st-visa')
  for (const maySearch of [true, false])
    for (const trouble of ['unanswered', 'lost', 'twice'] as const) {
      paypal.maySearch = maySearch
      troubles.push(trouble)
      const key = `h-${trouble}-${maySearch}`
      const attempt = await charge({ key, account: 'hal', amount: '1.00', method: 'default' })
      assert.equal(attempt['state'], trouble === 'twice' ? 'succeeded' : 'unknown')
      await client.post(`/v1/payment-attempts/${key}/ask`, {})
      assert.equal((await untilState(client, key, 'succeeded'))['captured'], '1.00')
    }
  const ones = paypal.books.payments.values().filter(({ authorisedMinor: minor }) => minor === 100n)
  assert.equal(ones.toArray().length, 6)
  await heldIs('45.00')
  // PayPal does not say what its transfers to the bank are made of: nothing is booked.
  assert.deepEqual(await client.post('/v1/payment-gateways/paypal/payouts', {}), { found: 0, booked: 0 })
  assert.deepEqual(await checkHolds(client), [])
})
