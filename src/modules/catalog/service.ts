import type { Meter, Plan, Schedule, UsagePrice } from '../../core/catalog/plan.ts'
import { type CompiledPrice, compilePrice } from '../../core/rating/compiled-price.ts'
import type { CompiledCatalog, CompiledPlan } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { type CachedDeck, readDecks } from './deck-cache.ts'
import { listDeckVersions } from './deck-store.ts'
import type { PlanFileError } from './plan-document.ts'
import { readPlanFiles } from './plan-files.ts'
import type { SourceFile } from './source-file.ts'
import * as store from './store.ts'

/** What publishing does, or would do, to one thing. */
export interface CatalogChange {
  readonly kind: 'meter' | 'schedule' | 'plan'
  readonly code: string
  readonly change: 'new' | 'new_version' | 'unchanged'
  readonly version?: number
  /** What differs from the version before, a line each. */
  readonly differences: readonly string[]
}

/**
 * Validates plan files and, unless it is a dry run, publishes what is new as immutable versions.
 * @param availableFrom when new subscriptions begin to get these versions; from now on when null.
 */
export async function publishCatalog(
  context: WriteContext,
  files: readonly SourceFile[],
  dryRun: boolean,
  availableFrom: Date | null,
): Promise<{ changes: CatalogChange[]; published: boolean }> {
  const { db, nowMs } = context
  const decks = new Map((await listDeckVersions(db)).map((version) => [version.code, version]))
  const known = { meters: await store.listMeters(db), schedules: await store.listSchedules(db), decks }
  const { catalog, errors } = readPlanFiles(files, known)
  if (errors.length > 0) throw mistakes(errors)
  const publishedAt = new Date(nowMs)
  const changes: CatalogChange[] = []
  let position = known.meters.length
  for (const meter of catalog.meters) {
    const isNew = !known.meters.some(({ code }) => code === meter.code)
    changes.push({ kind: 'meter', code: meter.code, change: isNew ? 'new' : 'unchanged', differences: [] })
    if (isNew && !dryRun) await store.insertMeter(db, meter, ++position, publishedAt)
  }
  for (const schedule of catalog.schedules) {
    const isNew = !known.schedules.some(({ code }) => code === schedule.code)
    changes.push({ kind: 'schedule', code: schedule.code, change: isNew ? 'new' : 'unchanged', differences: [] })
    if (isNew && !dryRun) await store.insertSchedule(db, schedule, publishedAt)
  }
  for (const [code, plans] of Map.groupBy(catalog.plans, (plan) => plan.code)) {
    const previous = await store.listNewestVersions(db, code)
    const before = previous[0]
    const contentIn = (currency: string): Plan | undefined =>
      previous.find((version) => version.currency === currency)?.content
    const isSame = (plan: Plan): boolean =>
      previous.some(({ currency, digest }) => currency === plan.currency && digest.equals(store.digestOfContent(plan)))
    if (previous.length === plans.length && plans.every(isSame)) {
      changes.push({ kind: 'plan', code, change: 'unchanged', version: before?.version ?? 1, differences: [] })
      continue
    }
    const version = (before?.version ?? 0) + 1
    const differences = plans.flatMap((plan, index) =>
      before === undefined
        ? []
        : compareValues(index === 0 ? '' : plan.currency, contentIn(plan.currency) ?? null, toJsonValue(plan)),
    )
    changes.push({ kind: 'plan', code, change: before === undefined ? 'new' : 'new_version', version, differences })
    if (!dryRun) for (const plan of plans) await store.insertPlanVersion(db, plan, version, publishedAt, availableFrom)
  }
  return { changes, published: !dryRun }
}

function toJsonValue(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** Differences of two JSON values as lines: `prices.0.amount: "5" → "6"`. */
function compareValues(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const areObjects = [before, after].every((value) => value !== null && typeof value === 'object')
  if (!areObjects) return [`${path}: ${JSON.stringify(before) ?? '(none)'} → ${JSON.stringify(after) ?? '(none)'}`]
  const [left, right] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return keys.flatMap((key) => compareValues(path === '' ? key : `${path}.${key}`, left[key], right[key]))
}

function compilePriceWith(
  price: UsagePrice,
  currency: string,
  meters: ReadonlyMap<string, Meter>,
  schedules: ReadonlyMap<string, Schedule>,
  cached: CachedDeck | undefined,
): CompiledPrice {
  const sources = { schedule: schedules.get(price.schedule?.code ?? ''), deck: cached?.deck }
  return compilePrice(price, currency, meters.get(price.meter) as Meter, sources)
}

function usagePricesOf({ prices }: Plan): UsagePrice[] {
  return prices.filter((price) => price.kind === 'usage')
}

/** Plan files that are not published, ready for rating beside what is; by the codes of their plans. */
export async function compileFiles(
  db: Database,
  files: readonly SourceFile[],
): Promise<{
  plans: Map<string, { currency: string; prices: CompiledPrice[] }>
  metersByType: CompiledCatalog['metersByType']
}> {
  const known = { meters: await store.listMeters(db), schedules: await store.listSchedules(db) }
  const { catalog, errors } = readPlanFiles(files, known)
  if (errors.length > 0) throw mistakes(errors)
  const meters = new Map([...known.meters, ...catalog.meters].map((meter) => [meter.code, meter]))
  const schedules = new Map([...known.schedules, ...catalog.schedules].map((schedule) => [schedule.code, schedule]))
  const decks = await readDecks(db, deckCodes(catalog.plans))
  const plans = catalog.plans.map((plan) => {
    const prices = usagePricesOf(plan).map((price) =>
      compilePriceWith(price, plan.currency, meters, schedules, decks.get(price.deck?.code ?? '')),
    )
    return [plan.code, { currency: plan.currency, prices }] as const
  })
  return { plans: new Map(plans), metersByType: Map.groupBy(meters.values(), (meter) => meter.eventType) }
}

function mistakes(errors: readonly PlanFileError[]): Refusal {
  const detail = errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n')
  return new Refusal('catalog_invalid', detail, { errors })
}

/** Everything published, ready for the engine. */
export async function compileCatalog(db: Database): Promise<CompiledCatalog> {
  const meters = await store.listMeters(db)
  const schedules = new Map((await store.listSchedules(db)).map((schedule) => [schedule.code, schedule]))
  const byCode = new Map(meters.map((meter) => [meter.code, meter]))
  const metersByType = Map.groupBy(meters, (meter) => meter.eventType)
  const plans = new Map<string, CompiledPlan>()
  const versions = await store.listPlanVersions(db)
  const decks = await readDecks(db, deckCodes(versions.map(({ content }) => content)))
  for (const { id, content } of versions) {
    const prices = usagePricesOf(content).map((price) => {
      const cached = decks.get(price.deck?.code ?? '')
      const key = `${id} ${price.code}`
      const ready = cached?.prices.get(key) ?? compilePriceWith(price, content.currency, byCode, schedules, cached)
      cached?.prices.set(key, ready)
      return ready
    })
    const allowances = content.prices.filter((price) => price.kind === 'allowance')
    plans.set(id, { versionId: id, prices, allowances })
  }
  return { metersByType, plans }
}

function deckCodes(plans: readonly Plan[]): Set<string> {
  const prices = plans.flatMap((plan) => plan.prices)
  return new Set(
    prices.flatMap((price) => (price.kind === 'usage' && price.deck !== undefined ? [price.deck.code] : [])),
  )
}
