import { Hash128 } from '../../core/base/hash.ts'
import { isNameable } from '../../core/base/kept-text.ts'
import { parseQuantity } from '../../core/base/quantity.ts'
import { JsonCursor } from '../../core/mediation/json-cursor.ts'
import { emptyFields, type RecordFields, readLineAt, readRecord } from '../../core/mediation/record-fields.ts'
import { parseTime } from '../../core/mediation/record-time.ts'
import {
  ABSENT,
  type DecodingContext,
  FIELD_LIMITS,
  hashServiceKey,
  UsageBatchBuilder,
} from '../../core/mediation/usage-batch.ts'
import { type OnlineBatch, type OnlineRequest, REFUND, type SessionRequest } from '../../engine/index.ts'

/** How long grants hold where a request does not say. */
const DEFAULT_VALIDITY_MS = 600_000
const MAX_VALIDITY_MS = 86_400_000
/** Types of usage in one session request. */
const MAX_GROUPS = 100

type Texts = Readonly<Record<string, unknown>>

/**
 * Reads requests of gateways, a JSON object each. One that cannot be read keeps its place as `invalid`; the others are
 * not touched by it. Numbers are taken by their text.
 */
export class OnlineDecoder {
  private readonly context: DecodingContext
  private readonly builder: UsageBatchBuilder
  private readonly hash: Hash128
  private readonly fields = emptyFields()
  private readonly cursor = new JsonCursor('')
  private readonly requestCursor = new JsonCursor('')
  /** Types of usage, each once, as texts of their own. */
  private readonly types = new Map<string, string>()
  private readonly requests: OnlineRequest[] = []
  /** The text that has the requests. */
  private text = ''

  /** @param capacity requests that are expected. */
  constructor(context: DecodingContext, capacity: number) {
    this.context = context
    this.builder = new UsageBatchBuilder(context, capacity, true)
    this.hash = new Hash128(context.hashSeed)
  }

  get size(): number {
    return this.requests.length
  }

  build(): OnlineBatch {
    return { batch: this.builder.build(), requests: this.requests }
  }

  /** Adds the request in `text` from `start` to `end`; `op` where it is known from elsewhere. */
  add(text: string, start: number, end: number, op?: 'event'): void {
    if (text !== this.text) {
      this.text = text
      this.builder.readFrom(text)
    }
    if (end - start > FIELD_LIMITS.raw) {
      this.addInvalid('too_long', `a request has at most ${FIELD_LIMITS.raw} characters`)
      return
    }
    if (op === 'event' || text.startsWith(EVENT, start)) this.addEvent(text, start, end)
    else this.addOther(text.slice(start, end))
  }

  private addInvalid(code: string, detail: string): void {
    this.requests.push({ op: 'invalid', code, detail })
  }

  /** The hot path: an event is read as a usage record is; `op` is a field that records do not have. */
  private addEvent(text: string, start: number, end: number): void {
    // One cursor for all: it knows the keys that the event before had.
    const { cursor } = this
    cursor.text = text
    cursor.at = start
    const fault = readLineAt(cursor, end, this.fields)
    if (fault !== null) this.addInvalid('bad_json', fault)
    else if (this.fields.id?.endsWith(REFUND) === true)
      this.addInvalid('invalid_request', `an id does not end in ${REFUND}`)
    else this.requests.push({ op: 'event', row: this.addRow(this.fields) })
  }

  private addRow(fields: RecordFields): number {
    this.builder.add(fields)
    return this.builder.size - 1
  }

  private addOther(text: string): void {
    try {
      const request = this.parse(text)
      const { op } = request
      if (op === 'event') this.addEvent(text, 0, text.length)
      else if (op === 'refund') this.addRefund(request, text)
      else if (op === 'start' || op === 'update' || op === 'end') this.addSession(op, request)
      else throw new RequestFault('op: one of event, refund, start, update, end')
    } catch (error) {
      if (error instanceof RequestFault) this.addInvalid('invalid_request', error.message)
      else if (error instanceof SyntaxError) this.addInvalid('bad_json', error.message)
      else throw error
    }
  }

  /** What a request says; numbers are texts. Those of one sender are alike: the cursor knows the keys of the one before. */
  private parse(text: string): Texts {
    const cursor = this.requestCursor
    cursor.text = text
    cursor.at = 0
    cursor.startRecord()
    cursor.skipBlanks()
    const value = cursor.textsOf()
    cursor.expectEnd()
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw new RequestFault('expected an object')
    return value as Texts
  }

  /** The event as it was charged, and the same under an id of its own. */
  private addRefund(request: Texts, text: string): void {
    const cursor = new JsonCursor(text)
    cursor.skipBlanks()
    readRecord(cursor, this.fields)
    const id = textOf(request, 'id', FIELD_LIMITS.id - REFUND.length)
    if (id.endsWith(REFUND)) throw new RequestFault('a refund cannot be given back')
    const row = this.addRow(this.fields)
    this.fields.spans.fill(-1)
    this.fields.id = `${id}${REFUND}`
    this.requests.push({ op: 'refund', row, refundRow: this.addRow(this.fields) })
  }

  private addSession(op: SessionRequest['op'], request: Texts): void {
    const source = textOf(request, 'source', FIELD_LIMITS.source)
    const session = ownText(textOf(request, 'session', FIELD_LIMITS.id - 64))
    const service = ownText(textOf(request, 'service', FIELD_LIMITS.service))
    const time = textOf(request, 'time', 64)
    const timeMs = parseTime(time)
    if (Number.isNaN(timeMs)) throw new RequestFault(`time: ${time}`)
    const sequence = naturalOf(request['sequence'] ?? (op === 'start' ? '0' : undefined), 'sequence')
    const validity = request['validitySeconds']
    const validityMs = validity === undefined ? DEFAULT_VALIDITY_MS : naturalOf(validity, 'validitySeconds') * 1000
    const used = this.groupsOf(request['used'], 'used')
    if (op === 'start' && used.length > 0) throw new RequestFault('used: nothing can be used before the start')
    const requested = this.groupsOf(request['requested'], 'requested').map(({ type, data }) =>
      this.readUnits(type, data),
    )
    const rows = used.map(({ type, data }) => {
      const id = `${session}/${sequence}/${type}`
      return { type, row: this.addRow(toFields(this.fields, { id, source, service, type, time }, data)) }
    })
    this.requests.push({
      op,
      key: JSON.stringify([source, session]),
      session,
      service,
      serviceHash: hashServiceKey(this.hash, service).slice(),
      timeMs,
      sequence,
      validityMs: Math.min(validityMs, MAX_VALIDITY_MS),
      used: rows,
      requested,
    })
  }

  /** Quantities per meter of the type; of a meter that counts it is one, unless `count` asks for more. */
  private readUnits(type: string, data: Texts): SessionRequest['requested'][number] {
    const meters = this.context.metersByType.get(type)
    if (meters === undefined) throw new RequestFault(`requested: no meter reads ${type}`)
    const quantities = meters.map(({ property = 'count', aggregator, scale }) => {
      const value = data[property]
      if (value === undefined) return aggregator === 'count' ? 1n : ABSENT
      const quantity = typeof value === 'string' ? parseQuantity(value.trim(), scale) : 'not_a_number'
      if (typeof quantity === 'string') throw new RequestFault(`requested.data.${property}: ${quantity}`)
      return quantity
    })
    const attributes = this.context.attributesByType.has(type)
      ? new Map(Object.entries(data).map(([name, value]) => [name, attributeOf(value)]))
      : NO_ATTRIBUTES
    return { type, quantities, attributes }
  }

  private groupsOf(value: unknown, name: string): { type: string; data: Texts }[] {
    if (value === undefined) return []
    if (!Array.isArray(value) || value.length > MAX_GROUPS)
      throw new RequestFault(`${name}: a list of at most ${MAX_GROUPS} is needed`)
    const groups = value.map((item: unknown) => {
      const group = (item ?? {}) as Texts
      const { data } = group
      if (data === null || typeof data !== 'object' || Array.isArray(data))
        throw new RequestFault(`${name}.data: an object is needed`)
      return { type: this.typeOf(textOf(group, 'type', FIELD_LIMITS.type)), data: data as Texts }
    })
    if (groups.length > 1 && new Set(groups.map(({ type }) => type)).size < groups.length)
      throw new RequestFault(`${name}: each type once`)
    return groups
  }

  private typeOf(text: string): string {
    const known = this.types.get(text)
    if (known !== undefined) return known
    const own = ownText(text)
    this.types.set(own, own)
    return own
  }
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/** A copy of a text that sessions keep: a part of a longer one would keep all of that, a batch of requests, in memory. */
function ownText(text: string): string {
  const quoted = JSON.stringify(text)
  return quoted.length === text.length + 2 ? quoted.slice(1, -1) : text
}

/** The text of a property that prices may choose by; numbers are texts already. */
function attributeOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''
}

/** A request whose fields are not what they should be. */
class RequestFault extends Error {}

/** How an event begins that is written as the documentation writes it. */
const EVENT = '{"op":"event"'

function textOf(request: Texts, name: string, limit: number): string {
  const value = request[name]
  if (typeof value !== 'string' || value === '') throw new RequestFault(`${name} is missing`)
  if (value.length > limit) throw new RequestFault(`${name}: at most ${limit} characters`)
  if (!isNameable(value))
    throw new RequestFault(`${name}: no control characters, no mark of byte order, no lone surrogates`)
  return value
}

function naturalOf(value: unknown, name: string): number {
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) throw new RequestFault(`${name}: a whole number is needed`)
  return Number(value)
}

/** What a session reports of one type, as the fields of a record. */
function toFields(
  fields: RecordFields,
  named: { id: string; source: string; service: string; type: string; time: string },
  data: Texts,
): RecordFields {
  Object.assign(fields, named)
  fields.end = undefined
  fields.spans.fill(-1)
  fields.names = Object.keys(data)
  fields.values = Object.values(data).map(attributeOf)
  fields.data = JSON.stringify(data)
  return fields
}
