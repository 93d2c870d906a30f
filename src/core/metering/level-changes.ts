import { isInt64 } from '../base/quantity.ts'
import { divideRounded } from '../base/rounding.ts'
import type { Meter } from '../catalog/plan.ts'
import { isObserved, type Observation, type Series, type Window } from './observation.ts'
import { unitOfLevels } from './time-weighted.ts'

/**
 * Level × time, of a level that records change: +2,000 when a disk is made, −2,000 when it goes. The level is the sum of all
 * changes until then, in whatever order they come, and holds on into the next periods. Changes of one time add up.
 */
export class LevelChanges implements Series {
  private readonly sinceMs: number
  private readonly unitMs: bigint
  /** By time. What lies before the period stands in one place, at the last of its times. */
  private readonly changes = new Map<number, bigint>()
  private base: Observation | null = null
  /** Where another plan has taken over the level. */
  private end: Observation | null = null
  private readonly untilMs: number

  constructor({ timeUnit = 'hour' }: Meter, window: Window) {
    this.sinceMs = window.sinceMs ?? window.fromMs
    this.untilMs = window.untilMs
    this.unitMs = unitOfLevels(timeUnit, window)
  }

  get quantity(): bigint {
    return divideRounded(this.area(null), this.unitMs, 'half_up')
  }

  quantityWith(observation: Observation): bigint {
    return divideRounded(this.area(observation), this.unitMs, 'half_up')
  }

  add(observation: Observation): void {
    const { value, timeMs } = observation
    if (!isObserved(observation)) this.end = this.earlierEnd(observation)
    else if (timeMs >= this.sinceMs) this.changes.set(timeMs, (this.changes.get(timeMs) ?? 0n) + value)
    else {
      const { base } = this
      this.base = { value: (base?.value ?? 0n) + value, timeMs: Math.max(base?.timeMs ?? timeMs, timeMs), mark: 0 }
    }
  }

  faultOf({ value }: Observation): string | null {
    return isInt64(this.level() + value) ? null : 'the level passes 64 bits'
  }

  /** Every change from before the period changes all of its level. */
  isBase({ timeMs }: Observation): boolean {
    return timeMs < this.sinceMs
  }

  /** The level, as one change at the time of the last one. */
  carried(): Observation[] {
    const times = [...this.changes.keys(), ...(this.base === null ? [] : [this.base.timeMs])]
    return times.length === 0 ? [] : [{ value: this.level(), timeMs: Math.max(...times), mark: 0 }]
  }

  kept(): Observation[] {
    const own = [...this.changes].map(([timeMs, value]) => ({ value, timeMs, mark: 0 }))
    const ends = [this.base, this.end].flatMap((one) => one ?? [])
    return [...ends, ...own].sort((a, b) => a.timeMs - b.timeMs || a.mark - b.mark)
  }

  private level(): bigint {
    return [...this.changes.values()].reduce((sum, value) => sum + value, this.base?.value ?? 0n)
  }

  private earlierEnd(end: Observation): Observation {
    return this.end === null || end.timeMs < this.end.timeMs ? end : this.end
  }

  /** Level × milliseconds, at the meter's scale. @param more an observation that is tried. */
  private area(more: Observation | null): bigint {
    const end = more !== null && !isObserved(more) ? this.earlierEnd(more) : this.end
    const untilMs = Math.min(this.untilMs, end?.timeMs ?? this.untilMs)
    const of = (value: bigint, timeMs: number): bigint =>
      value * BigInt(Math.max(0, untilMs - Math.max(timeMs, this.sinceMs)))
    let area = this.base === null ? 0n : of(this.base.value, this.base.timeMs)
    for (const [timeMs, value] of this.changes) area += of(value, timeMs)
    return more === null || !isObserved(more) ? area : area + of(more.value, more.timeMs)
  }
}
