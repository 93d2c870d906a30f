import type { Definitions } from '../definitions/definitions.ts'
import type { PricedMeter } from '../definitions/price-catalog.ts'
import { NONE } from '../definitions/service-directory.ts'
import { PAUSED } from '../definitions/subscription-table.ts'
import type { Fault } from './fault.ts'

/** Who uses something at a time, and what prices it. */
export interface FoundService {
  readonly service: number
  readonly subscription: number
  /** Those of the plan in force that read records of the type. */
  readonly prices: readonly PricedMeter[]
}

/**
 * The service of a key at a time, and the subscription that prices a type of usage for it. A fault of the service itself has
 * no detail: the caller knows its key.
 * @param hash of the key, from `at` on.
 */
export function findService(
  definitions: Definitions,
  hash: Uint32Array,
  at: number,
  type: string,
  startMs: number,
): FoundService | Fault {
  const service = definitions.parties.services.find(hash, at, startMs)
  if (service === NONE) return ['unknown_service', '']
  const subscription = findSubscription(definitions, service, startMs, type)
  if (subscription === NONE) return ['no_subscription', '']
  const plan = definitions.parties.subscriptions.planAt(subscription, service, startMs)
  if (plan === PAUSED) return ['paused', '']
  const prices = definitions.catalog.pricesFor(plan, type)
  if (prices === undefined) return noPriceFor(type)
  return { service, subscription, prices }
}

export function noPriceFor(type: string): Fault {
  return ['no_price', `the plan has no price for ${type}`]
}

/**
 * One whose plan prices this type goes first; then one to the service itself; then the oldest. A paused one is found
 * only where there is no other.
 */
function findSubscription(definitions: Definitions, service: number, startMs: number, type: string): number {
  const { services, subscriptions } = definitions.parties
  let [found, foundRank] = [NONE, NONE]
  for (
    let candidate = services.firstSubscription(service);
    candidate !== NONE;
    candidate = subscriptions.next(candidate)
  ) {
    const plan = subscriptions.planAt(candidate, service, startMs)
    if (plan === NONE) continue
    const rank =
      (plan === PAUSED ? 0 : definitions.catalog.pricesFor(plan, type) === undefined ? 1 : 3) +
      (subscriptions.isOfOneService(candidate) ? 1 : 0)
    if (rank >= foundRank) [found, foundRank] = [candidate, rank]
  }
  return found
}
