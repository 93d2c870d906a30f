import { formatMinor } from '../../core/base/money.ts'
import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayPayment,
  GatewayRefund,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { minorOf } from '../provider-http/amounts.ts'
import { type FoundOrder, MAX_DESCRIPTION, openPage, PAGE_SECONDS } from '../provider-http/page-orders.ts'
import { asText, NOT_ALLOWED, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import { isNotTaken, isNotThere, type LiqPayApi, refusalOf } from './liqpay-api.ts'

/** `2026-02-01 06:00:00`, in UTC, as LiqPay reads times. */
function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')
}

/**
 * A page where a payer chooses how to pay. Nobody is asked: its address has the whole order, signed, and LiqPay takes its `order_id`, our key, once.
 * Example: the page of 10.45 UAH that can be paid on until an hour from now.
 */
export function begin(
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
    expired_date: timeOf(systemClock.nowMs() + PAGE_SECONDS * 1000),
  })
  return { outcome: 'done', result: openPage(key, amountMinor, payerUrl) }
}

export async function statusOf(api: LiqPayApi, key: string, signal: AbortSignal): Promise<FoundOrder> {
  const answer = await api.ask({ action: 'status', order_id: key }, signal)
  if (answer.outcome !== 'done') return UNKNOWN
  const { object } = answer
  if (isNotThere(object)) return { outcome: 'absent' }
  return object['order_id'] === key && asText(object['status']) !== null ? { outcome: 'done', order: object } : UNKNOWN
}

export async function refundWhole(
  api: LiqPayApi,
  { payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const asked = { action: 'refund', order_id: payment.key, amount: formatMinor(amountMinor, currency) }
  const answer = await api.ask(asked, signal)
  if (answer.outcome !== 'done') return answer.outcome === 'absent' ? UNKNOWN : answer
  const { object } = answer
  const made = refundOf(object, payment.key)
  if (made !== null) return { outcome: 'done', result: made }
  if (isNotTaken(object)) return { outcome: 'refused', reason: 'not_allowed', mayRetry: true }
  return object['result'] === 'error' ? { outcome: 'refused', ...refusalOf(object) } : UNKNOWN
}

/** One that waits was asked for when the shop had no money at LiqPay. */
export function refundOf({ status, wait_amount: waits }: ProviderObject, key: string): GatewayRefund | null {
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

export function paymentOf(order: ProviderObject, id: string): GatewayPayment {
  const { status, amount, currency } = order
  const state = STATES[String(status)] ?? 'pending'
  const authorisedMinor = minorOf(amount, currency)
  return {
    ...{ id, state, authorisedMinor, capturedMinor: state === 'captured' ? authorisedMinor : 0n, disputes: [] },
    refundedMinor: status === 'reversed' ? authorisedMinor : 0n,
    payerUrl: state === 'pending' ? undefined : null,
    refused: state === 'failed' ? refusalOf(order) : null,
  }
}
