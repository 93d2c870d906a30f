import type { Meter } from '../../core/catalog/plan.ts'
import type { Observation, Series, Window } from '../../core/metering/observation.ts'
import { newSeries } from '../../core/metering/series.ts'
import { ByteReader, ByteWriter } from '../columnar/bytes.ts'

/** Stands before what is observed anew: what was observed until then does not count any more. */
export const FORGET: Observation = { value: 0n, timeMs: 0, mark: 2 ** 52 }

/** The series of counters whose meters keep one, by the counter's place. Those that were restored are built when needed. */
export class SeriesTable {
  private readonly built = new Map<number, Series>()
  private readonly stored = new Map<number, Observation[]>()

  /** The series of a counter; null where nothing was observed yet. */
  find(place: number, meter: Meter, window: Window): Series | null {
    const known = this.built.get(place)
    if (known !== undefined) return known
    const observations = this.stored.get(place)
    if (observations === undefined) return null
    const series = newSeries(meter, window)
    for (const observation of observations) series.add(observation)
    this.stored.delete(place)
    this.built.set(place, series)
    return series
  }

  add(place: number, observation: Observation): void {
    if (observation.mark === FORGET.mark) {
      this.built.delete(place)
      this.stored.set(place, [])
      return
    }
    const series = this.built.get(place)
    if (series !== undefined) series.add(observation)
    else {
      const stored = this.stored.get(place)
      if (stored === undefined) this.stored.set(place, [observation])
      else stored.push(observation)
    }
  }

  /** What is kept of a counter, as a checkpoint stores it; null where its meter keeps no series. */
  bytesOf(place: number): Buffer | null {
    const kept = this.built.get(place)?.kept() ?? this.stored.get(place)
    if (kept === undefined) return null
    const observations = [...kept]
    const writer = new ByteWriter()
    writer.natural(observations.length)
    for (const { value, timeMs, mark } of observations) {
      writer.bigInteger(value)
      writer.integer(timeMs)
      writer.natural(mark)
    }
    return writer.bytes()
  }

  restore(place: number, bytes: Buffer): void {
    const reader = new ByteReader(bytes)
    const observations = Array.from({ length: reader.natural() }, () => {
      return { value: reader.bigInteger(), timeMs: reader.integer(), mark: reader.natural() }
    })
    this.stored.set(place, observations)
  }
}
