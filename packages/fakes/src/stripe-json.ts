import type { GatewayDispute, GatewayRefused, PayoutLine } from '../../../src/modules/payment-gateways/ports.ts'
import type { Json } from './fake-provider-server.ts'
import type { FakePayment, FakePayout, FakeRefund, FakeSetup } from './provider-books.ts'


/** A page of Stripe's, on which a payer pays or leaves a means of payment. */
export interface Session {
  readonly id: string
  readonly key: string
  readonly mode: 'payment' | 'setup'
  readonly currency: string
  readonly amountMinor: bigint
  readonly status: 'open' | 'complete' | 'expired'
  /** The payment, or the setup, that came of it. */
  readonly subjectId: string | null
  readonly url: string
  /** Where the payer comes back to. */
  readonly successUrl: string | null
  readonly customer: string | null
}

/** Stripe's words for why a bank declined. */
const DECLINES: Readonly<Record<string, Json>> = {
  insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds' },
  expired_method: { code: 'expired_card', decline_code: 'expired_card' },
  suspected_fraud: { code: 'card_declined', decline_code: 'lost_card' },
  declined: { code: 'card_declined', decline_code: 'generic_decline' },
  authentication_failed: { code: 'payment_intent_authentication_failure' },
}

const metadataOf = (key: string): Json => ({ kvit_key: key })

function failureOf(refused: GatewayRefused | null): Json | null {
  return refused === null ? null : { type: 'card_error', ...DECLINES[refused.reason] }
}

export function errorJson(status: number, error: Json): { status: number; body: Json } {
  return { status, body: { error } }
}

export function listJson(data: readonly Json[], hasMore = false): Json {
  return { object: 'list', data, has_more: hasMore }
}

/** @param url of the server: payers confirm there */
export function paymentIntentJson(payment: FakePayment, url: string, isCheckout: boolean): Json {
  const { id, key, currency, state, isChallenged, authorisedMinor, capturedMinor, refundedMinor, disputes } = payment
  const pending = isChallenged ? 'requires_action' : 'processing'
  const status = { pending, authorised: 'requires_capture', captured: 'succeeded', failed: 'requires_payment_method' }[state]
  const redirect = { type: 'redirect_to_url', redirect_to_url: { url: `${url}/challenge/${id}`, return_url: null } }
  return {
    ...{ id, object: 'payment_intent', amount: Number(authorisedMinor), amount_received: Number(capturedMinor) },
    ...{ currency: currency.toLowerCase(), status, last_payment_error: failureOf(payment.refused) },
    metadata: isCheckout ? { ...metadataOf(key), kvit_checkout: 'true' } : metadataOf(key),
    next_action: status === 'requires_action' ? redirect : null,
    latest_charge:
      state === 'captured'
        ? { id: `ch_${id}`, object: 'charge', amount_refunded: Number(refundedMinor), disputed: disputes.length > 0 }
        : null,
  }
}

export function refundJson({ id, key, paymentId, amountMinor }: FakeRefund): Json {
  const money = { amount: Number(amountMinor), payment_intent: paymentId, status: 'succeeded' }
  return { id, object: 'refund', ...money, metadata: metadataOf(key) }
}

export function setupIntentJson({ id, key, state, method, refused }: FakeSetup, url: string, customer: string): Json {
  const status = { pending: 'requires_action', done: 'succeeded', failed: 'requires_payment_method' }[state]
  const redirect = { type: 'redirect_to_url', redirect_to_url: { url: `${url}/challenge/${id}`, return_url: null } }
  const [year, month] = (method?.expires ?? '2030-12').split('-').map(Number)
  const card = { brand: method?.brand, last4: method?.last4, exp_month: month, exp_year: year }
  return {
    ...{ id, object: 'setup_intent', status, customer, metadata: metadataOf(key) },
    ...{ last_setup_error: failureOf(refused), next_action: state === 'pending' ? redirect : null },
    payment_method: { id: method?.token, object: 'payment_method', type: 'card', card },
  }
}

export function sessionJson({ id, key, mode, status, amountMinor, url }: Session, intent: Json): Json {
  const page = { id, object: 'checkout.session', mode, status, url: status === 'open' ? url : null }
  return { ...page, amount_total: Number(amountMinor), client_reference_id: key, metadata: metadataOf(key), ...intent }
}

export function disputeJson({ id, state, amountMinor, feeMinor }: GatewayDispute, paymentId: string): Json {
  const status = state === 'open' ? 'needs_response' : state
  const transactions = [{ id: `txn_${id}`, amount: -Number(amountMinor), fee: Number(feeMinor) }]
  return { id, object: 'dispute', status, amount: Number(amountMinor), payment_intent: paymentId, balance_transactions: transactions }
}

export function payoutJson({ id, currency, netMinor, arrivesOn }: FakePayout): Json {
  const arrival = Math.floor(Date.parse(`${arrivesOn}T00:00:00Z`) / 1000)
  return { id, object: 'payout', status: 'paid', amount: Number(netMinor), currency: currency.toLowerCase(), arrival_date: arrival }
}

const TYPES: Readonly<Record<PayoutLine['kind'], readonly [type: string, category: string]>> = {
  payment: ['charge', 'charge'],
  refund: ['refund', 'refund'],
  dispute: ['adjustment', 'dispute'],
  dispute_won: ['adjustment', 'dispute_reversal'],
  fee: ['stripe_fee', 'fee'],
  other: ['adjustment', 'other_adjustment'],
}

export function balanceTransactionJson({ id, kind, paymentId, grossMinor, feeMinor }: PayoutLine): Json {
  const [type, category] = TYPES[kind]
  const money = { amount: Number(grossMinor), fee: Number(feeMinor), net: Number(grossMinor - feeMinor) }
  return { id, object: 'balance_transaction', type, reporting_category: category, ...money, source: { payment_intent: paymentId } }
}
