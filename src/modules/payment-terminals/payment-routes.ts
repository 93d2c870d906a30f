import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { RESULTS, type TerminalReason } from '../../core/terminals/results.ts'
import type { Database } from '../../platform/db.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { accountNames, accountQuery, accountsNamed, ofAccounts } from '../parties/index.ts'
import { gatewayNames } from '../payment-gateways/index.ts'
import { cancelTransaction } from './cancel.ts'
import type { TerminalParts } from './parts.ts'
import { networkName, paymentAnswer, refusalAnswer, STATES } from './schemas.ts'
import { getNetwork, getTransaction, keyOf, networkOfId, type Refused, type Transaction } from './store.ts'

const NOBODY = { account: null, customerId: null, customer: null, customerName: null }

async function views(db: Database, rows: readonly Transaction[]): Promise<object[]> {
  const ids = rows.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]))
  const names = await accountNames(db, ids)
  const networks = await gatewayNames(db, [...new Set(rows.map(({ gatewayId }) => gatewayId))])
  return rows.map(({ id, gatewayId, txnId, accountId, accountText, currency, amountMinor, ...row }) => {
    const { paidAt, terminal, state, kind, createdAt, cancelledAt, cancelReason } = row
    const name = networks.get(gatewayId) ?? ''
    return {
      ...{ id, network: name, txnId, accountId, ...(names.get(accountId ?? '') ?? NOBODY), accountText, currency },
      ...{
        amount: formatMinor(BigInt(amountMinor), currency),
        paidAt,
        terminal,
        state,
        kind,
        key: keyOf({ name }, txnId),
      },
      ...{ createdAt, cancelledAt, cancelReason },
    }
  })
}

const network = networkName.optional().describe('Of this network')

export function terminalPaymentRoutes(parts: TerminalParts): Route[] {
  const tag = 'Payment terminals'
  const byId = z.object({ id: z.uuid() })
  return [
    readRoute({
      url: '/v1/terminal-payments',
      scope: 'payments:read',
      tag,
      summary: 'What networks of terminals have told of',
      query: z.object({ ...listQuery, ...accountQuery, network, state: z.enum(STATES).optional() }),
      answer: listOf(paymentAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const gatewayId = query.network === undefined ? undefined : (await getNetwork(db, query.network)).gatewayId
        const page = await listPage<Transaction>(db, query, {
          table: 'terminalTransaction',
          madeAt: 'createdAt',
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            withText(having(rows, { 'row.gatewayId': gatewayId, 'row.state': query.state }), query.text, [
              'row.txnId',
              'row.accountText',
            ]),
        })
        return { ...page, items: await views(db, page.items) }
      },
    }),
    readRoute({
      url: '/v1/terminal-payments/{id}',
      scope: 'payments:read',
      tag,
      summary: 'A payment at a terminal',
      params: byId,
      answer: paymentAnswer,
      handle: async ({ db }, { params }) => (await views(db, [await getTransaction(db, params.id)]))[0],
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/terminal-payments/{id}/cancel',
      scope: 'payments:write',
      tag,
      summary:
        'Take a payment at a terminal back, as its network has asked: before its money was paid out, and while all of it is there',
      params: byId,
      body: z.strictObject({ reason: textUpTo(500) }),
      answer: paymentAnswer,
      handle: async (context, { params, body }, { caller }) => {
        const { gatewayId, txnId } = await getTransaction(context.db, params.id)
        const asked = { txnId, reason: body.reason, cancelledBy: caller.id, isByHand: true }
        const { reason } = await cancelTransaction(parts, context, await networkOfId(context.db, gatewayId), asked)
        if (reason !== 'ok') throw new Refusal('conflict', `it is not taken back: ${RESULTS[reason][1]}`)
        return (await views(context.db, [await getTransaction(context.db, params.id)]))[0]
      },
    }),
    readRoute({
      url: '/v1/terminal-refusals',
      scope: 'payments:read',
      tag,
      summary: 'Payments and cancellations that networks of terminals were refused, each once with how often it came',
      query: z.object({ ...listQuery, network }),
      answer: listOf(refusalAnswer),
      handle: async ({ db }, { query }) => {
        const gatewayId = query.network === undefined ? undefined : (await getNetwork(db, query.network)).gatewayId
        type Row = Refused & {
          readonly id: string
          readonly times: number
          readonly createdAt: Date
          readonly lastAt: Date
        }
        const page = await listPage<Row>(db, query, {
          table: 'terminalRefusal',
          madeAt: 'createdAt',
          keep: (rows) =>
            withText(having(rows, { 'row.gatewayId': gatewayId }), query.text, ['row.txnId', 'row.accountText']),
        })
        const names = await gatewayNames(db, [...new Set(page.items.map((row) => row.gatewayId))])
        const items = page.items.map(
          ({ id, gatewayId: of, command, txnId, accountText, sumText: sum, reason, times, createdAt, lastAt }) => ({
            ...{ id, network: names.get(of), command, txnId, accountText, sum, reason },
            ...{ result: RESULTS[reason as TerminalReason][0], times, createdAt, lastAt },
          }),
        )
        return { ...page, items }
      },
    }),
  ]
}
