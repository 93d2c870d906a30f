import { assert } from '../../core/base/assert.ts'
import { enlarged } from '../../core/base/enlarged.ts'
import { LOT_SOURCES, type Pool } from '../../core/charging/balances.ts'
import { MOVEMENT_KINDS, type Movement } from '../../core/charging/movements.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { Observation } from '../../core/metering/observation.ts'
import { ByteWriter } from '../columnar/bytes.ts'
import { IntegerColumn, NumberColumn, TextsColumn, UuidColumn } from '../columnar/columns.ts'
import type { Definitions } from '../definitions/definitions.ts'
import type { RateElementName } from '../definitions/names.ts'
import { NONE } from '../definitions/service-directory.ts'
import { toFactText } from './account-facts.ts'
import { toCorrectionName } from './change.ts'
import { ACCOUNT_FACT, type SegmentHead } from './segment.ts'
import type { FactsToEncode } from './segment-codec.ts'
import { type ByEncoding, COLUMN_LIST, type ColumnEncoding, forEachColumn } from './segment-columns.ts'
import { NO_COUNTS, type UsageCounts } from './usage-counts.ts'

/** Gives each distinct text a place in a dictionary. */
class Dictionary {
  readonly texts: string[] = []
  private readonly places = new Map<string, number>()
  private readonly add: (text: string) => number
  private lastText = ''
  private lastPlace = NONE

  /** @param add puts a new text where its texts are kept, if not here. @returns its place. */
  constructor(add?: (text: string) => number) {
    this.add = add ?? ((text) => this.texts.push(text) - 1)
  }

  placeOf(text: string): number {
    if (text !== this.lastText || this.lastPlace === NONE) {
      this.lastPlace = this.find(text)
      this.lastText = text
    }
    return this.lastPlace
  }

  private find(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    const place = this.add(text)
    this.places.set(text, place)
    return place
  }
}

/** Records that are applied in the time of one fact of an account. */
const FACT_WEIGHT = 4

/** Tells the dictionaries of segments apart. */
let lastStamp = 0

type FlatColumns = ByEncoding<{
  texts: TextsColumn
  uuids: UuidColumn
  numbers: NumberColumn
  bigIntegers: IntegerColumn
}>

function flatColumn(encoding: ColumnEncoding): FlatColumns[keyof FlatColumns] {
  if (encoding === 'texts') return new TextsColumn()
  if (encoding === 'uuids') return new UuidColumn()
  return encoding === 'bigInteger' ? new IntegerColumn() : new NumberColumn()
}

/** The columns that a segment is made in. They are emptied for the next one, so that a segment makes no garbage. */
export class SegmentColumns {
  readonly flat = forEachColumn(({ encoding }) => flatColumn(encoding)) as unknown as FlatColumns
  /** Six words a record, as batches have them. */
  identities = new Uint32Array(6 * 64)
  /** Where the columns are encoded. */
  readonly writer = new ByteWriter()

  clear(): void {
    for (const column of Object.values<FlatColumns[keyof FlatColumns]>(this.flat)) column.clear()
  }
}

/** Collects what one micro-batch decided, column by column. */
export class FactsBuilder {
  readonly counts: UsageCounts = { ...NO_COUNTS }
  minStartMs = Number.POSITIVE_INFINITY
  maxStartMs = Number.NEGATIVE_INFINITY
  private readonly definitions: Definitions
  private readonly columns: SegmentColumns
  private readonly flat: FlatColumns
  private readonly stamp = ++lastStamp
  private readonly sources = new Dictionary()
  private readonly types = new Dictionary()
  private readonly changes = new Dictionary()
  private readonly elementPlaces = new Map<number, number>()
  private readonly cells: RateElementName[] = []
  private readonly measures: number[] = []
  private readonly accounts = new Dictionary((id) => this.flat.accounts.push(id))
  private readonly units = new Dictionary()
  private readonly accountFacts: string[] = []
  /** Pools that were changed, by their names. */
  private readonly pools = new Map<string, { account: string; pool: Pool | null }>()
  /** What identifies the records, 24 bytes each, once they are built: recovery reads it instead of the facts. */
  identities: Buffer = Buffer.alloc(0)
  /** Whether movements belong to the record that was added last. */
  isOfRecord = false

  /** @param columns belong to this builder until its facts are encoded. */
  constructor(definitions: Definitions, columns = new SegmentColumns()) {
    this.definitions = definitions
    this.columns = columns
    this.flat = columns.flat
    columns.clear()
  }

  /** Rows of records so far. */
  get size(): number {
    return this.flat.id.length
  }

  /** Whether the segment would say anything. */
  get isEmpty(): boolean {
    const { received, recycled } = this.counts
    return received + recycled + this.size + this.flat.moveKind.length === 0
  }

  /** What applying it anew will take, in records: a fact of a session takes as long as some of these. */
  get weight(): number {
    return this.counts.received + FACT_WEIGHT * this.accountFacts.length
  }

  addMovement(movement: Movement): void {
    const { flat } = this
    flat.moveKind.push(MOVEMENT_KINDS.indexOf(movement.kind) + 1)
    flat.moveAccount.push(this.accounts.placeOf(movement.account))
    flat.moveMember.push(this.accounts.placeOf(movement.member))
    flat.movePeriod.push(movement.period)
    flat.moveLot.push(movement.lot)
    flat.moveUnit.push(movement.unit === null ? 0 : this.units.placeOf(movement.unit) + 1)
    flat.moveSource.push(movement.source === null ? 0 : LOT_SOURCES.indexOf(movement.source) + 1)
    flat.moveRecord.push(this.isOfRecord ? this.size : 0)
    flat.moveRemaining.push(movement.remaining)
    flat.moveHeld.push(movement.held)
  }

  /** Adds a fact that is no movement, as JSON, in its place among them. */
  addAccountFact(json: string): void {
    const { flat } = this
    flat.moveKind.push(ACCOUNT_FACT)
    for (const column of [flat.moveAccount, flat.moveMember, flat.movePeriod, flat.moveLot]) column.push(0)
    for (const column of [flat.moveUnit, flat.moveSource, flat.moveRecord]) column.push(0)
    flat.moveRemaining.push(0n)
    flat.moveHeld.push(0n)
    this.accountFacts.push(json)
  }

  /** Notes what sessions have set aside on a counter now. */
  keepPool(account: string, name: string, pool: Pool | null): void {
    this.pools.set(name, { account, pool })
  }

  /** Adds what was noted to be written when everything is decided. */
  close(): void {
    for (const [name, { account, pool }] of this.pools)
      this.addAccountFact(toFactText({ fact: 'pool', account, name, pool }))
  }

  /** Adds the record of a row; service and subscription by their numbers. */
  addRecord(
    batch: UsageBatch,
    row: number,
    service: number,
    subscription: number,
    startMs = batch.startMs[row] as number,
    endMs = batch.endMs[row] as number,
  ): void {
    const { flat } = this
    flat.id.add(batch.id, row)
    flat.data.add(batch.data, row)
    flat.source.push(this.sources.placeOf(valueAt(batch.source, row)))
    flat.type.push(this.types.placeOf(valueAt(batch.type, row)))
    flat.service.push(this.placeOfService(service, batch, row))
    flat.subscription.push(this.placeOfSubscription(subscription))
    flat.startMs.push(startMs)
    flat.endMs.push(endMs)
    flat.change.push(0)
    if (startMs < this.minStartMs) this.minStartMs = startMs
    if (startMs > this.maxStartMs) this.maxStartMs = startMs
    this.addIdentity(batch, row, flat.id.length - 1)
  }

  /** Makes the record that was added last a row of a correction, which is known by another name than the record. */
  markChange(text: string): void {
    this.flat.change.setLast(this.changes.placeOf(text) + 1)
    toCorrectionName(this.columns.identities, (this.size - 1) * 6)
    this.counts.corrected++
  }

  private addIdentity({ identity, body }: UsageBatch, row: number, at: number): void {
    const { columns } = this
    if (at * 6 >= columns.identities.length) columns.identities = enlarged(columns.identities)
    const { identities } = columns
    for (let word = 0; word < 4; word++) identities[at * 6 + word] = identity[row * 4 + word] as number
    for (let word = 0; word < 2; word++) identities[at * 6 + 4 + word] = body[row * 2 + word] as number
  }

  /** Rows of services and subscriptions note their place in this segment's dictionary: no text is looked up. */
  private placeOfService(service: number, batch: UsageBatch, row: number): number {
    const { services } = this.definitions.parties
    // A service whose times were changed since is known by its key alone.
    const known = service === NONE ? NONE : services.placeIn(service, this.stamp)
    if (known !== NONE) return known
    const { services: texts } = this.flat
    texts.add(batch.service, row)
    if (service !== NONE) services.setPlace(service, this.stamp, texts.length - 1)
    return texts.length - 1
  }

  private placeOfSubscription(subscription: number): number {
    const { subscriptions } = this.definitions.parties
    const known = subscriptions.placeIn(subscription, this.stamp)
    if (known !== NONE) return known
    const place = this.flat.subscriptions.pushFrom(subscriptions.uuids, subscription)
    subscriptions.setPlace(subscription, this.stamp, place)
    return place
  }

  /** Adds a charge of the record that was added last. */
  addCharge(cell: number, name: RateElementName, period: number, increases: readonly bigint[], amount: bigint): void {
    let place = this.elementPlaces.get(cell)
    if (place === undefined) {
      place = this.cells.push(name) - 1
      this.measures.push(increases.length)
      this.elementPlaces.set(cell, place)
    }
    assert(increases.length === this.measures[place], 'charges of a cell have the same measures')
    const { flat } = this
    flat.chargeRecord.push(this.size - 1)
    flat.chargeRateKey.push(place)
    flat.chargePeriod.push(period)
    for (const increase of increases) flat.chargeMeasures.push(increase)
    flat.chargeAmount.push(amount)
  }

  /** Adds what a meter that keeps a series has observed by the charge that was added last. */
  addObservation({ value, timeMs, mark }: Observation): void {
    const { flat } = this
    flat.observedCharge.push(flat.chargeRecord.length - 1)
    flat.observedValue.push(value)
    flat.observedMs.push(timeMs)
    flat.observedMark.push(mark)
  }

  /** What was collected, to be encoded before the columns are used again. */
  build(): FactsToEncode {
    this.identities = Buffer.copyBytesFrom(this.columns.identities, 0, this.size * 6)
    const { counts, cells, measures, accountFacts, flat } = this
    const views: Record<string, unknown> = {}
    for (const [name] of COLUMN_LIST) {
      const column = flat[name]
      views[name] = column instanceof NumberColumn ? column.view() : column
    }
    return {
      ...(views as Omit<FactsToEncode, keyof SegmentHead>),
      ...{ counts, cells, measures, accountFacts },
      sources: this.sources.texts,
      types: this.types.texts,
      changes: this.changes.texts,
      units: this.units.texts,
    }
  }
}
