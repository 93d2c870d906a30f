import {
  type Cycle,
  dayOf,
  fromDayNumber,
  periodIndexOf,
  periodStart,
  startOfDayMs,
  toDayNumber,
} from '../../core/base/period.ts'
import { lastAtOrBefore } from '../../core/rating/selectors/schedule-rates.ts'

/** Periods computed before and after a moment outside of the known ones: four years of months at once. */
const PERIODS_AHEAD = 24

/** When an account's billing periods begin. */
export interface BillCycle {
  readonly zone: string
  readonly anchor: string
  readonly cycle: Cycle
}

/** Finds the period of an instant by comparing epoch numbers with boundaries computed ahead. */
export class PeriodCalendar {
  readonly cycle: BillCycle
  private startsMs = new Float64Array(0)
  private startDays = new Int32Array(0)
  private last = 0

  constructor(cycle: BillCycle) {
    this.cycle = cycle
  }

  /** The day number of the first day of the period that contains the instant. */
  periodOf(epochMs: number): number {
    let at = this.last
    const { startsMs } = this
    if (!(epochMs >= (startsMs[at] as number) && epochMs < (startsMs[at + 1] as number))) {
      at = lastAtOrBefore(startsMs, epochMs)
      if (at < 0 || at >= startsMs.length - 1) {
        this.extendAround(epochMs)
        at = lastAtOrBefore(this.startsMs, epochMs)
      }
      this.last = at
    }
    return this.startDays[at] as number
  }

  /** The period that contains the instant, with its bounds and the day numbers of the periods before and after it. */
  boundsAt(epochMs: number): {
    number: number
    next: number
    previous: number
    previousFromMs: number
    fromMs: number
    untilMs: number
  } {
    this.periodOf(epochMs)
    if (this.last === 0) this.extendAround(epochMs)
    const at = lastAtOrBefore(this.startsMs, epochMs)
    return {
      number: this.startDays[at] as number,
      next: this.startDays[at + 1] as number,
      previous: this.startDays[at - 1] as number,
      previousFromMs: this.startsMs[at - 1] as number,
      fromMs: this.startsMs[at] as number,
      untilMs: this.startsMs[at + 1] as number,
    }
  }

  /** The bounds of a period by its number. */
  boundsOf(number: number): { fromMs: number; untilMs: number } {
    return this.boundsAt(startOfDayMs(fromDayNumber(number), this.cycle.zone))
  }

  private extendAround(epochMs: number): void {
    const { zone, anchor, cycle } = this.cycle
    const index = periodIndexOf(anchor, cycle, dayOf(epochMs, zone))
    const known = new Map<number, string>()
    for (const day of this.startDays) known.set(day, fromDayNumber(day))
    for (let near = index - PERIODS_AHEAD; near <= index + PERIODS_AHEAD; near++) {
      const day = periodStart(anchor, cycle, near)
      known.set(toDayNumber(day), day)
    }
    const days = [...known.keys()].sort((a, b) => a - b)
    if (days.length > 2 * PERIODS_AHEAD + 1 && !isContiguous(days)) {
      this.startDays = new Int32Array(0)
      this.extendAround(epochMs)
      return
    }
    this.startDays = Int32Array.from(days)
    this.startsMs = Float64Array.from(days, (day) => startOfDayMs(known.get(day) as string, zone))
  }
}

/** Two stretches of periods that do not touch would leave a hole that looks like one long period. */
function isContiguous(days: readonly number[]): boolean {
  const shortest = Math.min(...days.slice(1).map((day, index) => day - (days[index] as number)))
  return days.slice(1).every((day, index) => day - (days[index] as number) <= shortest * 1.5)
}
