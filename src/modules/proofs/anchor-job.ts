import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import type { Tenant } from '../../platform/tenant.ts'
import type { Parts } from '../module.ts'
import { listUnanchored } from './store.ts'

/** There is one of a tenant: whoever issues documents asks for it, and for all that were issued it is done once. */
export const ANCHOR_JOB = { kind: 'anchor', key: 'documents' }
/** The last ones an hour apart. */
const MAX_ATTEMPTS = 20

/** Puts documents into the journal, by their missing rows, and begins to seal what was written with them. */
export function anchorJob({ engine, notary }: Pick<Parts, 'engine' | 'notary'>): JobHandler {
  return {
    kind: ANCHOR_JOB.kind,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async ({ tenant, isCancelled, isStopped }) => {
      const isDone = await notary.anchorDocuments(tenant, () => isCancelled() || isStopped())
      notary.beginSealing(tenant)
      return isDone ? 'done' : 'stopped'
    },
  }
}

/** Asks for documents that a version without the job has left, or a process that was killed before it asked. */
export async function askForLeft(
  { db, notary, nowMs }: Pick<Parts, 'db' | 'notary' | 'nowMs'>,
  tenant: Tenant,
): Promise<void> {
  const scoped: Database = inSchema(db, tenant.schema)
  if ((await listUnanchored(scoped, 1)).length > 0)
    await inTransaction(scoped, async (trx) => notary.ask(trx, nowMs(tenant)))
}
