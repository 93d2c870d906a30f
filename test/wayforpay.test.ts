/** WayForPay from end to end, as those who use the API see it: its adapter, and a server that speaks as WayForPay does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  FakeWayForPay,
  WAYFORPAY_ACCOUNT,
  WAYFORPAY_DOMAIN,
  WAYFORPAY_KEY,
} from '../packages/fakes/src/fake-wayforpay.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { BACK, invoiceOf, ledgerOf, untilState } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { startProviderWorld } from './provider-world.ts'

let wayforpay = new FakeWayForPay()
const world = await startProviderWorld(
  { tenant: 'wfp', clock: '2026-02-01T06:00:00Z', adapter: 'wayforpay' },
  (troubles) => {
    wayforpay = new FakeWayForPay({ troubles })
    return wayforpay
  },
  (wayForPayUrl) => ({ wayForPayUrl }),
  { merchantAccount: WAYFORPAY_ACCOUNT, secretKey: WAYFORPAY_KEY, merchantDomain: WAYFORPAY_DOMAIN },
)
const { client, charge, deliver, sent, troubles, openOf } = world
const heldIs = async (amount: string): Promise<void> =>
  assert.equal(await ledgerOf(client, 'cash:gateway:wayforpay'), amount)

test('a payer pays an invoice on its page, which stays known; each callback is answered with a signed accept', async () => {
  await createSubscriber(client, 'ann')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'ann')
  const page = await charge({ key: 'p-1', account: 'ann', invoice, returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  await client.post('/v1/payment-attempts/p-1/ask', {})
  assert.equal((await client.get<Json>('/v1/payment-attempts/p-1'))['payerUrl'], page['payerUrl'])
  assert.equal((await fetch(String(page['payerUrl']))).status, 200)
  const told = sent.splice(0)
  const answers = await deliver([...told, ...told])
  assert.ok(answers.length === 2 && answers.every(({ status, text }) => status === 200 && wayforpay.isAccepted(text)))
  const paid = await untilState(client, 'p-1', 'succeeded')
  assert.deepEqual([paid['captured'], paid['payerUrl'], await openOf(invoice)], ['10.00', null, '0.00'])
  // Of another merchant, with another amount, and cut off.
  for (const [from, to] of [
    [WAYFORPAY_ACCOUNT, 'other_merchant'],
    ['"amount":10', '"amount":11'],
    ['}', ''],
  ] as const) {
    const forged = told.map((one) => ({ ...one, body: Buffer.from(one.body.toString().replace(from, to)) }))
    assert.ok((await deliver(forged)).every(({ status }) => status === 401))
  }
  await heldIs('10.00')
})

test('what is declined or runs out tells why, though its callback is lost; money that comes before the answer is there once', async () => {
  for (const [outcome, reason] of [
    ['insufficient_funds', 'insufficient_funds'],
    ['suspected_fraud', 'suspected_fraud'],
    ['expired', 'abandoned'],
  ] as const) {
    const page = await charge({ key: `left-${outcome}`, account: 'ann', amount: '2.50', returnUrl: BACK })
    await fetch(`${String(page['payerUrl'])}?outcome=${outcome}`)
    sent.splice(0)
    await client.post(`/v1/payment-attempts/left-${outcome}/ask`, {})
    assert.equal((await untilState(client, `left-${outcome}`, 'failed'))['reason'], reason)
  }
  wayforpay.beforeAnswer = async () => {
    const open = wayforpay.books.payments.values().find(({ state }) => state === 'pending')
    if (open !== undefined) wayforpay.books.confirm(open.id, true)
    await deliver(sent.splice(0))
  }
  await charge({ key: 'early', account: 'ann', amount: '2.50', returnUrl: BACK })
  wayforpay.beforeAnswer = async () => undefined
  await client.post('/v1/payment-attempts/early/ask', {})
  assert.equal((await untilState(client, 'early', 'succeeded'))['captured'], '2.50')
  await heldIs('12.50')
})

test('an answer that is lost is no second order; a request that is lost is sent again', async () => {
  for (const trouble of ['unanswered', 'lost', 'twice'] as const) {
    troubles.push(trouble)
    const attempt = await charge({ key: `l-${trouble}`, account: 'ann', amount: '1.05', returnUrl: BACK })
    assert.equal(attempt['state'], trouble === 'twice' ? 'pending' : 'unknown')
    await client.post(`/v1/payment-attempts/l-${trouble}/ask`, {})
    const pending = await untilState(client, `l-${trouble}`, 'pending')
    wayforpay.books.confirm(String(pending['id']), true)
    await deliver(sent.splice(0))
    assert.equal((await untilState(client, `l-${trouble}`, 'succeeded'))['captured'], '1.05')
  }
  await heldIs('15.65')
})

test('a part of a payment is not refunded: it is refused, and stays due', async () => {
  await createSubscriber(client, 'cid')
  const page = await charge({ key: 'e-1', account: 'cid', amount: '7.00', returnUrl: BACK })
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/e-1/ask', {})
  const { paymentId } = await untilState(client, 'e-1', 'succeeded')
  const refunds = `/v1/payments/${String(paymentId)}/refunds`
  const part = await client.post<Json>(refunds, { key: 'f-1', amount: '4.00', reason: 'asked for' })
  const refused = await client.post<Json>(`/v1/refunds/${String(part['id'])}/send`, { key: 'r-1' })
  assert.deepEqual([refused['state'], refused['reason']], ['failed', 'not_allowed'])
  await client.post(`/v1/refunds/${String(part['id'])}/keep`, { reason: 'a whole one is sent' })
  await heldIs('22.65')
})

test('a whole refund whose answer is lost is sent once', async () => {
  await createSubscriber(client, 'bob')
  const page = await charge({ key: 'w-1', account: 'bob', amount: '7.00', returnUrl: BACK })
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/w-1/ask', {})
  const { paymentId } = await untilState(client, 'w-1', 'succeeded')
  const whole = await client.post<Json>(`/v1/payments/${String(paymentId)}/refunds`, {
    key: 'f-2',
    reason: 'asked for',
  })
  troubles.push('none', 'unanswered')
  const sending = await client.post<Json>(`/v1/refunds/${String(whole['id'])}/send`, { key: 'r-2' })
  assert.equal(sending['state'], 'unknown')
  await client.post('/v1/payment-attempts/r-2/ask', {})
  assert.equal((await untilState(client, 'r-2', 'succeeded'))['amount'], '7.00')
  assert.equal(wayforpay.books.refunds.size, 1)
  await heldIs('22.65')
  await assert.rejects(
    client.post('/v1/payment-methods', { key: 'm-1', account: 'bob', token: 'any' }),
    /keeps no means of payment/,
  )
  assert.deepEqual(await checkHolds(client), [])
})
