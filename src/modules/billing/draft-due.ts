import type { Database } from '../../platform/db.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { firstDueMs } from './draft-store.ts'

/** There is one of a tenant, for the time at which the first draft is due. */
export const DUE_JOB = { kind: 'issue_drafts', key: 'next' }

/** Sees to it that drafts are issued when they are due, in the transaction that makes them so. */
export async function askForDueDrafts(db: Database, nowMs: number): Promise<void> {
  const dueMs = await firstDueMs(db)
  if (dueMs !== null) await askForJob(db, { ...DUE_JOB, dueMs }, nowMs)
}
