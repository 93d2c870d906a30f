import { decimal, toScale } from '../base/decimal.ts'
import type { Meter } from '../catalog/plan.ts'
import { DERIVED, isObserved, type Observation, type Series, type Window } from './observation.ts'
import { Timeline } from './timeline.ts'

/** Marks of readings: twice the number of the register, and one more where the reading is an estimate. */
export function registerMark(register: number, isEstimated: boolean): number {
  return register * 2 + (isEstimated ? 1 : 0)
}

function registerOf({ mark }: Observation): number {
  return Math.floor((mark % DERIVED) / 2)
}

function isEstimated({ mark }: Observation): boolean {
  return mark % 2 === 1
}

/** A reading where another plan has charged until then: what follows counts from it, what is before does not count up to it. */
export function startAt(reading: Observation): Observation {
  return { ...reading, mark: (reading.mark % DERIVED) + DERIVED }
}

/** At one time a true reading counts rather than an estimate; of two of a kind, the higher. */
function isAbove(one: Observation, other: Observation): boolean {
  if (isEstimated(one) !== isEstimated(other)) return isEstimated(other)
  return one.value > other.value
}

/**
 * Readings of registers that only count up: consumption is the sum of the steps from each to the next, in the period of
 * the later one. A register that reaches its capacity continues from zero; one that resets has begun again from zero where a
 * reading within a bound is below the one before it. The first reading of a register is where it
 * starts: an exchanged meter has another one. An estimate that was too high is put right by the true reading after it.
 */
export class Interval implements Series {
  private readonly sinceMs: number
  private readonly capacity: bigint | null
  /** A reading that falls to no more than this has begun from zero; null where none may fall. */
  private readonly resetsWithin: bigint | null
  private readonly registers = new Map<number, Timeline>()
  quantity = 0n

  constructor({ rollOver, resets, scale }: Meter, window: Window) {
    this.sinceMs = window.sinceMs ?? window.fromMs
    this.capacity = rollOver === undefined ? null : toScale(decimal(rollOver), scale)
    this.resetsWithin = resets === undefined ? null : toScale(decimal(resets.within), scale)
  }

  quantityWith(observation: Observation): bigint {
    return this.quantity + this.gain(observation)
  }

  add(observation: Observation): void {
    this.quantity += this.gain(observation)
    this.timelineOf(observation).put(observation)
  }

  faultOf(observation: Observation): string | null {
    const { capacity } = this
    if (capacity !== null && observation.value >= capacity) return 'the reading is beyond where the register goes round'
    if (capacity !== null) return null
    const around = this.timelineOf(observation).around(observation)
    const { before, after } = around ?? {}
    const falls = (from: Observation | undefined, to: Observation | undefined): boolean =>
      from !== undefined && to !== undefined && !isEstimated(from) && to.value < from.value && !this.isReset(from, to)
    if (falls(before, observation))
      return `the reading is below the one before it${this.resetsWithin === null ? '' : ', and beyond what a register that began again may read'}`
    return falls(observation, after) ? 'the reading is above the one after it' : null
  }

  isBase(observation: Observation): boolean {
    return observation.timeMs < this.sinceMs && this.timelineOf(observation).placeOf(observation) !== null
  }

  carried(): Observation[] {
    const last = [...this.registers.values()].flatMap((readings) => readings.last ?? [])
    return last.map((reading) => ({ ...reading, mark: reading.mark % DERIVED }))
  }

  *kept(): Generator<Observation> {
    for (const { items } of this.registers.values()) yield* items
  }

  private timelineOf(observation: Observation): Timeline {
    const register = registerOf(observation)
    const known = this.registers.get(register)
    if (known !== undefined) return known
    const timeline = new Timeline(this.sinceMs, isAbove)
    this.registers.set(register, timeline)
    return timeline
  }

  /** A true reading that is below an estimate puts it right. */
  private isReset(from: Observation, to: Observation): boolean {
    return this.resetsWithin !== null && to.value < from.value && to.value <= this.resetsWithin && !isEstimated(from)
  }

  private gain(observation: Observation): bigint {
    const around = this.timelineOf(observation).around(observation)
    if (around === null) return 0n
    const { before, replaced, after } = around
    const now = this.step(before, observation) + this.step(observation, after)
    return now - this.step(before, replaced ?? after) - (replaced === undefined ? 0n : this.step(replaced, after))
  }

  private step(from: Observation | undefined, to: Observation | undefined): bigint {
    if (from === undefined || to === undefined || !isObserved(to)) return 0n
    const step = to.value - from.value
    if (this.isReset(from, to)) return to.value
    if (step >= 0n || this.capacity === null) return step
    const around = step + this.capacity
    // A little back is an estimate put right; nearly all the way back is a register that went round.
    return isEstimated(from) && -step < around ? step : around
  }
}
