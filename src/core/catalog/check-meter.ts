import { compare, decimal, fitsScale, ZERO } from '../base/decimal.ts'
import type { Aggregator, CatalogIssue, Meter } from './plan.ts'

/** Which aggregator a field of a meter belongs to. */
const FIELDS = {
  negative: 'sum',
  percentile: 'percentile',
  timeUnit: 'time_weighted',
  changes: 'time_weighted',
  sumMinutes: 'percentile',
  rollOver: 'interval',
  resets: 'interval',
  register: 'interval',
  estimated: 'interval',
} as const satisfies Partial<Record<keyof Meter, Aggregator>>

const MINUTES_PER_DAY = 1440
const HUNDRED = decimal('100')

/** The rules of a meter that no schema can express. */
export function checkMeter(meter: Meter): CatalogIssue[] {
  const { aggregator, property, scale, percentile, rollOver, resets, sumMinutes, groupBy } = meter
  const issues: CatalogIssue[] = []
  const counts = aggregator === 'count'
  if (counts !== (property === undefined)) {
    const message = counts ? 'aggregator "count" has no property' : `aggregator "${aggregator}" needs a property`
    issues.push({ path: ['property'], message })
  }
  if (counts && meter.optional === true)
    issues.push({ path: ['optional'], message: 'aggregator "count" reads no property that could be absent' })
  if ((counts || aggregator === 'unique_count') && scale !== 0)
    issues.push({ path: ['scale'], message: 'a count has scale 0' })
  for (const [field, owner] of Object.entries(FIELDS)) {
    if (meter[field as keyof typeof FIELDS] !== undefined && aggregator !== owner)
      issues.push({ path: [field], message: `only aggregator "${owner}" has ${field}` })
  }
  if (percentile !== undefined && !isPercentile(percentile))
    issues.push({ path: ['percentile'], message: 'a percentile is above 0 and at most 100' })
  if (rollOver !== undefined && !(compare(decimal(rollOver), ZERO) > 0 && fitsScale(decimal(rollOver), scale)))
    issues.push({ path: ['rollOver'], message: 'a register goes round above 0, at no more digits than the meter has' })
  if (resets !== undefined && !fitsScale(decimal(resets.within), scale))
    issues.push({ path: ['resets', 'within'], message: 'a reading has no more digits than the meter' })
  if (resets !== undefined && rollOver !== undefined)
    issues.push({ path: ['resets'], message: 'a register goes round where rollOver says, or resets: not both' })
  if (typeof groupBy === 'object' && new Set(groupBy).size < groupBy.length)
    issues.push({ path: ['groupBy'], message: 'each property once' })
  if (sumMinutes !== undefined && MINUTES_PER_DAY % sumMinutes !== 0)
    issues.push({
      path: ['sumMinutes'],
      message: 'a day has a whole number of windows, such as of 5, 15 or 60 minutes',
    })
  return issues
}

function isPercentile(text: string): boolean {
  return compare(decimal(text), ZERO) > 0 && compare(decimal(text), HUNDRED) <= 0
}
