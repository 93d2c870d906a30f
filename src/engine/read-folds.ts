import { present } from '../core/base/assert.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { Observation } from '../core/metering/observation.ts'
import { toObservation } from '../core/metering/observe.ts'
import { Refusal } from '../platform/problems.ts'
import type { Definitions } from './definitions.ts'
import { toDayNumber } from './period-calendar.ts'
import type { RecordFilter } from './ports.ts'
import { nameOf, type StandingCharge, type StandingRecord } from './standing-records.ts'

/** What records bring to a counter of a meter that keeps a series: those that are taken out of it, and the others. */
export interface Fold {
  readonly subscriptionId: string
  readonly charge: StandingCharge
  /** Of the period of the counter, those to be taken out included. */
  records: number
  readonly taken: Observation[]
  readonly kept: Observation[]
}

export type Folds = ReadonlyMap<string, Fold>

/** Records came into a counter after it was read: read it again. */
export class StaleFold extends Refusal {
  constructor() {
    super('engine_unavailable', 'usage came meanwhile; send the same request again')
  }
}

export function counterKey(
  subscriptionId: string,
  { planVersionId, priceCode, cell, periodStart }: Omit<StandingCharge, 'measures' | 'amount'>,
): string {
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

/** What reading counters anew needs. */
export interface FoldSource {
  readonly definitions: Definitions
  records(filter: RecordFilter): AsyncGenerator<StandingRecord[]>
  batchOf(records: readonly StandingRecord[]): UsageBatch
}

/**
 * Reads the counters that some records are to be taken out of, where their aggregates are no sums: what all records of
 * their period bring to them. Sums and counts are not read, because they fall by what a record added; nor are counters of
 * later periods, which keep what they need of a record that they began with.
 * @param gone names of records that were taken out before, though the journal does not say so.
 */
export async function readFolds(
  source: FoldSource,
  corrected: readonly StandingRecord[],
  gone: ReadonlySet<string>,
  throughSeq: number,
): Promise<Folds> {
  const folds = new Map<string, Fold>()
  const out = new Set(corrected.map(nameOf))
  for (const { subscriptionId, charges, startMs } of corrected) {
    const period = periodOf(source, subscriptionId, startMs)
    for (const charge of charges) {
      const key = counterKey(subscriptionId, charge)
      const meter = source.definitions.meterOf(charge.planVersionId, charge.priceCode)
      if (meter === undefined || meter.price.isAdditive || folds.has(key)) continue
      if (toDayNumber(charge.periodStart) !== period.number || !isOwn(charges, charge)) continue
      const fold: Fold = { subscriptionId, charge, records: 0, taken: [], kept: [] }
      folds.set(key, fold)
      const { fromMs, untilMs } = period
      const filter = { subscriptionIds: new Set([subscriptionId]), fromMs, untilMs, afterSeq: 0, throughSeq }
      for await (const page of source.records(filter)) addPage(source, fold, key, page, out, gone)
    }
  }
  return folds
}

/** A record's own charges stand first; those of another plan follow from them. */
function isOwn(charges: readonly StandingCharge[], { planVersionId }: StandingCharge): boolean {
  return planVersionId === charges[0]?.planVersionId
}

function periodOf(
  { definitions }: FoldSource,
  subscriptionId: string,
  startMs: number,
): { number: number; fromMs: number; untilMs: number } {
  const { subscriptions } = definitions
  const account = present(subscriptions.accountOf(subscriptions.numberOf(subscriptionId)), 'an account')
  return definitions.calendarOfAccount(account).boundsAt(startMs)
}

function addPage(
  source: FoldSource,
  fold: Fold,
  key: string,
  page: readonly StandingRecord[],
  out: ReadonlySet<string>,
  gone: ReadonlySet<string>,
): void {
  const inside = page.filter(
    (record) =>
      !gone.has(nameOf(record)) &&
      record.charges.some(
        (charge) => isOwn(record.charges, charge) && counterKey(record.subscriptionId, charge) === key,
      ),
  )
  fold.records += inside.length
  if (inside.length === 0) return
  const { planVersionId, priceCode } = fold.charge
  const { slot, price } = present(source.definitions.meterOf(planVersionId, priceCode), 'a price')
  const batch = source.batchOf(inside)
  inside.forEach((record, row) => {
    const value = batch.quantities[row * batch.width + slot] as bigint
    const observation = toObservation(price.meter, value, record.startMs, record.data)
    const list = out.has(nameOf(record)) ? fold.taken : fold.kept
    list.push(observation)
  })
}
