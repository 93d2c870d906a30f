import { intervalAt, TRIAL } from '../../core/subscriptions/timeline.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { findPlanVersion, findPlanVersions, negotiatePlan, noPlan, type PlanVersion } from '../catalog/index.ts'
import { type Account, accountInUse, changedColumns, getRow, type Stamp } from '../parties/index.ts'
import type { ChangeRequest, SubscriptionDraft } from './schemas.ts'
import * as store from './store.ts'
import { intervalsOf, loadTimelines } from './timelines.ts'

/** Columns of a subscription to be. */
export async function buildSubscription(db: Database, draft: SubscriptionDraft, stamp: Stamp): Promise<object> {
  const account = await accountInUse(db, draft.account)
  const plan = await choosePlan(db, account, draft, stamp.id, stamp.nowMs)
  const service = draft.service === null ? null : await getRow(db, 'service', draft.service)
  if (service !== null && service.accountId !== account.id)
    throw new Refusal('unprocessable', 'the service belongs to another account')
  const startsAt = new Date(draft.startsAt)
  const endsAt = draft.endsAt === null ? null : new Date(draft.endsAt)
  if (endsAt !== null && endsAt <= startsAt) throw new Refusal('unprocessable', 'endsAt must be after startsAt')
  const parent = await parentFor(db, account, plan, draft.parent, startsAt)
  if (draft.trialDays !== null && !(plan.content.phases ?? []).some(({ code }) => code === TRIAL))
    throw new Refusal('unprocessable', `plan ${plan.code} has no phase "${TRIAL}", so trialDays says nothing`)
  const { termUnit } = draft
  if (termUnit === null && draft.termCount !== null) throw new Refusal('unprocessable', 'termCount needs a termUnit')
  const { key, quantity, alignment, trialDays, renews } = draft
  return {
    key,
    quantity,
    startsAt,
    endsAt,
    alignment,
    trialDays,
    renews,
    termUnit,
    termCount: termUnit === null ? null : (draft.termCount ?? 1),
    parentId: parent?.id ?? null,
    accountId: account.id,
    serviceId: service?.id ?? null,
    planVersionId: plan.id,
  }
}

/** Columns that a change of its row sets: its end. All else is a dated change. */
export async function changeSubscription(
  _db: Database,
  { startsAt }: store.Subscription,
  changes: object,
): Promise<object> {
  const { endsAt } = changes as { readonly endsAt?: string | null }
  if (endsAt != null && new Date(endsAt) <= startsAt)
    throw new Refusal('unprocessable', 'endsAt must be after startsAt')
  return changedColumns(changes)
}

/** The plan version in the account's currency; with prices of its own where they were negotiated. */
export async function choosePlan(
  db: Database,
  { currency }: Account,
  {
    plan: code,
    planVersion,
    overrides,
  }: Pick<Extract<ChangeRequest, { kind: 'plan' }>, 'plan' | 'planVersion' | 'overrides'>,
  subscriptionId: string,
  nowMs: number,
): Promise<PlanVersion> {
  const found = await findPlanVersion(db, code, planVersion, currency, nowMs)
  if (found === undefined) {
    const other = await findPlanVersion(db, code, planVersion)
    if (other !== undefined)
      throw new Refusal('unprocessable', `plan ${code} is in ${other.currency}, the account in ${currency}`)
    throw noPlan(code, planVersion)
  }
  const isNegotiated = overrides !== undefined && Object.keys(overrides).length > 0
  return isNegotiated ? negotiatePlan(db, found, overrides, subscriptionId, nowMs) : found
}

/** An add-on belongs to a plan of the same account that it fits; a plan needs no other. */
async function parentFor(
  db: Database,
  account: Account,
  plan: PlanVersion,
  reference: string | null,
  startsAt: Date,
): Promise<store.Subscription | null> {
  const isAddOn = plan.content.kind === 'add_on'
  if (reference === null) {
    if (!isAddOn) return null
    throw new Refusal('unprocessable', `${plan.code} is an add-on: name the subscription that it belongs to as parent`)
  }
  if (!isAddOn) throw new Refusal('unprocessable', `plan ${plan.code} is no add-on, so it has no parent`)
  const parent = await store.getSubscription(db, reference)
  if (parent.accountId !== account.id) throw new Refusal('unprocessable', 'the parent belongs to another account')
  if (parent.parentId !== null) throw new Refusal('unprocessable', 'the parent is an add-on itself')
  const timelines = await loadTimelines(db, [account.id])
  const inForce = intervalAt(intervalsOf(timelines, parent), startsAt.getTime())
  if (inForce === undefined)
    throw new Refusal('unprocessable', `the parent ${parent.key} is not there at ${startsAt.toISOString()}`)
  const versions = await findPlanVersions(db, [inForce.planVersionId])
  assertFits(plan, versions.get(inForce.planVersionId)?.code ?? '')
  return parent
}

export function assertFits(addOn: PlanVersion, planCode: string): void {
  const { fits = [] } = addOn.content
  if (!fits.includes(planCode))
    throw new Refusal('unprocessable', `${addOn.code} does not fit ${planCode}; it fits ${fits.join(', ')}`)
}
