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
import { INTERIM_JOB, tellBalances } from './bill-accounts.ts'
import { askForDueDrafts } from './draft-due.ts'
import { accountsThatWait, loadWaits } from './draft-store.ts'
import { dropDrafts, issueOrKeep } from './issue.ts'
import { type Billing, type BillingSources, billingOf, type LoadedFacts, loadAccount } from './load-facts.ts'

/** A job's key is the id of the account. */
const KIND = INTERIM_JOB
/** The last ones an hour apart. */
const MAX_ATTEMPTS = 20
const PURPOSE = 'threshold'

/** What is to be issued, where the usage that an account was not billed for has come to its threshold. */
export async function interimOf(
  billing: BillingSources & Pick<Billing, 'nowMs'>,
  db: Database,
  account: Account,
): Promise<{
  readonly facts: LoadedFacts
  readonly day: string
  readonly documents: readonly PlannedDocument[]
} | null> {
  const threshold = account.progressiveThresholdMinor
  if (threshold === null) return null
  const day = dayOf(billing.nowMs, account.zone)
  const earlier = await interimDays(db, account.id, PURPOSE)
  const period = billingPeriodOf(account, day).start
  if (!account.progressiveRepeats && earlier.some((before) => before >= period)) return null
  const facts = await loadAccount(billing, db, account, period)
  const ofToday = earlier.filter((before) => before === day).length
  const purpose = ofToday === 0 ? PURPOSE : `${PURPOSE}-${ofToday + 1}`
  const documents = planInterim(facts, { day, purpose }, BigInt(threshold))
  return documents.length === 0 ? null : { facts, day, documents }
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
  const known = new Set([...(await listUnsettledKeys(db, KIND)), ...(await accountsThatWait(db))])
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

/** There is one of an account. */
const INTERIM = { kind: 'interim', purpose: PURPOSE } as const

/**
 * Issues an interim invoice, or keeps it as a draft. It waits behind a bill that is a draft: that one bills usage of before, and what
 * is left is looked at again when it is issued.
 * @returns the ids of the documents
 */
export async function issueInterim(billing: Billing, notary: Notary, accountId: string): Promise<readonly string[]> {
  const ids = await inTransaction(billing.db, async (trx) => {
    const db = inSchema(trx, billing.tenant.schema)
    const account = await lockAccount(db, accountId)
    const waits = await loadWaits(db, accountId)
    const found = waits.drafts.some(({ kind }) => kind === 'bill') ? null : await interimOf(billing, db, account)
    if (found === null) {
      const drafts = waits.drafts.filter(({ kind }) => kind === INTERIM.kind)
      await dropDrafts(db, drafts.slice(0, 1), billing.nowMs)
      return []
    }
    const due = { ...INTERIM, day: found.day, documents: found.documents }
    const outcome = await issueOrKeep(billing, db, { facts: found.facts, due, waits })
    if ('ids' in outcome) await notary.ask(db, billing.nowMs)
    else await askForDueDrafts(db, billing.nowMs)
    return 'ids' in outcome ? outcome.ids : []
  })
  await tellBalances(billing, accountId)
  return ids
}
