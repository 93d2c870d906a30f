import { formatMinor } from '../../../src/core/base/money.ts'
import type { GatewayDispute } from '../../../src/modules/payment-gateways/ports.ts'
import type { FakeAnswer, Json } from './fake-provider-server.ts'
import type { FakePayment, FakeRefund, FakeSetup, Fate } from './provider-books.ts'

export interface Order {
  readonly id: string
  readonly key: string
  /** `paypal` or `card`. */
  readonly kind: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED'
  readonly captureId: string | null
  /** What becomes of it when it is captured. */
  readonly fate: Fate
  readonly createdMs: number
}

/** What banks say of a card. */
const CODES: Readonly<Record<string, string>> = {
  insufficient_funds: '5120',
  expired_method: '5400',
  suspected_fraud: '9500',
  declined: '0500',
  authentication_failed: '5650',
}

export function paypalError(status: number, issue: string): FakeAnswer {
  return { status, body: { name: 'UNPROCESSABLE_ENTITY', details: [{ issue }], debug_id: '90957fca61718' } }
}

export function money(minor: bigint, currency: string): Json {
  return { currency_code: currency, value: formatMinor(minor, currency) }
}

/** @param url of the server: payers approve there */
export function orderJson(order: Order, payment: FakePayment | undefined, refunds: readonly FakeRefund[], url: string): Json {
  const { id, key, status, currency, amountMinor } = order
  const whole = { custom_id: key, amount: money(amountMinor, currency) }
  const isWaiting = status === 'PAYER_ACTION_REQUIRED'
  const links = isWaiting ? [{ rel: 'payer-action', href: `${url}/checkoutnow?token=${id}` }] : []
  const unit =
    payment === undefined
      ? whole
      : { ...whole, payments: { captures: [captureJson(payment)], refunds: refunds.map((one) => paypalRefundJson(one, currency)) } }
  return { id, status, intent: 'CAPTURE', purchase_units: [unit], links }
}

function captureJson({ id, key, currency, authorisedMinor, refundedMinor, refused }: FakePayment): Json {
  const back = refundedMinor === 0n ? 'COMPLETED' : refundedMinor < authorisedMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
  const response = refused === null ? {} : { processor_response: { response_code: CODES[refused.reason] } }
  return { id, custom_id: key, status: refused === null ? back : 'DECLINED', amount: money(authorisedMinor, currency), ...response }
}

export function paypalRefundJson({ id, key, amountMinor }: FakeRefund, currency: string): Json {
  return { id, custom_id: key, status: 'COMPLETED', amount: money(amountMinor, currency) }
}

export function disputeDetailJson({ id, state, amountMinor }: GatewayDispute, { id: capture, key, currency }: FakePayment): Json {
  const outcome = { won: 'RESOLVED_SELLER_FAVOUR', lost: 'RESOLVED_BUYER_FAVOUR', open: '' }[state]
  return {
    ...{ dispute_id: id, capture, status: state === 'open' ? 'UNDER_REVIEW' : 'RESOLVED', dispute_life_cycle_stage: 'CHARGEBACK' },
    ...{ dispute_amount: money(amountMinor, currency), dispute_outcome: { outcome_code: outcome } },
    disputed_transactions: [{ seller_transaction_id: capture, custom: key }],
  }
}

/** @param url of the server: payers name their account there */
export function setupTokenJson({ id, state }: FakeSetup, url: string): Json {
  const status = { pending: 'PAYER_ACTION_REQUIRED', done: 'APPROVED', failed: 'PAYER_ACTION_REQUIRED' }[state]
  return { id, status, links: [{ rel: 'approve', href: `${url}/vault/${id}` }] }
}
