import { present } from '../../core/base/assert.ts'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import { isReversed, readChange } from '../journal/change.ts'
import { REFUND } from '../journal/online-request.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import { readArchived } from '../journal/segment-facts.ts'
import { unpackFacts } from '../journal/segment-payload.ts'
import { chargedRecords, chargesIn, type WholeJournal } from '../journal/usage-records.ts'
import { copyCounterMemory } from '../memory/copy-counter-memory.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import type { Partition } from '../partition/partition.ts'
import type { RecordFilter } from '../ports.ts'
import { type Correction, type CorrectionOutcome, correctionWrite } from './correct-usage.ts'
import { type EffectiveRecord, effectiveRecords, nameOf, recordRows } from './effective-records.ts'
import { RecordFinder } from './find-record.ts'
import { readSeriesInputs, type SeriesInputSource, StaleSeriesInput } from './series-inputs.ts'
import { type PlanOf, type TriedRecord, tryPlan } from './try-plan.ts'

/** How often counters are read anew before usage that comes into them is too much. */
const MAX_READS = 20

/** A record that was charged in some row, as its last correction left it. */
export interface EffectiveRow {
  readonly record: EffectiveRecord
  /** The correction that reversed it: it may have been rebooked under another time or subscription. */
  readonly goneBy: string | null
}

/** A copy of counters after a segment, to try prices out on. */
export interface Trial {
  readonly counterMemory: CounterMemory
  readonly throughSeq: number
  /** Records that were tried, by their names: those of counters that are no sums. */
  readonly taken: Set<string>
}

/**
 * Where corrections of a tenant are worked on, one after another: records are read as they are now, and nobody else
 * corrects them before what was decided is committed. Usage is charged meanwhile.
 */
export class CorrectionSession {
  private readonly journal: WholeJournal
  private readonly partition: Partition
  private readonly memory: PartitionState
  private readonly finder: RecordFinder

  constructor(journal: WholeJournal, partition: Partition, memory: PartitionState) {
    this.journal = journal
    this.partition = partition
    this.memory = memory
    this.finder = new RecordFinder(journal, async (source, id) => memory.segmentOf(source, id))
  }

  /** Records as their last corrections have left them, oldest first, page by page. */
  records(filter: RecordFilter): AsyncGenerator<EffectiveRecord[]> {
    return effectiveRecords(this.journal, filter)
  }

  /** Some rows of a segment as corrections have left them; a retracted one names the correction that did it. */
  async standingRows(seq: number, from: number, until: number): Promise<EffectiveRow[]> {
    const facts = await this.factsOf(seq)
    const rows = recordRows(chargesIn(facts, seq, (row) => row >= from && row < until))
    const times = rows.map(({ startMs }) => startMs)
    const filter = {
      subscriptionIds: new Set(rows.map(({ subscriptionId }) => subscriptionId)),
      fromMs: times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY),
      untilMs: times.reduce((most, time) => Math.max(most, time), 0) + 1,
      onlyChanges: true,
    }
    const last = new Map<string, EffectiveRecord>()
    const everything = { ...filter, afterSeq: seq, throughSeq: Number.MAX_SAFE_INTEGER }
    for await (const page of chargedRecords(this.journal, everything))
      for (const row of recordRows(page)) last.set(nameOf(row), row)
    const found: EffectiveRow[] = []
    for (const row of rows) {
      const latest = last.get(nameOf(row)) ?? row
      const goneBy = isReversed(latest.change ?? undefined) ? readChange(latest.change as string).id : null
      found.push({ record: latest, goneBy })
    }
    return found
  }

  private async factsOf(seq: number): Promise<SegmentFacts> {
    const [segment] = await this.journal.store.segmentsOf([seq])
    if (segment === undefined) throw new Error(`segment ${seq} is not there`)
    if (segment.payload !== null) return unpackFacts(segment.payload)
    const [archived] = await readArchived(this.journal, [segment])
    return present(archived, 'an archived segment').facts()
  }

  /** Counters that are no sums are read anew; as often as usage comes into them meanwhile. */
  async apply(correction: Correction): Promise<CorrectionOutcome> {
    const records = correction.items.map(({ effective }) => effective)
    for (let attempt = 1; ; attempt++) {
      const seriesInputs = await readSeriesInputs(this.foldSource, records, new Set(), Number.MAX_SAFE_INTEGER)
      try {
        return await this.partition.write(correctionWrite(correction, this.memory, seriesInputs))
      } catch (error) {
        if (!(error instanceof StaleSeriesInput) || attempt >= MAX_READS) throw error
      }
    }
  }

  private get foldSource(): SeriesInputSource {
    return {
      definitions: this.memory.definitions,
      records: (filter) => this.records(filter),
      batchOf: (records) => this.batchOf(records),
    }
  }

  /** Copies of the counters of some subscriptions, after everything that was decided before. */
  async trial(subscriptionIds: Iterable<string>): Promise<Trial> {
    return this.partition.read((state, throughSeq) => {
      return { counterMemory: copyCounterMemory(state, subscriptionIds), throughSeq, taken: new Set<string>() }
    })
  }

  /** What records would be charged under other plan versions, in order; nothing is changed but the copies. */
  async tryPlan(trial: Trial, records: readonly EffectiveRecord[], planOf: PlanOf): Promise<TriedRecord[]> {
    const { counterMemory } = trial
    const seriesInputs = await readSeriesInputs(this.foldSource, records, trial.taken, trial.throughSeq)
    const tried = tryPlan(counterMemory, seriesInputs, this.batchOf(records), records, planOf)
    if (seriesInputs.size > 0)
      records.forEach((record, at) => {
        if (tried[at]?.fault === null) trial.taken.add(nameOf(record))
      })
    return tried
  }

  /** Records as a batch, in their order; a text that is no record of this tenant is refused by its index. */
  batchOf(records: readonly EffectiveRecord[], more: readonly string[] = []): UsageBatch {
    const builder = new UsageBatchBuilder(this.memory.decoding, records.length + more.length)
    const fields = emptyFields()
    for (const text of [...records.map(toText), ...more]) {
      const fault = readLine(text, fields)
      if (fault === null) builder.add(fields)
      else builder.addUnreadable(text, 'bad_json', fault, fields)
    }
    return builder.build()
  }

  /** As `RecordFinder` finds it. */
  async find(source: string, id: string, timeMs: number | null): Promise<EffectiveRecord> {
    return this.finder.find(source, id, timeMs)
  }

  /** Whether a record was given back, and the segment in which memory has that. */
  async refundOf({ source, id, startMs }: EffectiveRecord): Promise<{ isEffective: boolean; seq: number | null }> {
    const name = `${id}${REFUND}`
    const seq = this.memory.segmentOf(source, name)
    // It has the time of the record.
    const change = await this.finder.lastChange(source, name, startMs)
    return { isEffective: change !== undefined && !isReversed(change ?? undefined), seq }
  }
}

/** A record as one line of JSON, as it would be delivered. */
function toText({ source, id, service, type, startMs, endMs, data }: EffectiveRecord): string {
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  const head = JSON.stringify({ id, source, service, type, time: new Date(startMs).toISOString(), end })
  return `${head.slice(0, -1)},"data":${data}}`
}
