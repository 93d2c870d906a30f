import { present } from '../core/base/assert.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import type { Observation } from '../core/metering/observation.ts'
import { toObservation } from '../core/metering/observe.ts'
import { newSeries } from '../core/metering/series.ts'
import { accumulate, chargedAmount } from '../core/rating/compiled-price.ts'
import { Refusal } from '../platform/problems.ts'
import { cellOf, type LocatedUse } from './charge-account.ts'
import type { Definitions } from './definitions.ts'
import type { Ground } from './ground.ts'
import { toDayNumber } from './period-calendar.ts'
import type { RecordFilter } from './ports.ts'
import { type StandingUse, type Step, stepBack } from './rate-again.ts'
import { FORGET } from './series-table.ts'
import { nameOf, type StandingCharge, type StandingRecord } from './standing-records.ts'

/** What a meter that keeps a series has still observed in a counter, when some of its records are taken out. */
interface Fold {
  readonly subscriptionId: string
  readonly charge: StandingCharge
  /** Records that were counted, with those to be taken out. */
  records: number
  readonly observations: Observation[]
}

export type Folds = ReadonlyMap<string, Fold>

/** Records came into a counter after it was read: read it again. */
export class StaleFold extends Refusal {
  constructor() {
    super('engine_unavailable', 'usage came meanwhile; send the same request again')
  }
}

function counterKey(subscriptionId: string, { planVersionId, priceCode, cell, periodStart }: StandingCharge): string {
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

/** What reading counters anew needs. */
export interface FoldSource {
  readonly definitions: Definitions
  records(filter: RecordFilter): AsyncGenerator<StandingRecord[]>
  batchOf(records: readonly StandingRecord[]): UsageBatch
}

/**
 * Reads the counters that some records are to be taken out of, where their aggregates are no sums: what the other records
 * bring to them. Sums and counts are not read, because they fall by what a record added.
 * @param taken names of records that were taken out before, though the journal does not say so.
 */
export async function readFolds(
  source: FoldSource,
  corrected: readonly StandingRecord[],
  taken: ReadonlySet<string>,
  throughSeq: number,
): Promise<Folds> {
  const folds = new Map<string, Fold>()
  for (const { subscriptionId, charges, startMs } of corrected) {
    for (const charge of charges) {
      const key = counterKey(subscriptionId, charge)
      const meter = source.definitions.meterOf(charge.planVersionId, charge.priceCode)
      if (meter === undefined || meter.price.isAdditive || folds.has(key)) continue
      const fold = { subscriptionId, charge, records: 0, observations: [] }
      folds.set(key, fold)
      const out = new Set(corrected.map(nameOf))
      for await (const page of source.records({
        ...periodOf(source, subscriptionId, startMs),
        afterSeq: 0,
        throughSeq,
      }))
        addPage(source, fold, key, page, out, taken)
    }
  }
  return folds
}

function periodOf(
  { definitions }: FoldSource,
  subscriptionId: string,
  startMs: number,
): Pick<RecordFilter, 'subscriptionIds' | 'fromMs' | 'untilMs'> {
  const { subscriptions } = definitions
  const account = present(subscriptions.accountOf(subscriptions.numberOf(subscriptionId)), 'an account')
  const { fromMs, untilMs } = definitions.calendarOfAccount(account).boundsAt(startMs)
  return { subscriptionIds: new Set([subscriptionId]), fromMs, untilMs }
}

function addPage(
  source: FoldSource,
  fold: Fold,
  key: string,
  page: readonly StandingRecord[],
  out: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): void {
  const inside = page.filter(
    (record) =>
      !taken.has(nameOf(record)) && record.charges.some((charge) => counterKey(record.subscriptionId, charge) === key),
  )
  fold.records += inside.length
  const kept = inside.filter((record) => !out.has(nameOf(record)))
  if (kept.length === 0) return
  const { slot, price } = present(
    source.definitions.meterOf(fold.charge.planVersionId, fold.charge.priceCode),
    'a price',
  )
  const batch = source.batchOf(kept)
  kept.forEach(({ startMs, data }, row) => {
    const value = batch.quantities[row * batch.width + slot] as bigint
    fold.observations.push(toObservation(price.meter, value, startMs, data))
  })
}

/** Takes charges out of counters: out of sums by what they added, out of series by what is still observed. */
export class Withdrawal {
  private readonly ground: Ground
  private readonly folds: Folds
  private readonly done = new Set<number>()

  /** @throws StaleFold when a counter has other records than it was read with. */
  constructor(ground: Ground, folds: Folds) {
    this.ground = ground
    this.folds = folds
    const { counters, definitions } = ground
    for (const { subscriptionId, charge, records } of folds.values()) {
      const cell = definitions.numberOfCell([charge.planVersionId, charge.priceCode, charge.cell])
      const subscription = definitions.subscriptions.numberOf(subscriptionId)
      const place = counters.place(subscription, cell, toDayNumber(charge.periodStart))
      if (counters.records(place) !== records) throw new StaleFold()
    }
  }

  step(subscriptionId: string, standing: StandingUse): Step & Pick<LocatedUse, 'observed'> {
    const { use, charge } = standing
    if (use.meter.price.isAdditive) return { ...stepBack(this.ground, standing), observed: null }
    const { counters, series, definitions } = this.ground
    const { place, period, meter } = use
    const isEmpty = counters.records(place) === 1
    const [aggregate, amount] = [counters.aggregate(place), counters.amount(place)]
    if (this.done.has(place)) return { after: aggregate, amountAfter: amount, amount: 0n, observed: null }
    this.done.add(place)
    const { observations } = present(this.folds.get(counterKey(subscriptionId, charge)), 'a counter that was read')
    const account = present(definitions.subscriptions.accountOf(counters.nameOf(place).subscription), 'an account')
    const window = definitions.calendarOfAccount(account).boundsOf(period)
    const left = newSeries(meter.price.meter, window)
    for (const observation of observations) left.add(observation)
    const before = series.find(place, meter.price.meter, window)?.quantity ?? 0n
    const after = accumulate(cellOf(use), aggregate, { quantity: left.quantity - before, sessions: 0n })
    const amountAfter = isEmpty ? 0n : chargedAmount(meter.price, cellOf(use), after)
    const observed = { before, observations: [FORGET, ...left.kept()] }
    return { after, amountAfter, amount: amountAfter - amount, observed }
  }
}
