import { groupFault } from '../core/rating/attributes.ts'
import type { Fault } from './charge-usage.ts'
import type { PricedMeter } from './definitions.ts'
import type { PartitionState } from './partition-state.ts'

/** Groups of one price that a subscription may have in a period: each is a counter, and a line on the invoice. */
const MAX_GROUPS = 1000
/** Counts are kept for so many subscriptions and periods of a price. */
const MAX_COUNTS = 100_000

/** The number of the cell of a group, or why there can be none. */
export function locateGroup(
  state: PartitionState,
  subscription: number,
  meter: PricedMeter,
  cellAt: number,
  period: number,
  group: string,
): number | Fault {
  const { counters, definitions } = state
  const { groupBy } = meter.price.meter
  const known = meter.groups[cellAt]?.get(group)
  if (known !== undefined && counters.has(subscription, known, period)) return known
  if (group === '') return ['missing_field', `data.${groupBy}`]
  const fault = groupFault(group)
  if (fault !== null) return ['bad_attribute', `data.${groupBy}: ${fault}`]
  const key = `${subscription} ${period}`
  const count = meter.groupCounts.get(key) ?? countGroups(state, subscription, meter, period)
  const isFull = count >= MAX_GROUPS
  if (meter.groupCounts.size >= MAX_COUNTS) meter.groupCounts.clear()
  // Whoever asks opens the counter of the group.
  meter.groupCounts.set(key, isFull ? count : count + 1)
  if (!isFull) return definitions.numberOfGroup(meter, cellAt, group)
  return ['too_many_groups', `data.${groupBy}: ${MAX_GROUPS} values in a period are kept apart, "${group}" is one more`]
}

/** Counters of a price that a subscription has in a period. */
function countGroups(
  { counters, definitions }: PartitionState,
  subscription: number,
  { planVersionId, price }: PricedMeter,
  period: number,
): number {
  let count = 0
  for (const place of counters.ofSubscription(subscription)) {
    const name = counters.nameOf(place)
    const [version, code] = definitions.cellNames[name.cell] ?? []
    if (name.period === period && version === planVersionId && code === price.price.code) count++
  }
  return count
}
