import { assert } from '../../base/assert.ts'
import type { Schedule, UsagePrice } from '../../catalog/plan.ts'
import type { CompiledDeck } from './compiled-deck.ts'
import { deckSelector } from './deck-price.ts'
import { matrixSelector } from './matrix.ts'
import type { RateSelector } from './rate-selector.ts'
import { scheduleSelector } from './schedule-rates.ts'
import { weekSelector } from './week-bands.ts'

/** What prices refer to: a schedule, or a rate deck. */
export interface PriceSources {
  readonly schedule?: Schedule | undefined
  readonly deck?: CompiledDeck | undefined
}

export function compileSelector(price: UsagePrice, { schedule, deck }: PriceSources = {}): RateSelector {
  if (price.rate !== undefined) return { isConstant: true, elementAt: () => 0, nextAt: () => Number.POSITIVE_INFINITY }
  if (price.schedule !== undefined) {
    assert(schedule !== undefined, `price ${price.code} names a schedule`)
    return scheduleSelector(schedule, Object.keys(price.schedule.rates))
  }
  if (price.deck !== undefined) {
    assert(deck !== undefined, `price ${price.code} names a rate deck`)
    return deckSelector(price, price.deck, deck)
  }
  if (price.matrix !== undefined) return matrixSelector(price, price.matrix, (part) => compileSelector(part))
  return weekSelector(price.bands ?? [], price.otherwise !== undefined, price)
}
