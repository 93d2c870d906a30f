import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromDayNumber } from '../../core/base/period.ts'
import type { Meter, UsagePrice } from '../../core/catalog/plan.ts'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { type UsageBatch, UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import { ownPart } from '../../core/rating/carried-usage.ts'
import { compilePrice } from '../../core/rating/compile-price.ts'
import { moveTried, stepAlone } from '../charging/record-charge.ts'
import { PartitionState } from '../memory/partition-state.ts'
import { snapshotCounters } from '../partition/counter-snapshot.ts'
import { isFault } from '../rating/fault.ts'
import { locateRecord } from '../rating/locate-record.ts'
import { bookTried } from './book-changes.ts'
import { type EffectiveCharge, type EffectiveRecord, nameOf } from './effective-records.ts'
import { effectiveUses } from './effective-uses.ts'
import { Reversals } from './reverse.ts'
import { readSeriesInputs } from './series-inputs.ts'

const START_MS = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000
const SEED = new Uint32Array([1, 2, 3, 4])
const [ACCOUNT, SUBSCRIPTION] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b']
const PLANS = ['1', '2', '3'].map((digit) => `0190a000-0000-7000-8000-00000000000${digit}`)

const meterOf = (code: string, aggregator: Meter['aggregator']): Meter => ({
  ...{ code, name: code, eventType: code, aggregator, property: 'n', unit: 'u', scale: 0 },
  ...(aggregator === 'time_weighted' ? { timeUnit: 'hour' as const } : {}),
})
const METERS = [
  meterOf('calls', 'sum'),
  meterOf('peak', 'max'),
  meterOf('users', 'unique_count'),
  meterOf('disk', 'time_weighted'),
]

/** Graduated, at other rates in each plan; the third plan has its price for disks under another code. */
function pricesOf(plan: number): UsagePrice[] {
  return METERS.map(({ code }) => {
    const tiers = [
      { upTo: '50', unitAmount: `0.${plan + 1}` },
      { upTo: null, unitAmount: `0.0${plan + 4}` },
    ]
    const ownCode = plan === 2 && code === 'disk' ? 'storage' : code
    return { kind: 'usage', code: ownCode, name: code, meter: code, rate: { model: 'graduated', tiers } }
  })
}

interface Span {
  readonly days: number
  readonly plan: number
  readonly isPaused: boolean
  readonly restarts: boolean
}

interface Use {
  readonly meter: number
  readonly hour: number
  readonly quantity: number
}

/** Counters of one subscription: usage is charged as it comes live, and taken out as corrections do. */
class World {
  readonly state = new PartitionState(SEED)
  readonly records: EffectiveRecord[] = []

  constructor(spans: readonly Span[]) {
    const plans = PLANS.map((versionId, plan) => {
      const prices = pricesOf(plan).map((price, at) => compilePrice(price, 'EUR', METERS[at] as Meter))
      return { versionId, prices, allowances: [] }
    })
    this.state.definitions.catalog.replace({
      metersByType: new Map(METERS.map((meter) => [meter.eventType, [meter]])),
      plans: new Map(plans.map((plan) => [plan.versionId, plan])),
    })
    let day = 0
    const intervals = spans.map(({ days, plan, isPaused, restarts }, at) => {
      const fromMs = START_MS + day * DAY_MS
      day += days
      const untilMs = at === spans.length - 1 ? Number.POSITIVE_INFINITY : START_MS + day * DAY_MS
      const span = { fromMs, untilMs, planVersionId: PLANS[plan] as string, phase: null, isPaused }
      return restarts ? { ...span, restarts: true as const } : span
    })
    const cycle = { zone: 'UTC', anchor: '2026-01-01', cycle: { count: 1, unit: 'month' as const } }
    const always = { fromMs: START_MS, untilMs: Number.POSITIVE_INFINITY }
    this.state.definitions.putAccounts({
      accounts: [{ id: ACCOUNT, currency: 'EUR', terms: null, ...cycle }],
      services: [{ id: ACCOUNT, key: 's', accountId: ACCOUNT, ...always }],
      subscriptions: [{ id: SUBSCRIPTION, accountId: ACCOUNT, serviceId: null, intervals }],
    })
  }

  /** Charges records one after another, as they come; those of a pause are left out. */
  charge(uses: readonly Use[]): this {
    for (const { meter, hour, quantity } of uses) {
      const { code: type } = METERS[meter] as Meter
      const [id, startMs, data] = [`${type}-${hour}`, START_MS + hour * 3_600_000, `{"n":${quantity}}`]
      const record = { seq: 1, row: 0, source: 'x', id, service: 's', type, startMs, endMs: Number.NaN, data }
      const batch = this.batchOf([{ ...record, subscriptionId: SUBSCRIPTION, charges: [], change: null }])
      const acceptance = { nowMs: START_MS + 400 * DAY_MS, windowMs: 400 * DAY_MS }
      const located = locateRecord({ state: this.state, batch, acceptance }, 0, startMs)
      if (isFault(located)) {
        assert.equal(located[0], 'paused')
        continue
      }
      const charges = located.uses.map((use): EffectiveCharge => {
        const { place, element, period } = use
        const before = [this.state.counters.aggregate(place), this.state.counters.amount(place)] as const
        const isOfRecord = period === located.uses[0]?.period
        moveTried(
          this.state,
          use,
          stepAlone(this.state, use, located.uses),
          isOfRecord && use === located.uses[0] ? 1 : 0,
        )
        const [own, ownBefore] = [this.state.counters.aggregate(place), before[0]].map((all) =>
          ownPart(element.measures, all),
        )
        const measures = Array.from(
          { length: element.measures },
          (_, at) => (own?.[at] ?? 0n) - (ownBefore?.[at] ?? 0n),
        )
        const [planVersionId, priceCode, cell] = this.state.definitions.names.rateElement(use.rateKeyNumber)
        const amount = this.state.counters.amount(place) - before[1]
        return {
          planVersionId,
          priceCode,
          cell,
          periodStart: fromDayNumber(period),
          measures,
          amount,
          isCarriedOn: false,
        }
      })
      this.records.push({ ...record, subscriptionId: SUBSCRIPTION, charges, change: null })
    }
    return this
  }

  /** Takes records out, one after another. */
  async takeOut(isGone: (record: EffectiveRecord) => boolean): Promise<this> {
    const gone = new Set<string>()
    for (const record of this.records.filter(isGone)) {
      const source = {
        definitions: this.state.definitions,
        batchOf: (records: readonly EffectiveRecord[]) => this.batchOf(records),
        // Every record is read as it was charged: what has been taken out before is named in `gone`.
        records: async function* (
          this: { of: EffectiveRecord[] },
          { fromMs, untilMs }: { fromMs: number; untilMs: number },
        ) {
          yield this.of.filter(({ startMs }) => startMs >= fromMs && startMs < untilMs)
        }.bind({ of: this.records }),
      }
      const reversals = new Reversals(this.state, await readSeriesInputs(source, [record], gone, 1))
      const uses = effectiveUses(this.state, this.batchOf([record]), 0, record)
      bookTried(this.state, reversals.reverse(SUBSCRIPTION, uses, false))
      gone.add(nameOf(record))
    }
    return this
  }

  /** What is billed of every counter: its measures, with levels as they hold, and what is charged for sums and peaks. */
  billed(): string[] {
    return snapshotCounters(this.state, SUBSCRIPTION, 1, START_MS + 90 * DAY_MS)
      .filter(({ measures }) => ownPart(1, measures)[0] !== 0n)
      .map(({ planVersionId, priceCode, cell, periodStart, measures, amount }) => {
        const charged = METERS.some(({ code, aggregator }) => code === priceCode && aggregator !== 'time_weighted')
        return [planVersionId, priceCode, cell, periodStart, ...measures, charged ? amount : ''].join(' ')
      })
      .sort()
  }

  private batchOf(records: readonly EffectiveRecord[]): UsageBatch {
    const { compiled, attributesByType } = this.state.definitions.catalog
    const builder = new UsageBatchBuilder({ metersByType: compiled.metersByType, attributesByType, hashSeed: SEED }, 1)
    const fields = emptyFields()
    for (const { source, id, service, type, startMs, data } of records) {
      const head = JSON.stringify({ source, id, service, type, time: new Date(startMs).toISOString() })
      assert.equal(readLine(`${head.slice(0, -1)},"data":${data}}`, fields), null)
      builder.add(fields)
    }
    return builder.build()
  }
}

const span = fc.record({
  days: fc.integer({ min: 3, max: 40 }),
  plan: fc.integer({ min: 0, max: 2 }),
  isPaused: fc.boolean(),
  restarts: fc.boolean(),
})
const spans = fc.array(span, { minLength: 1, maxLength: 5 })
const uses = fc.uniqueArray(
  fc.record({
    meter: fc.integer({ min: 0, max: 3 }),
    hour: fc.integer({ min: 0, max: 90 * 24 - 1 }),
    quantity: fc.integer({ min: 0, max: 90 }),
  }),
  { minLength: 1, maxLength: 14, selector: ({ meter, hour }) => `${meter} ${hour}` },
)

test('a record that is charged and taken out leaves all counters, before and after it, as if it had never come', async () => {
  await fc.assert(
    fc.asyncProperty(spans, uses, fc.integer({ min: 1, max: 0xff_ff }), async (life, all, mask) => {
      const isGone = ({ meter, hour }: Use): boolean => ((mask >> ((hour + meter) % 16)) & 1) === 1
      const gone = new Set(all.filter(isGone).map(({ meter, hour }) => `${METERS[meter]?.code}-${hour}`))
      const live = new World(life).charge(all.filter((use) => !isGone(use)))
      const corrected = await new World(life).charge(all).takeOut(({ id }) => gone.has(id))
      assert.deepEqual(corrected.billed(), live.billed())
    }),
    { numRuns: 300 },
  )
})
