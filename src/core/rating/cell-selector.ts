import { assert } from '../base/assert.ts'
import type { ZoneClock } from '../base/zone-clock.ts'
import type { Schedule, UsagePrice } from '../catalog/plan.ts'
import type { CompiledDeck } from './compiled-deck.ts'
import { deckSelector } from './deck-price.ts'
import { matrixSelector } from './matrix.ts'
import { NO_CELL } from './no-cell.ts'
import { weekSelector } from './week-bands.ts'

/**
 * Which rate of a price applies to a record. `accountClock` gives local time where the price names no zone; `values` are
 * those of the price's attributes.
 */
export interface CellSelector {
  /** The same rate at all times for the same values. */
  readonly isConstant: boolean
  cellAt(startMs: number, accountClock: ZoneClock, values?: readonly string[]): number
}

/** What prices refer to: a schedule, or a rate deck. */
export interface PriceSources {
  readonly schedule?: Schedule | undefined
  readonly deck?: CompiledDeck | undefined
}

export function compileSelector(price: UsagePrice, { schedule, deck }: PriceSources = {}): CellSelector {
  if (price.rate !== undefined) return { isConstant: true, cellAt: () => 0 }
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

const MS_PER_MINUTE = 60_000

/**
 * Until when the rate of a moment holds, looking at most until `limitMs`. Bands and schedules change at whole minutes.
 */
export function rateHoldsUntil(
  selector: CellSelector,
  startMs: number,
  accountClock: ZoneClock,
  limitMs: number,
  values: readonly string[] = [],
): number {
  if (selector.isConstant) return limitMs
  const cell = selector.cellAt(startMs, accountClock, values)
  for (let at = nextMinute(startMs); at < limitMs; at += MS_PER_MINUTE) {
    if (selector.cellAt(at, accountClock, values) !== cell) return at
  }
  return limitMs
}

function nextMinute(epochMs: number): number {
  return (Math.floor(epochMs / MS_PER_MINUTE) + 1) * MS_PER_MINUTE
}

function scheduleSelector(schedule: Schedule, names: readonly string[]): CellSelector {
  const starts = Float64Array.from(schedule.starts)
  const cells = Int16Array.from(schedule.values, (value) => names.indexOf(value))
  const stepMs = schedule.stepMinutes * 60_000
  let at = 0
  return {
    isConstant: false,
    cellAt(startMs) {
      if (!(startMs >= (starts[at] as number) && startMs < (starts[at] as number) + stepMs)) {
        at = lastAtOrBefore(starts, startMs)
      }
      if (at < 0 || startMs >= (starts[at] as number) + stepMs) {
        at = Math.max(at, 0)
        return NO_CELL
      }
      return cells[at] as number
    },
  }
}

/** The index of the last sorted value that is not after `value`, or −1. */
export function lastAtOrBefore(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
