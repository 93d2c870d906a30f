import type { CellName } from './definitions.ts'
import type { IdentifiedRecord } from './partition-state.ts'
import type { SegmentFacts, UsageCounts } from './segment.ts'

/** Gives each distinct text a place in a dictionary. */
class Dictionary {
  readonly texts: string[] = []
  private readonly places = new Map<string, number>()

  placeOf(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    const place = this.texts.push(text) - 1
    this.places.set(text, place)
    return place
  }
}

/** Collects what one micro-batch decided, column by column. */
export class FactsBuilder {
  readonly counts: UsageCounts = { received: 0, charged: 0, suspended: 0, duplicates: 0, recycled: 0 }
  minStartMs = Number.POSITIVE_INFINITY
  maxStartMs = Number.NEGATIVE_INFINITY
  private readonly sources = new Dictionary()
  private readonly services = new Dictionary()
  private readonly types = new Dictionary()
  private readonly subscriptions = new Dictionary()
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
  }
  private readonly charges = {
    chargeRecord: [] as number[],
    chargeCell: [] as number[],
    chargePeriod: [] as number[],
    chargeMeasures: [] as bigint[],
    chargeAmount: [] as bigint[],
  }

  addRecord(record: IdentifiedRecord, subscriptionId: string): void {
    const { rows } = this
    rows.id.push(record.id)
    rows.data.push(record.data)
    rows.source.push(this.sources.placeOf(record.source))
    rows.service.push(this.services.placeOf(record.service))
    rows.type.push(this.types.placeOf(record.type))
    rows.subscription.push(this.subscriptions.placeOf(subscriptionId))
    rows.startMs.push(record.startMs)
    rows.endMs.push(record.endMs)
    if (record.startMs < this.minStartMs) this.minStartMs = record.startMs
    if (record.startMs > this.maxStartMs) this.maxStartMs = record.startMs
  }

  /** Adds a charge of the record that was added last. */
  addCharge(cell: number, name: CellName, period: number, increases: readonly bigint[], amount: bigint): void {
    let place = this.cellPlaces.get(cell)
    if (place === undefined) {
      place = this.cells.push(name) - 1
      this.measures.push(increases.length)
      this.cellPlaces.set(cell, place)
    }
    const { charges } = this
    charges.chargeRecord.push(this.rows.id.length - 1)
    charges.chargeCell.push(place)
    charges.chargePeriod.push(period)
    for (const increase of increases) charges.chargeMeasures.push(increase)
    charges.chargeAmount.push(amount)
  }

  build(): SegmentFacts {
    return {
      counts: this.counts,
      sources: this.sources.texts,
      services: this.services.texts,
      types: this.types.texts,
      subscriptions: this.subscriptions.texts,
      cells: this.cells,
      measures: this.measures,
      ...this.rows,
      ...this.charges,
    }
  }
}
