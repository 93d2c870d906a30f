import { type Observation, OwnPeriodSeries, type Series } from './observation.ts'

/** The value at the latest time of the period; of several at one time, the largest. */
export class Latest extends OwnPeriodSeries implements Series {
  private last: Observation | null = null

  get quantity(): bigint {
    return this.last?.value ?? 0n
  }

  quantityWith(observation: Observation): bigint {
    return this.isLater(observation) ? observation.value : this.quantity
  }

  add(observation: Observation): void {
    if (this.isLater(observation)) this.last = observation
  }

  kept(): Observation[] {
    return this.last === null ? [] : [this.last]
  }

  private isLater({ timeMs, value }: Observation): boolean {
    const { last } = this
    return last === null || timeMs > last.timeMs || (timeMs === last.timeMs && value > last.value)
  }
}
