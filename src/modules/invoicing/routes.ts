import { z } from 'zod'
import { isUuid } from '../../core/base/id.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { day } from '../../platform/http/dates.ts'
import { changedMetadata, changeMetadata } from '../../platform/http/metadata.ts'
import { type Route, readRoute, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { changeRequest, expand, expandQuery, getRow } from '../customers/index.ts'
import type { Parts } from '../module.ts'
import * as answers from './answers.ts'
import { startBillRun } from './bill-run.ts'
import { findBillRun } from './bill-run-store.ts'
import { viewCommits } from './contract-commits.ts'
import { invoiceMetadataChanged } from './events.ts'
import { invoiceQuery, listInvoicePage, viewInvoice } from './invoice-list.ts'
import { migratePlan, planMigration } from './plan-migration.ts'

import { previewNext } from './preview.ts'
import { previewChange } from './preview-change.ts'

import * as store from './store.ts'

export const byReference = z.object({
  reference: z.string().min(1).max(64).describe('An id or a number such as INV-000001'),
})
const DAY_MS = 86_400_000

export async function getInvoice(db: Database, reference: string): Promise<store.Invoice> {
  const [found, other] = isUuid(reference)
    ? [await store.findInvoice(db, reference)]
    : await store.findInvoicesByNumber(db, reference)
  if (found === undefined) throw notFound(`invoice ${reference}`, '/v1/invoices', 'invoice list')
  if (other !== undefined) throw new Refusal('conflict', `two issuers have a document ${reference}; name it by its id`)
  return found
}

async function viewWhole({ db, nowMs }: ReadContext, { id, document }: store.Invoice): Promise<object> {
  return { ...(await viewInvoice(db, id, dayOf(nowMs, 'UTC'))), document }
}

export function invoicingRoutes({ engine, wakeJobs }: Parts): Route[] {
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
    readRoute({
      ...read,
      url: '/v1/invoices',
      summary: 'List invoices and credit notes',
      query: invoiceQuery,
      answer: answers.invoices,
      handle: async (context, { query }, { caller }) => {
        const page = await listInvoicePage(context.db, query, dayOf(context.nowMs, 'UTC'))
        return { ...page, items: await expand(context, caller, 'invoice', page.items, query.expand) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/invoices/{reference}',
      summary: 'An invoice with its document',
      params: byReference,
      query: z.object(expandQuery('invoice')),
      answer: answers.invoice,
      handle: async (context, { params, query }, { caller }) => {
        const found = await viewWhole(context, await getInvoice(context.db, params.reference))
        return (await expand(context, caller, 'invoice', [found], query.expand))[0]
      },
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/invoices/{reference}',
      scope: 'invoices:write',
      tag,
      summary: 'Change the metadata of an invoice: it is no part of the document, which never changes',
      params: byReference,
      body: z.strictObject({ metadata: changedMetadata }),
      answer: answers.invoice,
      handle: async (context, { params, body }) => {
        const invoice = await getInvoice(context.db, params.reference)
        await changeMetadata(context.db, 'invoice', [invoice.id], body.metadata)
        const about = { objectId: invoice.id, accountId: invoice.accountId }
        const told = eventOf(invoiceMetadataChanged, about, { number: invoice.document.number })
        await publish(context.db, [told], context.nowMs)
        return viewWhole(context, invoice)
      },
    }),
  ]
}
