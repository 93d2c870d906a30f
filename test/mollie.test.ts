/** Mollie from end to end, as those who use the API see it: its adapter, and a server that speaks as Mollie does. Figures are computed by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeMollie, MOLLIE_KEY, MOLLIE_TOKEN } from '../packages/fakes/src/fake-mollie.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { BACK, invoiceOf, ledgerOf, payerWith, untilState } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { startProviderWorld, untilDispute } from './provider-world.ts'

let mollie = new FakeMollie()
const world = await startProviderWorld(
  { tenant: 'mol', clock: '2026-02-01T06:00:00Z', adapter: 'mollie' },
  (troubles) => {
    mollie = new FakeMollie({ troubles })
    return mollie
  },
  (mollieUrl) => ({ mollieUrl }),
  { apiKey: MOLLIE_KEY, accessToken: MOLLIE_TOKEN },
)
const { client, charge, deliver, sent, troubles, openOf } = world
const heldIs = async (amount: string): Promise<void> =>
  assert.equal(await ledgerOf(client, 'cash:gateway:mollie'), amount)

test('a payer pays on a page; the webhook, which is only an id, has it asked for at once, twice or in any order', async () => {
  await createSubscriber(client, 'ann')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'ann')
  const page = await charge({ key: 'p-1', account: 'ann', invoice, returnUrl: BACK })
  assert.deepEqual([page['state'], page['gateway']], ['pending', 'mollie'])
  assert.equal((await fetch(String(page['payerUrl']))).status, 200)
  const told = sent.splice(0)
  assert.ok((await deliver([...told, ...told].toReversed())).every(({ status }) => status === 200))
  const paid = await untilState(client, 'p-1', 'succeeded')
  assert.deepEqual([paid['captured'], paid['payerUrl'], await openOf(invoice)], ['10.00', null, '0.00'])
  // Whoever has not the address that Mollie was given is nobody: without, with another key, and with another signature.
  for (const query of ['', '?key=x&signature=y', `?key=${String(paid['id'])}&signature=${'0'.repeat(64)}`]) {
    const forged = told.map((one) => ({ ...one, url: String(one.url).replace(/\?.*$/, query) }))
    assert.ok((await deliver(forged)).every(({ status }) => status === 401))
  }
  await heldIs('10.00')
})

test('a page that the payer leaves, or that runs out, is abandoned; one that a bank declines tells why; each only when it is asked for', async () => {
  for (const [outcome, reason] of [
    ['canceled', 'abandoned'],
    ['expired', 'abandoned'],
    ['insufficient_funds', 'insufficient_funds'],
  ]) {
    const key = `left-${outcome}`
    const page = await charge({ key, account: 'ann', amount: '2.00', returnUrl: BACK })
    await fetch(`${String(page['payerUrl'])}?outcome=${outcome}`)
    // The webhook is lost.
    sent.splice(0)
    await client.post(`/v1/payment-attempts/${key}/ask`, {})
    const { state, reason: told } = await untilState(client, key, 'failed')
    assert.deepEqual([state, told], ['failed', reason])
  }
  await heldIs('10.00')
})

test('a kept card is charged once, though its webhook comes before the answer', async () => {
  await payerWith(client, 'bob', 'tkn_visa')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'bob')
  sent.splice(0)
  mollie.beforeAnswer = async () => {
    assert.ok((await deliver(sent.splice(0))).every(({ status }) => status === 200))
  }
  const attempt = await charge({ key: 'c-1', account: 'bob', invoice, method: 'default' })
  mollie.beforeAnswer = async () => undefined
  assert.deepEqual([attempt['state'], attempt['captured'], await openOf(invoice)], ['succeeded', '10.00', '0.00'])
  assert.equal((await client.list<Json>('/v1/payments?account=bob')).length, 1)
  await heldIs('20.00')
})

test('a card is kept on a page of Mollie’s; one without money is declined with its reason', async () => {
  await createSubscriber(client, 'cid')
  const page = await client.post<Json>('/v1/payment-methods', { key: 'm-1', account: 'cid', returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/m-1/ask', {})
  const kept = await client.get<Json>('/v1/payment-methods/m-1')
  assert.deepEqual([kept['state'], kept['kind'], kept['brand'], kept['expires']], ['active', 'card', 'visa', '2030-12'])
  await payerWith(client, 'dan', 'tkn_empty')
  const declined = await charge({ key: 'd-1', account: 'dan', amount: '5.00', method: 'default' })
  assert.deepEqual(
    [declined['state'], declined['reason'], declined['mayRetry']],
    ['failed', 'insufficient_funds', true],
  )
})

test('4.00 of 7.00 are paid back', async () => {
  await payerWith(client, 'eve', 'tkn_visa')
  const paid = await charge({ key: 'e-1', account: 'eve', amount: '7.00', method: 'default' })
  await heldIs('27.00')
  const draft = { key: 'f-1', amount: '4.00', reason: 'asked for' }
  const refund = await client.post<Json>(`/v1/payments/${String(paid['paymentId'])}/refunds`, draft)
  const sending = await client.post<Json>(`/v1/refunds/${String(refund['id'])}/send`, { key: 'r-1' })
  assert.deepEqual([sending['state'], sending['amount'], mollie.books.refunds.size], ['succeeded', '4.00', 1])
  await heldIs('23.00')
})

test('a chargeback has taken the money: the document is open again; where it is reversed, it is paid again', async () => {
  for (const key of ['fay', 'gus']) {
    await payerWith(client, key, 'tkn_visa')
    await runBills(client, '2026-02-01')
    const { id: invoice } = await invoiceOf(client, key)
    const { providerId } = await charge({ key: `x-${key}`, account: key, invoice, method: 'default' })
    sent.splice(0)
    mollie.books.dispute(String(providerId))
    await deliver(sent.splice(0))
    await untilDispute(client, key, 'lost')
    assert.equal(await openOf(invoice), '10.00')
    if (key === 'gus') continue
    mollie.books.decide(String(providerId), true)
    await deliver(sent.splice(0))
    await untilDispute(client, key, 'won')
    assert.equal(await openOf(invoice), '0.00')
    await heldIs('33.00')
  }
  // 23.00 before, and 10.00 of each, of which one is gone.
  await heldIs('33.00')
})

test('an answer that is lost is unknown, and found among Mollie’s payments; a request that is lost or comes twice has one effect', async () => {
  await payerWith(client, 'hal', 'tkn_visa')
  for (const trouble of ['unanswered', 'lost', 'twice'] as const) {
    troubles.push(trouble)
    const attempt = await charge({ key: `h-${trouble}`, account: 'hal', amount: '1.00', method: 'default' })
    assert.equal(attempt['state'], trouble === 'twice' ? 'succeeded' : 'unknown')
    await client.post(`/v1/payment-attempts/h-${trouble}/ask`, {})
    assert.equal((await untilState(client, `h-${trouble}`, 'succeeded'))['captured'], '1.00')
  }
  assert.equal(
    mollie.books.payments
      .values()
      .filter(({ authorisedMinor: minor }) => minor === 100n)
      .toArray().length,
    3,
  )
  await heldIs('36.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('a settlement is booked with its costs; what Mollie does not tell, a chargeback that was reversed, is a difference', async () => {
  // 50.00 were paid, 4.00 refunded, 20.00 charged back, and 10.00 of these came back: 36.00. It keeps 1.4 % and 0.25 of each
  // payment: 4 × 0.39, 0.34 and 3 × 0.26, and 2 × 15.00 for chargebacks: 32.68.
  mollie.books.payOut('EUR')
  assert.deepEqual(await client.post('/v1/payment-gateways/mollie/payouts', {}), { found: 1, booked: 1 })
  const [first] = await client.list<Json>('/v1/payouts')
  assert.deepEqual([first?.['gross'], first?.['fee'], first?.['net']], ['36.00', '32.68', '3.32'])
  assert.deepEqual(first?.['differences'], ['its lines come to -6.68, and it is 3.32'])
  assert.deepEqual(
    [await ledgerOf(client, 'cash:bank'), await ledgerOf(client, 'gateway_fees:mollie')],
    ['3.32', '32.68'],
  )
  await heldIs('0.00')
  await charge({ key: 'i-1', account: 'eve', amount: '10.00', method: 'default' })
  mollie.books.payOut('EUR', '2026-02-26')
  assert.deepEqual(await client.post('/v1/payment-gateways/mollie/payouts', {}), { found: 2, booked: 1 })
  const second = (await client.list<Json>('/v1/payouts')).find(({ arrivedOn }) => arrivedOn === '2026-02-26')
  assert.deepEqual([second?.['net'], second?.['fee'], second?.['differences']], ['9.61', '0.39', []])
  await heldIs('0.00')
  assert.deepEqual(await checkHolds(client), [])
})
