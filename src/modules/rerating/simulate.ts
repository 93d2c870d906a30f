import { present } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { type Cycle, type DayPeriod, dayOf, periodAt, periodIndexOf, startOfDayMs } from '../../core/base/period.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import { createZoneClock, type ZoneClock } from '../../core/base/zone-clock.ts'
import { attributeInData } from '../../core/mediation/attribute-columns.ts'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { textAt, valueAt } from '../../core/mediation/text-column.ts'
import { ABSENT, type DecodingContext, type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import type { Series } from '../../core/metering/observation.ts'
import { toObservation } from '../../core/metering/observe.ts'
import { newSeries } from '../../core/metering/series.ts'
import { groupedName, isRead } from '../../core/rating/attributes.ts'
import {
  accumulate,
  billedQuantity,
  type Cell,
  type CompiledPrice,
  chargedAmount,
  emptyAggregate,
  isRatedUse,
} from '../../core/rating/compiled-price.ts'
import type { Aggregate } from '../../core/rating/price-model.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import type { EngineReads, StandingRecord } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { compileFiles, findPlanVersion, type SourceFile } from '../catalog/index.ts'
import { getRow, listSubscriptionsOf } from '../customers/index.ts'

/** Records that an answer tells why they were left out. */
const MAX_LISTED = 100

export interface Simulation {
  readonly code: string
  readonly version: number | undefined
  /** Plan files that are not published, in place of the published ones. */
  readonly files: readonly SourceFile[] | null
  /** Records as texts; or the usage of an account between two of its days. */
  readonly records: readonly string[] | null
  readonly usage: { readonly account: string; readonly from: string; readonly until: string } | null
  /** Of records that are given. */
  readonly zone: string
}

/** A plan as it is tried out: its usage prices, and what decoding records for it needs. */
interface TriedPlan {
  readonly currency: string
  readonly version: number | null
  readonly prices: readonly CompiledPrice[]
  readonly decoding: DecodingContext
}

/** What usage would cost on a plan, by period, price and rate, as if it were all of a subscription. Nothing is stored. */
export async function simulate(engine: EngineReads, context: ReadContext, simulation: Simulation): Promise<object> {
  const { db, tenant } = context
  const plan = await planOf(engine, context, simulation)
  const { usage, records, zone } = simulation
  if (usage === null) {
    const tally = new Tally(plan, { zone, anchor: '2026-01-01', cycle: { unit: 'month', count: 1 } })
    tally.add(records ?? [])
    return tally.report(simulation.code)
  }
  const account = await getRow(db, 'account', usage.account)
  const cycle = { unit: account.cycleUnit, count: account.cycleCount }
  const tally = new Tally(plan, { zone: account.zone, anchor: account.cycleAnchor, cycle })
  const filter = {
    subscriptionIds: new Set((await listSubscriptionsOf(db, account.id)).map(({ id }) => id)),
    fromMs: startOfDayMs(usage.from, account.zone),
    untilMs: startOfDayMs(usage.until, account.zone),
    afterSeq: 0,
    throughSeq: Number.MAX_SAFE_INTEGER,
  }
  for await (const page of engine.standing(tenant.name, filter)) tally.add(page.map(toText))
  return tally.report(simulation.code)
}

async function planOf(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  { code, version, files }: Simulation,
): Promise<TriedPlan> {
  // Nothing is compared with the names of records elsewhere.
  const hashSeed = Uint32Array.of(1, 2, 3, 4)
  if (files !== null) {
    const { plans, metersByType } = await compileFiles(db, files)
    const plan = plans.get(code)
    if (plan === undefined) throw new Refusal('not_found', `no plan ${code} in the files`)
    return { ...plan, version: null, decoding: { metersByType, hashSeed, attributesByType: new Map() } }
  }
  const found = await findPlanVersion(db, code, version)
  if (found === undefined) throw new Refusal('not_found', `no plan ${code}`)
  const { metersByType, plans } = await engine.catalog(tenant.name)
  const { prices } = present(plans.get(found.id), 'a compiled plan')
  return {
    currency: found.content.currency,
    version: found.version,
    prices,
    decoding: { metersByType, hashSeed, attributesByType: new Map() },
  }
}

interface Counter {
  readonly price: CompiledPrice
  readonly cell: Cell
  readonly cellName: string | null
  readonly period: DayPeriod
  aggregate: Aggregate
  records: number
  /** Of a meter that does not add up. */
  readonly series: Series | null
}

interface TriedUse {
  readonly price: CompiledPrice
  readonly cell: Cell
  readonly cellName: string | null
  readonly quantity: bigint
  /** Of a record that is split over several rates. */
  readonly billed: bigint | null
  readonly isContinued: boolean
}

/** Counters of one subscription that is not there. */
class Tally {
  private readonly plan: TriedPlan
  private readonly bill: { readonly zone: string; readonly anchor: string; readonly cycle: Cycle }
  private readonly clock: ZoneClock
  private readonly counters = new Map<string, Counter>()
  private readonly leftOut: { index: number; reason: string; detail: string }[] = []
  private records = 0
  private faults = 0

  constructor(plan: TriedPlan, bill: { zone: string; anchor: string; cycle: Cycle }) {
    this.plan = plan
    this.bill = bill
    this.clock = createZoneClock(bill.zone)
  }

  add(texts: readonly string[]): void {
    const batch = this.decode(texts)
    for (let row = 0; row < batch.count; row++) {
      const rejected = batch.rejections.get(row)
      const fault = rejected === undefined ? this.count(batch, row) : ([rejected.reason, rejected.detail] as const)
      if (fault !== null) {
        this.faults++
        if (this.leftOut.length < MAX_LISTED)
          this.leftOut.push({ index: this.records, reason: fault[0], detail: fault[1] })
      }
      this.records++
    }
  }

  private decode(texts: readonly string[]): UsageBatch {
    const builder = new UsageBatchBuilder(this.plan.decoding, Math.max(texts.length, 1))
    const fields = emptyFields()
    for (const text of texts) {
      const fault = readLine(text, fields)
      if (fault === null) builder.add(fields)
      else builder.addUnreadable(text, 'bad_json', fault, fields)
    }
    return builder.build()
  }

  private count(batch: UsageBatch, row: number): readonly [string, string] | null {
    const type = valueAt(batch.type, row)
    const meters = this.plan.decoding.metersByType.get(type) ?? []
    const prices = this.plan.prices.filter(({ meter }) => meter.eventType === type)
    if (prices.length === 0) return ['no_price', `the plan has no price for ${type}`]
    const startMs = batch.startMs[row] as number
    const data = textAt(batch.data, row)
    const uses: TriedUse[] = []
    for (const price of prices) {
      const values = price.attributes.map((name) => attributeInData(data, name))
      if (!isRead(price, values)) continue
      const slot = meters.findIndex(({ code }) => code === price.meter.code)
      const quantity = batch.quantities[row * batch.width + slot] ?? ABSENT
      if (quantity === ABSENT && price.meter.optional === true) continue
      if (quantity === ABSENT) return ['missing_field', `data.${price.meter.property}`]
      const use = { startMs, endMs: batch.endMs[row] as number, quantity }
      const whole = { cellAt: price.selector.cellAt(startMs, this.clock, values), quantity, billed: null }
      for (const [index, part] of (splitUse(price, use, this.clock, values) ?? [whole]).entries()) {
        const cell = price.cells[part.cellAt]
        if (cell === undefined) return ['no_price', `price ${price.price.code} has no rate for this record`]
        const cellName = price.groupAt < 0 ? cell.name : groupedName(cell.name, values[price.groupAt] as string)
        uses.push({ price, cell, cellName, quantity: part.quantity, billed: part.billed, isContinued: index > 0 })
      }
    }
    for (const { price, cell, cellName, quantity, billed: billedPart, isContinued } of uses) {
      const counter = this.counterOf(price, cell, cellName, startMs)
      const { series } = counter
      const observation = toObservation(price.meter, quantity, startMs, data)
      const brought = series === null ? quantity : series.quantityWith(observation) - series.quantity
      series?.add(observation)
      const billed = billedPart ?? billedQuantity(cell, brought)
      const sessions = series === null && !isContinued && isRatedUse(cell, quantity, billed) ? 1n : 0n
      counter.aggregate = accumulate(cell, counter.aggregate, { quantity: billed, sessions })
      counter.records++
    }
    return null
  }

  /** The counter of a rate in the period of a time; levels and registers go on from the period before. */
  private counterOf(price: CompiledPrice, cell: Cell, cellName: string | null, startMs: number): Counter {
    const { zone, anchor, cycle } = this.bill
    const period = periodAt(anchor, cycle, periodIndexOf(anchor, cycle, dayOf(startMs, zone)))
    const name = [period.start, price.price.code, cellName ?? ''].join('\n')
    const known = this.counters.get(name)
    if (known !== undefined) return known
    const window = { fromMs: startOfDayMs(period.start, zone), untilMs: startOfDayMs(period.end, zone) }
    const series = price.isAdditive ? null : newSeries(price.meter, window)
    const before = [...this.counters.values()]
      .filter((other) => other.price === price && other.cellName === cellName && other.period.start < period.start)
      .toSorted((a, b) => (a.period.start < b.period.start ? -1 : 1))
      .at(-1)
    let aggregate: Aggregate = emptyAggregate(cell)
    if (series !== null) {
      for (const carried of before?.series?.carried() ?? []) series.add(carried)
      aggregate = accumulate(cell, aggregate, { quantity: series.quantity, sessions: 0n })
    }
    const counter = { price, cell, cellName, period, aggregate, records: 0, series }
    this.counters.set(name, counter)
    return counter
  }

  report(code: string): object {
    const { currency, version } = this.plan
    const { ratingScale } = currencyOf(currency)
    const counters = [...this.counters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter)
    let total = 0n
    const items = counters.map(({ price, cell, cellName, period, aggregate, records }) => {
      const amount = chargedAmount(price, cell, aggregate)
      total += amount
      return {
        period: period.start,
        price: price.price.code,
        cell: cellName,
        records,
        quantity: formatQuantity(aggregate[0] as bigint, price.meter.scale),
        unit: price.meter.unit,
        amount: formatScaled(amount, ratingScale),
      }
    })
    const usage = { records: this.records, leftOut: this.faults, firstLeftOut: this.leftOut }
    return { plan: code, version, currency, ...usage, items, total: formatScaled(total, ratingScale) }
  }
}

function toText({ source, id, service, type, startMs, endMs, data }: StandingRecord): string {
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  const head = JSON.stringify({ id, source, service, type, time: new Date(startMs).toISOString(), end })
  return `${head.slice(0, -1)},"data":${data}}`
}
