import type { Aggregate } from './models/price-model.ts'

/**
 * Usage carries over a change of plan. Where the new plan has a price with the same code on the same meter, its counter
 * begins with the aggregate of the old one, so what was used before keeps its place in tiers, packages, free units and peaks:
 * `price(before + after) − price(before)`. With 100 at 0.10 and the rest at 0.05, 80 minutes under the old plan and 50 under
 * the new one cost 20 × 0.10 + 30 × 0.05 there.
 *
 * The aggregate of such a counter has each of its measures twice: as a whole, and then what it began with. With one
 * measure, `[130n, 80n]` is a counter that began at 80 and has counted 50 of its own.
 */

/** What a counter began with; null where it began with nothing. @param measures that its rate element has. */
export function carriedPart(measures: number, aggregate: Aggregate): Aggregate | null {
  return aggregate.length > measures ? aggregate.slice(measures) : null
}

/** What was counted in the counter itself. */
export function ownPart(measures: number, aggregate: Aggregate): Aggregate {
  if (aggregate.length <= measures) return aggregate
  return aggregate.slice(0, measures).map((measure, at) => measure - (aggregate[measures + at] ?? 0n))
}

/** A counter that begins with some usage, or whose beginning has changed: what is its own stays so. */
export function beginningWith(measures: number, aggregate: Aggregate, carried: Aggregate): Aggregate {
  const own = ownPart(measures, aggregate)
  return [...carried.map((measure, at) => measure + (own[at] ?? 0n)), ...carried]
}

/** The places of measures in the aggregate of a rate element. */
interface Measured {
  readonly measures: number
  readonly model: { readonly measures: number }
  readonly sessionsAt: number
  readonly adjustedAt: number
}

/**
 * The aggregate of a counter of one rate element, for one of another rate element to begin with. Sums of fees and of what bounds of records have
 * changed are the old price's own; the quantity is the meter's, and sessions are counted in both.
 */
export function carriedInto(next: Measured, last: Measured, aggregate: Aggregate): Aggregate {
  return Array.from({ length: next.measures }, (_, at) => {
    if (at === 0 || (at < next.model.measures && next.model === last.model)) return aggregate[at] ?? 0n
    if (at === next.sessionsAt && last.sessionsAt >= 0) return aggregate[last.sessionsAt] ?? 0n
    const isSame = next.model === last.model && last.adjustedAt >= 0
    return at === next.adjustedAt && isSame ? (aggregate[last.adjustedAt] ?? 0n) : 0n
  })
}
