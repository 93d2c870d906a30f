/** LiqPay from end to end, as those who use the API see it: its adapter, and a server that speaks as LiqPay does. Amounts by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeLiqPay, LIQPAY_PRIVATE_KEY, LIQPAY_PUBLIC_KEY } from '../packages/fakes/src/fake-liqpay.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { BACK, invoiceOf, ledgerOf, untilState } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { startProviderWorld } from './provider-world.ts'

let liqpay = new FakeLiqPay()
const world = await startProviderWorld(
  { tenant: 'liq', clock: '2026-02-01T06:00:00Z', adapter: 'liqpay' },
  (troubles) => {
    liqpay = new FakeLiqPay({ troubles })
    return liqpay
  },
  (liqPayUrl) => ({ liqPayUrl }),
  { publicKey: LIQPAY_PUBLIC_KEY, privateKey: LIQPAY_PRIVATE_KEY },
)
const { client, charge, deliver, sent, troubles, openOf } = world
const heldIs = async (amount: string): Promise<void> =>
  assert.equal(await ledgerOf(client, 'cash:gateway:liqpay'), amount)

test('a payer pays a document on a page whose address is the signed order; forged callbacks are nobody’s', async () => {
  await createSubscriber(client, 'ann')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'ann')
  const page = await charge({ key: 'p-1', account: 'ann', invoice, returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  const address = String(page['payerUrl'])
  // The amount cannot be changed on the way.
  const forgedPage = new URL(address)
  const order = JSON.parse(Buffer.from(String(forgedPage.searchParams.get('data')), 'base64').toString()) as Json
  assert.deepEqual([order['amount'], order['currency'], order['result_url']], ['10.00', 'EUR', BACK])
  forgedPage.searchParams.set('data', Buffer.from(JSON.stringify({ ...order, amount: '0.01' })).toString('base64'))
  assert.equal((await fetch(forgedPage)).status, 410)
  assert.equal((await fetch(address)).status, 200)
  const told = sent.splice(0)
  const forged = told.map((one) => ({ ...one, body: Buffer.from(one.body.toString().replace('data=e', 'data=f')) }))
  assert.ok((await deliver(forged)).every(({ status }) => status === 401))
  assert.ok((await deliver([...told, ...told])).every(({ status }) => status < 300))
  const paid = await untilState(client, 'p-1', 'succeeded')
  assert.deepEqual([paid['captured'], await openOf(invoice)], ['10.00', '0.00'])
  await heldIs('10.00')
})

test('what is declined tells why; a page that nobody opened stays pending; a status that is lost is asked for again', async () => {
  for (const [outcome, reason] of [
    ['insufficient_funds', 'insufficient_funds'],
    ['suspected_fraud', 'suspected_fraud'],
    ['expired', 'abandoned'],
  ] as const) {
    const page = await charge({ key: `left-${outcome}`, account: 'ann', amount: '2.50', returnUrl: BACK })
    await fetch(`${String(page['payerUrl'])}&outcome=${outcome}`)
    sent.splice(0)
    await client.post(`/v1/payment-attempts/left-${outcome}/ask`, {})
    assert.equal((await untilState(client, `left-${outcome}`, 'failed'))['reason'], reason)
  }
  const page = await charge({ key: 'slow', account: 'ann', amount: '1.05', returnUrl: BACK })
  await client.post('/v1/payment-attempts/slow/ask', {})
  assert.equal((await client.get<Json>('/v1/payment-attempts/slow'))['state'], 'pending')
  await fetch(String(page['payerUrl']))
  sent.splice(0)
  troubles.push('unanswered')
  await client.post('/v1/payment-attempts/slow/ask', {})
  await client.post('/v1/payment-attempts/slow/ask', {})
  assert.equal((await untilState(client, 'slow', 'succeeded'))['captured'], '1.05')
  await heldIs('11.05')
})

test('a whole refund whose answer is lost is sent once; a part is refused, and stays due', async () => {
  await createSubscriber(client, 'bob')
  const page = await charge({ key: 'w-1', account: 'bob', amount: '7.00', returnUrl: BACK })
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/w-1/ask', {})
  const { paymentId } = await untilState(client, 'w-1', 'succeeded')
  const refunds = `/v1/payments/${String(paymentId)}/refunds`
  const part = await client.post<Json>(refunds, { key: 'f-1', amount: '4.00', reason: 'asked for' })
  const refused = await client.post<Json>(`/v1/refunds/${String(part['id'])}/send`, { key: 'r-1' })
  assert.deepEqual([refused['state'], refused['reason']], ['failed', 'not_allowed'])
  await client.post(`/v1/refunds/${String(part['id'])}/keep`, { reason: 'a whole one is sent' })
  await createSubscriber(client, 'cid')
  const other = await charge({ key: 'w-2', account: 'cid', amount: '7.00', returnUrl: BACK })
  await fetch(String(other['payerUrl']))
  await client.post('/v1/payment-attempts/w-2/ask', {})
  const whole = await client.post<Json>(
    `/v1/payments/${String((await untilState(client, 'w-2', 'succeeded'))['paymentId'])}/refunds`,
    { key: 'f-2', reason: 'asked for' },
  )
  troubles.push('none', 'unanswered')
  const sending = await client.post<Json>(`/v1/refunds/${String(whole['id'])}/send`, { key: 'r-2' })
  assert.equal(sending['state'], 'unknown')
  await client.post('/v1/payment-attempts/r-2/ask', {})
  assert.equal((await untilState(client, 'r-2', 'succeeded'))['amount'], '7.00')
  assert.equal(liqpay.books.refunds.size, 1)
  await heldIs('18.05')
  assert.deepEqual(await checkHolds(client), [])
})
