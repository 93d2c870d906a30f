import type { GatewayDispute } from '../../modules/payment-gateways/ports.ts'
import { asObject, asObjects, type ProviderObject } from '../provider-http/provider-http.ts'
import { amountOf, type PayPalApi } from './paypal-api.ts'

/** How PayPal has decided: for the seller, or against. */
const WON = new Set(['RESOLVED_SELLER_FAVOUR', 'RESOLVED_WITH_PAYOUT', 'CANCELED_BY_BUYER', 'DENIED'])
const LOST = new Set(['RESOLVED_BUYER_FAVOUR', 'ACCEPTED'])

/**
 * Disputes of a capture. While buyer and seller only talk (`INQUIRY`) no money has moved; that is told where it is decided for the buyer.
 * @returns null where there was no answer; none where the app may not look at disputes
 */
export async function disputesOf(
  api: PayPalApi,
  captureId: string,
  signal: AbortSignal,
): Promise<readonly GatewayDispute[] | null> {
  const answer = await api.get(`/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(captureId)}`, signal)
  if (answer.outcome === 'refused' || answer.outcome === 'absent') return []
  if (answer.outcome === 'unknown') return null
  const told: GatewayDispute[] = []
  for (const { dispute_id: id } of asObjects(answer.object['items'])) {
    // Only a dispute by itself tells how it was decided.
    const one = await api.get(`/v1/customer/disputes/${encodeURIComponent(String(id))}`, signal)
    if (one.outcome !== 'done') return null
    const state = stateOf(one.object)
    if (state !== 'lost' && one.object['dispute_life_cycle_stage'] === 'INQUIRY') continue
    told.push({ id: String(id), state, amountMinor: amountOf(one.object['dispute_amount']), feeMinor: 0n })
  }
  return told
}

function stateOf({ status, dispute_outcome: outcome }: ProviderObject): GatewayDispute['state'] {
  const code = String(asObject(outcome)['outcome_code'])
  if (status !== 'RESOLVED') return 'open'
  return WON.has(code) ? 'won' : LOST.has(code) ? 'lost' : 'open'
}
