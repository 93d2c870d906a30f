import { present } from '../../core/base/assert.ts'
import { cycleOf, dayOf, periodOf, startOfDayMs } from '../../core/base/period.ts'
import { type ChangeContent, type Interval, intervalAt, termEndAfter } from '../../core/subscriptions/timeline.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { findPlanVersions } from '../catalog/index.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { changeRecorded, changeTakenBack } from './events.ts'
import type { ChangeRequest } from './schemas.ts'
import * as store from './store.ts'
import { assertFits, choosePlan } from './subscribe.ts'
import { intervalsOf, loadTimelines, originOf, parentOf, type SubscriptionTimelines } from './timelines.ts'

/** Far more than happens; every bill folds all of them. */
const MAX_CHANGES = 5_000

/** What was asked for is so already. */
export class NothingChanges extends Refusal {}

/** A change that could be recorded. */
export interface DraftedChange {
  readonly account: Account
  readonly subscription: store.Subscription
  readonly row: store.ChangeRow
}

/**
 * Finds out when a change would take effect, and refuses what cannot be or would change nothing. The account is locked,
 * as it is while it is billed. A plan with negotiated prices is made: whoever only asks undoes it.
 */
export async function draftChange(
  db: Database,
  reference: string,
  request: ChangeRequest,
  nowMs: number,
): Promise<DraftedChange> {
  const subscription = await store.getSubscription(db, reference)
  const account = await lockAccount(db, subscription.accountId)
  const timelines = await loadTimelines(db, [account.id])
  const changes = await store.listChanges(db, subscription.id)
  if (changes.length >= MAX_CHANGES) throw new Refusal('conflict', `a subscription has at most ${MAX_CHANGES} changes`)
  const before = intervalsOf(timelines, subscription)
  const effectiveMs = await effectiveTime(db, account, subscription, timelines, before, request, nowMs)
  const { startsAt } = subscription
  if (effectiveMs < startsAt.getTime())
    throw new Refusal('unprocessable', `the subscription begins at ${startsAt.toISOString()}; nothing changes before`)
  const { kind, ...content } = await contentOf(db, account, subscription, request, nowMs)
  const row: store.ChangeRow = {
    id: newId(),
    subscriptionId: subscription.id,
    position: (changes.at(-1)?.position ?? 0) + 1,
    effectiveAt: new Date(effectiveMs),
    kind,
    content,
    note: request.note,
    recordedAt: new Date(nowMs),
    withdrawnAt: null,
  }
  // A negotiated plan version has no phases of its own that the loaded ones would not have: they are its base's.
  const after = intervalsOf(await loadTimelines(db, [account.id]), subscription, [row])
  if (isSame(before, after)) throw new NothingChanges('conflict', nothingChanges(before, effectiveMs))
  await assertAddOnsFit(db, timelines, subscription, row)
  return { account, subscription, row }
}

export async function recordChange(
  db: Database,
  reference: string,
  request: ChangeRequest,
  nowMs: number,
): Promise<DraftedChange> {
  const drafted = await draftChange(db, reference, request, nowMs)
  await keepChange(db, drafted, nowMs)
  return drafted
}

/** Records a change that was drafted. */
export async function keepChange(db: Database, { subscription, row }: DraftedChange, nowMs: number): Promise<void> {
  await store.insertChange(db, row)
  await publish(db, [changeRecorded(subscription, row)], nowMs)
}

/** A withdrawn change stays in the list and counts no more; what it had cost is credited by the next bill. */
export async function withdrawChange(
  db: Database,
  reference: string,
  changeId: string,
  nowMs: number,
): Promise<store.Subscription> {
  const subscription = await store.getSubscription(db, reference)
  await lockAccount(db, subscription.accountId)
  const change = (await store.listChanges(db, subscription.id)).find(({ id }) => id === changeId)
  if (change === undefined) throw new Refusal('not_found', `no change ${changeId} of ${subscription.key}`)
  if (change.withdrawnAt !== null) throw new Refusal('conflict', 'the change was withdrawn before')
  await store.withdrawChange(db, change.id, new Date(nowMs))
  await publish(db, [changeTakenBack(subscription, change)], nowMs)
  return subscription
}

async function contentOf(
  db: Database,
  account: Account,
  subscription: store.Subscription,
  request: ChangeRequest,
  nowMs: number,
): Promise<ChangeContent> {
  switch (request.kind) {
    case 'quantity':
      return { kind: 'quantity', quantity: request.quantity }
    case 'renew':
      return { kind: 'renew', terms: request.terms }
    case 'plan': {
      const plan = await choosePlan(db, account, request, subscription.id, nowMs)
      const isAddOn = plan.content.kind === 'add_on'
      if (isAddOn !== (subscription.parentId !== null))
        throw new Refusal('unprocessable', `${plan.code} is ${isAddOn ? 'an add-on' : 'no add-on'}`)
      return { kind: 'plan', planVersionId: plan.id, ...(request.usage === 'restart' ? { usage: 'restart' } : {}) }
    }
    default:
      return { kind: request.kind }
  }
}

async function effectiveTime(
  db: Database,
  account: Account,
  subscription: store.Subscription,
  timelines: SubscriptionTimelines,
  intervals: readonly Interval[],
  request: ChangeRequest,
  nowMs: number,
): Promise<number> {
  const lastMs = intervals.at(-1)?.untilMs ?? subscription.startsAt.getTime()
  if (request.kind === 'renew') {
    if (lastMs === Number.POSITIVE_INFINITY) throw new Refusal('conflict', 'the subscription has no end to renew it at')
    return lastMs
  }
  const baseMs = Math.max(nowMs, subscription.startsAt.getTime())
  switch (request.at) {
    case 'now':
      return baseMs
    case 'term_end': {
      const end = termEndAfter(originOf(subscription, account.zone), baseMs)
      if (end === null) throw new Refusal('unprocessable', 'the subscription has no term')
      return end
    }
    case 'period_end': {
      const inForce = intervalAt(intervals, baseMs)
      if (inForce === undefined) throw new Refusal('conflict', 'the subscription has ended')
      const versions = await findPlanVersions(db, [inForce.planVersionId])
      const { prices } = present(versions.get(inForce.planVersionId), 'a plan version').content
      const own = prices.find(({ kind }) => kind === 'recurring')
      const every = own?.kind === 'recurring' ? own.every : cycleOf(account)
      const anchor = anchorOf(account, subscription, parentOf(timelines, subscription))
      const period = periodOf(anchor, every, dayOf(baseMs, account.zone))
      return startOfDayMs(period.end, account.zone)
    }
    default:
      return Date.parse(request.at)
  }
}

/** The day that recurring periods are counted from. An add-on has the periods of the subscription that it belongs to. */
export function anchorOf(account: Account, own: store.Subscription, parent: store.Subscription | undefined): string {
  const { alignment, startsAt } = parent ?? own
  return alignment === 'anniversary' ? dayOf(startsAt.getTime(), account.zone) : account.cycleAnchor
}

function isSame(a: readonly Interval[], b: readonly Interval[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function nothingChanges(intervals: readonly Interval[], atMs: number): string {
  const at = new Date(atMs).toISOString()
  const then = intervalAt(intervals, atMs)
  if (then === undefined) return `this changes nothing: at ${at} the subscription is not there`
  const { quantity, isPaused } = then
  return `this changes nothing: at ${at} the subscription is ${isPaused ? 'paused' : 'active'}, with a quantity of ${quantity}`
}

/** No plan is left without an add-on that is subscribed beside it: the add-on is to be ended first. */
async function assertAddOnsFit(
  db: Database,
  timelines: SubscriptionTimelines,
  subscription: store.Subscription,
  row: store.ChangeRow,
): Promise<void> {
  const { planVersionId } = row.content
  if (planVersionId === undefined) return
  const children = timelines.subscriptions.filter(({ parentId }) => parentId === subscription.id)
  const beside = children.flatMap((child) =>
    intervalsOf(timelines, child).filter(({ untilMs }) => untilMs > row.effectiveAt.getTime()),
  )
  const versions = await findPlanVersions(db, [planVersionId, ...beside.map((interval) => interval.planVersionId)])
  const { code } = present(versions.get(planVersionId), 'a plan version')
  for (const interval of beside) assertFits(present(versions.get(interval.planVersionId), 'a plan version'), code)
}
