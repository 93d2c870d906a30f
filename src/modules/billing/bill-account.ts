import { momentsOf } from '../../core/billing/moments.ts'
import { planBills } from '../../core/billing/plan-document.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { lockAccount, setBilledUntil } from '../parties/index.ts'
import { applyToBalances } from '../receivables/index.ts'
import { addIssued } from './bill-run-store.ts'
import { type Billing, loadCharges, loadFacts } from './load-facts.ts'
import { storeDocument } from './store-document.ts'

/**
 * Bills one account up to a day, in one transaction; its balances, if it has any, hear of it afterwards. Its row is locked, so
 * that two runs bill a moment once.
 * @param runId the bill run that counts its documents
 */
export async function billAccount(billing: Billing, accountId: string, until: string, runId: string): Promise<void> {
  await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const charges = await loadCharges(billing, db, await lockAccount(db, accountId), until)
    const moments = momentsOf(charges, until)
    const last = moments.at(-1)
    if (last === undefined) return
    const facts = await loadFacts(db, charges)
    const documents = planBills(facts, moments)
    for (const planned of documents) await storeDocument(db, facts, planned, billing.nowMs)
    await setBilledUntil(db, accountId, last.day)
    if (documents.length > 0) await addIssued(db, runId, documents.length)
  })
  await tellBalances(billing, accountId)
}

/** Lets the balances of an account, if it has any, hear of its documents. */
export async function tellBalances({ db, engine, tenant, nowMs }: Billing, accountId: string): Promise<void> {
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
