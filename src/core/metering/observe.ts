import { Hash128 } from '../base/hash.ts'
import type { Meter } from '../catalog/plan.ts'
import { registerMark } from './interval.ts'
import type { Observation } from './observation.ts'

const registers = new Hash128(Uint32Array.of(1, 2, 3, 4))

/** What a record says to a meter that keeps a series. @param data the record's properties as JSON. */
export function toObservation(meter: Meter, value: bigint, timeMs: number, data: string): Observation {
  if (meter.aggregator !== 'interval' || (meter.register ?? meter.estimated) === undefined)
    return { value, timeMs, mark: 0 }
  const properties = JSON.parse(data) as Record<string, unknown>
  const { register, estimated } = meter
  const isEstimated = estimated?.values.includes(String(properties[estimated.property])) ?? false
  return { value, timeMs, mark: registerMark(register === undefined ? 0 : numberOf(properties[register]), isEstimated) }
}

/** A register's name as a number of 50 bits: two of one meter would have to meet in it to be taken for one. */
function numberOf(name: unknown): number {
  registers.start()
  registers.addText(String(name))
  const [high = 0, low = 0] = registers.finish()
  return (high >>> 14) * 2 ** 32 + low
}
