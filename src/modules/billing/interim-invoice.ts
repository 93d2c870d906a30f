import { dayOf } from '../../core/base/period.ts'
import { billingPeriodOf } from '../../core/billing/account-facts.ts'
import { type PlannedDocument, planInterim } from '../../core/billing/plan-document.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { askForJob, listUnsettledKeys } from '../../platform/jobs/job-store.ts'
import { isPassing } from '../../platform/patience.ts'
import { interimDays } from '../invoices/index.ts'
import type { Notary, Parts } from '../module.ts'
import { type Account, listAccountsByIds, lockAccount } from '../parties/index.ts'
import { tellBalances } from './bill-account.ts'
import { assertTaxed } from './document-holds.ts'
import { type Billing, billingOf, type LoadedFacts, loadCharges, loadFacts } from './load-facts.ts'
import { storeDocument } from './store-document.ts'

/** A job's key is the id of the account. */
const KIND = 'interim_invoice'
/** The last ones an hour apart. */
const MAX_ATTEMPTS = 20
const PURPOSE = 'threshold'

/** What is to be issued, where the usage that an account was not billed for has come to its threshold. */
async function interimOf(
  billing: Billing,
  db: Database,
  account: Account,
): Promise<{ readonly facts: LoadedFacts; readonly planned: PlannedDocument } | null> {
  const threshold = account.progressiveThresholdMinor
  if (threshold === null) return null
  const day = dayOf(billing.nowMs, account.zone)
  const earlier = await interimDays(db, account.id, PURPOSE)
  const period = billingPeriodOf(account, day).start
  if (!account.progressiveRepeats && earlier.some((before) => before >= period)) return null
  const facts = await loadFacts(billing, db, await loadCharges(billing, db, account, period))
  const ofToday = earlier.filter((before) => before === day).length
  const purpose = ofToday === 0 ? PURPOSE : `${PURPOSE}-${ofToday + 1}`
  const planned = planInterim(facts, { day, purpose }, BigInt(threshold))
  return planned === null ? null : { facts, planned }
}

/**
 * Looks for usage that has come to a threshold, and asks for its invoice; and where that cannot be said, since the job shows what
 * is wrong. An account whose invoice was given up is left alone until somebody has it tried again; its period's own invoice
 * bills all of it.
 */
export async function lookForInterims(
  billing: Billing,
  accountIds: readonly string[],
  closing: AbortSignal,
): Promise<void> {
  const db = inSchema(billing.db, billing.tenant.schema)
  const known = new Set(await listUnsettledKeys(db, KIND))
  for (const account of await listAccountsByIds(
    db,
    accountIds.filter((id) => !known.has(id)),
  )) {
    if (closing.aborted) return
    const isDue = await interimOf(billing, db, account).then(
      (found) => found !== null,
      (error: unknown) => !isPassing(error),
    )
    if (isDue) await inTransaction(db, async (trx) => askForJob(trx, { kind: KIND, key: account.id }, billing.nowMs))
  }
}

/** Issues an interim invoice, if its account still comes to one. */
export function interimInvoiceJob({ db, engine, notary }: Pick<Parts, 'db' | 'engine' | 'notary'>): JobHandler {
  return {
    kind: KIND,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => {
      if (job.isCancelled()) return 'stopped'
      const billing = await billingOf(db, engine, job.tenant, job.nowMs)
      await issueInterim(billing, notary, job.key)
      return 'done'
    },
  }
}

async function issueInterim(billing: Billing, notary: Notary, accountId: string): Promise<void> {
  await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const found = await interimOf(billing, db, await lockAccount(db, accountId))
    if (found === null) return
    assertTaxed(found.planned)
    await storeDocument(db, found.facts, found.planned, billing.nowMs)
    await notary.ask(db, billing.nowMs)
  })
  await tellBalances(billing, accountId)
}
