import { z } from 'zod'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { type ApprovalRequest, toRequestView } from '../approvals/index.ts'
import { byReference, getInvoice } from '../invoices/index.ts'
import { accountQuery, accountsNamed, ofAccounts } from '../parties/index.ts'
import type { DisputeNeeds } from './ports.ts'
import { acceptDraft, disputeAnswer, disputeDraft } from './schemas.ts'
import { acceptDispute, endDispute, lockDispute, openDispute } from './service.ts'
import { reasonsOf } from './settings.ts'
import { DISPUTE_STATES, type Dispute, getDispute } from './store.ts'
import { type DisputeView, viewDisputes } from './views.ts'

const tag = 'Invoices'
const byName = z.object({ reference: reference.describe('The id or key of a dispute') })

async function viewOne(
  { db, nowMs }: Pick<WriteContext, 'db' | 'nowMs'>,
  id: string,
  waiting: ApprovalRequest | null = null,
): Promise<DisputeView> {
  const [view] = await viewDisputes(db, [await getDispute(db, id)])
  return { ...(view as DisputeView), ...(waiting === null ? {} : { approvalRequest: toRequestView(waiting, nowMs) }) }
}

export function disputeRoutes(needs: DisputeNeeds): Route[] {
  const write = { scope: 'invoices:write', tag, answer: disputeAnswer } as const
  const read = { scope: 'invoices:read', tag } as const
  const ended = (['reject', 'withdraw'] as const).map((verb) =>
    writeRoute({
      ...write,
      url: `/v1/disputes/{reference}/${verb}`,
      summary:
        verb === 'reject'
          ? 'Reject a dispute, with a reason: what was disputed is owed'
          : 'Note that a customer disputes no longer: what was disputed is owed',
      params: byName,
      body: z.strictObject({ reason: verb === 'reject' ? textUpTo(500) : textUpTo(500).optional() }),
      handle: async (context, { params, body }, { caller }) => {
        const dispute = await lockDispute(context, params.reference)
        context.afterCommit({ kind: 'apply to balances', accountId: dispute.accountId })
        const status = verb === 'reject' ? 'rejected' : 'withdrawn'
        await endDispute(needs, context, dispute, status, body.reason ?? null, caller.id)
        return viewOne(context, dispute.id)
      },
    }),
  )
  return [
    writeRoute({
      ...write,
      url: '/v1/invoices/{reference}/disputes',
      summary:
        'Note that a customer disputes lines of a document: what is disputed may not be asked for until it is decided',
      status: 201,
      params: byReference,
      body: disputeDraft,
      handle: async (context, { params, body, idempotencyKey }, { caller }) => {
        const { key = idempotencyKey, reason, text, lines } = body
        if (key === undefined)
          throw new Refusal('idempotency_key_required', 'a dispute needs a key, in the body or as Idempotency-Key')
        const dispute = await openDispute(needs, context, params.reference, { key, reason, text, lines }, caller)
        return viewOne(context, dispute.id)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/disputes/{reference}/accept',
      summary:
        'Accept a dispute, or a part of it, by a credit note; the rest is owed. Above the limit of credit notes it waits for another person',
      params: byName,
      body: acceptDraft,
      handle: async (context, { params, body }, { caller }) => {
        const dispute = await lockDispute(context, params.reference)
        context.afterCommit({ kind: 'apply to balances', accountId: dispute.accountId })
        const asked = { lines: body.lines, money: body.money, text: body.text }
        const waiting = await acceptDispute(needs, context, dispute, asked, { decidedBy: caller.id, asker: caller })
        return viewOne(context, dispute.id, waiting)
      },
    }),
    ...ended,
    readRoute({
      ...read,
      url: '/v1/disputes/{reference}',
      summary: 'A dispute with its lines',
      params: byName,
      answer: disputeAnswer,
      handle: async (context, { params }) =>
        viewOne(context as never, (await getDispute(context.db, params.reference)).id),
    }),
    readRoute({
      ...read,
      url: '/v1/disputes',
      summary: 'Disputes of lines of documents',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        status: z.enum(DISPUTE_STATES).optional(),
        reason: z.string().max(40).optional(),
        invoice: z.string().min(1).max(64).optional().describe('The id or number of a document'),
      }),
      answer: listOf(disputeAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { status, reason, invoice, text } = query
        const invoiceId = invoice === undefined ? undefined : (await getInvoice(db, invoice)).id
        const page = await listPage<Dispute>(db, query, {
          table: 'dispute',
          madeAt: 'openedAt',
          narrow: (rows) => having(ofAccounts(rows, accountIds), { 'row.invoiceId': invoiceId }),
          keep: (rows) =>
            withText(having(rows, { 'row.status': status, 'row.reasonCode': reason }), text, ['row.key', 'row.text']),
        })
        return { ...page, items: await viewDisputes(db, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/dispute-reasons',
      summary: 'Why lines may be disputed: codes that Kvit knows, and those of the settings',
      answer: z.strictObject({ items: z.array(z.strictObject({ code: z.string(), meaning: z.string() })) }),
      handle: async ({ db }) => ({
        items: Object.entries(await reasonsOf(db)).map(([code, meaning]) => ({ code, meaning })),
      }),
    }),
  ]
}
