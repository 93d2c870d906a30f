import { Hash128 } from '../../core/base/hash.ts'
import { fromDayNumber } from '../../core/base/period.ts'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import { type MetersByType, type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import type { Aggregate } from '../../core/rating/models/price-model.ts'
import { moveTried } from '../charging/record-charge.ts'
import { addCharge } from '../corrections/counter-change.ts'
import { Definitions } from '../definitions/definitions.ts'
import type { BillCycle } from '../definitions/period-calendar.ts'
import type { CompiledPlan } from '../definitions/price-catalog.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { CounterTable } from '../memory/counter-table.ts'
import { SeriesTable } from '../memory/series-table.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { noPriceFor } from '../rating/find-service.ts'
import { locateUses } from '../rating/locate-record.ts'
import { SessionCount } from '../rating/located-use.ts'

/** The one account, service and subscription of a trial; no other has these names. */
const ID = '00000000-0000-0000-0000-000000000000'
const KEY = 'trial'

/** A plan to be tried out, published or not. */
export interface TriedPlan {
  readonly plan: CompiledPlan
  readonly currency: string
  readonly metersByType: MetersByType
  readonly hashSeed: Uint32Array
}

/** A counter of a trial. */
export interface TriedCounter {
  readonly periodStart: string
  readonly priceCode: string
  readonly cell: string
  readonly aggregate: Aggregate
  /** At the currency's rating scale. */
  readonly amount: bigint
  readonly records: number
}

/**
 * What usage would cost on a plan, as if all of it were of one subscription. Records are rated as those of real subscriptions are,
 * by the same functions, on counters of their own; balances have no part in it.
 */
export class UsageTrial {
  private readonly counterMemory: CounterMemory
  private readonly plan: CompiledPlan
  private readonly decoding: ConstructorParameters<typeof UsageBatchBuilder>[0]

  constructor({ plan, currency, metersByType, hashSeed }: TriedPlan, cycle: BillCycle) {
    const definitions = new Definitions(new Hash128(hashSeed))
    definitions.catalog.replace({ metersByType, plans: new Map([[plan.versionId, plan]]) })
    const always = { fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY }
    const interval = { ...always, planVersionId: plan.versionId, phase: null, isPaused: false }
    definitions.putAccounts({
      accounts: [{ id: ID, currency, terms: null, ...cycle }],
      services: [{ id: ID, key: KEY, accountId: ID, ...always }],
      subscriptions: [{ id: ID, accountId: ID, serviceId: null, intervals: [interval] }],
    })
    this.plan = plan
    this.counterMemory = { counters: new CounterTable(), series: new SeriesTable(), definitions }
    this.decoding = { metersByType, hashSeed, attributesByType: definitions.catalog.attributesByType }
  }

  /**
   * Rates records, as JSON texts.
   * @param phaseAt the phase of the plan that holds for a record, by its place among them and its time.
   * @returns for each of them why it would not be charged, or null.
   */
  add(texts: readonly string[], phaseAt: (index: number, startMs: number) => string | null): (Fault | null)[] {
    const batch = this.decode(texts)
    return texts.map((_, row) => {
      const rejected = batch.rejections.get(row)
      if (rejected !== undefined) return [rejected.reason, rejected.detail]
      return this.rate(batch, row, phaseAt(row, batch.startMs[row] as number))
    })
  }

  private decode(texts: readonly string[]): UsageBatch {
    const builder = new UsageBatchBuilder(this.decoding, Math.max(texts.length, 1))
    const fields = emptyFields()
    for (const text of texts) {
      const fault = readLine(text, fields)
      if (fault === null) builder.add(fields)
      else builder.addUnreadable(text, 'bad_json', fault, fields)
    }
    return builder.build()
  }

  private rate(batch: UsageBatch, row: number, phase: string | null): Fault | null {
    const { counterMemory, plan } = this
    const { definitions } = counterMemory
    const type = valueAt(batch.type, row)
    const prices = definitions.catalog.pricesFor(definitions.catalog.numberOfPlan(plan.versionId, phase), type)
    if (prices === undefined) return noPriceFor(type)
    const [service, subscription] = [0, 0]
    const [startMs, endMs] = [batch.startMs[row] as number, batch.endMs[row] as number]
    const period = definitions.parties.calendarOfService(service).periodOf(startMs)
    const uses = locateUses(counterMemory, batch, row, {
      service,
      subscription,
      prices,
      period,
      startMs,
      endMs,
      before: [],
    })
    if (isFault(uses)) return uses
    const sessions = new SessionCount()
    for (const use of uses) {
      const opened = use.observed === null ? sessions.opened(use, use.billed) : 0n
      const rated = { quantity: use.billed, sessions: opened, cut: use.cut }
      // A record is counted in its own period, also where its meter runs on into later ones.
      moveTried(counterMemory, use, addCharge(counterMemory, use, rated), use.period === period ? 1 : 0)
    }
    return null
  }

  /** All counters, by period, price and rate. */
  counters(): TriedCounter[] {
    const { counters, definitions } = this.counterMemory
    const found: TriedCounter[] = []
    for (let place = 0; place < counters.size; place++) {
      if (!counters.isUsed(place)) continue
      const { cell, period } = counters.nameOf(place)
      const [, priceCode, name] = definitions.names.rateElement(cell)
      const [aggregate, amount, records] = [counters.aggregate(place), counters.amount(place), counters.records(place)]
      found.push({ periodStart: fromDayNumber(period), priceCode, cell: name, aggregate, amount, records })
    }
    return found.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  }
}

function orderOf({ periodStart, priceCode, cell }: TriedCounter): string {
  return [periodStart, priceCode, cell].join('\n')
}
