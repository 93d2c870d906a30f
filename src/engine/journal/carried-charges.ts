import { CARRIED_ON } from '../../core/metering/observation.ts'
import type { SegmentFacts } from './segment.ts'

const NONE: ReadonlySet<number> = new Set()

/** Charges of a segment that change nothing but what a counter began with: they are no records of it. */
export function chargesCarriedOn({
  observedCharge,
  observedMark,
}: Pick<SegmentFacts, 'observedCharge' | 'observedMark'>): ReadonlySet<number> {
  if (!observedMark.includes(CARRIED_ON)) return NONE
  return new Set(observedCharge.filter((_, at) => observedMark[at] === CARRIED_ON))
}
