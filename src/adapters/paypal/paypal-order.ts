import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayPayment,
  GatewayReference,
  GatewayRefund,
  GatewayRefused,
  GatewayReport,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import {
  ABANDONED,
  asObject,
  asObjects,
  asText,
  NOT_ALLOWED,
  type ProviderObject,
  UNKNOWN,
} from '../provider-http/provider-http.ts'
import { amountFor, amountOf, linkOf, type PayPalApi, refusalOfCapture } from './paypal-api.ts'
import { disputesOf } from './paypal-disputes.ts'

/** How long an order is the same under its key. PayPal says six hours. */
export const KEYS_LIVE_MS = 5 * 3_600_000
/** PayPal cuts longer ones. */
const MAX_DESCRIPTION = 127
/** How much earlier than ours PayPal's clock may have seen a request, and how long after it a payment is looked for. */
const CLOCKS_MS = 300_000
const LOOKED_FOR_MS = 86_400_000
const TRANSACTIONS = 500
const MAX_PAGES = 20

type Seen = { readonly outcome: 'done'; readonly result: GatewayPayment } | typeof UNKNOWN

/** Charges a payment token that PayPal keeps (`card/8kk8451t`), or begins an order that the payer approves on a page. */
export async function authorise(
  api: PayPalApi,
  { key, amountMinor, currency, method, returnUrl, description }: AuthoriseRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayPayment>> {
  if (amountMinor <= 0n) return NOT_ALLOWED
  // PayPal takes an invoice number once: a second protection beside the key of the request.
  const names = { custom_id: key, invoice_id: key, description: description.slice(0, MAX_DESCRIPTION) }
  const order = {
    intent: 'CAPTURE',
    purchase_units: [{ amount: amountFor(amountMinor, currency), ...names }],
    payment_source: sourceOf(method, returnUrl),
  }
  const answer = await api.post('/v2/checkout/orders', order, key, signal)
  if (answer.outcome !== 'done') return answer
  const seen = await seenOf(api, answer.object, key, signal)
  if (seen.outcome === 'unknown' || seen.result.refused === null) return seen
  return { outcome: 'refused', ...seen.result.refused }
}

function sourceOf(method: string | null, returnUrl: string | null): object {
  const way = returnUrl === null ? {} : { experience_context: { return_url: returnUrl, cancel_url: returnUrl } }
  if (method === null)
    return {
      paypal: {
        experience_context: { ...way.experience_context, user_action: 'PAY_NOW', shipping_preference: 'NO_SHIPPING' },
      },
    }
  const [kind = '', vaultId] = method.split('/')
  const initiator = returnUrl === null ? 'MERCHANT' : 'CUSTOMER'
  const credential = { payment_initiator: initiator, payment_type: 'UNSCHEDULED', usage: 'SUBSEQUENT' }
  return { [kind]: { vault_id: vaultId, stored_credential: credential, ...(kind === 'card' ? way : {}) } }
}

/** The payment of a reference: an order that the payer has approved is captured when it is looked at, for PayPal leaves that to the seller. */
export async function queryPayment(
  api: PayPalApi,
  reference: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  const found = await findOrder(api, reference, signal)
  return found.outcome === 'done' ? seenOf(api, found.order, reference.key, signal) : found
}

type Found = { readonly outcome: 'done'; readonly order: ProviderObject } | { readonly outcome: 'absent' | 'unknown' }

/**
 * The order of a reference. One whose id was never told is looked for among the transactions, which PayPal lists up to three hours late: until then the same
 * request under the same key is the proof.
 */
async function findOrder(api: PayPalApi, { key, id, askedMs }: GatewayReference, signal: AbortSignal): Promise<Found> {
  if (id !== null) return orderOf(api, id, signal)
  const nowMs = systemClock.nowMs()
  const until = Math.max(askedMs, Math.min(nowMs, askedMs + LOOKED_FOR_MS))
  const [from, to] = [askedMs - CLOCKS_MS, until + 1000].map((ms) => encodeURIComponent(new Date(ms).toISOString()))
  for (let page = 1; page <= MAX_PAGES; page++) {
    const query = `start_date=${from}&end_date=${to}&fields=transaction_info&page_size=${TRANSACTIONS}&page=${page}`
    const answer = await api.get(`/v1/reporting/transactions?${query}`, signal)
    // Some apps may not look: as long as the key lives, sending the request again does no harm.
    if (answer.outcome === 'refused') return { outcome: nowMs - askedMs < KEYS_LIVE_MS ? 'absent' : 'unknown' }
    if (answer.outcome !== 'done') return UNKNOWN
    const infos = asObjects(answer.object['transaction_details']).map((one) => asObject(one['transaction_info']))
    const found = infos.find((one) => one['custom_field'] === key)
    if (found !== undefined) return orderOfCapture(api, String(found['transaction_id']), signal)
    if (page >= Number(answer.object['total_pages'] ?? 1)) return { outcome: 'absent' }
  }
  return UNKNOWN
}

async function orderOf(api: PayPalApi, id: string, signal: AbortSignal): Promise<Found> {
  const answer = await api.get(`/v2/checkout/orders/${id}`, signal)
  if (answer.outcome === 'done') return { outcome: 'done', order: answer.object }
  return answer.outcome === 'absent' ? answer : UNKNOWN
}

async function orderOfCapture(api: PayPalApi, id: string, signal: AbortSignal): Promise<Found> {
  const answer = await api.get(`/v2/payments/captures/${id}`, signal)
  const related =
    answer.outcome === 'done' ? asObject(asObject(answer.object['supplementary_data'])['related_ids']) : {}
  const order = asText(related['order_id'])
  return order === null ? UNKNOWN : orderOf(api, order, signal)
}

export async function refund(
  api: PayPalApi,
  { key, payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const found = await findOrder(api, payment, signal)
  if (found.outcome === 'unknown') return UNKNOWN
  const capture = found.outcome === 'done' ? asText(captureOf(found.order)['id']) : null
  if (capture === null || amountMinor <= 0n) return NOT_ALLOWED
  const body = { amount: amountFor(amountMinor, currency), custom_id: key }
  const answer = await api.post(`/v2/payments/captures/${capture}/refund`, body, key, signal)
  return answer.outcome === 'done' ? refundOf(answer.object) : answer
}

export async function queryRefund(
  api: PayPalApi,
  { key, id }: GatewayReference,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  if (id !== null) {
    const answer = await api.get(`/v2/payments/refunds/${id}`, signal)
    if (answer.outcome === 'done') return refundOf(answer.object)
    return answer.outcome === 'absent' ? answer : UNKNOWN
  }
  if (payment.id === null) return { outcome: 'absent' }
  const order = await orderOf(api, payment.id, signal)
  if (order.outcome !== 'done') return order
  const found = refundsOf(order.order).find((one) => one['custom_id'] === key)
  return found === undefined ? { outcome: 'absent' } : refundOf(found)
}

function refundOf({ id, status }: ProviderObject): { outcome: 'done'; result: GatewayRefund } {
  const isFailed = status === 'FAILED' || status === 'CANCELLED'
  return {
    outcome: 'done',
    result: { id: String(id), state: status === 'COMPLETED' ? 'done' : isFailed ? 'failed' : 'pending' },
  }
}

const paymentsOf = (order: ProviderObject): ProviderObject =>
  asObject(asObjects(order['purchase_units'])[0]?.['payments'])
const captureOf = (order: ProviderObject): ProviderObject => asObjects(paymentsOf(order)['captures'])[0] ?? {}
const refundsOf = (order: ProviderObject): readonly ProviderObject[] => asObjects(paymentsOf(order)['refunds'])

/** What an order has come to; one that is approved is captured first. */
async function seenOf(api: PayPalApi, order: ProviderObject, key: string, signal: AbortSignal): Promise<Seen> {
  if (order['status'] !== 'APPROVED') return paymentOf(api, order, null, signal)
  const path = `/v2/checkout/orders/${String(order['id'])}/capture`
  const answer = await api.post(path, {}, `${key}-capture`, signal)
  if (answer.outcome === 'done') return paymentOf(api, answer.object, null, signal)
  if (answer.outcome === 'unknown') return UNKNOWN
  // It may have been captured by somebody else at the same time.
  const again = await orderOf(api, String(order['id']), signal)
  return again.outcome === 'done' ? paymentOf(api, again.order, answer, signal) : UNKNOWN
}

/** @param refused why it could not be captured; null where it was not tried */
async function paymentOf(
  api: PayPalApi,
  order: ProviderObject,
  refused: GatewayRefused | null,
  signal: AbortSignal,
): Promise<Seen> {
  try {
    const capture = captureOf(order)
    const state = stateOf(String(order['status']), capture, refused)
    const isCaptured = state === 'captured'
    const disputes = isCaptured ? await disputesOf(api, String(capture['id']), signal) : []
    if (disputes === null) return UNKNOWN
    const refunds = refundsOf(order).filter(({ status }) => status === 'COMPLETED' || status === 'PENDING')
    const result = {
      ...{ id: String(order['id']), state, disputes },
      authorisedMinor: amountOf(asObjects(order['purchase_units'])[0]?.['amount']),
      capturedMinor: isCaptured ? amountOf(capture['amount']) : 0n,
      refundedMinor: refunds.reduce((sum, { amount }) => sum + amountOf(amount), 0n),
      payerUrl: state === 'pending' ? linkOf(order, 'payer-action', 'approve') : null,
      refused: state === 'failed' ? refusedOf(capture, refused) : null,
    }
    return { outcome: 'done', result }
  } catch {
    return UNKNOWN
  }
}

const CAPTURED = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'])

function stateOf(status: string, capture: ProviderObject, refused: GatewayRefused | null): GatewayPayment['state'] {
  const taken = asText(capture['status'])
  if (taken !== null) return CAPTURED.has(taken) ? 'captured' : taken === 'PENDING' ? 'pending' : 'failed'
  return status === 'VOIDED' || refused !== null ? 'failed' : 'pending'
}

function refusedOf(capture: ProviderObject, refused: GatewayRefused | null): GatewayRefused {
  if (asText(capture['status']) !== null) return refusalOfCapture(capture)
  return refused === null ? ABANDONED : { reason: refused.reason, mayRetry: refused.mayRetry }
}
