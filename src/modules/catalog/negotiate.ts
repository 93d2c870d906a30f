import { z } from 'zod'
import { withPrices } from '../../core/catalog/plan-variants.ts'
import { checkPlan } from '../../core/rating/check-plan.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { listDeckVersions } from './deck-store.ts'
import { planPublished } from './events.ts'
import { draftOf } from './publication.ts'
import { priceChanges } from './schemas.ts'
import * as store from './store.ts'

/**
 * A plan version for one subscription alone, with prices of its own. It is a version like any other, so nothing that
 * rates or bills needs to know; lists of plans do not show it.
 */
export async function negotiatePlan(
  db: Database,
  base: store.PlanVersion,
  overrides: unknown,
  subscriptionId: string,
  nowMs: number,
): Promise<store.PlanVersion> {
  const parsed = priceChanges.safeParse(overrides)
  if (!parsed.success) throw new Refusal('unprocessable', `overrides: ${z.prettifyError(parsed.error)}`)
  const { plan, issues } = withPrices(base.content, parsed.data)
  const names = {
    meters: new Map((await store.listMeters(db)).map((meter) => [meter.code, meter])),
    schedules: new Map((await store.listSchedules(db)).map((schedule) => [schedule.code, schedule])),
    decks: new Map((await listDeckVersions(db)).map(({ code, columns }) => [code, { columns }])),
  }
  const all = issues.length > 0 ? issues : checkPlan(plan, names)
  if (all.length > 0) {
    const detail = all.map(({ path, message }) => `overrides.${path.join('.')}: ${message}`).join('; ')
    throw new Refusal('unprocessable', detail)
  }
  const negotiated = { baseVersionId: base.baseVersionId ?? base.id, subscriptionId }
  const draft = { ...draftOf(plan), currency: plan.currency, version: base.version, metadata: {} }
  const publishedAt = new Date(nowMs)
  const id = await store.insertPlanVersion(db, draft, publishedAt, null, negotiated)
  const data = { ...draft, availableFrom: null, publishedAt, subscriptionId }
  await publish(db, [eventOf(planPublished, { objectId: id }, data)], nowMs)
  return store.getPlanVersion(db, id)
}
