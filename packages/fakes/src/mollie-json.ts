import { formatMinor } from '../../../src/core/base/money.ts'
import type { GatewayDispute } from '../../../src/modules/payment-gateways/ports.ts'
import type { FakeAnswer, Json } from './fake-provider-server.ts'
import type { FakePayment, FakePayout, FakeRefund, FakeSetup } from './provider-books.ts'

/** What Mollie knows of a payment beside its books. */
export interface MollieDetails {
  readonly createdMs: number
  readonly webhookUrl: string
  readonly isPage: boolean
  readonly status: 'canceled' | 'expired' | null
  readonly customerId: string | null
  readonly method: string
}

/** Mollie's words for why a card was refused. */
const DECLINES: Readonly<Record<string, string>> = {
  insufficient_funds: 'insufficient_funds',
  expired_method: 'card_expired',
  suspected_fraud: 'possible_fraud',
  declined: 'card_declined',
  authentication_failed: 'authentication_failed',
}

export function mollieError(status: number, detail: string): FakeAnswer {
  return { status, body: { status, title: 'Error', detail } }
}

/** A page of a list, from the entry that the caller names, with the address of the next one. */
export function pageJson(name: string, all: readonly Json[], url: URL): Json {
  const [from, limit] = [url.searchParams.get('from'), Number(url.searchParams.get('limit') ?? 50)]
  const at = from === null ? 0 : all.findIndex(({ id }) => id === from)
  const [page, next] = [all.slice(at, at + limit), all[at + limit]]
  const href = next === undefined ? null : `${url.origin}${url.pathname}?from=${String(next['id'])}&limit=${limit}`
  return { count: page.length, _embedded: { [name]: page }, _links: { next: href === null ? null : { href } } }
}

/** @param url of the server: payers pay there */
export function molliePaymentJson(payment: FakePayment, details: MollieDetails, url: string): Json {
  const { id, key, currency, state, authorisedMinor, refundedMinor, refused } = payment
  const amount = (minor: bigint): Json => ({ currency, value: formatMinor(minor, currency) })
  const pending = details.isPage ? 'open' : 'pending'
  const status = details.status ?? { pending, authorised: 'authorized', captured: 'paid', failed: 'failed' }[state]
  const checkout = status === 'open' ? { href: `${url}/checkout/${id}`, type: 'text/html' } : undefined
  return {
    ...{ resource: 'payment', id, mode: 'test', status, amount: amount(authorisedMinor), method: details.method },
    ...{ amountRefunded: amount(refundedMinor), customerId: details.customerId, metadata: { kvit_key: key } },
    createdAt: new Date(details.createdMs).toISOString(),
    details: status === 'failed' && refused !== null ? { failureReason: DECLINES[refused.reason] } : {},
    _links: { self: { href: `${url}/v2/payments/${id}` }, ...(checkout === undefined ? {} : { checkout }) },
  }
}

export function mollieRefundJson({ id, key, paymentId, amountMinor }: FakeRefund, currency: string): Json {
  const amount = { currency, value: formatMinor(amountMinor, currency) }
  return { resource: 'refund', id, paymentId, amount, status: 'refunded', metadata: { kvit_key: key } }
}

export function chargebackJson({ id, state, amountMinor }: GatewayDispute, { id: paymentId, currency }: FakePayment): Json {
  const amount = { currency, value: formatMinor(amountMinor, currency) }
  return { resource: 'chargeback', id, paymentId, amount, reversedAt: state === 'won' ? '2026-03-01T12:00:00+00:00' : null }
}

export function mandateJson({ method, state }: FakeSetup): Json {
  const details = { cardLabel: method?.brand, cardNumber: method?.last4, cardExpiryDate: `${method?.expires}-31` }
  return { resource: 'mandate', id: method?.token, status: state === 'done' ? 'valid' : 'invalid', method: 'creditcard', details }
}

/** What it keeps is told in a sum for each way to pay, to the hundredth of a cent. */
export function settlementJson({ id, currency, netMinor, arrivesOn, lines }: FakePayout): Json {
  const feeMinor = lines.reduce((sum, line) => sum + line.feeMinor, 0n)
  const cost = (minor: bigint, rest: string): Json => ({ amountGross: { currency, value: `${formatMinor(minor, currency)}${rest}` } })
  const [year = '', month = ''] = arrivesOn.split('-')
  // 2.85 are told as 2.8434 and 0.0041: rounded by themselves they would be 2.84.
  const costs = feeMinor === 0n ? [] : [cost(feeMinor - 1n, '34'), cost(0n, '41')]
  return {
    ...{ resource: 'settlement', id, status: 'paidout', settledAt: `${arrivesOn}T06:00:00+00:00` },
    ...{ amount: { currency, value: formatMinor(netMinor, currency) }, periods: { [year]: { [month]: { revenue: [], costs } } } },
  }
}
