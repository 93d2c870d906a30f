import { sql } from 'kysely'
import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { intervalAt } from '../../core/subscriptions/timeline.ts'
import type { Engine } from '../../engine/index.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { listInCurrencies, noPlan } from '../catalog/index.ts'
import {
  changeTime,
  type DraftedChange,
  draftChange,
  intervalsOf,
  keepChange,
  listOfPlanVersions,
  loadTimelines,
  NothingChanges,
  type Subscription,
} from '../subscriptions/index.ts'
import { type BillingSources, sourcesOf } from './load-facts.ts'
import { costOfChange } from './preview-change.ts'

/** Each is billed twice to see what it costs; a page is one transaction. */
const MAX_PAGE = 200
const planNumber = z.number().int().positive().max(1_000_000)

export const planMigration = z.strictObject({
  from: z.strictObject({ plan: z.string().min(1).max(64), planVersion: planNumber }),
  to: z.strictObject({ plan: z.string().min(1).max(64), planVersion: planNumber.optional() }),
  at: changeTime.default('period_end'),
  dryRun: z.boolean().default(true).describe('Tells what it would cost and changes nothing'),
  cursor: z.uuid().optional().describe('`nextCursor` of the page before'),
  limit: z.number().int().min(1).max(MAX_PAGE).default(50),
})

interface Moved {
  readonly subscription: string
  readonly account: string
  readonly currency: string
  readonly effectiveAt: Date
  readonly billedOn: string
  readonly differenceMinor: bigint
}

/**
 * Moves a page of subscriptions, each by a change of plan of its own. Those that cannot be moved are returned with the
 * reason and stay. One that was moved is not met again, so a migration that was cut off is simply asked for again.
 */
export async function migratePlan(
  engine: Engine,
  context: WriteContext,
  request: z.output<typeof planMigration>,
): Promise<object> {
  const { db, tenant } = context
  const { from, cursor, limit } = request
  const versions = await listInCurrencies(db, from.plan, from.planVersion)
  const ids = versions.map(({ id }) => id)
  if (ids.length === 0) throw noPlan(from.plan, from.planVersion)
  const page = await listOfPlanVersions(db, ids, cursor, limit + 1)
  const sources = await sourcesOf(engine, context.db, tenant)
  const moved: Moved[] = []
  const refused: { subscription: string; reason: string }[] = []
  const accountIds = new Set<string>()
  for (const subscription of page.slice(0, limit)) {
    const result = await moveOne(sources, context, subscription, new Set(ids), request)
    if (result === null) continue
    if (typeof result === 'string') refused.push({ subscription: subscription.key, reason: result })
    else moved.push(result)
    if (typeof result !== 'string' && !request.dryRun) accountIds.add(subscription.accountId)
  }
  if (accountIds.size > 0) context.afterCommit({ kind: 'reload accounts', accountIds: [...accountIds] })
  const view = ({ differenceMinor, ...rest }: Moved): object => {
    return { ...rest, difference: formatMinor(differenceMinor, rest.currency) }
  }
  return {
    dryRun: request.dryRun,
    items: moved.map(view),
    refused,
    totals: [...Map.groupBy(moved, ({ currency }) => currency)].map(([currency, list]) => ({
      currency,
      subscriptions: list.length,
      difference: formatMinor(
        list.reduce((sum, { differenceMinor }) => sum + differenceMinor, 0n),
        currency,
      ),
    })),
    nextCursor: page.length > limit ? (page[limit - 1]?.id ?? null) : null,
  }
}

/** @returns what it costs, why it cannot be, or null where the subscription is not on the plan then. */
async function moveOne(
  sources: BillingSources,
  { db, nowMs }: WriteContext,
  subscription: Subscription,
  ids: ReadonlySet<string>,
  { to, at, from, dryRun }: z.output<typeof planMigration>,
): Promise<Moved | string | null> {
  const timelines = await loadTimelines(db, [subscription.accountId])
  const note = `moved from ${from.plan} version ${from.planVersion}`
  await sql`savepoint migration`.execute(db)
  const undo = async <T>(result: T): Promise<T> => {
    await sql`rollback to savepoint migration`.execute(db)
    return result
  }
  let drafted: DraftedChange
  const intervals = intervalsOf(timelines, subscription)
  const isOn = (timeMs: number): boolean => ids.has(intervalAt(intervals, timeMs)?.planVersionId ?? '')
  // One that left the plan, or has ended, is none of those to be moved, whatever else might be wrong with it.
  if (!isOn(Math.max(nowMs, subscription.startsAt.getTime()))) return undo(null)
  try {
    drafted = await draftChange(db, subscription.id, { kind: 'plan', at, note, usage: 'carry_over', ...to }, nowMs)
  } catch (error) {
    if (error instanceof NothingChanges) return undo(null)
    if (error instanceof Refusal && error.code !== 'engine_unavailable') return undo(error.message)
    throw error
  }
  if (!isOn(drafted.row.effectiveAt.getTime())) return undo(null)
  const { account, day, row, differenceMinor } = await costOfChange(sources, db, nowMs, drafted)
  if (dryRun) await undo(null)
  else await keepChange(db, drafted, nowMs)
  return {
    subscription: subscription.key,
    account: account.key,
    currency: account.currency,
    effectiveAt: row.effectiveAt,
    billedOn: day,
    differenceMinor,
  }
}
