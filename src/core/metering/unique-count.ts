import { type Observation, OwnPeriodSeries, type Series } from './observation.ts'

/**
 * How many different texts the period has seen. A text is known by 63 bits of a keyed hash: among a million texts the
 * chance that any two are taken for one is 1 in 18 million.
 */
export class UniqueCount extends OwnPeriodSeries implements Series {
  private readonly seen = new Map<bigint, Observation>()

  get quantity(): bigint {
    return BigInt(this.seen.size)
  }

  quantityWith({ value }: Observation): bigint {
    return this.quantity + (this.seen.has(value) ? 0n : 1n)
  }

  add(observation: Observation): void {
    if (!this.seen.has(observation.value)) this.seen.set(observation.value, observation)
  }

  kept(): Iterable<Observation> {
    return this.seen.values()
  }
}
