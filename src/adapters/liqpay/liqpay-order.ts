import { formatMinor } from '../../core/base/money.ts'
import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayPayment,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { minorOf } from '../provider-http/amounts.ts'
import { ABANDONED, asText, NOT_ALLOWED, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import { isNotTaken, isNotThere, type LiqPayApi, refusalOf } from './liqpay-api.ts'

/** How long a page can be paid on. */
const PAGE_MS = 3_600_000
/** How long after it was made nothing can come of a page any more. */
const PAGE_IS_OVER_MS = PAGE_MS + 600_000
const MAX_DESCRIPTION = 255

/** `2026-02-01 06:00:00`, in UTC, as LiqPay reads times. */
function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * A page where a payer chooses how to pay. Nobody is asked: its address has the whole order, signed, and LiqPay takes its `order_id`, our key, once.
 * Example: the page of 10.45 UAH that can be paid on until an hour from now.
 */
export function authorise(
  api: LiqPayApi,
  { key, amountMinor, currency, method, description, returnUrl }: AuthoriseRequest,
  serverUrl: string,
  signal: AbortSignal,
): GatewayAnswer<GatewayPayment> {
  if (signal.aborted) return UNKNOWN
  if (amountMinor <= 0n || method !== null) return NOT_ALLOWED
  const payerUrl = api.pageOf({
    ...{ action: 'pay', order_id: key, amount: formatMinor(amountMinor, currency), currency },
    ...{
      description: description.slice(0, MAX_DESCRIPTION),
      server_url: serverUrl,
      result_url: returnUrl ?? undefined,
    },
    expired_date: timeOf(systemClock.nowMs() + PAGE_MS),
  })
  return { outcome: 'done', result: pageOf(key, amountMinor, payerUrl) }
}

/** A page that nobody has paid on. @param payerUrl undefined where its address is known from before */
function pageOf(id: string, authorisedMinor: bigint, payerUrl: string | undefined): GatewayPayment {
  const nothing = { capturedMinor: 0n, refundedMinor: 0n, disputes: [], refused: null }
  return { id, state: 'pending', authorisedMinor, payerUrl, ...nothing }
}

type Found = { readonly outcome: 'done'; readonly order: ProviderObject } | { readonly outcome: 'absent' | 'unknown' }

async function statusOf(api: LiqPayApi, key: string, signal: AbortSignal): Promise<Found> {
  const answer = await api.ask({ action: 'status', order_id: key }, signal)
  if (answer.outcome !== 'done') return UNKNOWN
  const { object } = answer
  if (isNotThere(object)) return { outcome: 'absent' }
  return object['order_id'] === key && asText(object['status']) !== null ? { outcome: 'done', order: object } : UNKNOWN
}

/** The payment of a key. An order on whose page nobody has tried to pay is not there yet. */
export async function queryPayment(
  api: LiqPayApi,
  { key, id, askedMs }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  const found = await statusOf(api, key, signal)
  if (found.outcome === 'done') return paymentOf(found.order, key)
  if (found.outcome === 'unknown' || id === null) return found
  const page = pageOf(id, 0n, undefined)
  const isOver = systemClock.nowMs() - askedMs > PAGE_IS_OVER_MS
  const failed = { ...page, state: 'failed', payerUrl: null, refused: ABANDONED } as const
  return { outcome: 'done', result: isOver ? failed : page }
}

/** LiqPay knows refunds by no key: a payment is refunded as a whole, which can be done once. */
export async function refund(
  api: LiqPayApi,
  { payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const found = await statusOf(api, payment.key, signal)
  if (found.outcome === 'unknown') return UNKNOWN
  const paid = found.outcome === 'done' ? paymentOf(found.order, payment.key) : UNKNOWN
  if (paid.outcome !== 'done' || paid.result.capturedMinor !== amountMinor || amountMinor <= 0n) return NOT_ALLOWED
  const before = found.outcome === 'done' ? refundOf(found.order, payment.key) : null
  if (before !== null) return { outcome: 'done', result: before }
  const asked = { action: 'refund', order_id: payment.key, amount: formatMinor(amountMinor, currency) }
  const answer = await api.ask(asked, signal)
  if (answer.outcome !== 'done') return answer.outcome === 'absent' ? UNKNOWN : answer
  const { object } = answer
  const made = refundOf(object, payment.key)
  if (made !== null) return { outcome: 'done', result: made }
  if (isNotTaken(object)) return { outcome: 'refused', reason: 'not_allowed', mayRetry: true }
  return object['result'] === 'error' ? { outcome: 'refused', ...refusalOf(object) } : UNKNOWN
}

export async function queryRefund(
  api: LiqPayApi,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  const found = await statusOf(api, payment.key, signal)
  if (found.outcome !== 'done') return found
  const made = refundOf(found.order, payment.key)
  return made === null ? { outcome: 'absent' } : { outcome: 'done', result: made }
}

/** The refund of an order; null where there is none. One that waits was asked for when the shop had no money at LiqPay. */
function refundOf({ status, wait_amount: waits }: ProviderObject, key: string): GatewayRefund | null {
  if (status !== 'reversed') return null
  return { id: `${key}:refund`, state: waits === true || waits === 'true' ? 'pending' : 'done' }
}

/** `wait_accept`: the payer has paid, and LiqPay looks at the shop before it hands the money on; it may still give it back. */
const STATES: Readonly<Record<string, GatewayPayment['state']>> = {
  success: 'captured',
  reversed: 'captured',
  failure: 'failed',
  error: 'failed',
}

function paymentOf(order: ProviderObject, id: string): { outcome: 'done'; result: GatewayPayment } | typeof UNKNOWN {
  try {
    const { status, amount, currency } = order
    const state = STATES[String(status)] ?? 'pending'
    const authorisedMinor = minorOf(amount, currency)
    const isTaken = state === 'captured'
    const result = {
      ...{ id, state, authorisedMinor, capturedMinor: isTaken ? authorisedMinor : 0n, disputes: [] },
      refundedMinor: status === 'reversed' ? authorisedMinor : 0n,
      payerUrl: state === 'pending' ? undefined : null,
      refused: state === 'failed' ? refusalOf(order) : null,
    }
    return { outcome: 'done', result }
  } catch {
    return UNKNOWN
  }
}
