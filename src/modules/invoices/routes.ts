import { z } from 'zod'
import { dayOf } from '../../core/base/period.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { changedMetadata, changeMetadata } from '../../platform/http/metadata.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { expand, expandQuery, expansionsOfAccount } from '../parties/index.ts'
import * as answers from './answers.ts'
import { invoiceMetadataChanged } from './events.ts'
import { invoiceQuery, listInvoicePage, viewInvoice } from './invoice-list.ts'
import { getInvoice, type Invoice } from './store.ts'

export const byReference = z.object({
  reference: z.string().min(1).max(64).describe('An id or a number such as INV-000001'),
})

async function viewWhole({ db, nowMs }: ReadContext, { id, document }: Invoice): Promise<object> {
  return { ...(await viewInvoice(db, id, dayOf(nowMs, 'UTC'))), document }
}

export function invoiceRoutes(): Route[] {
  const tag = 'Invoices'
  const read = { scope: 'invoices:read', tag } as const
  return [
    readRoute({
      ...read,
      url: '/v1/invoices',
      summary: 'List invoices and credit notes',
      query: invoiceQuery,
      answer: answers.invoices,
      handle: async (context, { query }, { caller }) => {
        const page = await listInvoicePage(context.db, query, dayOf(context.nowMs, 'UTC'))
        return { ...page, items: await expand(context, caller, expansionsOfAccount, page.items, query.expand) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/invoices/{reference}',
      summary: 'An invoice with its document',
      params: byReference,
      query: z.object(expandQuery(expansionsOfAccount)),
      answer: answers.invoice,
      handle: async (context, { params, query }, { caller }) => {
        const found = await viewWhole(context, await getInvoice(context.db, params.reference))
        return (await expand(context, caller, expansionsOfAccount, [found], query.expand))[0]
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
