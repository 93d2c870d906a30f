import type { ZoneClock } from '../base/zone-clock.ts'

/**
 * Which rate of a price applies to a record. `accountClock` gives local time where the price names no zone; `values` are
 * those of the price's attributes.
 */
export interface CellSelector {
  /** Rates change at whole multiples of this many milliseconds; never where it is infinite. */
  readonly stepMs: number
  cellAt(startMs: number, accountClock: ZoneClock, values?: readonly string[]): number
}

const MS_PER_MINUTE = 60_000
/** Offsets of zones, and the times when they change, are whole multiples of it. */
const ZONE_STEP_MINUTES = 15

/** The step of rates that change at some minutes, of a day or of the era. */
export function stepOf(minutes: readonly number[]): number {
  return MS_PER_MINUTE * minutes.reduce(commonDivisor, ZONE_STEP_MINUTES)
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

/** Until when the rate of a moment holds, looking at most until `limitMs`. */
export function rateHoldsUntil(
  selector: CellSelector,
  startMs: number,
  accountClock: ZoneClock,
  limitMs: number,
  values: readonly string[] = [],
): number {
  const { stepMs } = selector
  if (stepMs === Number.POSITIVE_INFINITY) return limitMs
  const cell = selector.cellAt(startMs, accountClock, values)
  for (let at = (Math.floor(startMs / stepMs) + 1) * stepMs; at < limitMs; at += stepMs) {
    if (selector.cellAt(at, accountClock, values) !== cell) return at
  }
  return limitMs
}
