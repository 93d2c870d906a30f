import { divideRounded } from '../base/rounding.ts'
import type { Meter } from '../catalog/plan.ts'
import { DERIVED, isObserved, type Observation, type Series, type Window } from './observation.ts'
import { Timeline } from './timeline.ts'

const UNIT_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** What a level is multiplied by, in milliseconds. */
export function unitOfLevels(timeUnit: NonNullable<Meter['timeUnit']>, { fromMs, untilMs }: Window): bigint {
  return BigInt(timeUnit === 'period' ? untilMs - fromMs : UNIT_MS[timeUnit])
}

/** A level that does not hold on in its counter because another plan has taken over, and begins with it. */
export function endOfLevel(timeMs: number): Observation {
  return { value: 0n, timeMs, mark: DERIVED }
}

/**
 * Level × time: a level holds from its record until the next one, and into the next periods. 10 GB from the middle of a
 * day of a meter by the hour are 120 GB-hours on that day. By the `period` it is the average level of the period.
 */
export class TimeWeighted implements Series {
  private readonly sinceMs: number
  private readonly untilMs: number
  private readonly unitMs: bigint
  private readonly levels: Timeline
  /** Level × milliseconds, at the meter's scale. */
  private area = 0n

  constructor({ timeUnit = 'hour' }: Meter, window: Window) {
    this.sinceMs = window.sinceMs ?? window.fromMs
    this.untilMs = window.untilMs
    this.unitMs = unitOfLevels(timeUnit, window)
    this.levels = new Timeline(this.sinceMs, (one, other) => one.value > other.value)
  }

  get quantity(): bigint {
    return divideRounded(this.area, this.unitMs, 'half_up')
  }

  quantityWith(observation: Observation): bigint {
    return divideRounded(this.area + this.gain(observation), this.unitMs, 'half_up')
  }

  add(observation: Observation): void {
    this.area += this.gain(observation)
    this.levels.put(observation)
  }

  faultOf(): string | null {
    return null
  }

  isBase(observation: Observation): boolean {
    return observation.timeMs < this.sinceMs && this.levels.placeOf(observation) !== null
  }

  carried(): Observation[] {
    const last = this.levels.items.findLast(isObserved)
    return last === undefined ? [] : [last]
  }

  kept(): Observation[] {
    return this.levels.items
  }

  /** What an observation adds to the area: its level in place of the one before, until the next. */
  private gain(observation: Observation): bigint {
    const around = this.levels.around(observation)
    if (around === null) return 0n
    const { before, replaced, after } = around
    const start = Math.max(observation.timeMs, this.sinceMs)
    const end = after?.timeMs ?? this.untilMs
    return (observation.value - ((replaced ?? before)?.value ?? 0n)) * BigInt(end - start)
  }
}
