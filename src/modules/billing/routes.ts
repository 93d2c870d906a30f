import { z } from 'zod'
import { dayOf } from '../../core/base/period.ts'
import { day } from '../../platform/http/dates.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { byReference } from '../invoices/index.ts'
import type { Parts } from '../module.ts'
import { getRow } from '../parties/index.ts'
import { changeRequest } from '../subscriptions/index.ts'
import * as answers from './answers.ts'
import { startBillRun } from './bill-run.ts'
import { findBillRun } from './bill-run-store.ts'
import { viewCommits } from './contract-commits.ts'
import { migratePlan, planMigration } from './plan-migration.ts'
import { previewNext } from './preview.ts'
import { previewChange } from './preview-change.ts'

const DAY_MS = 86_400_000

export function billingRoutes({ engine, wakeJobs }: Parts): Route[] {
  const tag = 'Invoices'
  const read = { scope: 'invoices:read', tag } as const
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/bill-runs',
      scope: 'invoices:write',
      tag,
      status: 202,
      summary: 'Bill all accounts until a day; the day is the natural key, and running twice bills nothing twice',
      body: z.strictObject({ until: day }),
      answer: answers.billRun,
      handle: async ({ db, tenant, nowMs }, { body }) => {
        // Somewhere on Earth it is tomorrow already.
        const latest = dayOf(nowMs + DAY_MS, 'UTC')
        if (body.until > latest)
          throw new Refusal('unprocessable', `a bill run reaches up to today, not to ${body.until}`)
        const run = await startBillRun(db, body.until, nowMs)
        wakeJobs(tenant)
        return run
      },
    }),
    writeRoute({
      ...read,
      url: '/v1/subscriptions/{reference}/changes/preview',
      summary: 'What a change would cost: the first bill that it shows on, with it and without; nothing is kept',
      params: z.object({ reference: z.string().min(1).max(128) }),
      body: changeRequest,
      answer: answers.changePreview,
      handle: async (context, { params, body }) => previewChange(engine, context, params.reference, body),
    }),
    writeRoute({
      url: '/v1/plan-migrations',
      scope: 'customers:write',
      tag: 'Customers',
      summary:
        'Move subscriptions from one plan version to another, a page at a time; a dry run tells what it would cost',
      body: planMigration,
      answer: answers.migrated,
      handle: async (context, { body }) => migratePlan(engine, context, body),
    }),
    readRoute({
      ...read,
      url: '/v1/bill-runs/{id}',
      summary: 'Progress of a bill run',
      params: z.object({ id: z.uuid() }),
      answer: answers.billRun,
      handle: async ({ db }, { params }) => {
        const run = await findBillRun(db, { id: params.id })
        if (run === undefined) throw new Refusal('not_found', `no bill run ${params.id}`)
        return run
      },
    }),
    readRoute({
      ...read,
      url: '/v1/accounts/{reference}/next-invoice',
      summary: 'What the next documents would be with the usage of today: at the end of the period, or at a day',
      params: byReference,
      query: z.object({ at: day.optional().describe('As if billed on this day') }),
      answer: answers.nextInvoices,
      handle: async (context, { params, query }) => previewNext(engine, context, params.reference, query.at),
    }),
    readRoute({
      ...read,
      url: '/v1/accounts/{reference}/contract-commits',
      summary: 'Commits of an account, term by term, with what can still be drawn down',
      params: byReference,
      answer: answers.commits,
      handle: async (context, { params }) =>
        viewCommits(engine, context, await getRow(context.db, 'account', params.reference)),
    }),
  ]
}
