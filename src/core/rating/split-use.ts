import type { ZoneClock } from '../base/zone-clock.ts'
import { msOfUnit } from '../metering/time-units.ts'
import type { Cell, CompiledPrice } from './compiled-price.ts'
import { NOTHING_YET, type SessionSoFar, sessionAfter } from './modifiers/session-rules.ts'
import { leftInStep, stepAt } from './modifiers/unit-steps.ts'
import { billedCut, billedQuantity, isRatedUse } from './record-use.ts'
import { rateHoldsUntil } from './selectors/cell-selector.ts'
import { NO_CELL } from './selectors/no-cell.ts'

/** What a record used at one rate of a price. */
export interface UsedPart {
  /** Place among the price's cells, or NO_CELL where the price has no rate for a part of the time. */
  readonly cellAt: number
  /** At the meter's scale: as it was used, and what is billed of it. */
  readonly quantity: bigint
  readonly billed: bigint
  /** What the last unit that is billed costs less, where a maximum cost is reached within it. */
  readonly cut: bigint
}

/**
 * The rate that holds for a record that begins at a time, or for a session that has used so much until then.
 * @returns its place among the price's cells, or NO_CELL where there is none.
 */
export function rateAt(
  price: CompiledPrice,
  startMs: number,
  accountClock: ZoneClock,
  values: readonly string[],
  used = 0n,
): number {
  const cellAt = price.selector.cellAt(startMs, accountClock, values)
  const steps = price.hasSteps ? price.cells[cellAt]?.steps : null
  return steps === null || steps === undefined ? cellAt : stepAt(steps, cellAt, used)
}

/** What is used of a price at the rate that a record begins with, as if it were all at that rate. */
export function partAtStart(
  price: CompiledPrice,
  { startMs, quantity }: { readonly startMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): UsedPart {
  const cellAt = rateAt(price, startMs, accountClock, values, before.used)
  const cell = price.cells[cellAt]
  if (cell === undefined) return { cellAt, quantity, billed: quantity, cut: 0n }
  const billed = billedQuantity(cell, quantity, before)
  return { cellAt, quantity, billed, cut: billedCut(cell, billed, before) }
}

/** The parts of a record, one for each rate, in the order in which they begin; most records are one part. */
export function partsOf(
  price: CompiledPrice,
  use: { readonly startMs: number; readonly endMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar = NOTHING_YET,
): readonly UsedPart[] {
  return splitUse(price, use, accountClock, values, before) ?? [partAtStart(price, use, accountClock, values, before)]
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
 * Rates change with time, and the quantity is shared by time, so that the shares add up to it; or in the course of the
 * session, by what it has used. Null where the record has the one rate that it begins with.
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
  const untilMs = price.isSplitByTime ? endOfUse(price, quantity, startMs, use.endMs) : Number.NaN
  // NaN is no end.
  const isTimed = untilMs > startMs && untilMs - startMs <= LONGEST_MS
  if (!isTimed || rateHoldsUntil(price.selector, startMs, accountClock, untilMs, values) === untilMs)
    return price.hasSteps ? splitBySteps(price, use, accountClock, values, before) : null
  const lastsMs = BigInt(untilMs - startMs)
  const parts = new Parts(price, before)
  let [fromMs, done] = [startMs, 0n]
  while (fromMs < untilMs) {
    const cellAt = price.selector.cellAt(fromMs, accountClock, values)
    if (cellAt === NO_CELL) return [{ cellAt, quantity, billed: quantity, cut: 0n }]
    fromMs = rateHoldsUntil(price.selector, fromMs, accountClock, untilMs, values)
    const share = (quantity * BigInt(fromMs - startMs)) / lastsMs - done
    parts.add(cellAt, share)
    done += share
  }
  return parts.all()
}

/** Where time changes nothing. */
function splitBySteps(
  price: CompiledPrice,
  { startMs, quantity }: { readonly startMs: number; readonly quantity: bigint },
  accountClock: ZoneClock,
  values: readonly string[],
  before: SessionSoFar,
): UsedPart[] | null {
  const cellAt = price.selector.cellAt(startMs, accountClock, values)
  const first = price.cells[cellAt]?.steps?.[0]
  if (first === undefined || before.used + quantity <= first.from) return null
  const parts = new Parts(price, before)
  parts.add(cellAt, quantity)
  return parts.all()
}

/** What is used at each rate, in order, by one session. */
class Parts {
  private readonly price: CompiledPrice
  private readonly parts = new Map<number, { quantity: bigint; billed: bigint; cut: bigint }>()
  private soFar: SessionSoFar

  constructor(price: CompiledPrice, before: SessionSoFar) {
    this.price = price
    this.soFar = before
  }

  /** @param cellAt of the rate that a session begins with at this time. */
  add(cellAt: number, quantity: bigint): void {
    const { steps } = this.price.cells[cellAt] as Cell
    if (steps === null) {
      this.bill(cellAt, quantity)
      return
    }
    for (let left = quantity; left > 0n; ) {
      const { used } = this.soFar
      const most = leftInStep(steps, used)
      const share = most === null || left <= most ? left : most
      this.bill(stepAt(steps, cellAt, used), share)
      left -= share
    }
  }

  all(): UsedPart[] {
    return [...this.parts].map(([cellAt, part]) => ({ cellAt, ...part }))
  }

  private bill(cellAt: number, quantity: bigint): void {
    if (quantity === 0n) return
    const { soFar } = this
    const cell = this.price.cells[cellAt] as Cell
    const billed = billedQuantity(cell, quantity, soFar)
    const part = this.parts.get(cellAt) ?? { quantity: 0n, billed: 0n, cut: 0n }
    const cut = part.cut + billedCut(cell, billed, soFar)
    this.parts.set(cellAt, { quantity: part.quantity + quantity, billed: part.billed + billed, cut })
    const isRated = soFar.isRated || isRatedUse(cell, quantity, billed)
    this.soFar = sessionAfter(cell.sessionRules, soFar, quantity, billed, isRated)
  }
}
