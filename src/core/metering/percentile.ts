import { decimal } from '../base/decimal.ts'
import { isInt64 } from '../base/quantity.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import type { Meter } from '../catalog/plan.ts'
import { type Observation, OwnPeriodSeries, type Series } from './observation.ts'

const MS_PER_MINUTE = 60_000
const FIRST_CAPACITY = 64

/**
 * A percentile of the period's values by nearest rank: the 95th of burstable bandwidth is the largest value when the
 * top 5 % of all are left out. Of 100 values it is the 95th from below. With windows the values are the sums of what was
 * observed in each: two ports of 90 and 5 in every five minutes are 95.
 */
export class Percentile extends OwnPeriodSeries implements Series {
  private readonly numerator: bigint
  private readonly denominator: bigint
  /** 0 where each observation is a value of its own. */
  private readonly windowMs: number
  private readonly sums = new Map<number, bigint>()
  private values = new BigInt64Array(FIRST_CAPACITY)
  private count = 0

  constructor({ percentile = '95', sumMinutes = 0 }: Meter) {
    super()
    const { coefficient, scale } = decimal(percentile)
    this.numerator = coefficient
    this.denominator = powerOfTen(scale + 2)
    this.windowMs = sumMinutes * MS_PER_MINUTE
  }

  get quantity(): bigint {
    return this.count === 0 ? 0n : (this.values[this.rankOf(this.count)] as bigint)
  }

  quantityWith(observation: Observation): bigint {
    const before = this.sums.get(this.windowOf(observation))
    if (before === undefined) return this.quantityOf(observation.value, null)
    return this.quantityOf(before + observation.value, this.placeOf(before))
  }

  add(observation: Observation): void {
    const window = this.windowOf(observation)
    const before = this.sums.get(window)
    const value = (before ?? 0n) + observation.value
    if (this.windowMs > 0) this.sums.set(window, value)
    if (before !== undefined) this.removeAt(this.placeOf(before))
    this.insert(value)
  }

  override faultOf(observation: Observation): string | null {
    const sum = (this.sums.get(this.windowOf(observation)) ?? 0n) + observation.value
    return isInt64(sum) ? null : 'the sum of its window passes 64 bits'
  }

  *kept(): Generator<Observation> {
    if (this.windowMs === 0)
      for (let at = 0; at < this.count; at++) yield { value: this.values[at] as bigint, timeMs: 0, mark: 0 }
    for (const [window, value] of [...this.sums].sort(([one], [other]) => one - other))
      yield { value, timeMs: window * this.windowMs, mark: 0 }
  }

  private windowOf({ timeMs }: Observation): number {
    return this.windowMs === 0 ? Number.NaN : Math.floor(timeMs / this.windowMs)
  }

  /** What the percentile would be with one value more, in place of the one at an index. */
  private quantityOf(value: bigint, without: number | null): bigint {
    const rank = this.rankOf(this.count + (without === null ? 1 : 0))
    const place = this.placeOf(value)
    const at = without !== null && without < place ? place - 1 : place
    if (rank === at) return value
    const other = rank < at ? rank : rank - 1
    return this.values[without !== null && other >= without ? other + 1 : other] as bigint
  }

  private insert(value: bigint): void {
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

  private removeAt(at: number): void {
    this.values.copyWithin(at, at + 1, this.count)
    this.count--
  }

  /** Index of the percentile among so many values, from the smallest. */
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
