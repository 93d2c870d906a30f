import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import type { Engine } from '../../engine/index.ts'
import { pageOf, pageQuery, type Route, readRoute, toPage, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow } from '../customers/index.ts'
import type { PaymentPorts } from './ports.ts'
import { recordPayment } from './service.ts'
import * as store from './store.ts'

const paymentDraft = z.strictObject({
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .optional()
    .describe('Natural key; the Idempotency-Key when absent'),
  account: z.string().min(1).max(128),
  method: z.enum(['cash', 'bank']),
  currency: z.string().length(3),
  amount: z.string().max(40),
  receivedOn: z.iso.date().optional(),
  reference: z.string().max(500).nullable().default(null),
})

const paymentAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    accountId: z.uuid(),
    method: z.string(),
    currency: z.string(),
    amount: z.string().describe('A decimal of the currency'),
    receivedOn: z.iso.date(),
    reference: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Payment' })

function toView(payment: store.Payment): object {
  const { id, key, accountId, method, currency, receivedOn, reference, createdAt } = payment
  const amount = formatMinor(BigInt(payment.amountMinor), currency)
  return { id, key, accountId, method, currency, receivedOn, reference, createdAt, amount }
}

export function paymentRoutes(engine: Engine, ports: PaymentPorts): Route[] {
  const tag = 'Payments'
  return [
    writeRoute({
      url: '/v1/payments',
      scope: 'payments:write',
      tag,
      summary: 'Record a payment; it settles the oldest invoices first',
      status: 201,
      body: paymentDraft,
      answer: paymentAnswer,
      handle: async (context, { body, idempotencyKey }) => {
        const { db, nowMs, tenant } = context
        const key = body.key ?? idempotencyKey
        if (key === undefined)
          throw new Refusal('idempotency_key_required', 'a payment needs a key, in the body or as Idempotency-Key')
        const account = await getRow(db, 'account', body.account)
        const receivedOn = body.receivedOn ?? dayOf(nowMs, account.zone)
        context.afterCommit(async () => {
          if (await engine.hasBalances(tenant.name, account.id)) await ports.apply(tenant, nowMs, account.id)
        })
        return toView(
          await recordPayment(
            db,
            {
              ...body,
              key,
              receivedOn,
            },
            ports,
            nowMs,
          ),
        )
      },
    }),
    readRoute({
      url: '/v1/payments',
      scope: 'payments:read',
      tag,
      summary: 'List payments',
      query: z.object({
        ...pageQuery,
        account: z.string().max(128).optional(),
      }),
      answer: pageOf(paymentAnswer),
      handle: async ({ db }, { query: { limit, cursor, account } }) => {
        const accountId = account === undefined ? undefined : (await getRow(db, 'account', account)).id
        const page = toPage(
          await store.listPayments(db, {
            limit: limit + 1,
            cursor,
            accountId,
          }),
          limit,
        )
        return {
          ...page,
          items: page.items.map(toView),
        }
      },
    }),
  ]
}
