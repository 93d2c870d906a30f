/**
 * The days and times that Kvit knows: from 1 January 1970 to 31 December 2199. Every door asks here, so that nothing that
 * walks from one day to another can be sent on a walk of eight thousand years.
 */
const FIRST_DAY = '1970-01-01'
const LAST_DAY = '2199-12-31'
/** Epoch milliseconds, half-open, in UTC. */
export const FIRST_MS = 0
export const BEYOND_MS = Date.UTC(2200, 0, 1)

export const KNOWN_DAYS = `from ${FIRST_DAY} to ${LAST_DAY}`

/** @param day as an ISO date, which is compared as it is written. */
export function isKnownDay(day: string): boolean {
  return day.length === FIRST_DAY.length && day >= FIRST_DAY && day <= LAST_DAY
}

/** Whether a text is a day of the calendar that Kvit knows, `2026-02-10`. */
export function isDay(text: string): boolean {
  try {
    return isKnownDay(text) && Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

export function isKnownMs(epochMs: number): boolean {
  return epochMs >= FIRST_MS && epochMs < BEYOND_MS
}

/** Something that has to be computed step by step would take more steps than are ever meant. */
export class TooManySteps extends Error {}

/** Periods or days that one computation goes through at most: 136 years of days. */
const MAX_STEPS = 50_000

/** @throws TooManySteps, a refusal for whoever asked, in place of a computation that does not end. */
export function assertSteps(steps: number, what: string, most = MAX_STEPS): void {
  if (steps > most) throw new TooManySteps(`${what}: more than ${most} periods; ask for an earlier day, or for fewer`)
}
