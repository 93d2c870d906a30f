import type { ZoneClock } from '../../base/zone-clock.ts'

/**
 * Which rate of a price applies to a record. `accountClock` gives local time where the price names no zone; `values` are
 * those of the price's attributes.
 */
export interface RateSelector {
  /** The same rate at all times for the same values. */
  readonly isConstant: boolean
  elementAt(startMs: number, accountClock: ZoneClock, values?: readonly string[]): number
  /** A later time, until which the rate does not change. */
  nextAt(timeMs: number, accountClock: ZoneClock, values?: readonly string[]): number
}

/** Until when the rate of a moment holds, looking at most until `limitMs`. */
export function rateHoldsUntil(
  selector: RateSelector,
  startMs: number,
  accountClock: ZoneClock,
  limitMs: number,
  values: readonly string[] = [],
): number {
  if (selector.isConstant) return limitMs
  const element = selector.elementAt(startMs, accountClock, values)
  let at = selector.nextAt(startMs, accountClock, values)
  while (at < limitMs && selector.elementAt(at, accountClock, values) === element)
    at = selector.nextAt(at, accountClock, values)
  return Math.min(at, limitMs)
}
