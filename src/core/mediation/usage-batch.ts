import type { Meter } from '../catalog/plan.ts'
import { parseQuantity, type QuantityFault } from '../base/quantity.ts'
import { type RecordFields, toRecordJson } from './record-fields.ts'
import { parseTime } from './record-time.ts'
import type { SuspenseReason } from './suspense-reason.ts'

/** Limits on one record's texts, in characters: identities are kept for long, and no field may flood memory. */
export const FIELD_LIMITS = { id: 256, source: 256, service: 128, type: 128, data: 8192, raw: 65_536 }

/** Stands in a quantity column where the record lacks the property. No quantity is negative. */
export const ABSENT = -9_223_372_036_854_775_808n

/** Meters by event type. A type's meters keep their places: new ones are only ever added behind. */
export type MetersByType = ReadonlyMap<string, readonly Meter[]>

/** A record that is not accepted at this stage, with what a person needs to mend it. */
export interface Rejection {
  readonly reason: SuspenseReason
  readonly detail: string
  /** The record as JSON text as far as it could be read, else the raw text. */
  readonly record: string
}

/**
 * Validated records as columns. A rejected record keeps its place, with its rejection. Quantities stand row by row,
 * `width` to a record, in the order of its type's meters and at their scales.
 */
export interface UsageBatch {
  readonly count: number
  readonly id: readonly string[]
  readonly source: readonly string[]
  readonly service: readonly string[]
  readonly type: readonly string[]
  readonly data: readonly string[]
  readonly startMs: Float64Array
  /** NaN where the record has no end. */
  readonly endMs: Float64Array
  readonly width: number
  readonly quantities: BigInt64Array
  readonly rejections: ReadonlyMap<number, Rejection>
}

export class UsageBatchBuilder {
  private readonly meters: MetersByType
  private readonly width: number
  private count = 0
  private readonly id: string[] = []
  private readonly source: string[] = []
  private readonly service: string[] = []
  private readonly type: string[] = []
  private readonly data: string[] = []
  private startMs = new Float64Array(1024)
  private endMs = new Float64Array(1024)
  private quantities: BigInt64Array
  private readonly rejections = new Map<number, Rejection>()

  constructor(meters: MetersByType) {
    this.meters = meters
    this.width = Math.max(1, ...[...meters.values()].map((list) => list.length))
    this.quantities = new BigInt64Array(1024 * this.width)
  }

  get size(): number {
    return this.count
  }

  /** Adds one record, or its rejection when a field is missing or wrong. */
  add(fields: RecordFields): void {
    const row = this.open(fields)
    const fault = this.validate(fields, row)
    if (fault === null) return
    const [reason, detail] = fault
    this.rejections.set(row, { reason, detail, record: toRecordJson(fields).slice(0, FIELD_LIMITS.raw) })
  }

  /** Adds a text that could not be read as a record at all. */
  addUnreadable(raw: string, reason: SuspenseReason, detail: string, fields: RecordFields): void {
    fields.id = fields.source = fields.service = fields.type = undefined
    fields.data = '{}'
    this.rejections.set(this.open(fields), { reason, detail, record: raw.slice(0, FIELD_LIMITS.raw) })
  }

  build(): UsageBatch {
    const { count, id, source, service, type, data, width, rejections } = this
    const startMs = this.startMs.subarray(0, count)
    const endMs = this.endMs.subarray(0, count)
    const quantities = this.quantities.subarray(0, count * width)
    return { count, id, source, service, type, data, startMs, endMs, width, quantities, rejections }
  }

  private open(fields: RecordFields): number {
    const row = this.count++
    if (row >= this.startMs.length) this.grow()
    this.id.push(fields.id ?? '')
    this.source.push(fields.source ?? '')
    this.service.push(fields.service ?? '')
    this.type.push(fields.type ?? '')
    this.data.push(fields.data)
    return row
  }

  private grow(): void {
    const startMs = new Float64Array(this.startMs.length * 2)
    startMs.set(this.startMs)
    const endMs = new Float64Array(this.endMs.length * 2)
    endMs.set(this.endMs)
    const quantities = new BigInt64Array(this.quantities.length * 2)
    quantities.set(this.quantities)
    Object.assign(this, { startMs, endMs, quantities })
  }

  private validate(fields: RecordFields, row: number): [SuspenseReason, string] | null {
    for (const name of ['id', 'source', 'service', 'type', 'time'] as const) {
      const text = fields[name]
      if (text === undefined || text === '') return ['missing_field', name]
      if (name !== 'time' && text.length > FIELD_LIMITS[name]) return ['too_long', `${name}: at most ${FIELD_LIMITS[name]} characters`]
    }
    if (fields.data.length > FIELD_LIMITS.data) return ['too_long', `data: at most ${FIELD_LIMITS.data} characters`]
    const startMs = parseTime(fields.time as string)
    const endMs = fields.end === undefined ? Number.NaN : parseTime(fields.end)
    if (Number.isNaN(startMs)) return ['bad_time', `time: ${fields.time}`]
    if (fields.end !== undefined && !(endMs >= startMs)) return ['bad_time', `end: ${fields.end}`]
    this.startMs[row] = startMs
    this.endMs[row] = endMs
    const meters = this.meters.get(fields.type as string)
    if (meters === undefined) return ['unknown_meter', `type: ${fields.type}`]
    return this.readQuantities(fields, row, meters)
  }

  private readQuantities(fields: RecordFields, row: number, meters: readonly Meter[]): [SuspenseReason, string] | null {
    let found = false
    for (let slot = 0; slot < this.width; slot++) {
      const meter = meters[slot]
      let quantity: bigint | QuantityFault = ABSENT
      if (meter !== undefined) {
        if (meter.property === undefined) quantity = 1n
        else {
          const at = fields.names.indexOf(meter.property)
          if (at >= 0) quantity = parseQuantity((fields.values[at] as string).trim(), meter.scale)
        }
        if (typeof quantity === 'string') {
          const reason = quantity === 'not_a_number' ? 'bad_quantity' : quantity
          return [reason, `data.${meter.property}: ${fields.values[fields.names.indexOf(meter.property as string)]}`]
        }
        if (quantity !== ABSENT) found = true
      }
      this.quantities[row * this.width + slot] = quantity as bigint
    }
    return found ? null : ['missing_field', `data.${meters[0]?.property}`]
  }
}
