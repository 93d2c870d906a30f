import type { JournalStore } from './journal-store.ts'
import { fromDayNumber } from './period-calendar.ts'
import { type SegmentFacts, unpackFacts } from './segment.ts'

/** Which charges are wanted. Times bound the records' starts, half-open; segments bound when they were charged. */
export interface RecordFilter {
  readonly subscriptionIds: ReadonlySet<string>
  readonly fromMs: number
  readonly untilMs: number
  readonly afterSeq: number
  readonly throughSeq: number
}

/** One record's charge under one price, as the journal has it. */
export interface ChargedRecord {
  readonly seq: number
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  readonly startMs: number
  readonly endMs: number
  readonly data: string
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
  /** Increase of the quantity, at the meter's scale. */
  readonly quantity: bigint
  /** At the currency's rating scale. */
  readonly amount: bigint
}

/** Charged records out of the journal, in the order in which they were charged. */
export async function* chargedRecords(store: JournalStore, filter: RecordFilter): AsyncGenerator<ChargedRecord> {
  for await (const segment of store.segments(filter.afterSeq, filter)) {
    if (segment.seq > filter.throughSeq) return
    const facts = unpackFacts(segment.payload)
    const wanted = facts.subscriptions.map((id) => filter.subscriptionIds.has(id))
    if (!wanted.includes(true)) continue
    yield* chargesIn(facts, segment.seq, (row) => wanted[facts.subscription[row] as number] === true)
  }
}

/** The money that one record was charged, all its prices together; null when the journal does not have it. */
export async function chargeOfRecord(
  store: JournalStore,
  { source, id, startMs }: { source: string; id: string; startMs: number },
): Promise<bigint | null> {
  for await (const segment of store.segments(0, { fromMs: startMs, untilMs: startMs + 1 })) {
    const facts = unpackFacts(segment.payload)
    const row = facts.id.findIndex((name, at) => name === id && facts.sources[facts.source[at] as number] === source)
    if (row < 0) continue
    return facts.chargeRecord.reduce(
      (sum, record, charge) => (record === row ? sum + (facts.chargeAmount[charge] as bigint) : sum),
      0n,
    )
  }
  return null
}

/** The charges of a segment, of the rows that are wanted. */
function* chargesIn(facts: SegmentFacts, seq: number, isWanted: (row: number) => boolean): Generator<ChargedRecord> {
  let measureAt = 0
  for (let charge = 0; charge < facts.chargeRecord.length; charge++) {
    const cellAt = facts.chargeCell[charge] as number
    const quantity = facts.chargeMeasures[measureAt] as bigint
    measureAt += facts.measures[cellAt] as number
    const row = facts.chargeRecord[charge] as number
    if (!isWanted(row)) continue
    const [planVersionId, priceCode, cell] = facts.cells[cellAt] as readonly [string, string, string]
    yield {
      seq,
      planVersionId,
      priceCode,
      cell,
      quantity,
      source: facts.sources[facts.source[row] as number] as string,
      id: facts.id[row] as string,
      service: facts.services[facts.service[row] as number] as string,
      type: facts.types[facts.type[row] as number] as string,
      startMs: facts.startMs[row] as number,
      endMs: facts.endMs[row] as number,
      data: facts.data[row] as string,
      subscriptionId: facts.subscriptions[facts.subscription[row] as number] as string,
      periodStart: fromDayNumber(facts.chargePeriod[charge] as number),
      amount: facts.chargeAmount[charge] as bigint,
    }
  }
}
