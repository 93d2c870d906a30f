import { momentsOf } from '../../core/billing/moments.ts'
import { planBills } from '../../core/billing/plan-document.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { lockAccount, setBilledUntil } from '../parties/index.ts'
import { applyToBalances } from '../receivables/index.ts'
import { addDone } from './bill-run-store.ts'
import { askForDueDrafts } from './draft-due.ts'
import { loadWaits } from './draft-store.ts'
import { dropDraft, issueOrKeep } from './issue.ts'
import { type Billing, loadCharges, loadFacts } from './load-facts.ts'
import { settlementOf } from './store-document.ts'

/** The bill of an account's next billing day, which there is one of. */
const BILL = { kind: 'bill', purpose: '' } as const
export const INTERIM_JOB = 'interim_invoice'

interface BillingAsked {
  /** The bill run that counts its documents. */
  readonly runId?: string
  /** The draft that is issued although its grace period has not ended. */
  readonly earlyId?: string | null
}

/**
 * Bills one account up to a day, in one transaction; its balances, if it has any, are brought up to date afterwards. Its row is locked, so
 * that two runs bill a moment once. What is not to be issued yet waits as a draft, and what comes after it waits behind it.
 * @returns the ids of the documents
 */
export async function billAccount(
  billing: Billing,
  accountId: string,
  until: string,
  { runId, earlyId = null }: BillingAsked = {},
): Promise<readonly string[]> {
  const ids = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const charges = await loadCharges(billing, db, account, until)
    const moments = momentsOf(charges, until)
    const waits = await loadWaits(db, accountId)
    const known = waits.drafts.find(({ kind }) => kind === BILL.kind)
    const issued: string[] = []
    let [done, kept]: [string | null, 'in_grace' | 'held' | null] = [null, null]
    if (moments.length > 0) {
      const facts = await loadFacts(billing, db, charges)
      const documents = Map.groupBy(planBills(facts, moments), ({ day }) => day)
      const settlement = settlementOf(db, facts)
      if (known !== undefined && known.billingDay !== documents.keys().next().value)
        await dropDraft(db, known, billing.nowMs)
      for (const { day } of moments) {
        const due = { ...BILL, day, documents: documents.get(day) ?? [], untilDay: until }
        if (due.documents.length > 0) {
          const outcome = await issueOrKeep(billing, db, facts, due, waits, { earlyId, settlement })
          if ('reasons' in outcome) {
            kept = outcome.reasons.every(({ code }) => code === 'grace_period') ? 'in_grace' : 'held'
            break
          }
          issued.push(...outcome.ids)
        }
        done = day
      }
    }
    if (done !== null) await setBilledUntil(db, accountId, done)
    if (known !== undefined && moments.length === 0) await dropDraft(db, known, billing.nowMs)
    const counts = { issued: issued.length, held: kept === 'held' ? 1 : 0, inGrace: kept === 'in_grace' ? 1 : 0 }
    if (runId !== undefined) await addDone(db, runId, counts)
    else if (kept !== null) await askForDueDrafts(db, billing.nowMs)
    // Usage of the running period may have come to its threshold while the bill before it waited.
    if (known !== undefined && kept === null && account.progressiveThresholdMinor !== null)
      await askForJob(db, { kind: INTERIM_JOB, key: accountId }, billing.nowMs)
    return issued
  })
  await tellBalances(billing, accountId)
  return ids
}

/** Brings the balances of an account, if it has any, up to date with its documents. */
export async function tellBalances({ db, engine, tenant, nowMs }: Billing, accountId: string): Promise<void> {
  if (await engine.hasBalances(tenant.name, accountId)) await applyToBalances(db, engine, tenant, nowMs, accountId)
}
