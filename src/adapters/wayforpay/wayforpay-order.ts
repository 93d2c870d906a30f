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

/** How long a page can be paid on, in seconds. */
const PAGE_SECONDS = 3_600
/** How long after that nothing can come of it any more. */
const PAGE_IS_OVER_MS = PAGE_SECONDS * 1000 + 600_000
const MAX_DESCRIPTION = 255

/** Begins a page where a payer chooses how to pay. The order has our key, which WayForPay takes once. */
export async function authorise(
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
    const known = await queryPayment(api, { key, id: key, askedMs: systemClock.nowMs() }, signal)
    return known.outcome === 'done' ? known : UNKNOWN
  }
  if (String(reasonCode) !== OK) return notDone(answer.object)
  return { outcome: 'done', result: pageOf(key, amountMinor, asText(invoiceUrl)) }
}

/** A page that nobody has paid on. @param payerUrl its address, which is told once, when it is made */
function pageOf(id: string, authorisedMinor: bigint, payerUrl: string | null | undefined): GatewayPayment {
  const nothing = { capturedMinor: 0n, refundedMinor: 0n, disputes: [], refused: null }
  return { id, state: 'pending', authorisedMinor, payerUrl, ...nothing }
}

async function statusOf(
  api: WayForPayApi,
  key: string,
  signal: AbortSignal,
): Promise<{ readonly outcome: 'done'; readonly order: ProviderObject } | { readonly outcome: 'absent' | 'unknown' }> {
  const answer = await api.ask('CHECK_STATUS', { orderReference: key }, [key], signal)
  if (answer.outcome !== 'done') return UNKNOWN
  if (asText(answer.object['transactionStatus']) !== null) return { outcome: 'done', order: answer.object }
  return String(answer.object['reasonCode']) === NOT_FOUND ? { outcome: 'absent' } : UNKNOWN
}

/** The payment of a reference. An order on whose page nobody has tried to pay is not there yet. */
export async function queryPayment(
  api: WayForPayApi,
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

/** WayForPay knows refunds by no key: a payment is refunded as a whole, which can be done once. */
export async function refund(
  api: WayForPayApi,
  { key, payment, amountMinor, currency }: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const found = await statusOf(api, payment.key, signal)
  if (found.outcome === 'unknown') return UNKNOWN
  const paid = found.outcome === 'done' ? paymentOf(found.order, payment.key) : UNKNOWN
  if (paid.outcome !== 'done' || paid.result.capturedMinor !== amountMinor || amountMinor <= 0n) return NOT_ALLOWED
  const before = found.outcome === 'done' ? refundOf(found.order, payment.key) : null
  if (before !== null) return { outcome: 'done', result: before }
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

export async function queryRefund(
  api: WayForPayApi,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  const found = await statusOf(api, payment.key, signal)
  if (found.outcome !== 'done') return found
  const made = refundOf(found.order, payment.key)
  return made === null ? { outcome: 'absent' } : { outcome: 'done', result: made }
}

/** The refund of an order; null where there is none. */
function refundOf({ transactionStatus: status }: ProviderObject, key: string): GatewayRefund | null {
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

function paymentOf(order: ProviderObject, id: string): { outcome: 'done'; result: GatewayPayment } | typeof UNKNOWN {
  try {
    const { transactionStatus: status, amount, currency, refundAmount } = order
    const state = STATES[String(status)] ?? 'pending'
    const authorisedMinor = amountOf(amount, currency)
    const isBack = status === 'Refunded' || status === 'Voided'
    const refundedMinor = amountOf(refundAmount, currency)
    const result = {
      ...{ id, state, authorisedMinor, capturedMinor: state === 'captured' ? authorisedMinor : 0n, disputes: [] },
      refundedMinor: isBack && refundedMinor === 0n ? authorisedMinor : refundedMinor,
      payerUrl: state === 'pending' ? undefined : null,
      refused: state === 'failed' ? (status === 'Expired' ? ABANDONED : refusalOf(order)) : null,
    }
    return { outcome: 'done', result }
  } catch {
    return UNKNOWN
  }
}
