import type { Observation } from '../../core/metering/observation.ts'
import { runsOn } from '../../core/metering/series.ts'
import { ownPart } from '../../core/rating/carried-usage.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import { isRatedUse } from '../../core/rating/record-use.ts'
import type { CountedRate } from './find-rate.ts'

/** What a use does to the series of its counter. */
interface ObservedUse {
  /** The meter's quantity until now. */
  readonly before: bigint
  /** Those to be added, in order. */
  readonly observations: readonly Observation[]
  /** What it does to the series of a later counter of the period, which has all that was observed before, too. */
  readonly onLater?: (place: number) => SeriesEffect
}

export interface SeriesEffect {
  /** Of the meter's quantity. */
  readonly change: bigint
  readonly observations: readonly Observation[]
}

/** One price of a record: the rate that applies, and the counter. */
export interface LocatedUse extends CountedRate {
  /** At the meter's scale: as it was used, and what is billed of it by the rules of sessions. */
  readonly quantity: bigint
  readonly billed: bigint
  /** What the last unit that is billed costs less, where a maximum cost is reached within it (`cutOf`). */
  readonly cut: bigint
  /** The price has charged an earlier part of the record, at another rate: the uses of one price follow each other in the list. */
  readonly isContinued: boolean
  /** Where the meter keeps a series: its quantity until now, and what is added to it. */
  readonly observed: ObservedUse | null
  /** The counter afterwards, where no balance of units covers any of it. */
  readonly after: Aggregate
  readonly amountAfter: bigint
}

/** The sessions that uses open, one use after the other: a record is one session under each price, however it is split. */
export class SessionCount {
  private isOpen = false

  /** @param rated of the use, by its cell. */
  opened(use: LocatedUse, rated: bigint): bigint {
    if (!use.isContinued) this.isOpen = false
    const opens = !this.isOpen && isRatedUse(use.element, use.quantity, rated)
    this.isOpen ||= opens
    return opens ? 1n : 0n
  }
}

/** The cut of a use of which so much is rated: units of balances pay first, so that the last unit is rated where any is. */
export function ratedCut({ cut }: Pick<LocatedUse, 'cut'>, rated: bigint): bigint {
  return rated === 0n ? 0n : rated < 0n ? -cut : cut
}

/** What a counter has of what its series has observed. Under each plan a level or register observes its own time alone. */
export function ratedOf({ meter, element }: Pick<CountedRate, 'meter' | 'element'>, aggregate: Aggregate): bigint {
  const observed = runsOn(meter.price.meter) ? ownPart(element.measures, aggregate) : aggregate
  return observed[0] as bigint
}
