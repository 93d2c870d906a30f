import type { Module } from '../module.ts'
import { anchorJob, askForLeft } from './anchor-job.ts'
import { checkProofs } from './checks.ts'
import { proofRoutes } from './routes.ts'

/** How often rows that requests have written are sealed in the journal. */
const SEAL_EVERY_MS = 10_000

export const proofsModule: Module = {
  name: 'proofs',
  start: (parts) => ({
    jobs: [anchorJob(parts)],
    repeated: [{ everyMs: SEAL_EVERY_MS, work: async () => parts.notary.sealWritten() }],
    resume: async (tenant) => {
      parts.notary.beginSealing(tenant)
      await askForLeft(parts, tenant)
    },
    close: async () => parts.notary.close(),
  }),
  readingRoutes: ({ engine, anchor }) => proofRoutes(engine, anchor),
  check: async ({ engine, db, tenant, anchors }) => checkProofs(engine, db, tenant, anchors),
}
