import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { momentsOf } from '../../core/billing/moments.ts'
import { type PlannedDocument, planBills, printDocument } from '../../core/billing/plan-document.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import type { Database } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { type Account, accountNames, listAccountsByIds } from '../parties/index.ts'
import { causeOf, noteOf } from './correction-note.ts'
import * as store from './draft-store.ts'
import { interimOf } from './interim-invoice.ts'
import { type DraftLook, type DueDocuments, lookAt } from './issue.ts'
import { type BilledUsage, type BillingSources, type LoadedFacts, loadAccount, sourcesOf } from './load-facts.ts'
import { oneOffOf } from './one-off.ts'
import { findOneOff, type OneOff } from './one-off-store.ts'
import { type IssuingRules, issuingRules } from './settings.ts'

/** What looking at drafts takes from: also on a thread for reading. */
export interface DraftSources extends BillingSources {
  readonly nowMs: number
  readonly rules: IssuingRules
}

export async function draftSources(engine: BilledUsage, { db, tenant, nowMs }: ReadContext): Promise<DraftSources> {
  return { ...(await sourcesOf(engine, db, tenant)), nowMs, rules: await issuingRules(db) }
}

/** A draft as it would be issued now; `found` is null where nothing of it is due any more. */
export interface LookedDraft extends DraftLook {
  readonly draft: store.Draft
  readonly account: Account
  readonly found: { readonly facts: LoadedFacts; readonly due: DueDocuments } | null
}

/** Computes a draft anew, from the facts as they are now. @param db in the tenant's schema */
export async function lookAtDraft(sources: DraftSources, db: Database, draft: store.Draft): Promise<LookedDraft> {
  const [account] = (await listAccountsByIds(db, [draft.accountId])) as [Account]
  const waits = await store.loadWaits(db, account.id)
  const found = await dueOf(sources, db, account, draft)
  const looked =
    found === null
      ? { totalMinor: 0n, warnings: [], reasons: [] }
      : await lookAt(sources, db, { ...found, draft, holds: waits.holds }, true)
  return { ...looked, draft, account, found }
}

async function dueOf(
  sources: DraftSources,
  db: Database,
  account: Account,
  { kind, purpose, billingDay, untilDay, request }: store.Draft,
): Promise<LookedDraft['found']> {
  if (kind !== 'bill') {
    const found = await otherOf(sources, db, account, kind, request)
    if (found === null) return null
    const { facts, day, documents, isDraft = false } = found
    return { facts, due: { kind, purpose, day, documents, isDraft } }
  }
  const until = untilDay ?? billingDay
  const facts = await loadAccount(sources, db, account, until)
  const moments = momentsOf(facts, until)
  if (moments.length === 0) return null
  const [first] = Map.groupBy(planBills(facts, moments), ({ day }) => day)
  return first === undefined ? null : { facts, due: { kind, purpose, day: first[0], documents: first[1] } }
}

interface OtherDue {
  readonly facts: LoadedFacts
  readonly day: string
  readonly documents: readonly PlannedDocument[]
  readonly isDraft?: boolean
}

function alone({ facts, planned }: { readonly facts: LoadedFacts; readonly planned: PlannedDocument }): OtherDue {
  return { facts, day: planned.day, documents: [planned] }
}

async function otherOf(
  sources: DraftSources,
  db: Database,
  account: Account,
  kind: Exclude<store.DraftKind, 'bill'>,
  request: unknown,
): Promise<OtherDue | null> {
  if (kind === 'interim') return interimOf(sources, db, account)
  if (kind === 'note') {
    const note = await noteOf(sources, db, account, causeOf(request))
    return note === null ? null : alone(note)
  }
  const oneOff = (await findOneOff(db, { id: (request as { readonly oneOffId: string }).oneOffId })) as OneOff
  return { ...alone(await oneOffOf(sources, db, account, oneOff, sources.nowMs)), isDraft: oneOff.content.isDraft }
}

/** In place of the number that a document will get. */
const NO_NUMBER = 'draft'

/** The documents as they would be, marked as drafts. */
export function printDraft({ found, account }: LookedDraft, nowMs: number): InvoiceDocument[] {
  if (found === null) return []
  const { facts, due } = found
  const issuedOn = dayOf(nowMs, account.zone)
  return due.documents.map((planned) => {
    const ids = planned.lines.map((_, at) => `${due.day}/${at + 1}`)
    return { ...printDocument(facts, planned, { number: NO_NUMBER, issuedOn, ids }), mark: 'draft' }
  })
}

/** Drafts as lists show them: with what a run found when it looked at them last. */
export async function viewDrafts(db: Database, drafts: readonly store.Draft[]): Promise<object[]> {
  const ids = [...new Set(drafts.map(({ accountId }) => accountId))]
  const names = await accountNames(db, ids)
  const currencies = new Map((await listAccountsByIds(db, ids)).map(({ id, currency }) => [id, currency]))
  return drafts.map(({ request: _request, totalMinor, ...draft }) => {
    const currency = currencies.get(draft.accountId) as string
    return { ...draft, ...names.get(draft.accountId), currency, total: formatMinor(BigInt(totalMinor), currency) }
  })
}

/** A draft whole: computed anew, with what was said of it. */
export async function viewDraft(db: Database, looked: LookedDraft, nowMs: number): Promise<object> {
  const { draft, account, totalMinor, reasons, warnings } = looked
  const holds = await store.listOpenHolds(db, account.id)
  const [row] = await viewDrafts(db, [{ ...draft, reasons, warnings, totalMinor: String(totalMinor) }])
  const approvals = await store.listApprovals(db, [draft.id])
  return {
    ...row,
    billingDay: looked.found?.due.day ?? draft.billingDay,
    documents: printDraft(looked, nowMs).map((document, at) => {
      const planned = looked.found?.due.documents[at]
      return { billingDay: planned?.day, purpose: planned?.purpose, ...document }
    }),
    approvals: approvals.map(({ id, totalMinor: approved, note, ...one }) => ({
      ...{ id, total: formatMinor(BigInt(approved), account.currency), note, warnings: one.warnings },
      ...{ approvedBy: one.approvedBy, approvedAt: one.approvedAt },
    })),
    holds: holds.filter(({ draftId }) => draftId === null || draftId === draft.id).map(viewHold),
  }
}

export function viewHold(hold: store.IssueHold): object {
  const { id, accountId, draftId, untilAt, reason, placedBy, placedAt, releasedBy, releasedAt } = hold
  return { id, accountId, draftId, until: untilAt, reason, placedBy, placedAt, releasedBy, releasedAt }
}
