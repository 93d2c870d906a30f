import type { ZoneClock } from '../base/zone-clock.ts'
import { msOfUnit } from '../metering/time-units.ts'
import { rateHoldsUntil } from './cell-selector.ts'
import { billedQuantity, type Cell, type CompiledPrice, isRatedUse } from './compiled-price.ts'
import { NO_CELL } from './no-cell.ts'
import { NOTHING_YET, type SessionSoFar, sessionAfter } from './session-rules.ts'

/** What a record used at one rate of a price. */
export interface UsedPart {
  /** Place among the price's cells, or NO_CELL where the price has no rate for a part of the time. */
  readonly cellAt: number
  /** At the meter's scale: as it was used, and what is billed of it. */
  readonly quantity: bigint
  readonly billed: bigint
}

/** Nobody splits a record by hand to find what it costs: longer ones are charged where they begin. */
const LONGEST_MS = 31 * 86_400_000

/**
 * When the usage of a record ends: at its `end`; of a meter that counts time no later than what it counts, and then
 * where the record has no end. NaN where nothing says so.
 */
function endOfUse({ meter }: CompiledPrice, quantity: bigint, startMs: number, endMs: number): number {
  const unitMs = msOfUnit(meter)
  if (unitMs === undefined || quantity > MOST_COUNTED) return endMs
  const countedMs = startMs + Math.ceil((Number(quantity) * unitMs) / 10 ** meter.scale)
  return endMs < countedMs ? endMs : countedMs
}

/** Beyond it a number is not exact. */
const MOST_COUNTED = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * The parts of a record that begins at one rate and ends at another, one for each rate, in the order in which they begin.
 * Its quantity is shared by time, and the shares add up to it. Null where it has one rate only.
 * @param before what its session has used until the record.
 */
export function splitUse(
  price: CompiledPrice,
  use: { readonly startMs: number; readonly endMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): UsedPart[] | null {
  if (!price.isSplit || use.quantity <= 0n) return null
  const { startMs, quantity } = use
  const untilMs = endOfUse(price, quantity, startMs, use.endMs)
  // NaN is no end.
  if (!(untilMs > startMs && untilMs - startMs <= LONGEST_MS)) return null
  if (rateHoldsUntil(price.selector, startMs, accountClock, untilMs, values) === untilMs) return null
  const lastsMs = BigInt(untilMs - startMs)
  const parts = new Map<number, { quantity: bigint; billed: bigint }>()
  let [fromMs, done, soFar] = [startMs, 0n, before]
  while (fromMs < untilMs) {
    const cellAt = price.selector.cellAt(fromMs, accountClock, values)
    if (cellAt === NO_CELL) return [{ cellAt, quantity, billed: quantity }]
    fromMs = rateHoldsUntil(price.selector, fromMs, accountClock, untilMs, values)
    const share = (quantity * BigInt(fromMs - startMs)) / lastsMs - done
    if (share === 0n) continue
    const cell = price.cells[cellAt] as Cell
    const billed = billedQuantity(cell, share, soFar)
    const part = parts.get(cellAt) ?? { quantity: 0n, billed: 0n }
    parts.set(cellAt, { quantity: part.quantity + share, billed: part.billed + billed })
    done += share
    const isRated = soFar.isRated || isRatedUse(cell, share, billed)
    soFar = sessionAfter(cell.sessionRules, soFar, share, billed, isRated)
  }
  return [...parts].map(([cellAt, part]) => ({ cellAt, ...part }))
}
