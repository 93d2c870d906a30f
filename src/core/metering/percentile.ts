import { decimal } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Meter } from '../catalog/plan.ts'
import { type Observation, OwnPeriodSeries, type Series } from './observation.ts'

const FIRST_CAPACITY = 64

/**
 * A percentile of the period's values by nearest rank: the 95th of burstable bandwidth is the largest value when the
 * top 5 % of all are left out. Of 100 values it is the 95th from below.
 */
export class Percentile extends OwnPeriodSeries implements Series {
  private readonly numerator: bigint
  private readonly denominator: bigint
  private values = new BigInt64Array(FIRST_CAPACITY)
  private count = 0

  constructor({ percentile = '95' }: Meter) {
    super()
    const { coefficient, scale } = decimal(percentile)
    this.numerator = coefficient
    this.denominator = powerOfTen(scale + 2)
  }

  get quantity(): bigint {
    return this.count === 0 ? 0n : (this.values[this.rankOf(this.count)] as bigint)
  }

  quantityWith({ value }: Observation): bigint {
    const rank = this.rankOf(this.count + 1)
    const at = this.placeOf(value)
    if (rank === at) return value
    return this.values[rank < at ? rank : rank - 1] as bigint
  }

  add({ value }: Observation): void {
    if (this.count === this.values.length) {
      const longer = new BigInt64Array(this.count * 2)
      longer.set(this.values)
      this.values = longer
    }
    const at = this.placeOf(value)
    this.values.copyWithin(at + 1, at, this.count)
    this.values[at] = value
    this.count++
  }

  *kept(): Generator<Observation> {
    for (let at = 0; at < this.count; at++) yield { value: this.values[at] as bigint, timeMs: 0, mark: 0 }
  }

  /** Index of the value that is asked for among so many, from the smallest. */
  private rankOf(count: number): number {
    const rank = divideRounded(BigInt(count) * this.numerator, this.denominator, 'ceiling')
    return Math.max(0, Number(rank) - 1)
  }

  /** Where a value belongs among the sorted ones. */
  private placeOf(value: bigint): number {
    let [low, high] = [0, this.count]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.values[middle] as bigint) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
