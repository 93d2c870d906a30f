import type { GatewayPayout, PayoutLine } from '../../modules/payment-gateways/ports.ts'
import { asObject } from '../provider-http/provider-http.ts'
import { asList, asMinor, idOf, type Parameters, type StripeApi, type StripeObject } from './stripe-api.ts'

/** Entries of a list on one page, as many as Stripe gives. */
const PAGE = 100
/** Pages of one list that are read: a payout of a hundred thousand movements. */
const MAX_PAGES = 1_000

/** Payouts that have arrived since a time, the oldest first, each with its balance transactions. @returns null where there was no answer */
export async function listPayouts(
  api: StripeApi,
  sinceMs: number,
  signal: AbortSignal,
): Promise<readonly GatewayPayout[] | null> {
  const since = { arrival_date: { gte: Math.floor(sinceMs / 1000) }, status: 'paid' }
  const payouts = await listAll(api, '/v1/payouts', since, signal)
  if (payouts === null) return null
  const read: GatewayPayout[] = []
  for (const payout of payouts.toReversed()) {
    const of = { payout: idOf(payout), expand: ['data.source'] }
    const transactions = await listAll(api, '/v1/balance_transactions', of, signal)
    if (transactions === null) return null
    try {
      read.push(payoutOf(payout, transactions))
    } catch {
      return null
    }
  }
  return read
}

async function listAll(
  api: StripeApi,
  path: string,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<readonly StripeObject[] | null> {
  const all: StripeObject[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    const from = all.length === 0 ? {} : { starting_after: idOf(all.at(-1)) }
    const answer = await api.get(path, { ...parameters, ...from, limit: PAGE }, signal)
    if (answer.outcome !== 'done') return null
    all.push(...asList(answer.object))
    if (answer.object['has_more'] !== true) return all
  }
  return null
}

function payoutOf(payout: StripeObject, transactions: readonly StripeObject[]): GatewayPayout {
  return {
    id: String(payout['id']),
    currency: String(payout['currency']).toUpperCase(),
    netMinor: asMinor(payout['amount']),
    arrivesOn: new Date(Number(asMinor(payout['arrival_date'])) * 1000).toISOString().slice(0, 10),
    // The transfer itself is among the movements that it is made of.
    lines: transactions.filter(({ type }) => type !== 'payout').map(lineOf),
  }
}

function lineOf(transaction: StripeObject): PayoutLine {
  const source = asObject(transaction['source'])
  return {
    id: String(transaction['id']),
    kind: kindOf(String(transaction['type']), String(transaction['reporting_category'])),
    paymentId: idOf(source['payment_intent']),
    grossMinor: asMinor(transaction['amount']),
    feeMinor: asMinor(transaction['fee']),
  }
}

function kindOf(type: string, category: string): PayoutLine['kind'] {
  if (type === 'charge' || type === 'payment') return 'payment'
  if (type === 'refund' || type === 'payment_refund') return 'refund'
  if (category === 'dispute') return 'dispute'
  if (category === 'dispute_reversal') return 'dispute_won'
  return type === 'stripe_fee' ? 'fee' : 'other'
}
