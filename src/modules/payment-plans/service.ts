import { isDeepStrictEqual } from 'node:util'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf, fromDayNumber, startOfDayMs, toDayNumber } from '../../core/base/period.ts'
import { type PlanPart, planStateOn } from '../../core/ledger/plan-parts.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { getInvoice } from '../invoices/index.ts'
import { accountInUse, getRow, lockAccount } from '../parties/index.ts'
import { AccountSettlement } from '../receivables/index.ts'
import { planEvent } from './events.ts'
import { standingOf } from './standing.ts'
import * as store from './store.ts'

export const PLAN_JOB = 'payment_plan'

/** What is agreed on: how the parts follow from what is open. */
export interface PlanDraft {
  readonly key: string
  readonly kind: store.PaymentPlan['kind']
  readonly account: string
  /** Documents by id or number; all that are open where it is absent. */
  readonly invoices: readonly string[] | undefined
  readonly promisedBy: string | null
  readonly note: string | null
  /** What was asked for, for the same request again. */
  readonly content: object
  readonly partsOf: (openMinor: bigint, currency: string, today: string) => readonly PlanPart[]
}

/** Makes a plan for open documents of an account. The same key again is the same plan. */
export async function makePlan({ db, nowMs }: WriteContext, draft: PlanDraft, madeBy: string): Promise<string> {
  const { id: accountId } = await accountInUse(db, draft.account)
  const { currency, zone } = await lockAccount(db, accountId)
  const known = await store.findPlan(db, draft.key)
  if (known !== undefined) {
    if (known.accountId === accountId && known.kind === draft.kind && isDeepStrictEqual(known.content, draft.content))
      return known.id
    throw new Refusal('idempotency_conflict', `the key ${draft.key} was used for another payment plan`)
  }
  const open = await openDocuments(db, accountId, currency, draft.invoices)
  const parts = draft.partsOf(
    open.reduce((sum, { openMinor }) => sum + openMinor, 0n),
    currency,
    dayOf(nowMs, zone),
  )
  const plan: store.PaymentPlan = {
    ...{ id: newId(), key: draft.key, accountId, kind: draft.kind, currency, content: draft.content },
    ...{ promisedBy: draft.promisedBy, note: draft.note, state: 'open', madeBy, createdAt: new Date(nowMs) },
    ...{ endedAt: null, endReason: null },
  }
  const documents = open.map(({ id, openMinor }) => {
    return { planId: plan.id, invoiceId: id, openMinor: String(openMinor), isOpen: true }
  })
  const stored = parts.map(({ dueOn, amountMinor }, at) => {
    return { planId: plan.id, position: at + 1, dueOn, amountMinor: String(amountMinor) }
  })
  await store.insertPlan(db, plan, documents, stored)
  for (const { position, dueOn } of stored) {
    const dueMs = startOfDayMs(fromDayNumber(toDayNumber(dueOn) + 1), zone)
    await askForJob(db, { kind: PLAN_JOB, key: `${plan.id}:${position}`, payload: { planId: plan.id }, dueMs }, nowMs)
  }
  await publish(db, [planEvent(plan, parts, 'made')], nowMs)
  return plan.id
}

async function openDocuments(
  db: Database,
  accountId: string,
  currency: string,
  invoices: readonly string[] | undefined,
): Promise<{ readonly id: string; readonly openMinor: bigint }[]> {
  const settlement = new AccountSettlement(db, accountId, currency)
  const named = invoices === undefined ? null : await Promise.all(invoices.map(async (one) => getInvoice(db, one)))
  const found: { readonly id: string; readonly openMinor: bigint }[] = []
  const ids = named === null ? (await settlement.listDocuments()).map(({ id }) => id) : named.map(({ id }) => id)
  for (const id of new Set(ids)) {
    const openMinor = await settlement.askableOf(id)
    const number = named?.find((one) => one.id === id)?.document.number
    if (openMinor === null) throw new Refusal('unprocessable', `invoices: ${number} is none of the account`)
    const other = openMinor > 0n ? await store.openPlanFor(db, id) : undefined
    if (openMinor > 0n && other === undefined) found.push({ id, openMinor })
    else if (number !== undefined)
      throw new Refusal(
        'conflict',
        other === undefined ? `nothing of ${number} may be asked for` : `${number} is in the payment plan ${other.key}`,
      )
  }
  if (found.length > 0) return found
  throw new Refusal('conflict', 'nothing is open that is in no other payment plan, and not disputed')
}

/** Looks how an open plan stands, and ends it where it was kept or broken. The account's row is locked. */
export async function lookAtPlan(db: Database, id: string, nowMs: number): Promise<void> {
  const { accountId } = await store.getPlan(db, id)
  const { zone } = await lockAccount(db, accountId)
  const plan = await store.getPlan(db, id)
  if (plan.state !== 'open') return
  const today = dayOf(nowMs, zone)
  const parts = await standingOf(db, plan)
  const state = planStateOn(parts, today)
  if (state === 'open') return
  const due = parts.filter(({ dueOn }) => dueOn < today)
  const missing = due.reduce((sum, { amountMinor, paidMinor }) => sum + amountMinor - paidMinor, 0n)
  await store.endPlan(db, plan, { state, endedAt: new Date(nowMs), endReason: null })
  const unpaid = due.find(({ amountMinor, paidMinor }) => paidMinor < amountMinor)
  const more = { missing: formatMinor(missing, plan.currency), dueOn: unpaid?.dueOn }
  await publish(db, [planEvent(plan, parts, state, state === 'broken' ? more : {})], nowMs)
}

export async function cancelPlan(
  { db, nowMs }: WriteContext,
  reference: string,
  reason: string | null,
): Promise<string> {
  const { id, accountId } = await store.getPlan(db, reference)
  await lockAccount(db, (await getRow(db, 'account', accountId)).id)
  const plan = await store.getPlan(db, id)
  if (plan.state !== 'open') throw new Refusal('conflict', `the payment plan is ${plan.state}`)
  await store.endPlan(db, plan, { state: 'cancelled', endedAt: new Date(nowMs), endReason: reason })
  await publish(db, [planEvent(plan, await standingOf(db, plan), 'cancelled', { reason })], nowMs)
  return id
}
