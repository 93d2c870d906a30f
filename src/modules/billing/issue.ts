import { present } from '../../core/base/assert.ts'
import type { BilledAccount } from '../../core/billing/account-facts.ts'
import { advancesLeftBeside } from '../../core/billing/advances.ts'
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
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { eventRows, publish } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { type EarlierTotals, earlierTotals } from '../invoices/index.ts'
import { type AccountSettlement, loadSettlements } from '../receivables/index.ts'
import * as store from './draft-store.ts'
import { einvoiceFaultsOf } from './einvoice-rules.ts'
import { documentHeld, documentReleased } from './events.ts'
import { inTurn } from './in-turn.ts'
import type { Billing, LoadedFacts } from './load-facts.ts'
import { storeDocuments } from './store-documents.ts'
import { askForTax } from './tax-questions.ts'
import { unconfirmedTaxIds } from './unconfirmed-tax-ids.ts'

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

/** What is due of an account whose row is locked. */
export interface DueOfAccount {
  readonly facts: LoadedFacts
  readonly due: DueDocuments
  readonly waits: store.AccountWaits
  /** The draft that somebody has issued before its grace period ends. */
  readonly earlyId?: string | null
}

/** The ids of the documents; or the reasons for which they wait. */
export type Outcome = { readonly ids: readonly string[] } | { readonly reasons: readonly WaitReason[] }

/**
 * Issues what is due of an account, or keeps it as a draft and says why. The account's row is locked in the transaction of `db`.
 */
export async function issueOrKeep(billing: Billing, db: Database, due: DueOfAccount): Promise<Outcome> {
  const [outcome] = await issueOrKeepAll(billing, db, [due], new Map())
  return present(outcome, 'an outcome')
}

/**
 * As `issueOrKeep`, of several accounts: the one door of all documents.
 * @param settlements of accounts, by their ids; kept true for what is issued later in the transaction
 * @returns what came of each, in their order
 */
export async function issueOrKeepAll(
  billing: Billing,
  db: Database,
  all: readonly DueOfAccount[],
  settlements: Map<string, AccountSettlement>,
): Promise<Outcome[]> {
  const drafts = all.map(({ waits, due }) => draftOf(waits, due))
  const looks = await lookAtAll(
    billing,
    db,
    all.map(({ facts, due, waits: { holds } }, at) => ({ facts, due, holds, draft: drafts[at] })),
  )
  const decided = all.map((one, at) => {
    const [draft, looked] = [drafts[at], looks[at] as DraftLook]
    const isEarly = draft !== undefined && draft.id === one.earlyId
    const reasons = looked.reasons.filter(({ code }) => !(isEarly && (code === 'grace_period' || code === 'by_hand')))
    return { ...one, draft, looked, isKept: reasons.length > 0 }
  })
  const { true: kept = [], false: issued = [] } = Object.groupBy(decided, ({ isKept }) => `${isKept}`)
  await keepAll(db, kept, billing.nowMs)
  await askForTax(db, billing, kept)
  const accounts = issued.map(({ facts }) => facts.account).filter(({ id }) => !settlements.has(id))
  for (const [at, settlement] of (await loadSettlements(db, accounts)).entries())
    settlements.set((accounts[at] as BilledAccount).id, settlement)
  const toIssue = issued.flatMap(({ facts, due }) => {
    const settlement = present(settlements.get(facts.account.id), 'a settlement')
    return due.documents.map((planned) => ({ facts, planned, settlement }))
  })
  const ids = await storeDocuments(db, toIssue, billing.nowMs)
  const gone = issued.flatMap(({ draft }) => draft ?? [])
  await dropDrafts(db, gone, billing.nowMs)
  return decided.map(({ isKept, looked, due }) => (isKept ? looked : { ids: ids.splice(0, due.documents.length) }))
}

/** Notes that drafts wait no more: they are issued, or nothing of them is due any more. */
export async function dropDrafts(db: Database, drafts: readonly store.Draft[], nowMs: number): Promise<void> {
  if (drafts.length === 0) return
  const ids = drafts.map(({ id }) => id)
  await store.deleteDrafts(db, ids)
  const told = drafts.map(({ id, accountId, kind, billingDay }) =>
    eventOf(documentReleased, { objectId: accountId, accountId }, { draftId: id, kind, billingDay }),
  )
  await publish(db, told, nowMs)
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

/** What is looked at before it is issued. */
export interface ToLookAt extends Pick<DueOfAccount, 'facts' | 'due'>, Pick<store.AccountWaits, 'holds'> {
  readonly draft?: store.Draft | undefined
}

/**
 * Why something that is due is not issued, if anything keeps it.
 * @param isWhole looks for all that is odd about it, also where the settings ask for no approval
 */
export async function lookAt(
  sources: Pick<Billing, 'rules' | 'nowMs'>,
  db: Database,
  one: ToLookAt,
  isWhole = false,
): Promise<DraftLook> {
  const [look] = await lookAtAll(sources, db, [one], isWhole)
  return present(look, 'a look')
}

async function lookAtAll(
  sources: Pick<Billing, 'rules' | 'nowMs'>,
  db: Database,
  all: readonly ToLookAt[],
  isWhole = false,
): Promise<DraftLook[]> {
  const { review } = sources.rules
  const isLookedAt = isWhole || review.needsApproval.length > 0
  const bills = isLookedAt ? all.filter(({ due }) => due.kind === 'bill' && due.documents.length > 0) : []
  const asked = bills.map(({ facts, due }) => {
    const purpose = (due.documents.at(-1) as PlannedDocument).purpose
    return { accountId: facts.account.id, purpose }
  })
  const totals = await earlierTotals(db, asked, review.last)
  const earlier = new Map(bills.map((one, at) => [one, totals[at]]))
  const mayBeApproved = ({ facts }: ToLookAt): boolean => isLookedAt || facts.taxIds.policy === 'warn'
  const drafts = all.filter(mayBeApproved).flatMap(({ draft }) => draft ?? [])
  const draftIds = drafts.map(({ id }) => id)
  const approvals = Map.groupBy(await store.listApprovals(db, draftIds), ({ draftId }) => draftId)
  return inTurn(all, (one) => {
    const [approval] = approvals.get(one.draft?.id ?? '') ?? []
    return lookOf(sources, one, isLookedAt, earlier.get(one), approval)
  })
}

/** @param approval the last one of its draft */
function lookOf(
  { rules: { review, gracePeriod }, nowMs }: Pick<Billing, 'rules' | 'nowMs'>,
  { facts, due: { kind, day, documents, isDraft = false }, draft, holds }: ToLookAt,
  isLookedAt: boolean,
  { totalsMinor, isBilled }: EarlierTotals = { totalsMinor: [], isBilled: true },
  approval: store.Approval | undefined,
): DraftLook {
  const { account } = facts
  const { currency } = account
  const totalMinor = documents.reduce((sum, one) => sum + one.totalMinor, 0n)
  const held = [...new Set(documents.flatMap((one) => one.held))]
  const amount = { currency, totalMinor, held, earlier: totalsMinor, isFirst: !isBilled }
  const unconfirmed = unconfirmedTaxIds(facts, documents, nowMs)
  const isHeld = facts.taxIds.policy === 'hold'
  const warnings = [
    ...(isLookedAt || held.length > 0 ? warningsOf(amount, review) : []),
    ...(isLookedAt
      ? advancesLeftBeside(
          facts,
          documents.map(({ lines }) => lines),
        )
      : []
    ).map((text): DraftWarning => ({ code: 'advance_left', text })),
    ...(isHeld ? [] : unconfirmed.map((text): DraftWarning => ({ code: 'tax_id', text }))),
  ]
  const approved =
    approval === undefined
      ? null
      : { totalMinor: BigInt(approval.totalMinor), warnings: approval.warnings.map(({ code }) => code) }
  return {
    totalMinor,
    warnings,
    reasons: [
      ...(isDraft ? [{ code: 'by_hand', text: 'it was asked for as a draft' } as const] : []),
      ...(kind === 'bill' ? graceOf(account, day, gracePeriod, nowMs) : []),
      ...holdReasons({ holds }, draft?.id, nowMs),
      ...held.map((text): WaitReason => ({ code: 'tax_missing', text })),
      ...(isHeld ? unconfirmed.map((text): WaitReason => ({ code: 'tax_id', text })) : []),
      ...einvoiceFaultsOf(facts, documents, nowMs).map((text): WaitReason => ({ code: 'einvoice_rule', text })),
      ...reviewReasons(warnings, totalMinor, approved, {
        ...review,
        needsApproval: [...review.needsApproval, 'tax_id'],
      }),
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

interface Kept extends Pick<DueOfAccount, 'facts' | 'due'> {
  readonly draft: store.Draft | undefined
  readonly looked: DraftLook
}

/** There is one event for the same reasons. */
async function keepAll(db: Database, all: readonly Kept[], nowMs: number): Promise<void> {
  const fresh: store.Draft[] = []
  const events: NewEvent[] = []
  for (const { facts, due, draft: known, looked } of all) {
    const { id: accountId } = facts.account
    const { kind, purpose, day: billingDay, untilDay = null, request = null } = due
    const { totalMinor, warnings, reasons } = looked
    const dueMs = dueMsOf(reasons)
    const draft = {
      ...{ id: known?.id ?? newId(), madeAt: known?.madeAt ?? new Date(nowMs) },
      ...{ accountId, kind, purpose, billingDay, reasons, warnings, request },
      untilDay: known?.untilDay != null && untilDay !== null && known.untilDay > untilDay ? known.untilDay : untilDay,
      totalMinor: String(totalMinor),
      dueAt: dueMs === null ? null : new Date(dueMs),
    }
    if (known === undefined) fresh.push(draft)
    else await store.updateDraft(db, draft)
    if (known !== undefined && JSON.stringify(known.reasons) === JSON.stringify(reasons)) continue
    const told = {
      ...{ draftId: draft.id, kind, billingDay, dueAt: draft.dueAt },
      reasons: reasons.map(({ text }) => text),
      codes: [...new Set(reasons.map(({ code }) => code))],
    }
    events.push(eventOf(documentHeld, { objectId: accountId, accountId }, told))
  }
  await insertAllRows(db, [store.draftRows(fresh), eventRows(events, nowMs)])
}
