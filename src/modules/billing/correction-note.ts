import { type CorrectionCause, type PlannedDocument, planNote } from '../../core/billing/plan-document.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { findByPurpose } from '../invoices/index.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { tellBalances } from './bill-accounts.ts'
import { askForDueDrafts } from './draft-due.ts'
import { loadWaits } from './draft-store.ts'
import { draftOf, dropDrafts, issueOrKeep } from './issue.ts'
import { type Billing, type BillingSources, type LoadedFacts, loadAccount } from './load-facts.ts'

/** A cause as a draft keeps it. */
type StoredCause = Omit<CorrectionCause, 'planVersionIds'> & { readonly planVersionIds: readonly string[] }

export function causeOf(request: unknown): CorrectionCause {
  const { planVersionIds, ...cause } = request as StoredCause
  return { ...cause, planVersionIds: new Set(planVersionIds) }
}

/**
 * Bills at once by how much the usage of periods that are billed already has changed: a credit note, or a debit note that
 * is paid like an invoice. It names the documents that billed this usage before; those are never changed. What keeps documents of
 * the account from being issued keeps it, too: then it is a draft.
 * @returns the document's id; null where nothing was billed, nothing has changed, or it waits. Asked again, the same id.
 */
export async function issueCorrectionNote(
  billing: Billing,
  accountId: string,
  cause: CorrectionCause,
): Promise<string | null> {
  const id = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const waits = await loadWaits(db, accountId)
    const due = { kind: 'note', purpose: cause.purpose, day: account.billedUntil ?? '' } as const
    const known = await findByPurpose(db, accountId, cause.purpose)
    const found = known === undefined ? await noteOf(billing, db, account, cause) : null
    if (found === null) {
      const draft = draftOf(waits, due)
      await dropDrafts(db, draft === undefined ? [] : [draft], billing.nowMs)
      return known ?? null
    }
    const request = { ...cause, planVersionIds: [...cause.planVersionIds] }
    const asked = { ...due, documents: [found.planned], request }
    const outcome = await issueOrKeep(billing, db, { facts: found.facts, due: asked, waits })
    if ('ids' in outcome) return outcome.ids[0] as string
    await askForDueDrafts(db, billing.nowMs)
    return null
  })
  if (id !== null) await tellBalances(billing, accountId)
  return id
}

/** What a note would be now; null where there is none to make. */
export async function noteOf(
  sources: BillingSources,
  db: Database,
  account: Account,
  cause: CorrectionCause,
): Promise<{ readonly facts: LoadedFacts; readonly planned: PlannedDocument } | null> {
  if (account.billedUntil === null) return null
  const facts = await loadAccount(sources, db, account, account.billedUntil)
  const planned = planNote(facts, cause)
  return planned === null ? null : { facts, planned }
}
