import { type FakeStripe, STRIPE_KEY, STRIPE_WEBHOOK_SECRET } from '../packages/fakes/src/fake-stripe.ts'
import type { SignedMessage } from '../src/platform/http/signature.ts'
import { walkCash, walkTerminals } from './event-terminals.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

const asText = (value: unknown): string => String(value)

/** Walks through payments by a provider: the gateway, cards, a charge, a surplus paid back or kept, a dispute, and a callback. */
export async function walkGateways(kvit: TestKvit, walk: EventWalk, stripe: FakeStripe): Promise<void> {
  const { client } = kvit
  const secrets = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }
  const gateway = 'PUT /v1/payment-gateways/{name}'
  const settings = { body: { adapter: 'stripe', secrets } }
  await walk.ask(gateway, { name: 'stripe' }, settings, ['payment_gateway.created'])
  await walk.ask(gateway, { name: 'stripe' }, settings, ['payment_gateway.updated'])
  await client.post('/v1/customers', { key: 'payer', name: 'Payer' })
  const account = { key: 'payer', customer: 'payer', issuer: 'op', currency: 'EUR', zone: 'UTC' }
  await client.post('/v1/accounts', { ...account, cycleAnchor: '2026-01-01' })
  const card = { account: 'payer', token: 'pm_card_visa' }
  const added = ['payment_attempt.created', 'payment_attempt.succeeded', 'payment_method.added']
  const methods = 'POST /v1/payment-methods'
  await walk.ask(methods, {}, { body: { key: 'card-1', ...card } }, added)
  await walk.ask(methods, {}, { body: { key: 'card-2', ...card } }, added)
  await walk.ask('POST /v1/payment-methods/{reference}/default', { reference: 'card-2' }, {}, [
    'payment_method.default_changed',
  ])
  await walk.ask('DELETE /v1/payment-methods/{reference}', { reference: 'card-1' }, {}, ['payment_method.removed'])
  await walk.ask('PUT /v1/accounts/{reference}/auto-charge', { reference: 'payer' }, { body: { on: 'due' } }, [
    'auto_charge.set',
  ])
  const charge = { account: 'payer', amount: '9.00', method: 'default' }
  const charged = ['payment_attempt.created', 'payment_attempt.succeeded', 'payment.recorded']
  const attempts = 'POST /v1/payment-attempts'
  const first = await walk.ask(attempts, {}, { body: { key: 'charge-1', ...charge } }, charged)
  const due = ['payment.reversed', 'refund.due']
  const refunds = 'POST /v1/payments/{reference}/refunds'
  const of = { reference: asText(first['paymentId']) }
  const owed = await walk.ask(refunds, of, { body: { key: 'rf-1', amount: '2.00', reason: 'too much' } }, due)
  await walk.ask('POST /v1/refunds/{id}/send', { id: asText(owed['id']) }, { body: { key: 'send-1' } }, [
    ...['payment_attempt.created', 'payment_attempt.succeeded', 'refund.sent'],
  ])
  const kept = await walk.ask(refunds, of, { body: { key: 'rf-2', amount: '3.00', reason: 'too much' } }, due)
  await walk.ask('POST /v1/refunds/{id}/keep', { id: asText(kept['id']) }, { body: { reason: 'keep it' } }, [
    'refund.kept',
  ])
  for (const [purpose, account] of [
    ['open_items', 'payer'],
    ['top_up', 'payer'],
  ] as const) {
    const links = 'POST /v1/accounts/{reference}/payment-links'
    const made = await walk.ask(links, { reference: account }, { body: { for: purpose } }, ['payment_link.created'])
    await walk.ask('POST /v1/payment-links/{id}/revoke', { id: asText(made['id']) }, { body: { reason: 'wrong' } }, [
      'payment_link.revoked',
    ])
  }
  const [invoice] = await client.list<{ id: string }>('/v1/invoices?kind=invoice', 1)
  const ofInvoice = 'POST /v1/invoices/{reference}/payment-links'
  await walk.ask(ofInvoice, { reference: asText(invoice?.id) }, { body: {} }, ['payment_link.created'])
  const lines = [{ description: 'Router', quantity: '1', unitPrice: '100.00' }]
  await client.post('/v1/one-off-invoices', { key: 'router', account: 'payer', lines })
  const owing = { reference: 'payer' }
  const promise = { key: 'promise-1', until: '2026-03-10', amount: '0.01' }
  await walk.ask('POST /v1/accounts/{reference}/promises', owing, { body: promise }, ['payment_plan.made'])
  const cancel = 'POST /v1/payment-plans/{reference}/cancel'
  await walk.ask(cancel, { reference: 'promise-1' }, { body: { reason: 'wrong' } }, ['payment_plan.cancelled'])
  const parts = { key: 'parts-1', parts: 2, firstOn: '2026-03-10' }
  await walk.ask('POST /v1/accounts/{reference}/instalments', owing, { body: parts }, ['payment_plan.made'])
  const second = await walk.ask(attempts, {}, { body: { key: 'charge-2', ...charge } }, charged)
  stripe.books.dispute(asText(second['providerId']))
  const ask = 'POST /v1/payment-attempts/{reference}/ask'
  await walk.ask(ask, { reference: 'charge-2' }, {}, ['dispute.opened', 'payment.reversed'])
  stripe.books.decide(asText(second['providerId']), true)
  await walk.ask(ask, { reference: 'charge-2' }, {}, ['dispute.won', 'payment.recorded'])
  stripe.books.payOut('EUR')
  await walk.ask('POST /v1/payment-gateways/{name}/payouts', { name: 'stripe' }, {}, ['payout.booked'])
  // A callback only has the gateway asked, which has nothing new to say.
  const sent: SignedMessage[] = []
  stripe.onWebhook = (message) => void sent.push(message)
  stripe.books.onChange(stripe.books.payments.get(asText(first['providerId'])) as never)
  const { headers, body } = sent[0] as SignedMessage
  const raw = body.toString()
  const callback = { tenant: 'walk', gateway: 'stripe' }
  const signed = { 'stripe-signature': asText(headers['stripe-signature']) }
  await walk.ask('POST /v1/callbacks/{tenant}/payment-gateways/{gateway}', callback, { raw, headers: signed }, [])
  await walkTerminals(kvit, walk)
  await walkCash(walk)
}
