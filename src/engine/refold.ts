import { present } from '../core/base/assert.ts'
import type { UsageBatch } from '../core/mediation/usage-batch.ts'
import { accumulate, billedQuantity, type Cell, chargedAmount, emptyAggregate } from '../core/rating/compiled-price.ts'
import type { Aggregate } from '../core/rating/price-model.ts'
import { Refusal } from '../platform/problems.ts'
import type { Definitions } from './definitions.ts'
import { toDayNumber } from './period-calendar.ts'
import { cellOf, type Ground, isAdditive, type RatedUse, type StandingUse, type Step, stepBack } from './rate-again.ts'
import { nameOf, type StandingCharge, type StandingRecord } from './standing-records.ts'
import type { RecordFilter } from './usage-records.ts'

/** What stays in a counter whose aggregate is no sum, when some of its records are taken out. */
interface Fold {
  readonly subscriptionId: string
  readonly charge: StandingCharge
  /** Records that were counted, with those to be taken out. */
  records: number
  readonly uses: RatedUse[]
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
      if (meter === undefined || isAdditive(meter.price) || folds.has(key)) continue
      const fold = { subscriptionId, charge, records: 0, uses: [] }
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
  const cell = present(
    price.cells.find(({ name }) => (name ?? '') === fold.charge.cell),
    'a cell',
  )
  const batch = source.batchOf(kept)
  for (let row = 0; row < kept.length; row++) {
    const quantity = billedQuantity(cell, batch.quantities[row * batch.width + slot] as bigint)
    fold.uses.push({ quantity, sessions: quantity > 0n ? 1n : 0n })
  }
}

/** Takes charges out of counters: out of sums by what they added, out of others by what stays in them. */
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

  step(subscriptionId: string, standing: StandingUse): Step {
    const { use, charge } = standing
    if (isAdditive(use.meter.price)) return stepBack(this.ground, standing)
    const { counters } = this.ground
    const amountBefore = counters.amount(use.place)
    const isEmpty = counters.records(use.place) === 1
    const after = this.done.has(use.place)
      ? counters.aggregate(use.place)
      : foldOf(cellOf(use), present(this.folds.get(counterKey(subscriptionId, charge)), 'a counter that was read'))
    this.done.add(use.place)
    const amountAfter = isEmpty ? 0n : chargedAmount(use.meter.price, cellOf(use), after)
    return { after, amountAfter, amount: amountAfter - amountBefore }
  }
}

function foldOf(cell: Cell, { uses }: Fold): Aggregate {
  return uses.reduce<Aggregate>((aggregate, use) => accumulate(cell, aggregate, use), emptyAggregate(cell))
}
