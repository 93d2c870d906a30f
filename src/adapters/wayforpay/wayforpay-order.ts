import type {
  AuthoriseRequest,
  GatewayAnswer,
  GatewayPayment,
  GatewayRefund,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { type FoundOrder, MAX_DESCRIPTION, openPage, PAGE_SECONDS, queryOrder } from '../provider-http/page-orders.ts'
import { ABANDONED, asText, NOT_ALLOWED, type ProviderObject, UNKNOWN } from '../provider-http/provider-http.ts'
import {
  amountFor,
  amountOf,
  DUPLICATE,
  NOT_FOUND,
  notDone,
  OK,
  refusalOf,
  type WayForPayApi,
} from './wayforpay-api.ts'

/** Begins a page where a payer chooses how to pay. The order has our key, which WayForPay takes once. */
export async function begin(
  api: WayForPayApi,
  { key, amountMinor, currency, method, description }: AuthoriseRequest,
  serviceUrl: string,
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayPayment>> {
  if (amountMinor <= 0n || method !== null) return NOT_ALLOWED
  const { merchantDomain } = api.merchant
  const orderDate = Math.floor(systemClock.nowMs() / 1000)
  const amount = amountFor(amountMinor, currency)
  const product = description.slice(0, MAX_DESCRIPTION)
  const answer = await api.ask(
    'CREATE_INVOICE',
    {
      ...{ merchantDomainName: merchantDomain, orderReference: key, orderDate, amount, currency, serviceUrl },
      ...{ orderTimeout: PAGE_SECONDS, productName: [product], productCount: [1], productPrice: [amount] },
    },
    [merchantDomain, key, orderDate, amount, currency, product, 1, amount],
    signal,
  )
  if (answer.outcome !== 'done') return answer.outcome === 'absent' ? UNKNOWN : answer
  const { reasonCode, invoiceUrl } = answer.object
  if (String(reasonCode) === DUPLICATE) {
    // Its answer was lost: it is there, and where nobody has tried to pay it, not to be seen yet.
    const orders = { statusOf: async () => statusOf(api, key, signal), paymentOf }
    const known = await queryOrder(orders, { key, id: key, askedMs: systemClock.nowMs() }, signal)
    return known.outcome === 'done' ? known : UNKNOWN
  }
  if (String(reasonCode) !== OK) return notDone(answer.object)
  return { outcome: 'done', result: openPage(key, amountMinor, asText(invoiceUrl)) }
}

export async function statusOf(api: WayForPayApi, key: string, signal: AbortSignal): Promise<FoundOrder> {
  const answer = await api.ask('CHECK_STATUS', { orderReference: key }, [key], signal)
  if (answer.outcome !== 'done') return UNKNOWN
  if (asText(answer.object['transactionStatus']) !== null) return { outcome: 'done', order: answer.object }
  return String(answer.object['reasonCode']) === NOT_FOUND ? { outcome: 'absent' } : UNKNOWN
}

export async function refundWhole(
  api: WayForPayApi,
  { key, payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const amount = amountFor(amountMinor, currency)
  const body = { orderReference: payment.key, amount, currency, comment: key }
  const answer = await api.ask('REFUND', body, [payment.key, amount, currency], signal)
  if (answer.outcome !== 'done') return answer.outcome === 'absent' ? UNKNOWN : answer
  const made = refundOf(answer.object, payment.key)
  if (made !== null) return { outcome: 'done', result: made }
  return answer.object['transactionStatus'] === 'Declined'
    ? { outcome: 'refused', ...refusalOf(answer.object) }
    : notDone(answer.object)
}

export function refundOf({ transactionStatus: status }: ProviderObject, key: string): GatewayRefund | null {
  const id = `${key}:refund`
  if (status === 'Refunded' || status === 'Voided') return { id, state: 'done' }
  return status === 'RefundInProcessing' ? { id, state: 'pending' } : null
}

const STATES: Readonly<Record<string, GatewayPayment['state']>> = {
  Approved: 'captured',
  Refunded: 'captured',
  Voided: 'captured',
  RefundInProcessing: 'captured',
  Declined: 'failed',
  Expired: 'failed',
}

export function paymentOf(order: ProviderObject, id: string): GatewayPayment {
  const { transactionStatus: status, amount, currency, refundAmount } = order
  const state = STATES[String(status)] ?? 'pending'
  const authorisedMinor = amountOf(amount, currency)
  const isBack = status === 'Refunded' || status === 'Voided'
  const refundedMinor = amountOf(refundAmount, currency)
  return {
    ...{ id, state, authorisedMinor, capturedMinor: state === 'captured' ? authorisedMinor : 0n, disputes: [] },
    refundedMinor: isBack && refundedMinor === 0n ? authorisedMinor : refundedMinor,
    payerUrl: state === 'pending' ? undefined : null,
    refused: state === 'failed' ? (status === 'Expired' ? ABANDONED : refusalOf(order)) : null,
  }
}
