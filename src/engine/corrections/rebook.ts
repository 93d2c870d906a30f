import type { LocatedUse } from '../rating/located-use.ts'
import { carryOver } from './carry-over.ts'
import type { PlannedRow } from './counter-change.ts'
import type { EffectiveUse } from './effective-uses.ts'

/**
 * Plans how a record that was reversed is charged again.
 * @param old its uses before, where another plan takes over what was rated; null where it is charged as if it came today.
 */
export function rebook(old: readonly EffectiveUse[] | null, uses: readonly LocatedUse[]): PlannedRow {
  const carried = old === null ? [] : carryOver(old, uses)
  const changes = uses.map((use, index) => {
    // What a series adds was found without the record, and nothing of it is covered yet.
    const rated = use.meter.price.isAdditive ? (carried[index] ?? null) : null
    return { use, effect: { kind: 'more' as const, rated }, unitsBack: 0n }
  })
  return { part: 'charged_anew', records: 1, changes }
}
