import type { Meter, Plan, Schedule, UsagePrice } from '../../core/catalog/plan.ts'
import { compilePrice } from '../../core/rating/compile-price.ts'
import type { CompiledPrice } from '../../core/rating/compiled-price.ts'
import type { CompiledCatalog, CompiledPlan } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Pauses } from '../../platform/pauses.ts'
import { type CachedDeck, readDecks } from './deck-cache.ts'
import { listDeckVersions } from './deck-store.ts'
import { readPlanFiles } from './plan-files.ts'
import { mistakes } from './publication.ts'
import type { SourceFile } from './source-file.ts'
import * as store from './store.ts'

/** Plan versions that are read at once. */
const PAGE = 20

/** What prices are made ready with. */
interface Sources {
  readonly meters: ReadonlyMap<string, Meter>
  readonly schedules: ReadonlyMap<string, Schedule>
  readonly decks: ReadonlyMap<string, CachedDeck>
}

/**
 * Makes everything published ready for rating. Plan versions never change, so each is made ready once, a price at a time
 * with pauses for others; prices by a deck are made anew when the deck has a new version.
 */
export class CatalogCompiler {
  private readonly db: Database
  private readonly ready = new Map<string, CompiledPlan>()
  private readonly withDecks = new Map<string, Plan>()
  private readonly schedules = new Map<string, Schedule>()

  constructor(db: Database) {
    this.db = db
  }

  async compile(): Promise<CompiledCatalog> {
    const meters = await store.listMeters(this.db)
    const byCode = new Map(meters.map((meter) => [meter.code, meter]))
    const ids = await store.listPlanVersionIds(this.db)
    const pauses = new Pauses()
    const unknown = ids.filter((id) => !this.ready.has(id) && !this.withDecks.has(id))
    for (let at = 0; at < unknown.length; at += PAGE) await this.add(unknown.slice(at, at + PAGE), byCode, pauses)
    const decks = await readDecks(this.db, deckCodes([...this.withDecks.values()]))
    const plans = new Map<string, CompiledPlan>()
    for (const id of ids) {
      const content = this.withDecks.get(id)
      const sources = { meters: byCode, schedules: this.schedules, decks }
      const plan = content === undefined ? this.ready.get(id) : await compilePlan(id, content, sources, pauses)
      if (plan !== undefined) plans.set(id, plan)
    }
    return { metersByType: Map.groupBy(meters, (meter) => meter.eventType), plans }
  }

  private async add(ids: readonly string[], meters: ReadonlyMap<string, Meter>, pauses: Pauses): Promise<void> {
    for (const { id, content } of (await store.findPlanVersions(this.db, ids)).values()) {
      await this.loadSchedules(content)
      const sources = { meters, schedules: this.schedules, decks: new Map() }
      if (deckCodes([content]).size > 0) this.withDecks.set(id, content)
      else this.ready.set(id, await compilePlan(id, content, sources, pauses))
    }
  }

  private async loadSchedules(content: Plan): Promise<void> {
    for (const { schedule } of usagePricesOf(content)) {
      if (schedule === undefined || this.schedules.has(schedule.code)) continue
      const found = await store.findSchedule(this.db, schedule.code)
      if (found !== undefined) this.schedules.set(schedule.code, found)
    }
  }
}

async function compilePlan(id: string, content: Plan, sources: Sources, pauses: Pauses): Promise<CompiledPlan> {
  const prices: CompiledPrice[] = []
  for (const price of usagePricesOf(content)) {
    const key = `${id} ${price.code}`
    const cached = sources.decks.get(price.deck?.code ?? '')
    const ready = cached?.prices.get(key) ?? compilePriceWith(price, content.currency, sources)
    cached?.prices.set(key, ready)
    prices.push(ready)
    await pauses.take()
  }
  return { versionId: id, prices, allowances: content.prices.filter((price) => price.kind === 'allowance') }
}

function compilePriceWith(price: UsagePrice, currency: string, { meters, schedules, decks }: Sources): CompiledPrice {
  const deck = decks.get(price.deck?.code ?? '')?.deck
  return compilePrice(price, currency, meters.get(price.meter) as Meter, {
    schedule: schedules.get(price.schedule?.code ?? ''),
    deck,
  })
}

function usagePricesOf({ prices }: Plan): UsagePrice[] {
  return prices.filter((price) => price.kind === 'usage')
}

/** Plan files that are not published, ready for rating beside what is; by the codes of their plans. */
export async function compileFiles(
  db: Database,
  files: readonly SourceFile[],
): Promise<{
  plans: Map<string, { currency: string; prices: CompiledPrice[]; phases: Plan['phases'] }>
  metersByType: CompiledCatalog['metersByType']
}> {
  const imported = new Map((await listDeckVersions(db)).map(({ code, columns }) => [code, { columns }]))
  const known = { meters: await store.listMeters(db), schedules: await store.listSchedules(db), decks: imported }
  const { catalog, errors } = readPlanFiles(files, known)
  if (errors.length > 0) throw mistakes(errors)
  const meters = new Map([...known.meters, ...catalog.meters].map((meter) => [meter.code, meter]))
  const schedules = new Map([...known.schedules, ...catalog.schedules].map((schedule) => [schedule.code, schedule]))
  const decks = await readDecks(db, deckCodes(catalog.plans))
  // Of a plan in several currencies, the one that its file names first.
  const plans = catalog.plans.toReversed().map((plan) => {
    const sources = { meters, schedules, decks }
    const prices = usagePricesOf(plan).map((price) => compilePriceWith(price, plan.currency, sources))
    return [plan.code, { currency: plan.currency, prices, phases: plan.phases }] as const
  })
  return { plans: new Map(plans), metersByType: Map.groupBy(meters.values(), (meter) => meter.eventType) }
}

function deckCodes(plans: readonly Plan[]): Set<string> {
  const prices = plans.flatMap((plan) => plan.prices)
  return new Set(
    prices.flatMap((price) => (price.kind === 'usage' && price.deck !== undefined ? [price.deck.code] : [])),
  )
}
