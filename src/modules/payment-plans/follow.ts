import { z } from 'zod'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { lookAtPlan, PLAN_JOB } from './service.ts'
import { openPlansOf } from './store.ts'

/** What was paid is looked at once it has settled a document. */
export const followPaid: Subscriber = {
  name: 'payment-plans',
  types: ['invoice.paid', 'invoice.partially_paid'],
  begins: 'now',
  handle: async (db, events) => {
    const accountIds = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))]
    const nowMs = Math.max(...events.map(({ createdAt }) => createdAt.getTime()))
    for (const { id } of await openPlansOf(db, accountIds)) await lookAtPlan(db, id, nowMs)
  },
}

const payload = z.object({ planId: z.uuid() })

/** What is not paid is looked at once the day of its part is over. */
export function planJob(root: Database): JobHandler {
  return {
    kind: PLAN_JOB,
    maxAttempts: 20,
    work: async (job) => {
      const { planId } = payload.parse(job.payload)
      await inTransaction(root, async (trx) => {
        const db = inSchema(trx, job.tenant.schema)
        await job.holdIn(db)
        await lookAtPlan(db, planId, job.nowMs)
      })
      return 'done'
    },
  }
}
