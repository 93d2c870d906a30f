import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { Observation } from '../../core/metering/observation.ts'
import { toObservation } from '../../core/metering/observe.ts'
import { runsOn } from '../../core/metering/series.ts'
import { withoutVisit } from '../../core/rating/attributes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Definitions } from '../definitions/definitions.ts'
import type { RecordFilter } from '../ports.ts'
import { type EffectiveCharge, type EffectiveRecord, isOwn, nameOf } from './effective-records.ts'

/** What records bring to a counter of a meter that keeps a series: those that are taken out of it, and the others. */
export interface SeriesInput {
  readonly subscriptionId: string
  readonly charge: EffectiveCharge
  /** Of the period of the counter, those to be taken out included. */
  records: number
  readonly taken: Observation[]
  readonly kept: Observation[]
}

export type SeriesInputs = ReadonlyMap<string, SeriesInput>

/** Records came into a counter after it was read: read it again. */
export class StaleSeriesInput extends Refusal {
  constructor() {
    super('engine_unavailable', 'usage came meanwhile; send the same request again')
  }
}

export function counterKey(
  subscriptionId: string,
  { planVersionId, priceCode, cell, periodStart }: Omit<EffectiveCharge, 'measures' | 'amount' | 'isCarriedOn'>,
): string {
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

/** What reading counters anew needs. */
export interface SeriesInputSource {
  readonly definitions: Definitions
  records(filter: RecordFilter): AsyncGenerator<EffectiveRecord[]>
  batchOf(records: readonly EffectiveRecord[]): UsageBatch
}

/**
 * Reads the counters that some records are to be taken out of, where their aggregates are no sums: what all records of
 * their period bring to them. Sums and counts are not read, because they fall by what a record added; nor are counters of
 * later periods, which keep what they need of a record that they began with.
 * @param gone names of records that were taken out before, though the journal does not say so.
 */
export async function readSeriesInputs(
  source: SeriesInputSource,
  corrected: readonly EffectiveRecord[],
  gone: ReadonlySet<string>,
  throughSeq: number,
): Promise<SeriesInputs> {
  const seriesInputs = new Map<string, SeriesInput>()
  const read = new Set<string>()
  const out = new Set(corrected.map(nameOf))
  for (const { subscriptionId, charges, startMs } of corrected) {
    const period = periodOf(source, subscriptionId, startMs)
    for (const charge of charges) {
      const meter = source.definitions.catalog.meterOf(charge.planVersionId, charge.priceCode)
      if (meter === undefined || meter.price.isAdditive) continue
      if (toDayNumber(charge.periodStart) !== period.number || !isOwn(charges, charge)) continue
      // Counters of later plans of the period have observed the same, unless the meter runs on from one to the next.
      const keyOf = runsOn(meter.price.meter) ? counterKey : sequenceKey
      const key = keyOf(subscriptionId, charge)
      if (read.has(key)) continue
      read.add(key)
      const { fromMs, untilMs } = period
      const filter = { subscriptionIds: new Set([subscriptionId]), fromMs, untilMs, afterSeq: 0, throughSeq }
      const isWanted = (one: EffectiveCharge): boolean => keyOf(subscriptionId, one) === key
      for await (const page of source.records(filter)) addPage(source, seriesInputs, isWanted, page, out, gone)
    }
  }
  return seriesInputs
}

/** Names the counters that count the same in a period, under whichever plan. */
function sequenceKey(subscriptionId: string, { priceCode, cell, periodStart }: EffectiveCharge): string {
  return [subscriptionId, priceCode, withoutVisit(cell), periodStart].join('\n')
}

function periodOf(
  { definitions }: SeriesInputSource,
  subscriptionId: string,
  startMs: number,
): { number: number; fromMs: number; untilMs: number } {
  const { subscriptions } = definitions.parties
  const account = present(subscriptions.accountOf(subscriptions.numberOf(subscriptionId)), 'an account')
  return definitions.parties.calendarOfAccount(account).boundsAt(startMs)
}

/** Adds the records of a page to the series inputs of their counters. */
function addPage(
  source: SeriesInputSource,
  seriesInputs: Map<string, SeriesInput>,
  isWanted: (charge: EffectiveCharge) => boolean,
  page: readonly EffectiveRecord[],
  out: ReadonlySet<string>,
  gone: ReadonlySet<string>,
): void {
  const inside = page.flatMap((record) => {
    if (gone.has(nameOf(record))) return []
    const charge = record.charges.find((one) => isOwn(record.charges, one) && isWanted(one))
    return charge === undefined ? [] : [{ record, charge }]
  })
  if (inside.length === 0) return
  const batch = source.batchOf(inside.map(({ record }) => record))
  inside.forEach(({ record, charge }, row) => {
    const key = counterKey(record.subscriptionId, charge)
    const seriesInput = seriesInputs.get(key) ?? {
      subscriptionId: record.subscriptionId,
      charge,
      records: 0,
      taken: [],
      kept: [],
    }
    seriesInputs.set(key, seriesInput)
    seriesInput.records++
    const { slot, price } = present(
      source.definitions.catalog.meterOf(charge.planVersionId, charge.priceCode),
      'a price',
    )
    const value = batch.quantities[row * batch.width + slot] as bigint
    const observation = toObservation(price.meter, value, record.startMs, record.data)
    const list = out.has(nameOf(record)) ? seriesInput.taken : seriesInput.kept
    list.push(observation)
  })
}
