import { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import { type Database, inTransaction } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { preparedRoute, type Route, readRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { paymentKey } from '../payments/index.ts'
import { ATTEMPT_KINDS, ATTEMPT_STATES, type Attempt, getAttempt } from './attempt-store.ts'
import { beginRefund } from './begin-refund.ts'
import type { Checkouts } from './checkouts.ts'
import { gatewayName } from './gateway-routes.ts'
import { gatewayNames } from './gateway-store.ts'

export const returnUrl = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .nullable()
  .default(null)

const amount = z.string().describe('A decimal of the currency')
const attemptAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    kind: z.enum(ATTEMPT_KINDS),
    gateway: z.string(),
    ...ofAccount,
    methodId: z.uuid().nullable(),
    invoiceId: z.uuid().nullable(),
    refundId: z.uuid().nullable(),
    currency: z.string(),
    amount: amount.describe('What was asked for'),
    captured: amount.describe('What the gateway has taken, as far as it is known'),
    state: z
      .enum(ATTEMPT_STATES)
      .describe(
        '`pending`: the payer or a bank has yet to do something; `unknown`: the gateway did not answer, and is asked again',
      ),
    reason: z.string().nullable().describe('Why it failed'),
    mayRetry: z.boolean().nullable().describe('Of one that failed: whether another attempt may go through later'),
    payerUrl: z.string().nullable().describe('Where the payer continues'),
    paymentId: z.uuid().nullable().describe('The payment that came of it'),
    providerId: z.string().nullable().describe('The gateway’s own id of it'),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PaymentAttempt' })

const chargeDraft = z.strictObject({
  key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
  account: reference,
  invoice: z.string().min(1).max(64).optional().describe('The document that it is for, by id or number'),
  amount: amountText.optional().describe('What is open of the document, and nobody else is about to pay, when absent'),
  method: reference
    .nullable()
    .default(null)
    .describe('A kept means of payment; `default` is that of the account; the payer chooses when null'),
  gateway: gatewayName.optional().describe('Where the payer chooses; the routing decides when absent'),
  returnUrl: returnUrl.describe(
    'Where the payer comes back to. Without one, nobody is there: what needs the payer is declined',
  ),
})

async function attemptViews(db: Database, attempts: readonly Attempt[]): Promise<object[]> {
  const [accountIds, gatewayIds] = (['accountId', 'gatewayId'] as const).map((of) => attempts.map((one) => one[of]))
  const names = await accountNames(db, accountIds ?? [])
  const gateways = await gatewayNames(db, gatewayIds ?? [])
  return attempts.map((attempt) => {
    const { id, key, kind, gatewayId, accountId, methodId, invoiceId, refundId, currency, state, reason } = attempt
    const { mayRetry, payerUrl, paymentId, providerId, createdAt, endedAt } = attempt
    const money = { amount: attempt.amountMinor, captured: attempt.capturedMinor }
    const amounts = Object.entries(money).map(([name, minor]) => [name, formatMinor(BigInt(minor), currency)])
    return {
      ...{ id, key, kind, gateway: gateways.get(gatewayId), accountId, ...(names.get(accountId) as AccountNames) },
      ...{ methodId, invoiceId, refundId, currency, ...Object.fromEntries(amounts), state, reason, mayRetry },
      ...{ payerUrl, paymentId, providerId, createdAt, endedAt },
    }
  })
}

export function keyOf(key: string | undefined, idempotencyKey: string | undefined): string {
  const found = key ?? idempotencyKey
  if (found !== undefined) return found
  throw new Refusal('idempotency_key_required', 'a payment needs a key, in the body or as Idempotency-Key')
}

export function attemptRoutes(checkouts: Checkouts): Route[] {
  const tag = 'Payment gateways'
  const byReference = z.object({ reference: z.string().min(1).max(128).describe('An id or a key') })
  const view = async ({ db }: { readonly db: Database }, { id }: Attempt): Promise<object> =>
    (await attemptViews(db, [await getAttempt(db, id)]))[0] as object
  return [
    preparedRoute({
      url: '/v1/payment-attempts',
      scope: 'payments:write',
      tag,
      summary:
        'Charge a kept means of payment, or begin a page on which the payer pays. What it pays is claimed before the gateway is asked',
      status: 201,
      body: chargeDraft,
      answer: attemptAnswer,
      prepare: async ({ db, tenant, nowMs }, { body, idempotencyKey }) => {
        const draft = {
          ...body,
          ...{ key: keyOf(body.key, idempotencyKey), invoice: body.invoice ?? null, amount: body.amount ?? null },
          ...{ gateway: body.gateway ?? null, origin: 'request' as const },
        }
        return present(await checkouts.begin(db, tenant, async () => draft, nowMs), 'an attempt')
      },
      handle: async (context, { body: attempt }) => view(context, attempt),
    }),
    preparedRoute({
      url: '/v1/refunds/{id}/send',
      scope: 'payments:write',
      tag,
      summary: 'Send a refund that is due through the gateway which has taken the money',
      status: 201,
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({
        key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
        charge: reference.optional().describe('The attempt whose money it is; one that has enough left when absent'),
      }),
      answer: attemptAnswer,
      prepare: async ({ db, tenant, nowMs }, { params, body, idempotencyKey }) => {
        const draft = { key: keyOf(body.key, idempotencyKey), refundId: params.id, charge: body.charge ?? null }
        const begun = await inTransaction(db, async (trx) => beginRefund(trx, draft, nowMs))
        return checkouts.runner.work(tenant, begun.id)
      },
      handle: async (context, { body: attempt }) => view(context, attempt),
    }),
    preparedRoute({
      url: '/v1/payment-attempts/{reference}/ask',
      scope: 'payments:write',
      tag,
      summary: 'Ask the gateway at once what has become of an attempt',
      params: byReference,
      answer: attemptAnswer,
      prepare: async ({ db, tenant }, { params }) => {
        return checkouts.ask(db, tenant, await getAttempt(db, params.reference))
      },
      handle: async (context, { body: attempt }) => view(context, attempt),
    }),
    readRoute({
      url: '/v1/payment-attempts/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'What a gateway was asked for, and what came of it',
      params: byReference,
      answer: attemptAnswer,
      handle: async (context, { params }) => view(context, await getAttempt(context.db, params.reference)),
    }),
    readRoute({
      url: '/v1/payment-attempts',
      scope: 'payments:read',
      tag,
      summary: 'What gateways were asked for',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        state: z.enum(ATTEMPT_STATES).optional(),
        kind: z.enum(ATTEMPT_KINDS).optional(),
      }),
      answer: listOf(attemptAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const { state, kind, text } = query
        const page = await listPage<Attempt>(db, query, {
          ...{ table: 'paymentAttempt', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(having(rows, { 'row.state': state, 'row.kind': kind }), text, ['row.key']),
        })
        return { ...page, items: await attemptViews(db, page.items) }
      },
    }),
  ]
}
