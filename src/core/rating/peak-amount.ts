import { accumulate } from './accumulate.ts'
import { chargedAmount } from './charged-amount.ts'
import type { CompiledPrice, RateElement } from './compiled-price.ts'
import type { Aggregate, Use } from './models/price-model.ts'

/**
 * The most that can have been charged on the way from an aggregate to one with `more` units: where prices fall as usage
 * grows (volume), a smaller quantity may cost more than a larger one.
 */
export function peakAmount(price: CompiledPrice, element: RateElement, from: Aggregate, more: Use): bigint {
  const [low] = from as readonly [bigint, ...bigint[]]
  const high = low + more.quantity
  // The fee of a session that is free by itself may be due before any quantity is rated.
  const opensFree = element.sessionRules?.isFreeByItself === true
  const at = (quantity: bigint): bigint => {
    const sessions = quantity === low && !opensFree ? 0n : (more.sessions ?? 0n)
    return chargedAmount(price, element, accumulate(element, from, { ...more, quantity: quantity - low, sessions }))
  }
  let peak = at(high)
  for (const turn of element.turns) {
    const last = lastUntil(element, turn, low, high)
    for (const quantity of last === null ? [] : [last, last + 1n]) {
      const amount = quantity <= low || quantity >= high ? peak : at(quantity)
      if (amount > peak) peak = amount
    }
  }
  const start = at(low)
  return start > peak ? start : peak
}

/** The last quantity in [low, high) of which the model sees no more than a limit; null where there is none. */
function lastUntil({ modifiers }: RateElement, limit: bigint, low: bigint, high: bigint): bigint | null {
  let last: bigint | null = limit
  for (let at = modifiers.ofQuantity.length - 1; at >= 0 && last !== null; at--)
    last = modifiers.ofQuantity[at]?.lastWithin(last, low, high) ?? null
  return last
}
