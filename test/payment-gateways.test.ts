/** Payments through a payment provider, as those who use the API see them: Stripe's adapter, and a server that speaks as Stripe does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { BACK, invoiceOf, ledgerOf, payerWith, startGatewayWorld, untilState } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'

const world = await startGatewayWorld('shop', '2026-02-01T06:00:00Z')
const { client, stripe, kvit, deliver, sent } = world
const charge = async (body: Json): Promise<Json> => client.post<Json>('/v1/payment-attempts', body)
const refused = async (work: Promise<unknown>, words: RegExp): Promise<void> => assert.rejects(work, words)

test('a kept card is charged for a document: it is paid, and the money is in the clearing account of the gateway', async () => {
  await payerWith(client, 'ann')
  await runBills(client, '2026-02-01')
  const invoice = await invoiceOf(client, 'ann')
  const draft = { key: 'c-1', account: 'ann', invoice: invoice['id'], method: 'default' }
  const attempt = await charge(draft)
  assert.deepEqual([attempt['state'], attempt['amount'], attempt['captured']], ['succeeded', '10.00', '10.00'])
  const payment = await client.get<Json>(`/v1/payments/${String(attempt['paymentId'])}`)
  assert.deepEqual([payment['method'], payment['amount'], payment['reference']], ['gateway:stripe', '10.00', 'c-1'])
  assert.equal((await client.get<Json>(`/v1/invoices/${String(invoice['id'])}`))['open'], '0.00')
  assert.equal(await ledgerOf(client, 'cash:gateway:stripe'), '10.00')
  // The same again is the same; another one under its key, and a document that is paid, are refused.
  assert.equal((await charge(draft))['id'], attempt['id'])
  await refused(charge({ ...draft, amount: '9.00' }), /key c-1 was used/)
  await refused(charge({ ...draft, key: 'c-2' }), /0\.00 EUR of the document are to be paid/)
  assert.deepEqual(await checkHolds(client), [])
})

test('what a bank declines is told with its reason, and changes nothing', async () => {
  await payerWith(client, 'bob', 'pm_card_chargeDeclinedInsufficientFunds')
  await runBills(client, '2026-02-01')
  const invoice = await invoiceOf(client, 'bob')
  const attempt = await charge({ key: 'd-1', account: 'bob', invoice: invoice['id'], method: 'default' })
  assert.deepEqual([attempt['state'], attempt['reason'], attempt['mayRetry']], ['failed', 'insufficient_funds', true])
  assert.equal((await client.get<Json>(`/v1/invoices/${String(invoice['id'])}`))['open'], '10.00')
})

test('a page on which somebody pays claims its document: a card is not charged for it meanwhile; the payer pays once', async () => {
  await payerWith(client, 'cid')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'cid')
  const page = await charge({ key: 'p-1', account: 'cid', invoice, returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  await refused(
    charge({ key: 'p-2', account: 'cid', invoice, method: 'default' }),
    /1 other payments of it are under way: p-1/,
  )
  assert.equal((await fetch(String(page['payerUrl']))).status, 200)
  // The webhook of the page has it asked at once; the second one, and a forged one, do nothing.
  const told = sent.splice(0)
  assert.ok((await deliver([...told, ...told])).every((status) => status === 200))
  const forged = told.map((message) => ({ ...message, headers: { 'stripe-signature': stripe.sign(message.body, 1) } }))
  assert.ok((await deliver(forged)).every((status) => status === 401))
  const paid = await untilState(client, 'p-1', 'succeeded')
  assert.deepEqual([paid['captured'], paid['payerUrl']], ['10.00', null])
  assert.deepEqual(await checkHolds(client), [])
})

test('money that comes when the document is paid already stays the customer’s credit, and can be refunded through the gateway', async () => {
  await payerWith(client, 'dan')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'dan')
  const page = await charge({ key: 's-1', account: 'dan', invoice, returnUrl: BACK })
  await client.post('/v1/payments', { key: 'cash-1', account: 'dan', method: 'cash', currency: 'EUR', amount: '14.00' })
  await fetch(String(page['payerUrl']))
  await client.post('/v1/payment-attempts/s-1/ask', {})
  const paid = await untilState(client, 's-1', 'succeeded')
  // 20.00 were due: 14.00 are paid in cash, the first document whole; 6.00 of the 10.00 of the card settle the second; 4.00 are left.
  const payment = String(paid['paymentId'])
  await refused(
    client.post(`/v1/payments/${payment}/refunds`, { key: 'f-0', amount: '4.01', reason: 'too much' }),
    /4\.00 EUR of the payment/,
  )
  await refused(
    client.post(`/v1/payments/${payment}/reversal`, { reason: 'bounced' }),
    /a payment provider has the money/,
  )
  const refund = await client.post<Json>(`/v1/payments/${payment}/refunds`, { key: 'f-1', reason: 'paid twice' })
  assert.deepEqual([refund['amount'], refund['status']], ['4.00', 'due'])
  const before = await ledgerOf(client, 'cash:gateway:stripe')
  const sending = await client.post<Json>(`/v1/refunds/${String(refund['id'])}/send`, { key: 'r-1' })
  assert.deepEqual([sending['state'], sending['kind'], sending['amount']], ['succeeded', 'refund', '4.00'])
  const [row] = await client.list<Json>('/v1/refunds?account=dan')
  assert.deepEqual([row?.['status'], row?.['method']], ['sent', 'gateway:stripe'])
  assert.equal(Number(before) - Number(await ledgerOf(client, 'cash:gateway:stripe')), 4)
  assert.equal(stripe.books.refunds.size, 1)
  assert.deepEqual(await checkHolds(client), [])
})

test('a surplus that is due stays the customer’s after all where somebody says so', async () => {
  await payerWith(client, 'eve')
  const paid = await charge({ key: 'k-1', account: 'eve', amount: '7.00', method: 'default' })
  const refund = await client.post<Json>(`/v1/payments/${String(paid['paymentId'])}/refunds`, {
    amount: '5.00',
    reason: 'asked for',
  })
  const id = String(refund['id'])
  assert.equal((await client.post<Json>(`/v1/refunds/${id}/keep`, { reason: 'changed her mind' }))['status'], 'kept')
  await refused(client.post(`/v1/refunds/${id}/sent`, { method: 'bank' }), /sent already/)
  await runBills(client, '2026-02-01')
  assert.equal((await invoiceOf(client, 'eve'))['open'], '3.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('a dispute takes the money from its payment and costs a fee; won, it comes back and settles again; lost, it is gone', async () => {
  for (const isWon of [true, false]) {
    const key = isWon ? 'fay' : 'gus'
    await payerWith(client, key)
    await runBills(client, '2026-02-01')
    const { id: invoice } = await invoiceOf(client, key)
    const openOf = async (): Promise<unknown> => (await client.get<Json>(`/v1/invoices/${String(invoice)}`))['open']
    const attempt = await charge({ key: `x-${key}`, account: key, invoice, method: 'default' })
    const before = Number(await ledgerOf(client, 'cash:gateway:stripe'))
    sent.splice(0)
    stripe.books.dispute(String(attempt['providerId']))
    await deliver(sent.splice(0))
    const disputes = async (): Promise<Json[]> => client.list<Json>(`/v1/payment-disputes?account=${key}`)
    const until = async (state: string): Promise<void> => {
      for (let looks = 0; looks < 600 && (await disputes())[0]?.['state'] !== state; looks++)
        await new Promise((resolve) => setTimeout(resolve, 50))
      assert.equal((await disputes())[0]?.['state'], state)
    }
    await until('open')
    // 10.00 of the payment and 15.00 of the fee.
    assert.equal(before - Number(await ledgerOf(client, 'cash:gateway:stripe')), 25)
    assert.equal(await openOf(), '10.00')
    stripe.books.decide(String(attempt['providerId']), isWon)
    await deliver(sent.splice(0))
    await until(isWon ? 'won' : 'lost')
    assert.equal(await openOf(), isWon ? '0.00' : '10.00')
    assert.equal(before - Number(await ledgerOf(client, 'cash:gateway:stripe')), isWon ? 15 : 25)
  }
  assert.deepEqual(await checkHolds(client), [])
})

test('a payer who confirms, or does not, is waited for; a card that needs the payer is declined where nobody is there', async () => {
  await payerWith(client, 'hal', 'pm_card_authenticationRequired')
  for (const isConfirmed of [true, false]) {
    const key = `y-${isConfirmed}`
    const attempt = await charge({ key, account: 'hal', amount: '3.00', method: 'default', returnUrl: BACK })
    assert.equal(attempt['state'], 'pending')
    await fetch(`${String(attempt['payerUrl'])}?confirm=${isConfirmed ? 'yes' : 'no'}`)
    await client.post(`/v1/payment-attempts/${key}/ask`, {})
    const { state, reason } = await untilState(client, key, 'succeeded', 'failed')
    assert.deepEqual([state, reason], isConfirmed ? ['succeeded', null] : ['failed', 'authentication_failed'])
  }
  const alone = await charge({ key: 'y-alone', account: 'hal', amount: '3.00', method: 'default' })
  assert.deepEqual([alone['state'], alone['reason']], ['failed', 'authentication_failed'])
})

test('what was refunded at the provider without Kvit is taken from its payment', async () => {
  await payerWith(client, 'ivy')
  await runBills(client, '2026-02-01')
  const { id: invoice } = await invoiceOf(client, 'ivy')
  const attempt = await charge({ key: 'z-1', account: 'ivy', invoice, method: 'default' })
  stripe.books.refund('by hand', String(attempt['providerId']), 300n)
  await client.post('/v1/payment-attempts/z-1/ask', {})
  const payment = await client.get<Json>(`/v1/payments/${String(attempt['paymentId'])}`)
  assert.deepEqual([payment['state'], payment['takenBack']], ['received', '3.00'])
  assert.equal((await client.get<Json>(`/v1/invoices/${String(invoice)}`))['open'], '3.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('means of payment: the first is the default, another one can be, and one that is removed is charged no longer', async () => {
  await createSubscriber(client, 'jim')
  const page = await client.post<Json>('/v1/payment-methods', { key: 'm-1', account: 'jim', returnUrl: BACK })
  assert.equal(page['state'], 'pending')
  await fetch(`${String(page['payerUrl'])}?method=pm_card_visa`)
  await client.post('/v1/payment-attempts/m-1/ask', {})
  const first = await client.get<Json>('/v1/payment-methods/m-1')
  assert.deepEqual(
    [first['state'], first['last4'], first['expires'], first['isDefault']],
    ['active', '4242', '2030-12', true],
  )
  const second = await client.post<Json>('/v1/payment-methods', {
    key: 'm-2',
    account: 'jim',
    token: 'pm_card_mastercard',
  })
  assert.deepEqual([second['state'], second['isDefault']], ['active', false])
  await client.post('/v1/payment-methods/m-2/default', {})
  assert.equal((await client.get<Json>('/v1/payment-methods/m-1'))['isDefault'], false)
  await client.post('/v1/payment-methods/m-2', undefined, 'DELETE')
  await refused(charge({ key: 'm-c', account: 'jim', amount: '1.00', method: 'm-2' }), /it is removed/)
  await refused(charge({ key: 'm-d', account: 'jim', amount: '1.00', method: 'default' }), /no means of payment/)
  const bad = await client.post<Json>('/v1/payment-methods', {
    key: 'm-3',
    account: 'jim',
    token: 'pm_card_chargeDeclinedLostCard',
  })
  assert.equal(bad['state'], 'failed')
})

test('a gateway says what is wrong with its settings, and never what was sent', async () => {
  const put = async (name: string, body: Json): Promise<Json> =>
    client.post<Json>(`/v1/payment-gateways/${name}`, body, 'PUT')
  await refused(put('other', { adapter: 'nobody' }), /adapter nobody: there are/)
  await refused(put('other', { adapter: 'stripe' }), /secrets\.secretKey: needed/)
  const wrong = await kvit.request('PUT', '/v1/payment-gateways/other', {
    body: { adapter: 'stripe', secrets: { secretKey: 'marker' } },
  })
  assert.equal(wrong.status, 422)
  assert.doesNotMatch(wrong.text, /marker/)
  const [gateway] = (await client.get<{ items: Json[] }>('/v1/payment-gateways')).items
  assert.deepEqual(Object.keys(gateway?.['secrets'] as Json), ['secretKey', 'webhookSecret'])
  assert.match(String(gateway?.['callbackUrl']), /\/v1\/callbacks\/shop\/payment-gateways\/stripe$/)
  await put('stripe', { adapter: 'stripe', isOpen: false })
  await refused(
    charge({ key: 'closed', account: 'ann', amount: '1.00', returnUrl: BACK }),
    /no open gateway has a page/,
  )
  await put('stripe', { adapter: 'stripe' })
})

test('a payout is booked from the clearing account to the bank, with its fees, once; what does not agree is told', async () => {
  const before = Number(await ledgerOf(client, 'cash:bank'))
  const held = await ledgerOf(client, 'cash:gateway:stripe')
  const payout = stripe.books.payOut('EUR')
  assert.deepEqual(await client.post('/v1/payment-gateways/stripe/payouts', {}), { found: 1, booked: 1 })
  assert.deepEqual(await client.post('/v1/payment-gateways/stripe/payouts', {}), { found: 1, booked: 0 })
  const [booked] = await client.list<Json>('/v1/payouts')
  assert.deepEqual([booked?.['gross'], booked?.['differences']], [held, []])
  assert.equal(Math.round(100 * (Number(await ledgerOf(client, 'cash:bank')) - before)), Number(payout?.netMinor))
  assert.equal(await ledgerOf(client, 'cash:gateway:stripe'), '0.00')
  const { lines } = await client.get<{ lines: Json[] }>(`/v1/payouts/${String(booked?.['id'])}`)
  assert.equal(lines.length, payout?.lines.length)
  assert.ok(lines.every(({ attemptId }) => attemptId !== null))
  // Somebody charged a card on Stripe's own pages.
  const foreign = stripe.books.authorise('pi', { key: 'foreign', currency: 'EUR', amountMinor: 500n }, 'good', true)
  stripe.books.payOut('EUR')
  await client.post('/v1/payment-gateways/stripe/payouts', {})
  const odd = (await client.list<Json>('/v1/payouts')).at(-1)
  assert.match(String(odd?.['differences']), new RegExp(`is of ${foreign.id}, which is none of Kvit’s payments`))
  assert.equal(await ledgerOf(client, 'cash:gateway:stripe'), '-5.00')
})

test('a page that a gateway refuses for certain is begun at the next one, by priority', async () => {
  const broken = { adapter: 'stripe', priority: 1, secrets: { secretKey: 'sk_test_thisIsNotTheKey' } }
  await client.post('/v1/payment-gateways/broken', broken, 'PUT')
  const draft = { key: 'route-1', account: 'ann', amount: '1.00', returnUrl: BACK }
  const page = await charge(draft)
  assert.deepEqual([page['gateway'], page['state'], page['key']], ['stripe', 'pending', 'route-1:2'])
  const first = await client.get<Json>('/v1/payment-attempts/route-1')
  assert.deepEqual([first['gateway'], first['state'], first['reason']], ['broken', 'failed', 'not_allowed'])
  assert.equal((await charge(draft))['id'], page['id'])
  // Whoever names a gateway gets that one.
  assert.equal((await charge({ ...draft, key: 'route-2', gateway: 'broken' }))['state'], 'failed')
  await client.post('/v1/payment-gateways/broken', { adapter: 'stripe', isOpen: false }, 'PUT')
})
