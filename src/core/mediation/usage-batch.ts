import { enlarged } from '../base/enlarged.ts'
import { Hash128 } from '../base/hash.ts'
import { isKeptExactly, jsonIsKeptExactly } from '../base/kept-text.ts'
import { parseQuantity, type QuantityFault } from '../base/quantity.ts'
import type { Meter } from '../catalog/plan.ts'
import { AttributeColumns, type AttributesByType, type BatchAttributes } from './attribute-columns.ts'
import { type RecordFields, SPAN, toRecordJson } from './record-fields.ts'
import { parseTime } from './record-time.ts'
import type { SuspenseReason } from './suspense-reason.ts'
import { type DictionaryColumn, packDictionary, packTexts, type TextColumn } from './text-column.ts'

/** Limits on one record's texts, in characters: identities are kept for long, and no field may flood memory. */
export const FIELD_LIMITS = { id: 256, source: 256, service: 128, type: 128, data: 8192, raw: 65_536 }

/** Stands in a quantity column where the record lacks the property. No quantity is so far below zero. */
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
  /** Four words a record: the hash of (source, id), or of the text of a record that has none. */
  readonly identity: Uint32Array
  /** Two words a record: the hash of everything else. */
  readonly body: Uint32Array
  /** Four words a record: the hash of the service's key. */
  readonly serviceHash: Uint32Array
  readonly id: TextColumn
  readonly source: DictionaryColumn
  readonly service: TextColumn
  readonly type: DictionaryColumn
  readonly data: TextColumn
  readonly startMs: Float64Array
  /** NaN where the record has no end. */
  readonly endMs: Float64Array
  readonly width: number
  readonly quantities: BigInt64Array
  readonly attributes: BatchAttributes
  readonly rejections: ReadonlyMap<number, Rejection>
}

/** What decoding needs to know: the meters, what prices choose by, and the tenant's seed of hashes. */
export interface DecodingContext {
  readonly metersByType: MetersByType
  readonly attributesByType: AttributesByType
  readonly hashSeed: Uint32Array
}

export class UsageBatchBuilder {
  private readonly meters: MetersByType
  private readonly hash: Hash128
  private readonly width: number
  private readonly isOnline: boolean
  /** What stands in a record that comes can be kept as it is: it was looked at with the whole text that it is a part of. */
  private isKept = false
  private count = 0
  private readonly id: string[] = []
  private readonly source: string[] = []
  private readonly service: string[] = []
  private readonly type: string[] = []
  private readonly data: string[] = []
  private startMs: Float64Array<ArrayBuffer>
  private endMs: Float64Array<ArrayBuffer>
  private identity: Uint32Array<ArrayBuffer>
  private body: Uint32Array<ArrayBuffer>
  private serviceHash: Uint32Array<ArrayBuffer>
  private quantities: BigInt64Array
  private readonly attributes: AttributeColumns
  private readonly rejections = new Map<number, Rejection>()

  /**
   * @param capacity records that are expected; more make the columns grow.
   * @param isOnline what is asked before it happens takes nothing back, whatever the meter allows.
   */
  constructor({ metersByType, attributesByType, hashSeed }: DecodingContext, capacity = 1024, isOnline = false) {
    this.isOnline = isOnline
    this.meters = metersByType
    this.attributes = new AttributeColumns(attributesByType)
    this.hash = new Hash128(hashSeed)
    this.width = Math.max(1, ...[...metersByType.values()].map((list) => list.length))
    this.startMs = new Float64Array(capacity)
    this.endMs = new Float64Array(capacity)
    this.identity = new Uint32Array(4 * capacity)
    this.body = new Uint32Array(2 * capacity)
    this.serviceHash = new Uint32Array(4 * capacity)
    this.quantities = new BigInt64Array(capacity * this.width)
  }

  get size(): number {
    return this.count
  }

  /**
   * Says that the records that follow are parts of a JSON text. If it can be kept as a whole and has no escapes that could stand for
   * what cannot, none of their texts need be looked at: for records of 180 characters that is a tenth of reading them.
   */
  readFrom(text: string): void {
    this.isKept = !text.includes('\\u') && isKeptExactly(text)
  }

  /** Adds one record, or its rejection when a field is missing or wrong. */
  add(fields: RecordFields): void {
    const row = this.open(fields)
    const fault = this.validate(fields, row)
    if (fault === null) {
      this.hashRecord(fields, row)
      return
    }
    const [reason, detail] = fault
    this.reject(row, { reason, detail, record: toRecordJson(fields).slice(0, FIELD_LIMITS.raw) }, fields.place)
  }

  /** Adds a text that could not be read as a record at all. */
  addUnreadable(raw: string, reason: SuspenseReason, detail: string, fields: RecordFields): void {
    fields.id = fields.source = fields.service = fields.type = undefined
    fields.data = '{}'
    this.reject(this.open(fields), { reason, detail, record: raw.slice(0, FIELD_LIMITS.raw) })
  }

  /**
   * A rejected record is known by its name where it has one. What has none is no repetition of another row of its file; outside
   * of files its text has to do.
   */
  private reject(row: number, rejection: Rejection, place?: string): void {
    this.rejections.set(row, rejection)
    const { hash } = this
    const [id, source] = [this.id[row] as string, this.source[row] as string]
    // Names that cannot be kept may become one and the same.
    const hasName = id !== '' && source !== '' && isKeptExactly(id) && isKeptExactly(source)
    hash.start()
    hash.addText(hasName ? source : '')
    hash.addText(hasName ? id : (place ?? rejection.record))
    this.identity.set(hash.finish(), row * 4)
    hash.start()
    hash.addText(rejection.record)
    this.body.set(hash.finish().subarray(0, 2), row * 2)
  }

  private addField(fields: RecordFields, at: number, text: string): void {
    const start = fields.spans[at] as number
    if (start >= 0) this.hash.addRange(fields.text, start, fields.spans[at + 1] as number)
    else this.hash.addText(text)
  }

  /** Must hash as `hashUsageRecord` does, which recovery uses. */
  private hashRecord(fields: RecordFields, row: number): void {
    const { hash } = this
    hash.start()
    this.addField(fields, SPAN.source, this.source[row] as string)
    this.addField(fields, SPAN.id, this.id[row] as string)
    copyWords(hash.finish(), this.identity, row * 4, 4)
    hash.start()
    this.addField(fields, SPAN.service, this.service[row] as string)
    copyWords(hash.finish(), this.serviceHash, row * 4, 4)
    hash.start()
    this.addField(fields, SPAN.service, this.service[row] as string)
    this.addField(fields, SPAN.type, this.type[row] as string)
    hash.addNumber(this.startMs[row] as number)
    hash.addNumber(this.endMs[row] as number)
    this.addField(fields, SPAN.data, fields.data)
    copyWords(hash.finish(), this.body, row * 2, 2)
  }

  build(): UsageBatch {
    const { count, id, source, service, type, data, width, rejections } = this
    const startMs = this.startMs.subarray(0, count)
    const endMs = this.endMs.subarray(0, count)
    const quantities = this.quantities.subarray(0, count * width)
    const identity = this.identity.subarray(0, count * 4)
    const body = this.body.subarray(0, count * 2)
    const serviceHash = this.serviceHash.subarray(0, count * 4)
    return {
      count,
      identity,
      body,
      serviceHash,
      id: packTexts(id),
      source: packDictionary(source),
      service: packTexts(service),
      type: packDictionary(type),
      data: packTexts(data),
      startMs,
      endMs,
      width,
      quantities,
      attributes: this.attributes.build(count),
      rejections,
    }
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
    this.startMs = enlarged(this.startMs)
    this.endMs = enlarged(this.endMs)
    this.identity = enlarged(this.identity)
    this.body = enlarged(this.body)
    this.serviceHash = enlarged(this.serviceHash)
    this.quantities = enlarged(this.quantities)
  }

  private validate(fields: RecordFields, row: number): [SuspenseReason, string] | null {
    const nameFault =
      checkName('id', fields.id, this.isKept) ??
      checkName('source', fields.source, this.isKept) ??
      checkName('service', fields.service, this.isKept) ??
      checkName('type', fields.type, this.isKept)
    if (nameFault !== null) return nameFault
    if (fields.time === undefined || fields.time === '') return ['missing_field', 'time']
    if (fields.data.length > FIELD_LIMITS.data) return ['too_long', `data: at most ${FIELD_LIMITS.data} characters`]
    if (!this.isKept && !jsonIsKeptExactly(fields.data))
      return ['bad_text', 'data: it has a NUL character or half of a surrogate pair']
    const startMs = parseTime(fields.time)
    const endMs = fields.end === undefined ? Number.NaN : parseTime(fields.end)
    if (Number.isNaN(startMs)) return ['bad_time', `time: ${fields.time}`]
    if (fields.end !== undefined && !(endMs >= startMs)) return ['bad_time', `end: ${fields.end}`]
    this.startMs[row] = startMs
    this.endMs[row] = endMs
    const meters = this.meters.get(fields.type as string)
    if (meters === undefined) return ['unknown_meter', `type: ${fields.type}`]
    const fault = this.readQuantities(fields, row, meters)
    if (fault === null) this.attributes.add(fields.type as string, fields, row)
    return fault
  }

  /** A number at the meter's scale; of texts that are counted once each, 63 bits of their hash. */
  private readValue({ aggregator, scale, changes, negative }: Meter, text: string): bigint | QuantityFault {
    if (aggregator !== 'unique_count')
      return parseQuantity(text, scale, changes === true || (negative !== undefined && !this.isOnline))
    this.hash.start()
    this.hash.addText(text)
    const [high = 0, low = 0] = this.hash.finish()
    return (BigInt(high >>> 1) << 32n) | BigInt(low)
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
          if (at >= 0) quantity = this.readValue(meter, (fields.values[at] as string).trim())
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

/** At the beginning of a text it is taken for no part of it by some, and for a character by others. */
const BYTE_ORDER_MARK = 0xfeff

/** What is wrong with a text that names something; named one by one, because records are many. */
function checkName(
  name: 'id' | 'source' | 'service' | 'type',
  text: string | undefined,
  isKept: boolean,
): [SuspenseReason, string] | null {
  if (text === undefined || text === '') return ['missing_field', name]
  const most = FIELD_LIMITS[name]
  if (text.length > most) return ['too_long', `${name}: at most ${most} characters`]
  return text.charCodeAt(0) === BYTE_ORDER_MARK || !(isKept || isKeptExactly(text)) ? ['bad_name', name] : null
}

function copyWords(from: Uint32Array, to: Uint32Array, at: number, count: number): void {
  for (let word = 0; word < count; word++) to[at + word] = from[word] as number
}

/** The hashes of a stored record, the same as when it was decoded: four words of its name, two of its body. */
export function hashUsageRecord(
  hash: Hash128,
  record: { id: string; source: string; service: string; type: string; data: string; startMs: number; endMs: number },
  identity: Uint32Array,
  body: Uint32Array,
): void {
  hash.start()
  hash.addText(record.source)
  hash.addText(record.id)
  copyWords(hash.finish(), identity, 0, 4)
  hash.start()
  hash.addText(record.service)
  hash.addText(record.type)
  hash.addNumber(record.startMs)
  hash.addNumber(record.endMs)
  hash.addText(record.data)
  copyWords(hash.finish(), body, 0, 2)
}

export function hashServiceKey(hash: Hash128, key: string): Uint32Array {
  hash.start()
  hash.addText(key)
  return hash.finish()
}
