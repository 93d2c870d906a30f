import type { BilledAccount } from '../../core/billing/account-facts.ts'
import {
  type DraftWarning,
  dueMsOf,
  graceEndMs,
  reviewReasons,
  type WaitReason,
  warningsOf,
} from '../../core/billing/draft-rules.ts'
import type { PlannedDocument } from '../../core/billing/plan-document.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { earlierTotals } from '../invoices/index.ts'
import type { AccountSettlement } from '../receivables/index.ts'
import * as store from './draft-store.ts'
import { einvoiceFaultsOf } from './einvoice-rules.ts'
import { documentHeld, documentReleased } from './events.ts'
import type { Billing, LoadedFacts } from './load-facts.ts'
import { settlementOf, storeDocument } from './store-document.ts'

/** What is due: one document, or those of a billing day. */
export interface DueDocuments {
  readonly kind: store.DraftKind
  readonly purpose: string
  readonly day: string
  readonly documents: readonly PlannedDocument[]
  readonly untilDay?: string | null
  readonly request?: object | null
  /** Whether it was asked for as a draft: it waits until somebody issues it. */
  readonly isDraft?: boolean
}

/** How a document comes to be issued. */
interface Issuing {
  /** The draft that somebody has issued before its grace period ends. */
  readonly earlyId?: string | null
  readonly settlement?: AccountSettlement
}

/**
 * Issues what is due, or keeps it as a draft and says why: the one door of all documents. The account's row is locked in the
 * transaction of `db`.
 * @returns the ids of the documents; or the reasons for which it waits
 */
export async function issueOrKeep(
  billing: Billing,
  db: Database,
  facts: LoadedFacts,
  due: DueDocuments,
  waits: store.AccountWaits,
  { earlyId = null, settlement = settlementOf(db, facts) }: Issuing = {},
): Promise<{ readonly ids: readonly string[] } | { readonly reasons: readonly WaitReason[] }> {
  const draft = draftOf(waits, due)
  const looked = await lookAt(billing, db, facts, due, draft, waits)
  const isEarly = draft !== undefined && draft.id === earlyId
  const reasons = looked.reasons.filter(({ code }) => !(isEarly && (code === 'grace_period' || code === 'by_hand')))
  if (reasons.length > 0) {
    await keep(db, facts.account, due, draft, looked, billing.nowMs)
    return looked
  }
  const ids: string[] = []
  for (const planned of due.documents) ids.push(await storeDocument(db, facts, planned, billing.nowMs, settlement))
  if (draft !== undefined) await dropDraft(db, draft, billing.nowMs)
  return { ids }
}

/** Notes that a draft waits no more: it is issued, or nothing of it is due any more. */
export async function dropDraft(db: Database, draft: store.Draft, nowMs: number): Promise<void> {
  const { id, accountId, kind, billingDay } = draft
  await store.deleteDraft(db, id)
  await publish(
    db,
    [eventOf(documentReleased, { objectId: accountId, accountId }, { draftId: id, kind, billingDay })],
    nowMs,
  )
}

/** The draft of what is due. What somebody said of the bill of another day was not about this one. */
export function draftOf(
  { drafts }: Pick<store.AccountWaits, 'drafts'>,
  { kind, purpose, day }: Pick<DueDocuments, 'kind' | 'purpose' | 'day'>,
): store.Draft | undefined {
  return drafts.find(
    (draft) => draft.kind === kind && draft.purpose === purpose && (kind !== 'bill' || draft.billingDay === day),
  )
}

export interface DraftLook {
  readonly totalMinor: bigint
  readonly warnings: readonly DraftWarning[]
  readonly reasons: readonly WaitReason[]
}

/**
 * Why something that is due is not issued, if anything keeps it.
 * @param isWhole looks for all that is odd about it, also where the settings ask for no approval
 */
export async function lookAt(
  { rules, nowMs }: Pick<Billing, 'rules' | 'nowMs'>,
  db: Database,
  facts: LoadedFacts,
  { kind, day, documents, isDraft = false }: DueDocuments,
  draft: store.Draft | undefined,
  waits: Pick<store.AccountWaits, 'holds'>,
  isWhole = false,
): Promise<DraftLook> {
  const { account } = facts
  const totalMinor = documents.reduce((sum, one) => sum + one.totalMinor, 0n)
  const held = [...new Set(documents.flatMap((one) => one.held))]
  const { review } = rules
  const isLookedAt = isWhole || review.needsApproval.length > 0
  const [first] = documents.toReversed()
  const before =
    isLookedAt && kind === 'bill' && first !== undefined
      ? await earlierTotals(db, account.id, first.purpose, review.last)
      : { totalsMinor: [], isBilled: true }
  const amount = {
    currency: account.currency,
    totalMinor,
    held,
    earlier: before.totalsMinor,
    isFirst: !before.isBilled,
  }
  const warnings = isLookedAt || held.length > 0 ? warningsOf(amount, review) : []
  const [approval] =
    draft === undefined || review.needsApproval.length === 0 ? [] : await store.listApprovals(db, draft.id)
  const approved =
    approval === undefined
      ? null
      : { totalMinor: BigInt(approval.totalMinor), warnings: approval.warnings.map(({ code }) => code) }
  return {
    totalMinor,
    warnings,
    reasons: [
      ...(isDraft ? [{ code: 'by_hand', text: 'it was asked for as a draft' } as const] : []),
      ...(kind === 'bill' ? graceOf(account, day, rules.gracePeriod, nowMs) : []),
      ...holdReasons(waits, draft?.id, nowMs),
      ...held.map((text): WaitReason => ({ code: 'tax_missing', text })),
      ...einvoiceFaultsOf(facts, documents, nowMs).map((text): WaitReason => ({ code: 'einvoice_rule', text })),
      ...reviewReasons(warnings, totalMinor, approved, review),
    ],
  }
}

/** Charges of an account that pays in advance come from its balances: there is no late bill to wait for, unless it says so itself. */
function graceOf(
  { zone, creditLimitMinor, gracePeriod }: BilledAccount & { readonly gracePeriod: string | null },
  day: string,
  byDefault: string,
  nowMs: number,
): WaitReason[] {
  const period = gracePeriod ?? (creditLimitMinor === '0' ? null : byDefault)
  if (period === null) return []
  const endMs = graceEndMs(day, zone, period)
  if (endMs <= nowMs) return []
  const until = new Date(endMs).toISOString()
  return [{ code: 'grace_period', text: `its grace period (${period}) ends at ${until}`, until }]
}

/** Why people keep a draft; one that is not kept yet is kept by what holds all documents of its account. */
export function holdReasons(
  { holds }: Pick<store.AccountWaits, 'holds'>,
  ofDraftId: string | undefined,
  nowMs: number,
): WaitReason[] {
  return holds
    .filter(({ draftId }) => draftId === null || draftId === ofDraftId)
    .filter(({ untilAt }) => untilAt === null || untilAt.getTime() > nowMs)
    .map(({ untilAt, reason: text }) => {
      return { code: 'on_hold', text, ...(untilAt === null ? {} : { until: untilAt.toISOString() }) }
    })
}

/** There is one event for the same reasons. */
async function keep(
  db: Database,
  { id: accountId }: BilledAccount,
  { kind, purpose, day: billingDay, untilDay = null, request = null }: DueDocuments,
  known: store.Draft | undefined,
  { totalMinor, warnings, reasons }: DraftLook,
  nowMs: number,
): Promise<void> {
  const dueMs = dueMsOf(reasons)
  const content = {
    ...{ accountId, kind, purpose, billingDay, reasons, warnings, request },
    untilDay: known?.untilDay != null && untilDay !== null && known.untilDay > untilDay ? known.untilDay : untilDay,
    totalMinor: String(totalMinor),
    dueAt: dueMs === null ? null : new Date(dueMs),
  }
  const draft = { ...content, id: known?.id ?? newId(), madeAt: known?.madeAt ?? new Date(nowMs) }
  if (known === undefined) await store.insertDraft(db, draft)
  else await store.updateDraft(db, draft)
  if (known !== undefined && JSON.stringify(known.reasons) === JSON.stringify(reasons)) return
  const told = {
    ...{ draftId: draft.id, kind, billingDay, dueAt: draft.dueAt },
    reasons: reasons.map(({ text }) => text),
    codes: [...new Set(reasons.map(({ code }) => code))],
  }
  await publish(db, [eventOf(documentHeld, { objectId: accountId, accountId }, told)], nowMs)
}
