import type {
  GatewayAnswer,
  GatewayCallback,
  GatewayCapabilities,
  GatewayPayment,
  GatewayReference,
  GatewayRefund,
  GatewayReport,
  PaymentGateway,
} from '../../modules/payment-gateways/ports.ts'
import { systemClock } from '../../platform/clock.ts'
import { ABANDONED, NOT_ALLOWED, type ProviderObject, UNKNOWN } from './provider-http.ts'

/** How long a page can be paid on. */
export const PAGE_SECONDS = 3_600
/** How long after it was begun nothing can come of a page any more. */
const PAGE_IS_OVER_MS = PAGE_SECONDS * 1000 + 600_000
/** Longest description of an order. */
export const MAX_DESCRIPTION = 255

/** What becomes of an order that is asked about. One on whose page nobody has tried to pay is not there yet. */
export type FoundOrder =
  | { readonly outcome: 'done'; readonly order: ProviderObject }
  | { readonly outcome: 'absent' | 'unknown' }

/**
 * A provider where all is paid on pages: it takes our key of an order once, and knows refunds by no key, so that a payment is refunded as a
 * whole, which can be done once. Cards are kept by forms that a browser sends, disputes and transfers are told to people alone.
 */
export interface PageOrders {
  readonly currencies: readonly string[]
  readonly begin: PaymentGateway['authorise']
  readonly statusOf: (key: string, signal: AbortSignal) => Promise<FoundOrder>
  /** The payment of an order. @throws Error where its amount is none */
  readonly paymentOf: (order: ProviderObject, key: string) => GatewayPayment
  /** The refund of an order; null where there is none. */
  readonly refundOf: (order: ProviderObject, key: string) => GatewayRefund | null
  /** Asks for a payment to be refunded as a whole. */
  readonly refundWhole: (
    request: Parameters<PaymentGateway['refund']>[0],
    signal: AbortSignal,
  ) => Promise<GatewayAnswer<GatewayRefund>>
  readonly parseCallback: (...message: Parameters<PaymentGateway['parseCallback']>) => GatewayCallback | null
}

export function pageOrderGateway(orders: PageOrders): PaymentGateway {
  const capabilities: GatewayCapabilities = {
    currencies: orders.currencies,
    ...{ capture: false, partialCapture: false, refund: true, partialRefund: false },
    ...{ callbacks: true, checkout: true, setUp: false, payouts: false, disputes: null, disputeFees: false },
    // A key is taken once, however long ago.
    keysLiveMs: 20 * 3_600_000,
  }
  return {
    capabilities,
    authorise: orders.begin,
    capture: async () => NOT_ALLOWED,
    refund: async (request, signal) => refund(orders, request, signal),
    setUp: async () => NOT_ALLOWED,
    query: async (payment, signal) => queryOrder(orders, payment, signal),
    queryRefund: async (_refund, payment, signal) => queryRefund(orders, payment, signal),
    querySetUp: async (_setup, signal) => ({ outcome: signal.aborted ? 'unknown' : 'absent' }),
    payouts: async (_sinceMs, signal) => (signal.aborted ? null : []),
    parseCallback: orders.parseCallback,
  }
}

/** A page that nobody has paid on. @param payerUrl its address, where it is told; undefined where it is known from before */
export function openPage(id: string, authorisedMinor: bigint, payerUrl: string | null | undefined): GatewayPayment {
  const nothing = { capturedMinor: 0n, refundedMinor: 0n, disputes: [], refused: null }
  return { id, state: 'pending', authorisedMinor, payerUrl, ...nothing }
}

export async function queryOrder(
  orders: Pick<PageOrders, 'statusOf' | 'paymentOf'>,
  { key, id, askedMs }: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayPayment>> {
  const found = await orders.statusOf(key, signal)
  if (found.outcome === 'done') return paidOf(orders, found.order, key)
  if (found.outcome === 'unknown' || id === null) return found
  const page = openPage(id, 0n, undefined)
  const isOver = systemClock.nowMs() - askedMs > PAGE_IS_OVER_MS
  const failed = { ...page, state: 'failed', payerUrl: null, refused: ABANDONED } as const
  return { outcome: 'done', result: isOver ? failed : page }
}

function paidOf(
  { paymentOf }: Pick<PageOrders, 'paymentOf'>,
  order: ProviderObject,
  key: string,
): { readonly outcome: 'done'; readonly result: GatewayPayment } | typeof UNKNOWN {
  try {
    return { outcome: 'done', result: paymentOf(order, key) }
  } catch {
    return UNKNOWN
  }
}

async function refund(
  orders: PageOrders,
  request: Parameters<PaymentGateway['refund']>[0],
  signal: AbortSignal,
): Promise<GatewayAnswer<GatewayRefund>> {
  const { payment, amountMinor } = request
  const found = await orders.statusOf(payment.key, signal)
  if (found.outcome === 'unknown') return UNKNOWN
  const paid = found.outcome === 'done' ? paidOf(orders, found.order, payment.key) : UNKNOWN
  if (paid.outcome !== 'done' || paid.result.capturedMinor !== amountMinor || amountMinor <= 0n) return NOT_ALLOWED
  const before = found.outcome === 'done' ? orders.refundOf(found.order, payment.key) : null
  return before === null ? orders.refundWhole(request, signal) : { outcome: 'done', result: before }
}

async function queryRefund(
  orders: PageOrders,
  payment: GatewayReference,
  signal: AbortSignal,
): Promise<GatewayReport<GatewayRefund>> {
  const found = await orders.statusOf(payment.key, signal)
  if (found.outcome !== 'done') return found
  const made = orders.refundOf(found.order, payment.key)
  return made === null ? { outcome: 'absent' } : { outcome: 'done', result: made }
}
