import { z } from 'zod'
import { amountText } from '../../platform/http/amount-text.ts'
import { key, reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { approvalRequestAnswer, toRequestView } from '../approvals/index.ts'
import { accountQuery, accountsNamed, ofAccounts } from '../parties/index.ts'
import type { AskReversal } from '../payments/index.ts'
import { cancelReceipt } from './cancel-receipt.ts'
import { deskKey } from './desk-routes.ts'
import { type DeskParts, takeMoney } from './receipts.ts'
import * as store from './store.ts'
import { receiptAnswer, receiptViews } from './views.ts'

const byReference = z.object({
  reference: z.string().min(1).max(128).describe('An id, a key, or its number: front-000017'),
})

export function receiptRoutes(parts: DeskParts & { readonly askReversal: AskReversal }): Route[] {
  const tag = 'Cash desks'
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/cash-desks/{key}/receipts',
      scope: 'payments:write',
      logged: 'in its commit',
      tag,
      status: 201,
      summary:
        'Take cash of somebody at a desk: a payment, or a top-up for accounts with balances, with the next number of the desk; a key has one effect',
      params: z.object({ key: deskKey }),
      body: z.strictObject({
        key,
        account: reference,
        amount: amountText.optional().describe('What is open of the document unless set'),
        invoice: z
          .string()
          .min(1)
          .max(64)
          .optional()
          .describe('The document that it is for first, by id or number; otherwise what is due first'),
        tendered: amountText.optional().describe('What the payer gives: the answer has the change'),
        note: textUpTo(200).optional(),
      }),
      answer: receiptAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const { amount = null, invoice = null, tendered = null, note = null, ...named } = body
        const receipt = await takeMoney(
          parts,
          context,
          params.key,
          { ...named, amount, invoice, tendered, note },
          caller,
        )
        return (await receiptViews(context.db, [receipt]))[0]
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/cash-receipts/{reference}/cancel',
      scope: 'payments:write',
      logged: 'in its commit',
      tag,
      summary:
        'Cancel a receipt of the shift that is open by another one, and give the cash back. Above the limit of reversals it waits for another person: the answer has the request',
      params: byReference,
      body: z.strictObject({ reason: textUpTo(200) }),
      answer: z.strictObject({ receipt: receiptAnswer.nullable(), approvalRequest: approvalRequestAnswer.nullable() }),
      handle: async (context, { params, body }, { caller }) => {
        const done = await cancelReceipt(parts, context, params.reference, body.reason, caller)
        if ('waiting' in done) return { receipt: null, approvalRequest: toRequestView(done.waiting, context.nowMs) }
        return { receipt: (await receiptViews(context.db, [done.receipt]))[0], approvalRequest: null }
      },
    }),
    readRoute({
      url: '/v1/cash-receipts/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'A receipt of a cash desk',
      params: byReference,
      answer: receiptAnswer,
      handle: async ({ db }, { params }) => (await receiptViews(db, [await store.getReceipt(db, params.reference)]))[0],
    }),
    readRoute({
      url: '/v1/cash-receipts',
      scope: 'payments:read',
      tag,
      summary: 'Receipts of cash desks',
      query: z.object({
        ...{ ...listQuery, ...accountQuery, desk: deskKey.optional().describe('Of this desk') },
        shift: z.uuid().optional().describe('Of this shift'),
        kind: z.enum(['payment', 'cancel']).optional(),
      }),
      answer: listOf(receiptAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const deskId = query.desk === undefined ? undefined : (await store.getDesk(db, query.desk)).id
        const page = await listPage<store.Receipt>(db, query, {
          table: 'cashReceipt',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            withText(
              having(rows, { 'row.deskId': deskId, 'row.shiftId': query.shift, 'row.kind': query.kind }),
              query.text,
              ['row.key', 'row.note'],
            ),
        })
        return { ...page, items: await receiptViews(db, page.items) }
      },
    }),
  ]
}
