import { momentsOf } from '../../core/billing/moments.ts'
import { planBills } from '../../core/billing/plan-document.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { lockAccount, setBilledUntil } from '../parties/index.ts'
import { applyToBalances } from '../receivables/index.ts'
import { addDone } from './bill-run-store.ts'
import { hold, releaseHold } from './document-holds.ts'
import { type Billing, loadCharges, loadFacts } from './load-facts.ts'
import { settlementOf, storeDocument } from './store-document.ts'

/**
 * Bills one account up to a day, in one transaction; its balances, if it has any, are brought up to date afterwards. Its row is locked, so
 * that two runs bill a moment once.
 * @param runId the bill run that counts its documents
 */
export async function billAccount(billing: Billing, accountId: string, until: string, runId: string): Promise<void> {
  await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const charges = await loadCharges(billing, db, await lockAccount(db, accountId), until)
    const moments = momentsOf(charges, until)
    if (moments.length === 0) return
    const facts = await loadFacts(billing, db, charges)
    const documents = planBills(facts, moments)
    // The tax of one that is held is not known yet: it and what comes after it wait, and are planned anew by the next run.
    const held = documents.find((document) => document.held.length > 0)
    const issued = documents.filter(({ day }) => held === undefined || day < held.day)
    const settlement = settlementOf(db, facts)
    for (const planned of issued) await storeDocument(db, facts, planned, billing.nowMs, settlement)
    const done = moments.findLast(({ day }) => held === undefined || day < held.day)
    if (done !== undefined) await setBilledUntil(db, accountId, done.day)
    await addDone(db, runId, { issued: issued.length, held: held === undefined ? 0 : 1 })
    if (held === undefined) await releaseHold(db, accountId, billing.nowMs)
    else await hold(db, accountId, held, billing.nowMs)
  })
  await tellBalances(billing, accountId)
}

/** Brings the balances of an account, if it has any, up to date with its documents. */
export async function tellBalances({ db, engine, tenant, nowMs }: Billing, accountId: string): Promise<void> {
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
