import { z } from 'zod'
import type { EngineReads } from '../../engine/index.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { getInvoice } from '../invoices/index.ts'
import { buildProof } from './build-proof.ts'
import { proofFile } from './proof-schema.ts'

/** @param anchor puts documents that were issued into the journal. */
export function proofRoutes(engine: EngineReads, anchor: (tenant: Tenant) => Promise<void>): Route[] {
  return [
    streamRoute({
      url: '/v1/invoices/{reference}/proof',
      scope: 'invoices:read',
      tag: 'Invoices',
      summary: 'Document, charges and the chain from them to a head of the journal, to be verified offline',
      params: z.object({ reference: z.string().min(1).max(64).describe('An id or a number such as INV-000001') }),
      query: z.object({
        head: z.coerce.number().int().min(1).optional().describe('A segment whose digest was published; else the last'),
      }),
      answer: proofFile,
      aside: 'short',
      handle: async (context, { params, query }) =>
        buildProof(engine, anchor, context, await getInvoice(context.db, params.reference), query.head),
    }),
  ]
}
