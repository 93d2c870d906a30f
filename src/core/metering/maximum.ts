import { type Observation, OwnPeriodSeries, type Series } from './observation.ts'

/** The largest value of the period, such as a peak demand. */
export class Maximum extends OwnPeriodSeries implements Series {
  private largest: Observation | null = null

  get quantity(): bigint {
    return this.largest?.value ?? 0n
  }

  quantityWith({ value }: Observation): bigint {
    return value > this.quantity ? value : this.quantity
  }

  add(observation: Observation): void {
    if (this.largest === null || observation.value > this.largest.value) this.largest = observation
  }

  kept(): Observation[] {
    return this.largest === null ? [] : [this.largest]
  }
}
