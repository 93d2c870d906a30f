import type { Schedule } from '../../catalog/plan.ts'
import { NO_RATE } from './no-rate.ts'
import type { RateSelector } from './rate-selector.ts'

/** The rate that a schedule names for a moment. */
export function scheduleSelector(schedule: Schedule, names: readonly string[]): RateSelector {
  const starts = Float64Array.from(schedule.starts)
  const elements = Int16Array.from(schedule.values, (value) => names.indexOf(value))
  const ends = schedule.ends === undefined ? null : Float64Array.from(schedule.ends)
  const lastsMs = schedule.stepMinutes * 60_000
  const endOf = (place: number): number => ends?.[place] ?? (starts[place] as number) + lastsMs
  let at = 0
  return {
    isConstant: false,
    elementAt(startMs) {
      if (!(startMs >= (starts[at] as number) && startMs < endOf(at))) at = lastAtOrBefore(starts, startMs)
      if (at < 0 || startMs >= endOf(at)) {
        at = Math.max(at, 0)
        return NO_RATE
      }
      return elements[at] as number
    },
    nextAt(timeMs) {
      const place = lastAtOrBefore(starts, timeMs)
      const endMs = place < 0 ? Number.NEGATIVE_INFINITY : endOf(place)
      const next = firstAfter(starts, timeMs)
      return endMs > timeMs ? Math.min(endMs, next) : next
    },
  }
}

/** The first sorted value after `value`, or infinity. */
export function firstAfter(sorted: Float64Array, value: number): number {
  return sorted[lastAtOrBefore(sorted, value) + 1] ?? Number.POSITIVE_INFINITY
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
