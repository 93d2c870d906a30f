import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { isPassing } from '../../platform/patience.ts'
import type { Notary, Parts } from '../module.ts'
import { type AccountToBill, billAccounts } from './bill-accounts.ts'
import { batchesOf, billBatch } from './bill-batches.ts'
import { causeOf, issueCorrectionNote } from './correction-note.ts'
import { askForDueDrafts, DUE_JOB } from './draft-due.ts'
import * as store from './draft-store.ts'
import { issueInterim } from './interim-invoice.ts'
import { type Billing, billingOf } from './load-facts.ts'
import { issueOneOff } from './one-off.ts'

const MAX_ATTEMPTS = 10
/** Drafts that are read at a time. */
const PAGE = 500

/**
 * Issues a draft, where nothing but its grace period keeps it. What is due is computed anew.
 * @param isEarly although its grace period has not ended
 * @returns the ids of the documents; none where it waits on, or nothing of it is due any more
 */
export async function issueDraft(
  billing: Billing,
  notary: Notary,
  draft: store.Draft,
  isEarly = false,
): Promise<readonly string[]> {
  const { id, kind, accountId, request } = draft
  if (kind === 'interim') return issueInterim(billing, notary, accountId)
  if (kind === 'note') {
    const noteId = await issueCorrectionNote(billing, accountId, causeOf(request))
    return noteId === null ? [] : [noteId]
  }
  if (kind === 'one_off') {
    const { oneOffId } = request as { readonly oneOffId: string }
    return issueOneOff(billing, oneOffId, accountId, isEarly ? id : null)
  }
  return billAccounts(billing, [{ ...billOf(draft), earlyId: isEarly ? id : null }])
}

/** Issues drafts that are due. One that fails says so, and is tried again by the next bill run. */
export function draftJob({ db, engine, notary, onFault }: Parts): JobHandler {
  const tellFault = onFault('a draft could not be issued')
  return {
    kind: DUE_JOB.kind,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => {
      const { tenant, nowMs } = job
      const scoped = inSchema(db, tenant.schema)
      const billing = await job.patiently(async () => billingOf(db, engine, tenant, nowMs))
      for (;;) {
        const page = await job.patiently(async () => store.listDue(scoped, nowMs, PAGE))
        if (page.length === 0) break
        for (const [, drafts] of Map.groupBy(page, ({ isOfMember }) => isOfMember)) {
          const { bill = [], other = [] } = Object.groupBy(drafts, ({ kind }) => (kind === 'bill' ? kind : 'other'))
          for (const bills of batchesOf(bill)) {
            if (job.isStopped() || job.isCancelled()) return 'stopped'
            await job.patiently(async () => issueBills(billing, bills, tellFault))
          }
          for (const { id } of other) {
            if (job.isStopped() || job.isCancelled()) return 'stopped'
            await job.patiently(async () => issueDue(billing, notary, id, tellFault))
          }
        }
      }
      await job.patiently(async () =>
        inTransaction(scoped, async (trx) => {
          await job.holdIn(trx)
          await notary.ask(trx, nowMs)
          await askForDueDrafts(trx, nowMs)
        }),
      )
      return 'done'
    },
  }
}

/** Issues drafts of bills together; after this none of them is due any more, as behind `issueDue`. */
async function issueBills(
  billing: Billing,
  drafts: readonly store.Draft[],
  tellFault: (error: unknown) => void,
): Promise<void> {
  const asked = drafts.map((draft) => ({ draft, ...billOf(draft) }))
  for (const failed of await billBatch(asked, async (some) => billAccounts(billing, some))) {
    tellFault(failed.error)
    await noteFailure(inSchema(billing.db, billing.tenant.schema), failed.asked.draft, failed.error)
  }
}

function billOf({ accountId, untilDay, billingDay }: store.Draft): AccountToBill {
  return { accountId, until: untilDay ?? billingDay }
}

/** After this it is not due any more: it is issued, waits for something else, or says that it failed. */
async function issueDue(
  billing: Billing,
  notary: Notary,
  id: string,
  tellFault: (error: unknown) => void,
): Promise<void> {
  const db = inSchema(billing.db, billing.tenant.schema)
  const draft = await store.findDraft(db, id)
  if (draft === undefined) return
  try {
    await issueDraft(billing, notary, draft)
  } catch (error) {
    if (isPassing(error)) throw error
    tellFault(error)
    await noteFailure(db, draft, error)
  }
}

async function noteFailure(db: Database, draft: store.Draft, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error)
  await store.updateDraft(db, { ...draft, reasons: [{ code: 'failed', text: text.slice(0, 2_000) }], dueAt: null })
}

/** Tries again what waits besides bills. */
export async function retryOthers(
  billing: Billing,
  notary: Notary,
  tellFault: (error: unknown) => void,
  isStopped: () => boolean,
): Promise<void> {
  const db = inSchema(billing.db, billing.tenant.schema)
  for (let after: string | null = null; ; ) {
    const page = await store.listOthers(db, after, PAGE)
    for (const { id } of page) {
      if (isStopped()) return
      await issueDue(billing, notary, id, tellFault)
    }
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? null
  }
}
