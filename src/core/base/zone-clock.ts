import { firstMs, spanAt, spanOfDay } from './zone-history.ts'

/** Local wall-clock times of one zone, fast: the offset is looked up once per stretch between two transitions. */
export interface ZoneClock {
  /** Milliseconds to add to an epoch time to get the local wall-clock time, as if it were UTC. */
  offsetMs(epochMs: number): number
}

interface Stretch {
  readonly from: number
  readonly until: number
  readonly offsetMs: number
}

const MAX_STRETCHES = 512

function stretchAt(text: string, epochMs: number): Stretch {
  const span = spanAt(text, epochMs)
  const untilMs = span.nextDay === null ? Number.POSITIVE_INFINITY : firstMs(spanOfDay(text, span.nextDay))
  const at = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(span.zone)
  const next = at.getTimeZoneTransition('next')
  // `previous` is strictly before its argument: ask from just after `at`, so that a transition at `at` is found.
  const previous = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return {
    from: Math.max(previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY, firstMs(span)),
    until: Math.min(next?.epochMilliseconds ?? Number.POSITIVE_INFINITY, untilMs),
    offsetMs: at.offsetNanoseconds / 1e6,
  }
}

export function createZoneClock(zone: string): ZoneClock {
  const known: Stretch[] = []
  let last: Stretch | undefined
  return {
    offsetMs(epochMs) {
      if (last !== undefined && epochMs >= last.from && epochMs < last.until) return last.offsetMs
      last = known.find((stretch) => epochMs >= stretch.from && epochMs < stretch.until)
      if (last === undefined) {
        last = stretchAt(zone, epochMs)
        if (known.length < MAX_STRETCHES) known.push(last)
      }
      return last.offsetMs
    },
  }
}

/** Minutes since the local Monday 00:00 (0 to 10,079). */
export function minuteOfWeek(clock: ZoneClock, epochMs: number): number {
  const localMs = epochMs + clock.offsetMs(epochMs)
  const minutes = Math.floor(localMs / 60_000)
  // 1 January 1970 was a Thursday: three days after a Monday.
  return (((minutes + 3 * 1440) % 10_080) + 10_080) % 10_080
}
