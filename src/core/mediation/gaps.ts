/** A stretch without a reading, half-open, in epoch milliseconds. */
export interface Gap {
  readonly fromMs: number
  readonly untilMs: number
  /** Readings that are missing in it. */
  readonly missing: number
}

/**
 * The steps of a regular series that have no reading. Readings off the grid (a meter that sends twice, or late by
 * seconds) count for the step that they fall into.
 */
export function findGaps(readingsMs: Iterable<number>, fromMs: number, untilMs: number, stepMs: number): Gap[] {
  const steps = Math.ceil((untilMs - fromMs) / stepMs)
  const isPresent = new Uint8Array(steps)
  for (const readingMs of readingsMs) {
    if (readingMs >= fromMs && readingMs < untilMs) isPresent[Math.floor((readingMs - fromMs) / stepMs)] = 1
  }
  const gaps: Gap[] = []
  for (let step = isPresent.indexOf(0); step >= 0; ) {
    const found = isPresent.indexOf(1, step)
    const end = found < 0 ? steps : found
    gaps.push({
      fromMs: fromMs + step * stepMs,
      untilMs: Math.min(fromMs + end * stepMs, untilMs),
      missing: end - step,
    })
    step = found < 0 ? -1 : isPresent.indexOf(0, end)
  }
  return gaps
}
