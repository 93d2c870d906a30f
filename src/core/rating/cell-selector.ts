import type { ZoneClock } from '../base/zone-clock.ts'

/**
 * Which rate of a price applies to a record. `accountClock` gives local time where the price names no zone; `values` are
 * those of the price's attributes.
 */
export interface CellSelector {
  /** The same rate at all times for the same values. */
  readonly isConstant: boolean
  cellAt(startMs: number, accountClock: ZoneClock, values?: readonly string[]): number
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
