import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayDispute,
  GatewayPayment,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import {
  ABANDONED,
  asObject,
  asObjects,
  NOT_ALLOWED,
  type ProviderObject,
  UNKNOWN,
} from '../provider-http/provider-http.ts'
import { amountFor, amountOf, linkOf, type MollieApi, refusalOf, timeOf } from './mollie-api.ts'

/** Under which our key is in the metadata of Mollie's objects. */
export const KEY = 'kvit_key'
/** Mollie cuts longer ones. */
const MAX_DESCRIPTION = 255
/** How much earlier than ours Mollie's clock may have seen a request. */
const CLOCKS_MS = 300_000

/** Charges a mandate that Mollie keeps (`cst_…/mdt_…`), or begins a page where the payer chooses how to pay. */
export async function authorise(
  api: MollieApi,
  { key, amountMinor, currency, method, returnUrl, description }: AuthoriseRequest,
  webhookUrl: string,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayPayment>> {
  if (amountMinor <= 0n) return NOT_ALLOWED
  const [customerId, mandateId] = method?.split('/') ?? []
  const how = method === null ? { redirectUrl: returnUrl } : { sequenceType: 'recurring', customerId, mandateId }
  const body = {
    ...{ amount: amountFor(amountMinor, currency), description: description.slice(0, MAX_DESCRIPTION) },
    ...{ ...how, webhookUrl, metadata: { [KEY]: key } },
  }
  const answer = await api.post('/v2/payments', body, key, signal)
  if (answer.outcome !== 'done') return answer
  const seen = paymentOf(answer.object)
  if (seen.outcome === 'unknown' || seen.result.refused === null) return seen
  return { outcome: 'refused', ...seen.result.refused }
}

/**
 * The payment of a reference. One whose id was never told is looked for among the payments since it was asked for: Mollie has no other way to find one by
 * what is written on it.
 */
export async function queryPayment(
  api: MollieApi,
  { key, id, askedMs }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  let known = id
  if (known === null) {
    const isOlder = (one: ProviderObject): boolean => timeOf(one['createdAt']) < askedMs - CLOCKS_MS
    const payments = await api.list('/v2/payments', 'payments', signal, isOlder)
    if (payments === null) return UNKNOWN
    const found = payments.find((one) => asObject(one['metadata'])[KEY] === key)
    if (found === undefined) return { outcome: 'absent' }
    known = String(found['id'])
  }
  const answer = await api.get(`/v2/payments/${known}?embed=chargebacks`, signal)
  if (answer.outcome === 'done') return paymentOf(answer.object)
  return answer.outcome === 'absent' ? answer : UNKNOWN
}

export async function refund(
  api: MollieApi,
  { key, payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const found = payment.id === null ? await queryPayment(api, payment, signal) : null
  if (found?.outcome === 'unknown') return UNKNOWN
  const id = found?.outcome === 'done' ? found.result.id : payment.id
  if (id === null) return NOT_ALLOWED
  const body = { amount: amountFor(amountMinor, currency), metadata: { [KEY]: key } }
  const answer = await api.post(`/v2/payments/${id}/refunds`, body, key, signal)
  return answer.outcome === 'done' ? refundOf(answer.object) : answer
}

export async function queryRefund(
  api: MollieApi,
  { key, id }: GatewayReference,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  if (payment.id === null) return { outcome: 'absent' }
  if (id === null) {
    const refunds = await api.list(`/v2/payments/${payment.id}/refunds`, 'refunds', signal)
    if (refunds === null) return UNKNOWN
    const found = refunds.find((one) => asObject(one['metadata'])[KEY] === key)
    return found === undefined ? { outcome: 'absent' } : refundOf(found)
  }
  const answer = await api.get(`/v2/payments/${payment.id}/refunds/${id}`, signal)
  if (answer.outcome === 'done') return refundOf(answer.object)
  return answer.outcome === 'absent' ? answer : UNKNOWN
}

function refundOf({ id, status }: ProviderObject): { outcome: 'done'; result: GatewayRefund } {
  const isFailed = status === 'failed' || status === 'canceled'
  return {
    outcome: 'done',
    result: { id: String(id), state: status === 'refunded' ? 'done' : isFailed ? 'failed' : 'pending' },
  }
}

function paymentOf(payment: ProviderObject): { outcome: 'done'; result: GatewayPayment } | typeof UNKNOWN {
  try {
    const state = stateOf(payment['status'])
    const amountMinor = amountOf(payment['amount'])
    const result = {
      ...{ id: String(payment['id']), state, authorisedMinor: amountMinor },
      capturedMinor: state === 'captured' ? amountMinor : 0n,
      refundedMinor: amountOf(payment['amountRefunded']),
      disputes: asObjects(asObject(payment['_embedded'])['chargebacks']).map(disputeOf),
      payerUrl: state === 'pending' ? linkOf(payment, 'checkout') : null,
      refused: refusedOf(payment),
    }
    return { outcome: 'done', result }
  } catch {
    return UNKNOWN
  }
}

/** How far a payment has come. */
export function stateOf(status: unknown): GatewayPayment['state'] {
  if (status === 'paid') return 'captured'
  return status === 'failed' || status === 'canceled' || status === 'expired' ? 'failed' : 'pending'
}

/** Why a payment came to nothing; null where it did not. */
export function refusedOf(payment: ProviderObject): GatewayPayment['refused'] {
  if (payment['status'] === 'failed') return refusalOf(payment)
  return stateOf(payment['status']) === 'failed' ? ABANDONED : null
}

/** The money is gone when Mollie tells of a chargeback; where it is reversed, it has come back. What Mollie keeps for it is among the costs of a settlement. */
function disputeOf({ id, amount, reversedAt }: ProviderObject): GatewayDispute {
  const state = reversedAt === null || reversedAt === undefined ? 'lost' : 'won'
  return { id: String(id), state, amountMinor: amountOf(amount), feeMinor: 0n }
}
