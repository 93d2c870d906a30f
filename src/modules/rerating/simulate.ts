import { present } from '../../core/base/assert.ts'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { addExact, exact, formatExact } from '../../core/base/exact.ts'
import { cycleOf, startOfDayMs } from '../../core/base/period.ts'
import { formatQuantity } from '../../core/base/quantity.ts'
import type { PlanPhase } from '../../core/catalog/plan.ts'
import { exactAmount } from '../../core/rating/charged-amount.ts'
import { elementOfKey } from '../../core/rating/compiled-price.ts'
import { type PhaseOrigin, phaseAt } from '../../core/subscriptions/timeline.ts'
import { type EffectiveRecord, type EngineReads, type TriedPlan, UsageTrial } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { compileFiles, findPlanVersion, noPlan, type SourceFile } from '../catalog/index.ts'
import { getRow } from '../parties/index.ts'
import { listSubscriptionsOf, originOf } from '../subscriptions/index.ts'

/** The most records of which an answer says why they were left out. */
const MAX_LISTED = 100
/** Names the version of a plan that is not published. */
const UNPUBLISHED = 'unpublished'

export interface Simulation {
  readonly code: string
  readonly version: number | undefined
  /** Plan files that are not published, in place of the published ones. */
  readonly files: readonly SourceFile[] | null
  /** Records as texts; or the usage of an account between two of its days. */
  readonly records: readonly string[] | null
  readonly usage: { readonly account: string; readonly from: string; readonly until: string } | null
  /** Of records that are given: their zone, and the day on which their subscription began; long ago when null. */
  readonly zone: string
  readonly startsOn: string | null
}

/** A plan as it is tried out. */
interface Candidate extends TriedPlan {
  readonly version: number | null
  readonly phases: readonly PlanPhase[] | undefined
}

/** What usage would cost on a plan, by period, price and rate, as if it were all of a subscription. Nothing is stored. */
export async function simulate(engine: EngineReads, context: ReadContext, simulation: Simulation): Promise<object> {
  const { db, tenant } = context
  const plan = await planOf(engine, context, simulation)
  const { usage, records, zone, startsOn } = simulation
  if (usage === null) {
    const tally = new Tally(plan, { zone, anchor: '2026-01-01', cycle: { unit: 'month', count: 1 } })
    const origin = startsOn === null ? null : { startMs: startOfDayMs(startsOn, zone), zone, trialDays: null }
    tally.add(records ?? [], () => origin)
    return tally.report(simulation.code)
  }
  const account = await getRow(db, 'account', usage.account)
  const cycle = cycleOf(account)
  const tally = new Tally(plan, { zone: account.zone, anchor: account.cycleAnchor, cycle })
  const subscriptions = await listSubscriptionsOf(db, account.id)
  // Phases are those that the plan would have in place of the ones that the subscriptions are on.
  const origins = new Map(subscriptions.map((row) => [row.id, originOf(row, account.zone)]))
  const filter = {
    subscriptionIds: new Set(origins.keys()),
    fromMs: startOfDayMs(usage.from, account.zone),
    untilMs: startOfDayMs(usage.until, account.zone),
    afterSeq: 0,
    throughSeq: Number.MAX_SAFE_INTEGER,
  }
  for await (const page of engine.effective(tenant.name, filter))
    tally.add(page.map(toText), (index) => origins.get(page[index]?.subscriptionId ?? '') ?? null)
  return tally.report(simulation.code)
}

async function planOf(
  engine: EngineReads,
  { db, tenant }: ReadContext,
  { code, version, files }: Simulation,
): Promise<Candidate> {
  // Nothing is compared with the names of records elsewhere.
  const hashSeed = Uint32Array.of(1, 2, 3, 4)
  if (files !== null) {
    const { plans, metersByType } = await compileFiles(db, files)
    const found = plans.get(code)
    if (found === undefined) throw new Refusal('not_found', `no plan ${code} in the files`)
    const { currency, prices, phases } = found
    const plan = { versionId: UNPUBLISHED, prices, allowances: [] }
    return { plan, currency, metersByType, hashSeed, version: null, phases }
  }
  const found = await findPlanVersion(db, code, version)
  if (found === undefined) throw noPlan(code, version)
  const { metersByType, plans } = await engine.catalog(tenant.name)
  const plan = present(plans.get(found.id), 'a compiled plan')
  const { currency, phases } = found.content
  return { plan, currency, metersByType, hashSeed, version: found.version, phases }
}

/** What is tried, and what of it would be left out. */
class Tally {
  private readonly plan: Candidate
  private readonly trial: UsageTrial
  private readonly leftOut: { index: number; reason: string; detail: string }[] = []
  private records = 0
  private faults = 0

  constructor(plan: Candidate, bill: ConstructorParameters<typeof UsageTrial>[1]) {
    this.plan = plan
    this.trial = new UsageTrial(plan, bill)
  }

  /** @param originOf what phases are counted from, for each text; the last phase holds where that is not known. */
  add(texts: readonly string[], originOfText: (index: number) => PhaseOrigin | null): void {
    const { phases } = this.plan
    const last = phases?.at(-1)?.code ?? null
    const faults = this.trial.add(texts, (index, startMs) => {
      const origin = originOfText(index)
      return origin === null ? last : phaseAt(origin, phases, startMs)
    })
    for (const fault of faults) {
      if (fault !== null) {
        this.faults++
        const [reason, detail] = fault
        if (this.leftOut.length < MAX_LISTED) this.leftOut.push({ index: this.records, reason, detail })
      }
      this.records++
    }
  }

  report(code: string): object {
    const { currency, version, plan } = this.plan
    const { ratingScale } = currencyOf(currency)
    let total = 0n
    let exactTotal = exact(0n)
    const items = this.trial.counters().map(({ periodStart, priceCode, cell, aggregate, amount, records }) => {
      const price = present(
        plan.prices.find(({ price }) => price.code === priceCode),
        'a price',
      )
      const { meter } = price
      const priced = exactAmount(price, present(elementOfKey(price, cell), 'a rate'), aggregate)
      total += amount
      exactTotal = addExact(exactTotal, priced)
      return {
        period: periodStart,
        price: priceCode,
        cell: cell === '' ? null : cell,
        records,
        quantity: formatQuantity(aggregate[0] as bigint, meter.scale),
        unit: meter.unit,
        amount: formatScaled(amount, ratingScale),
        exactAmount: formatExact(priced),
      }
    })
    const usage = { records: this.records, leftOut: this.faults, firstLeftOut: this.leftOut }
    const totals = { total: formatScaled(total, ratingScale), exactTotal: formatExact(exactTotal) }
    return { plan: code, version, currency, ...usage, items, ...totals }
  }
}

function toText({ source, id, service, type, startMs, endMs, data }: EffectiveRecord): string {
  const end = Number.isNaN(endMs) ? undefined : new Date(endMs).toISOString()
  const head = JSON.stringify({ id, source, service, type, time: new Date(startMs).toISOString(), end })
  return `${head.slice(0, -1)},"data":${data}}`
}
