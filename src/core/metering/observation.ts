/** What one record says to a meter that keeps a series. */
export interface Observation {
  /** At the meter's scale; of a text that is counted once, its hash. */
  readonly value: bigint
  readonly timeMs: number
  /** Of a register reading, by `registerMark`; 0 otherwise. */
  readonly mark: number
}

/** Marks from here on are of what no record says itself: it follows from a change of plan. */
export const DERIVED = 2 ** 51

/**
 * Not observed by any meter: what a counter began with under the plan before. Value is the change of that, time the place of the
 * measure. The second one is part of a charge that changes nothing but that, and is no record of the counter.
 */
export const CARRIED = 2 ** 52 + 1
export const CARRIED_ON = 2 ** 52 + 2

export function isObserved({ mark }: Observation): boolean {
  return mark < DERIVED
}

/** A billing period, half-open. */
export interface Window {
  readonly fromMs: number
  readonly untilMs: number
  /** Since when it is this counter that observes, where that is not the whole period: what was before is where it begins. */
  readonly sinceMs?: number
}

/**
 * The observations of one counter's period and the quantity that they make. In whatever order the same observations come,
 * the quantity is the same.
 */
export interface Series {
  /** At the meter's scale. */
  readonly quantity: bigint
  /** What the quantity would be with one observation more. */
  quantityWith(observation: Observation): bigint
  add(observation: Observation): void
  /** Why an observation contradicts the others, in words; null where it can. */
  faultOf(observation: Observation): string | null
  /** Whether an observation from before the period says something about it that nothing later has said. */
  isBase(observation: Observation): boolean
  /** What the next period begins with. */
  carried(): Observation[]
  /** What has to be kept for the quantity to be found again. */
  kept(): Iterable<Observation>
}

/** A series whose periods do not depend on the ones before. */
export abstract class OwnPeriodSeries {
  faultOf(_observation: Observation): string | null {
    return null
  }

  isBase(): boolean {
    return false
  }

  carried(): Observation[] {
    return []
  }
}
