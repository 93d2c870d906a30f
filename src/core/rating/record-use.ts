import type { RateElement } from './compiled-price.ts'
import { billedOf, cutOf, type SessionSoFar } from './modifiers/session-rules.ts'

/** What a record, or a session that has used something before, is billed for, by the rate element's rules of sessions. */
export function billedQuantity({ sessionRules }: RateElement, used: bigint, before?: SessionSoFar): bigint {
  return billedOf(sessionRules, used, before)
}

/** What the last of the units that are billed costs less, by the rate element's rules of sessions. */
export function billedCut({ sessionRules }: RateElement, billed: bigint, before?: SessionSoFar): bigint {
  return cutOf(sessionRules, billed, before)
}

/** Whether a record or session counts as rated: something of it is, or would be if it were not free by itself. */
export function isRatedUse({ sessionRules, model }: RateElement, used: bigint, rated: bigint): boolean {
  if (rated > 0n || model.isPerEvent === true) return true
  return used > 0n && sessionRules?.isFreeByItself === true
}

/** Whether a session may be charged in parts: not where each record has an amount of its own. */
export function isDivisible({ model, perRecord }: RateElement): boolean {
  return model.isPerEvent !== true && perRecord === null
}
