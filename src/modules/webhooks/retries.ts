import { growingPauseMs } from '../../platform/patience.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How long after an attempt that failed the next one is made; after the last one there is none. Together a little more than three days. */
const PAUSES_MS = [
  ...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS],
  ...[2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS],
]
export const MAX_ATTEMPTS = PAUSES_MS.length + 1

/** An endpoint that fails rests for 1, 2, 4 … seconds, at most this long: what waits for it is not used up meanwhile. */
const LONGEST_REST_MS = 5 * MINUTE_MS

/**
 * When what has failed `attempts` times is sent again, or null. A tenth earlier or later, so that what failed together does not come together.
 * Example: after the first failure 4.5 to 5.5 seconds later, or when the receiver asks for it, if that is later.
 * @param chance from 0 to 1
 */
export function nextAttemptMs(
  attempts: number,
  nowMs: number,
  retryAfterSeconds: number | null,
  chance: number,
): number | null {
  const pause = PAUSES_MS[attempts - 1]
  if (pause === undefined) return null
  const wanted = Math.round(pause * (0.9 + 0.2 * chance))
  return nowMs + Math.max(wanted, (retryAfterSeconds ?? 0) * SECOND_MS)
}

/** Until when an endpoint rests that has failed so often in a row. */
export function restUntilMs(failures: number, nowMs: number): number {
  return nowMs + growingPauseMs(failures, SECOND_MS, LONGEST_REST_MS)
}
