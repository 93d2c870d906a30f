import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { type PaymentPorts, paymentKey } from '../payments/index.ts'
import type { Refund } from './refund-store.ts'
import { KEPT, keepRefund, oweSurplus, recordSent } from './refunds.ts'

const amount = z.string().describe('A decimal of the currency')
const STATES = ['due', 'sending', 'sent', 'kept'] as const
const refundAnswer = z
  .strictObject({
    id: z.uuid(),
    ...ofAccount,
    creditNoteId: z.uuid().nullable(),
    paymentId: z.uuid().nullable().describe('Of what a payment did not need'),
    currency: z.string(),
    amount,
    status: z
      .enum(STATES)
      .describe('`sending`: a payment provider was asked to; `kept`: it stays the customer’s after all'),
    method: z.string().nullable(),
    reference: z.string().nullable(),
    sentOn: z.iso.date().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Refund' })

const sentDraft = z.strictObject({
  method: z.enum(['bank', 'cash', 'card', 'other']),
  reference: z.string().min(1).max(500).nullable().default(null).describe('Such as the number of the transfer'),
  sentOn: day.optional().describe('Today, by the zone of the account, when absent'),
})

function statusOf({ sentAt, method, attemptId }: Refund): (typeof STATES)[number] {
  if (sentAt !== null) return method === KEPT ? 'kept' : 'sent'
  return attemptId === null ? 'due' : 'sending'
}

function toView(refund: Refund, names: AccountNames): object {
  const { id, accountId, creditNoteId, paymentId, currency, amountMinor, method, reference, sentOn, createdAt } = refund
  const said = { status: statusOf(refund), method, reference, sentOn, createdAt }
  const money = { currency, amount: formatMinor(BigInt(amountMinor), currency) }
  return { id, accountId, ...names, creditNoteId, paymentId, ...money, ...said }
}

async function toViews(db: Database, refunds: readonly Refund[]): Promise<object[]> {
  const names = await accountNames(
    db,
    refunds.map(({ accountId }) => accountId),
  )
  return refunds.map((refund) => toView(refund, names.get(refund.accountId) as AccountNames))
}

export function refundRoutes(receivables: PaymentPorts['receivables']): Route[] {
  const tag = 'Payments'
  const byId = z.object({ id: z.uuid() })
  return [
    readRoute({
      url: '/v1/refunds',
      scope: 'payments:read',
      tag,
      summary: 'List refunds: money that is to be paid back of credit notes and payments, and what was sent',
      query: z.object({ ...listQuery, ...accountQuery, status: z.enum(['due', 'sent']).optional() }),
      answer: listOf(refundAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { status } = query
        const page = await listPage<Refund>(db, query, {
          ...{ table: 'refund', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            status === undefined ? rows : rows.where('row.sentAt', status === 'due' ? 'is' : 'is not', null),
        })
        return { ...page, items: await toViews(db, page.items) }
      },
    }),
    writeRoute({
      url: '/v1/payments/{reference}/refunds',
      scope: 'payments:write',
      tag,
      summary:
        'Pay back what a payment did not need: nothing is settled with it from now on, and it is due until it is sent',
      status: 201,
      params: z.object({ reference: z.string().min(1).max(128).describe('An id or a key') }),
      body: z.strictObject({
        key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
        amount: amountText.optional().describe('All that settles nothing when absent'),
        reason: textUpTo(500),
      }),
      answer: refundAnswer,
      handle: async (context, { params, body, idempotencyKey }, { caller }) => {
        const { db, nowMs } = context
        const key = body.key ?? idempotencyKey
        if (key === undefined)
          throw new Refusal('idempotency_key_required', 'a refund needs a key, in the body or as Idempotency-Key')
        const asked = { key, amount: body.amount, reason: body.reason }
        const refund = await oweSurplus(db, params.reference, asked, caller.id, receivables, nowMs)
        context.afterCommit({ kind: 'apply to balances', accountId: refund.accountId })
        return (await toViews(db, [refund]))[0]
      },
    }),
    writeRoute({
      url: '/v1/refunds/{id}/sent',
      scope: 'payments:write',
      tag,
      summary: 'Record that a refund was sent: by which way, and under which number of the bank',
      params: byId,
      body: sentDraft,
      answer: refundAnswer,
      handle: async ({ db, nowMs }, { params, body }, request) => {
        const [view] = await toViews(db, [await recordSent(db, params.id, body, request.caller.id, nowMs)])
        return view
      },
    }),
    writeRoute({
      url: '/v1/refunds/{id}/keep',
      scope: 'payments:write',
      tag,
      summary: 'What a payment did not need is not paid back but stays the customer’s, and settles what is open',
      params: byId,
      body: z.strictObject({ reason: textUpTo(500) }),
      answer: refundAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const { db, nowMs } = context
        const refund = await keepRefund(db, params.id, body.reason, caller.id, receivables, nowMs)
        context.afterCommit({ kind: 'apply to balances', accountId: refund.accountId })
        return (await toViews(db, [refund]))[0]
      },
    }),
  ]
}
