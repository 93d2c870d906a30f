import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { listOf, listPage, listQuery } from '../../platform/http/list-page.ts'
import { preparedRoute, type Route, readRoute } from '../../platform/http/route.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { gatewayName } from './gateway-routes.ts'
import { gatewayNames, gatewayOfId, getGateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import { askForPayouts, bookPayouts, FETCH_PAYOUTS, fetchPayouts, PAYOUTS_EVERY_MS, type Payout } from './payouts.ts'

/** After a gateway did not answer. */
const AGAIN_MS = 3_600_000
/** Lines of one payout that an answer has. */
const MAX_LINES = 10_000

const amount = z.string().describe('A decimal of the currency')
const payout = {
  id: z.uuid(),
  gateway: z.string(),
  providerId: z.string().describe('The gateway’s own id of it'),
  currency: z.string(),
  gross: amount.describe('What has left the clearing account'),
  fee: amount,
  net: amount.describe('What came to the bank'),
  arrivedOn: z.iso.date(),
  differences: z.array(z.string()).describe('What does not agree with what Kvit knows'),
  bookedAt: z.iso.datetime(),
}
const payoutAnswer = z.strictObject(payout).meta({ id: 'Payout' })
const wholeAnswer = z
  .strictObject({
    ...payout,
    lines: z.array(
      z.strictObject({
        providerId: z.string(),
        kind: z.enum(['payment', 'refund', 'dispute', 'dispute_won', 'fee', 'other']),
        attemptId: z.uuid().nullable(),
        gross: amount,
        fee: amount,
      }),
    ),
  })
  .meta({ id: 'WholePayout' })

async function views(db: Database, payouts: readonly Payout[]): Promise<object[]> {
  const names = await gatewayNames(
    db,
    payouts.map(({ gatewayId }) => gatewayId),
  )
  return payouts.map(({ id, gatewayId, providerId, currency, grossMinor, feeMinor, netMinor, ...rest }) => {
    const [gross, fee, net] = [grossMinor, feeMinor, netMinor].map((minor) => formatMinor(BigInt(minor), currency))
    const { arrivedOn, differences, bookedAt } = rest
    return {
      id,
      gateway: names.get(gatewayId),
      providerId,
      currency,
      gross,
      fee,
      net,
      arrivedOn,
      differences,
      bookedAt,
    }
  })
}

/** Asks a gateway once a day, by the tenant's clock, what it has transferred. */
export function payoutJob(root: Database, gateways: Gateways): JobHandler {
  return {
    kind: FETCH_PAYOUTS,
    maxAttempts: 20,
    work: async ({ tenant, key, nowMs }) => {
      const db = inSchema(root, tenant.schema)
      const gateway = await gatewayOfId(db, key)
      const found = await fetchPayouts(db, tenant, gateways, gateway)
      if (found !== null) await bookPayouts(root, tenant, gateway, found, nowMs)
      await askForPayouts(db, key, nowMs + (found === null ? AGAIN_MS : PAYOUTS_EVERY_MS), nowMs)
      return 'done'
    },
  }
}

export function payoutRoutes(root: Database, gateways: Gateways): Route[] {
  const tag = 'Payment gateways'
  return [
    preparedRoute({
      url: '/v1/payment-gateways/{name}/payouts',
      scope: 'payments:write',
      tag,
      summary:
        'Ask a gateway what it has transferred to the bank, and book what is new; it is asked once a day by itself',
      params: z.object({ name: gatewayName }),
      answer: z.strictObject({ found: z.int(), booked: z.int() }),
      prepare: async ({ db, tenant, nowMs }, { params }) => {
        const gateway = await getGateway(db, params.name)
        const found = await fetchPayouts(db, tenant, gateways, gateway)
        if (found === null) throw new Refusal('conflict', `${params.name} did not answer: ask again`)
        return { found: found.length, booked: await bookPayouts(root, tenant, gateway, found, nowMs) }
      },
      handle: async (_, { body }) => body,
    }),
    readRoute({
      url: '/v1/payouts',
      scope: 'payments:read',
      tag,
      summary: 'What gateways have transferred to the bank',
      query: z.object(listQuery),
      answer: listOf(payoutAnswer),
      handle: async ({ db }, { query }) => {
        const page = await listPage<Payout>(db, query, { table: 'gatewayPayout', madeAt: 'bookedAt' })
        return { ...page, items: await views(db, page.items) }
      },
    }),
    readRoute({
      url: '/v1/payouts/{id}',
      scope: 'payments:read',
      tag,
      summary: 'A transfer of a gateway to the bank, with what it is made of',
      params: z.object({ id: z.uuid() }),
      answer: wholeAnswer,
      handle: async ({ db }, { params: { id } }) => {
        const found = await db.selectFrom('gatewayPayout').selectAll().where('id', '=', id).executeTakeFirst()
        if (found === undefined) throw notFound(`payout ${id}`, '/v1/payouts', 'gateway payouts')
        const [view] = await views(db, [found as unknown as Payout])
        const query = db.selectFrom('gatewayPayoutLine').selectAll().where('payoutId', '=', id)
        const lines = (await query.orderBy('id').limit(MAX_LINES).execute()).map((line) => {
          const [gross, fee] = [line.grossMinor, line.feeMinor].map((minor) =>
            formatMinor(BigInt(minor), found.currency),
          )
          return { providerId: line.providerId, kind: line.kind, attemptId: line.attemptId, gross, fee }
        })
        return { ...view, lines }
      },
    }),
  ]
}
