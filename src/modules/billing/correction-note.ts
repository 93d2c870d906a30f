import { type CorrectionCause, planNote } from '../../core/billing/plan-document.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { findByPurpose } from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import { tellBalances } from './bill-account.ts'
import { assertTaxed } from './document-holds.ts'
import { type Billing, loadCharges, loadFacts } from './load-facts.ts'
import { storeDocument } from './store-document.ts'

/**
 * Bills at once by how much the usage of periods that are billed already has changed: a credit note, or a debit note that
 * is paid like an invoice. It names the documents that billed this usage before; those are never changed.
 * @returns the document's id; null where nothing was billed, or nothing has changed. Asked again, the same id.
 */
export async function issueCorrectionNote(
  billing: Billing,
  accountId: string,
  cause: CorrectionCause,
): Promise<string | null> {
  const id = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const known = await findByPurpose(db, accountId, cause.purpose)
    if (known !== undefined) return known
    if (account.billedUntil === null) return null
    const facts = await loadFacts(billing, db, await loadCharges(billing, db, account, account.billedUntil))
    const planned = planNote(facts, cause)
    if (planned === null) return null
    assertTaxed(planned)
    return storeDocument(db, facts, planned, billing.nowMs)
  })
  if (id !== null) await tellBalances(billing, accountId)
  return id
}
