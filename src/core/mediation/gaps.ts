import { assert } from '../base/assert.ts'

/** A stretch without a reading, half-open, in epoch milliseconds. */
export interface Gap {
  readonly fromMs: number
  readonly untilMs: number
  /** Readings that are missing in it. */
  readonly missing: number
}

/** Steps of a regular series from `fromMs` on; none where it ends before it begins. */
export function stepsBetween(fromMs: number, untilMs: number, stepMs: number): number {
  return Math.max(0, Math.ceil((untilMs - fromMs) / stepMs))
}

/**
 * The readings of a regular series, counted by the step that each falls into, also where it is off the grid: a meter that
 * sends twice, or late by seconds.
 */
export class ReadingSeries {
  private readonly fromMs: number
  private readonly untilMs: number
  private readonly stepMs: number
  private readonly counts: Int32Array

  constructor(fromMs: number, untilMs: number, stepMs: number) {
    assert(stepMs > 0, 'a step takes time')
    this.fromMs = fromMs
    this.untilMs = untilMs
    this.stepMs = stepMs
    this.counts = new Int32Array(stepsBetween(fromMs, untilMs, stepMs))
  }

  /** Readings that there should be. */
  get expected(): number {
    return this.counts.length
  }

  /** @param readings so many more; fewer where one was taken back. One outside of the series counts for nothing. */
  add(atMs: number, readings: number): void {
    if (atMs < this.fromMs || atMs >= this.untilMs) return
    const step = Math.floor((atMs - this.fromMs) / this.stepMs)
    this.counts[step] = (this.counts[step] as number) + readings
  }

  /** The steps that have no reading, in order. */
  gaps(): Gap[] {
    const { counts, fromMs, untilMs, stepMs } = this
    const gaps: Gap[] = []
    for (let step = 0; step < counts.length; step++) {
      if ((counts[step] as number) > 0) continue
      const first = step
      while (step < counts.length && (counts[step] as number) <= 0) step++
      gaps.push({
        fromMs: fromMs + first * stepMs,
        untilMs: Math.min(fromMs + step * stepMs, untilMs),
        missing: step - first,
      })
    }
    return gaps
  }
}
