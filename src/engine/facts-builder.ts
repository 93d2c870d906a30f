import { assert } from '../core/base/assert.ts'
import { LOT_SOURCES } from '../core/charging/balances.ts'
import { MOVEMENT_KINDS, type Movement } from '../core/charging/movements.ts'
import { textAt, valueAt } from '../core/mediation/text-column.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { Observation } from '../core/metering/observation.ts'
import { toCorrectionName } from './change.ts'
import type { CellName, Definitions } from './definitions.ts'
import { ACCOUNT_FACT, type SegmentFacts } from './segment.ts'
import { NONE } from './service-directory.ts'
import { NO_COUNTS, type UsageCounts } from './usage-counts.ts'

/** Gives each distinct text a place in a dictionary. */
class Dictionary {
  readonly texts: string[] = []
  private readonly places = new Map<string, number>()
  private lastText = ''
  private lastPlace = NONE

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
    const place = this.texts.push(text) - 1
    this.places.set(text, place)
    return place
  }
}

/** Tells the dictionaries of segments apart. */
let lastStamp = 0

/** Collects what one micro-batch decided, column by column. */
export class FactsBuilder {
  readonly counts: UsageCounts = { ...NO_COUNTS }
  minStartMs = Number.POSITIVE_INFINITY
  maxStartMs = Number.NEGATIVE_INFINITY
  private readonly definitions: Definitions
  private readonly stamp = ++lastStamp
  private readonly sources = new Dictionary()
  private readonly types = new Dictionary()
  private readonly changes = new Dictionary()
  private readonly services: string[] = []
  private readonly subscriptions: string[] = []
  private readonly cellPlaces = new Map<number, number>()
  private readonly cells: CellName[] = []
  private readonly measures: number[] = []
  private readonly rows = {
    id: [] as string[],
    data: [] as string[],
    source: [] as number[],
    service: [] as number[],
    type: [] as number[],
    subscription: [] as number[],
    startMs: [] as number[],
    endMs: [] as number[],
    change: [] as number[],
  }
  private readonly charges = {
    chargeRecord: [] as number[],
    chargeCell: [] as number[],
    chargePeriod: [] as number[],
    chargeMeasures: [] as bigint[],
    chargeAmount: [] as bigint[],
  }
  private readonly observed = {
    observedCharge: [] as number[],
    observedValue: [] as bigint[],
    observedMs: [] as number[],
    observedMark: [] as number[],
  }

  /** Six words a record, as batches have them. */
  private identities = new Uint32Array(6 * 64)
  private readonly accounts = new Dictionary()
  private readonly units = new Dictionary()
  private readonly moves = {
    moveKind: [] as number[],
    moveAccount: [] as number[],
    moveMember: [] as number[],
    movePeriod: [] as number[],
    moveLot: [] as number[],
    moveUnit: [] as number[],
    moveSource: [] as number[],
    moveRecord: [] as number[],
    moveRemaining: [] as bigint[],
    moveHeld: [] as bigint[],
  }
  private readonly accountFacts: string[] = []
  /** Whether movements belong to the record that was added last. */
  isOfRecord = false

  constructor(definitions: Definitions) {
    this.definitions = definitions
  }

  /** Rows of records so far. */
  get size(): number {
    return this.rows.id.length
  }

  /** Whether the segment would say anything. */
  get isEmpty(): boolean {
    const { received, recycled } = this.counts
    return received + recycled + this.rows.id.length + this.moves.moveKind.length === 0
  }

  addMovement(movement: Movement): void {
    const { moves } = this
    moves.moveKind.push(MOVEMENT_KINDS.indexOf(movement.kind) + 1)
    moves.moveAccount.push(this.accounts.placeOf(movement.account))
    moves.moveMember.push(this.accounts.placeOf(movement.member))
    moves.movePeriod.push(movement.period)
    moves.moveLot.push(movement.lot)
    moves.moveUnit.push(movement.unit === null ? 0 : this.units.placeOf(movement.unit) + 1)
    moves.moveSource.push(movement.source === null ? 0 : LOT_SOURCES.indexOf(movement.source) + 1)
    moves.moveRecord.push(this.isOfRecord ? this.rows.id.length : 0)
    moves.moveRemaining.push(movement.remaining)
    moves.moveHeld.push(movement.held)
  }

  /** Adds a fact that is no movement, as JSON, in its place among them. */
  addAccountFact(json: string): void {
    const { moves } = this
    moves.moveKind.push(ACCOUNT_FACT)
    for (const column of [moves.moveAccount, moves.moveMember, moves.movePeriod, moves.moveLot]) column.push(0)
    for (const column of [moves.moveUnit, moves.moveSource, moves.moveRecord]) column.push(0)
    moves.moveRemaining.push(0n)
    moves.moveHeld.push(0n)
    this.accountFacts.push(json)
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
    const { rows } = this
    rows.id.push(textAt(batch.id, row))
    rows.data.push(textAt(batch.data, row))
    rows.source.push(this.sources.placeOf(valueAt(batch.source, row)))
    rows.type.push(this.types.placeOf(valueAt(batch.type, row)))
    rows.service.push(this.placeOfService(service, batch, row))
    rows.subscription.push(this.placeOfSubscription(subscription))
    rows.startMs.push(startMs)
    rows.endMs.push(endMs)
    rows.change.push(0)
    if (startMs < this.minStartMs) this.minStartMs = startMs
    if (startMs > this.maxStartMs) this.maxStartMs = startMs
    this.addIdentity(batch, row, rows.id.length - 1)
  }

  /** Makes the record that was added last a row of a correction, which is known by another name than the record. */
  markChange(text: string): void {
    const at = this.rows.id.length - 1
    this.rows.change[at] = this.changes.placeOf(text) + 1
    toCorrectionName(this.identities, at * 6)
    this.counts.corrected++
  }

  private addIdentity({ identity, body }: UsageBatch, row: number, at: number): void {
    if (at * 6 >= this.identities.length) {
      const longer = new Uint32Array(this.identities.length * 2)
      longer.set(this.identities)
      this.identities = longer
    }
    const { identities } = this
    for (let word = 0; word < 4; word++) identities[at * 6 + word] = identity[row * 4 + word] as number
    for (let word = 0; word < 2; word++) identities[at * 6 + 4 + word] = body[row * 2 + word] as number
  }

  /** What identifies the records, 24 bytes each: recovery reads them instead of the facts. */
  identityBytes(): Buffer {
    return Buffer.from(this.identities.buffer, 0, this.rows.id.length * 24)
  }

  /** Rows of services and subscriptions note their place in this segment's dictionary: no text is looked up. */
  private placeOfService(service: number, batch: UsageBatch, row: number): number {
    const { services } = this.definitions
    // A service whose times were changed since is known by its key alone.
    if (service === NONE) return this.services.push(textAt(batch.service, row)) - 1
    const known = services.placeIn(service, this.stamp)
    if (known !== NONE) return known
    const place = this.services.push(textAt(batch.service, row)) - 1
    services.setPlace(service, this.stamp, place)
    return place
  }

  private placeOfSubscription(subscription: number): number {
    const { subscriptions } = this.definitions
    const known = subscriptions.placeIn(subscription, this.stamp)
    if (known !== NONE) return known
    const place = this.subscriptions.push(subscriptions.ids[subscription] as string) - 1
    subscriptions.setPlace(subscription, this.stamp, place)
    return place
  }

  /** Adds a charge of the record that was added last. */
  addCharge(cell: number, name: CellName, period: number, increases: readonly bigint[], amount: bigint): void {
    let place = this.cellPlaces.get(cell)
    if (place === undefined) {
      place = this.cells.push(name) - 1
      this.measures.push(increases.length)
      this.cellPlaces.set(cell, place)
    }
    assert(increases.length === this.measures[place], 'charges of a cell have the same measures')
    const { charges } = this
    charges.chargeRecord.push(this.rows.id.length - 1)
    charges.chargeCell.push(place)
    charges.chargePeriod.push(period)
    for (const increase of increases) charges.chargeMeasures.push(increase)
    charges.chargeAmount.push(amount)
  }

  /** Adds what a meter that keeps a series has observed by the charge that was added last. */
  addObservation({ value, timeMs, mark }: Observation): void {
    const { observed } = this
    observed.observedCharge.push(this.charges.chargeRecord.length - 1)
    observed.observedValue.push(value)
    observed.observedMs.push(timeMs)
    observed.observedMark.push(mark)
  }

  build(): SegmentFacts {
    return {
      counts: this.counts,
      sources: this.sources.texts,
      services: this.services,
      types: this.types.texts,
      changes: this.changes.texts,
      subscriptions: this.subscriptions,
      cells: this.cells,
      measures: this.measures,
      accounts: this.accounts.texts,
      units: this.units.texts,
      accountFacts: this.accountFacts,
      ...this.moves,
      ...this.rows,
      ...this.charges,
      ...this.observed,
    }
  }
}
