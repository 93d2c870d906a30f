import { z } from 'zod'
import { type Database, inTransaction } from '../../platform/db.ts'
import { type EventType, eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { preparedRoute, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  type AccountNames,
  accountNames,
  accountQuery,
  accountsNamed,
  lockAccount,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { paymentKey } from '../payments/index.ts'
import { keyOf, returnUrl } from './attempt-routes.ts'
import type { AttemptRunner } from './attempt-runner.ts'
import { beginSetup } from './begin-setup.ts'
import { methodDefault, methodRemoved } from './events.ts'
import { gatewayName } from './gateway-routes.ts'
import { gatewayNames } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { endMethod, getMethod, METHOD_STATES, type PaymentMethod, setDefault } from './method-store.ts'

const methodAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    gateway: z.string(),
    ...ofAccount,
    state: z.enum(METHOD_STATES),
    kind: z.string().nullable().describe('`card`, `sepa_debit`, …'),
    brand: z.string().nullable(),
    last4: z.string().nullable(),
    expires: z.string().nullable().describe('The month in which it can be used for the last time: 2027-03'),
    isDefault: z.boolean().describe('It is what the account is charged by'),
    payerUrl: z.string().nullable().describe('Where the payer continues'),
    createdAt: z.iso.datetime(),
    removedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PaymentMethod' })

const draft = z.strictObject({
  key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
  account: reference,
  gateway: gatewayName.optional().describe('The routing decides when absent'),
  token: z
    .string()
    .regex(/^[\x21-\x7e]{1,250}$/)
    .meta({ format: 'password', writeOnly: true })
    .nullable()
    .default(null)
    .describe(
      'What the provider knows it by, where it was entered on a page of yours: `pm_…` of Stripe. The payer enters it on a page of the provider when null',
    ),
  returnUrl: returnUrl.describe('Where the payer comes back to'),
})

async function views(db: Database, methods: readonly PaymentMethod[]): Promise<object[]> {
  const [accountIds, gatewayIds] = (['accountId', 'gatewayId'] as const).map((of) => methods.map((one) => one[of]))
  const names = await accountNames(db, accountIds ?? [])
  const gateways = await gatewayNames(db, gatewayIds ?? [])
  return Promise.all(
    methods.map(async ({ id, key, gatewayId, accountId, state, kind, brand, last4, expires, isDefault, ...times }) => ({
      ...{ id, key, gateway: gateways.get(gatewayId), accountId, ...(names.get(accountId) as AccountNames) },
      ...{ state, kind, brand, last4, expires, isDefault },
      payerUrl: state === 'pending' ? await payerUrlOf(db, id) : null,
      ...{ createdAt: times.createdAt, removedAt: times.removedAt },
    })),
  )
}

async function payerUrlOf(db: Database, methodId: string): Promise<string | null> {
  const query = db.selectFrom('paymentAttempt').select('payerUrl').where('methodId', '=', methodId)
  return (await query.where('kind', '=', 'setup').executeTakeFirst())?.payerUrl ?? null
}

export function methodRoutes(gateways: Gateways, runner: AttemptRunner): Route[] {
  const tag = 'Payment gateways'
  const byReference = z.object({ reference: z.string().min(1).max(128).describe('An id or a key') })
  const tell = async (
    db: Database,
    type: EventType<typeof methodDefault.data.shape>,
    method: PaymentMethod,
    nowMs: number,
  ) => {
    const { id: objectId, accountId, key, kind, last4 } = method
    const gateway = (await gatewayNames(db, [method.gatewayId])).get(method.gatewayId) ?? ''
    await publish(db, [eventOf(type, { objectId, accountId }, { key, gateway, kind, last4 })], nowMs)
  }
  const locked = async (db: Database, name: string): Promise<PaymentMethod> => {
    await lockAccount(db, (await getMethod(db, name)).accountId)
    return getMethod(db, name)
  }
  return [
    preparedRoute({
      url: '/v1/payment-methods',
      scope: 'payments:write',
      tag,
      summary: 'Have a gateway keep a means of payment of an account; the first one is what it is charged by',
      status: 201,
      body: draft,
      hasSecret: true,
      answer: methodAnswer,
      prepare: async ({ db, tenant, nowMs }, { body, idempotencyKey }) => {
        const asked = { ...body, key: keyOf(body.key, idempotencyKey), gateway: body.gateway ?? null }
        const begun = await inTransaction(db, async (trx) => beginSetup(trx, tenant, gateways, asked, nowMs))
        return runner.work(tenant, begun.id)
      },
      handle: async ({ db }, { body: { methodId } }) => (await views(db, [await getMethod(db, methodId ?? '')]))[0],
    }),
    readRoute({
      url: '/v1/payment-methods/{reference}',
      scope: 'payments:read',
      tag,
      summary: 'A kept means of payment; what the gateway knows it by is never shown',
      params: byReference,
      answer: methodAnswer,
      handle: async ({ db }, { params }) => (await views(db, [await getMethod(db, params.reference)]))[0],
    }),
    readRoute({
      url: '/v1/payment-methods',
      scope: 'payments:read',
      tag,
      summary: 'Kept means of payment',
      query: z.object({ ...listQuery, ...accountQuery, state: z.enum(METHOD_STATES).optional() }),
      answer: listOf(methodAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<PaymentMethod>(db, query, {
          ...{ table: 'paymentMethod', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) => withText(having(rows, { 'row.state': query.state }), query.text, ['row.key', 'row.last4']),
        })
        return { ...page, items: await views(db, page.items) }
      },
    }),
    writeRoute({
      url: '/v1/payment-methods/{reference}/default',
      scope: 'payments:write',
      tag,
      summary: 'Have an account charged by this means of payment from now on',
      params: byReference,
      answer: methodAnswer,
      handle: async ({ db, nowMs }, { params }) => {
        const method = await locked(db, params.reference)
        if (method.state !== 'active') throw new Refusal('conflict', `the means of payment is ${method.state}`)
        await setDefault(db, method.accountId, method.id)
        if (!method.isDefault) await tell(db, methodDefault, method, nowMs)
        return (await views(db, [await getMethod(db, method.id)]))[0]
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/payment-methods/{reference}',
      scope: 'payments:write',
      tag,
      summary: 'Charge a means of payment no longer: what the gateway knows it by is forgotten',
      params: byReference,
      answer: methodAnswer,
      handle: async ({ db, nowMs }, { params }) => {
        const method = await locked(db, params.reference)
        if (method.state === 'pending')
          throw new Refusal('conflict', 'the gateway was asked to keep it: wait what comes of that')
        if (method.state === 'active') {
          await endMethod(db, method.id, 'removed', nowMs)
          await tell(db, methodRemoved, method, nowMs)
        }
        return (await views(db, [await getMethod(db, method.id)]))[0]
      },
    }),
  ]
}
